package io.saldo.app.config;

import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.OpeningPosition;
import java.time.YearMonth;
import java.util.List;

/**
 * An account's position at go-live (SPEC 3, {@code openings.csv}).
 *
 * @param accountId whose position it is
 * @param month the first month that Saldo computes; the months before are closed
 * @param asOf the month's first instant in microseconds
 * @param grants by credit id; what was used before counts as drawn
 * @param debt carried usage without scope, older than everything after it; zero for none
 */
public record Opening(String accountId, YearMonth month, long asOf, List<GrantPosition> grants, Amount debt) {
    /** Keeps the list unchangeable. */
    public Opening {
        grants = List.copyOf(grants);
    }

    /** Whether it opens that credit. */
    public boolean has(String creditId) {
        return grants.stream().anyMatch(grant -> grant.creditId().equals(creditId));
    }

    /** What the first month begins with. */
    public OpeningPosition position() {
        return new OpeningPosition(grants, debt.isZero() ? List.of() : List.of(new Debt(asOf, "", "", debt)));
    }
}
