package io.saldo.app.statement;

import io.saldo.money.Amount;
import io.saldo.statement.EventCounts;
import io.saldo.statement.Exhaustion;
import io.saldo.statement.FallenUsage;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.statement.UnfundedShare;
import io.saldo.statement.UnpricedQuantity;
import io.saldo.statement.WithdrawalAfterUse;
import java.util.List;

/**
 * What of a statement the books keep beside its totals: what the next month opens with, and the facts that the checks
 * judge. Its lines, drawdowns, grants and daily balances are in the lake.
 */
public record StatementFacts(
        EventCounts events,
        List<UnpricedQuantity> unpriced,
        List<UnfundedShare> unfunded,
        List<Charged> charged,
        List<WithdrawalAfterUse> withdrawalsAfterUse,
        List<Exhaustion> exhaustions,
        List<String> backdatedEntries,
        List<String> appliedEntries,
        List<MonthCounters> counters,
        List<FallenUsage> fallen,
        OpeningPosition closing) {
    /** What a statement charges by a decision on that break. */
    public record Charged(String breakId, Amount amount) {}

    /** The facts of that statement. */
    public static StatementFacts of(Statement statement) {
        return new StatementFacts(
                statement.events(),
                statement.unpriced(),
                statement.unfunded(),
                statement.lines().stream()
                        .filter(line -> line.kind() == StatementLine.Kind.CHARGE)
                        .map(line -> new Charged(line.model(), line.amount()))
                        .toList(),
                statement.withdrawalsAfterUse(),
                statement.exhaustions(),
                statement.backdatedEntries(),
                statement.appliedEntries(),
                statement.counters(),
                statement.fallen(),
                statement.closing());
    }
}
