package io.saldo.statement;

import io.saldo.usage.LateEvents;
import java.time.YearMonth;
import java.util.List;

/**
 * What a closed month leaves to the account's oldest open month beside its position: usage that came late, and usage
 * that was served without credit and may be charged.
 *
 * @param month the closed month
 * @param late usage of it that no statement has counted
 * @param counters how far it has counted, in its own statement and as late usage of later ones
 * @param unfunded what its own statement left unfunded, in order; empty where no decision concerns it
 */
public record ClosedMonth(YearMonth month, LateEvents late, MonthCounters counters, List<UnfundedShare> unfunded) {
    /** Keeps the list unchangeable. */
    public ClosedMonth {
        unfunded = List.copyOf(unfunded);
    }
}
