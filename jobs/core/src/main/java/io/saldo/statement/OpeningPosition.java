package io.saldo.statement;

import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import java.util.List;

/**
 * What an account has when a month begins: at go-live from {@code openings.csv}, then the closing of the month before.
 *
 * @param grants every grant that began before, also the spent ones, in burn order
 * @param debts open debt, oldest first
 */
public record OpeningPosition(List<GrantPosition> grants, List<Debt> debts) {
    /** The position of an account that is new. */
    public static final OpeningPosition NONE = new OpeningPosition(List.of(), List.of());

    /** Keeps burn order, and the lists unchangeable. */
    public OpeningPosition {
        grants = grants.stream().sorted(GrantPosition.BURN_ORDER).toList();
        debts = List.copyOf(debts);
    }

    /** What all grants have left. */
    public Amount balance() {
        return grants.stream().map(GrantPosition::remaining).reduce(Amount.ZERO, Amount::plus);
    }

    /** What is owed from carried usage. */
    public Amount debt() {
        return debts.stream().map(Debt::amount).reduce(Amount.ZERO, Amount::plus);
    }
}
