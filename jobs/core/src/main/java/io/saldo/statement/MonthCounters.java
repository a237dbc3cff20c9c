package io.saldo.statement;

import io.saldo.money.Amount;
import io.saldo.pricing.RowSet;
import java.time.YearMonth;
import java.util.List;

/**
 * How far a usage month has counted. Late usage goes on from here, so that it is charged as if it had come last.
 *
 * @param month the usage month
 * @param overage what stands against the month's overage cap, without surcharge
 * @param tiers how far each row set with tiers has counted, by row set
 */
public record MonthCounters(YearMonth month, Amount overage, List<TierCount> tiers) {
    /** Keeps the list unchangeable. */
    public MonthCounters {
        tiers = List.copyOf(tiers);
    }

    /** Of a month that has counted nothing. */
    public static MonthCounters none(YearMonth month) {
        return new MonthCounters(month, Amount.ZERO, List.of());
    }

    /** Units that the row set has counted, also where it was given another end since. */
    public long of(RowSet.Key rowSet) {
        return tiers.stream()
                .filter(count -> count.rowSet().isSameUpToItsEnd(rowSet))
                .mapToLong(count -> count.quantity().longValueExact())
                .sum();
    }
}
