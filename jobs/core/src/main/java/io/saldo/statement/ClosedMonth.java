package io.saldo.statement;

import io.saldo.usage.LateEvents;
import java.time.YearMonth;
import java.util.List;

/**
 * What a closed month leaves to the account's oldest open month beside its position.
 *
 * @param month the closed month
 * @param late usage of it that no statement has counted
 * @param fallen events that statements counted with a higher figure than they have by now
 * @param counters how far it has counted, in its own statement and as late usage of later ones
 * @param corrections what disputes of it, approved while this is the oldest open month, move; in the order of their numbers
 */
public record ClosedMonth(
        YearMonth month, LateEvents late, long fallen, MonthCounters counters, List<Correction> corrections) {
    /** Keeps the list unchangeable. */
    public ClosedMonth {
        corrections = List.copyOf(corrections);
    }

    /** Of a month without a dispute. */
    public ClosedMonth(YearMonth month, LateEvents late, long fallen, MonthCounters counters) {
        this(month, late, fallen, counters, List.of());
    }
}
