package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a price with tiers had counted in a month, by our books, when a stretch of time began and when it ended. What a live
 * system counted more or less in between, it charged from here.
 *
 * @param set the price
 * @param month whose usage it counts
 * @param late whether what it counted in the stretch is late usage of a closed month
 * @param atStart units; zero where the stretch began before the month
 * @param atEnd units, not less
 */
public record MonthCount(RowSet set, YearMonth month, boolean late, BigInteger atStart, BigInteger atEnd) {
    /** The least and the most that something may come to. */
    record Range(Amount low, Amount high) {}

    /**
     * What the live balance is higher by at the end of the stretch, less what it was higher by at its start.
     *
     * @param moreAtStart units that the live system had counted more by then; fewer below zero
     * @param moreAtEnd the same at the end
     */
    Amount effect(BigInteger moreAtStart, BigInteger moreAtEnd) {
        return set.cost(atStart, moreAtStart).minus(set.cost(atEnd, moreAtEnd));
    }

    /** What {@link #effect} may be for any units between the first and the second of each pair. */
    Range effects(BigInteger fewestAtStart, BigInteger mostAtStart, BigInteger fewestAtEnd, BigInteger mostAtEnd) {
        Range start = excesses(atStart, fewestAtStart, mostAtStart);
        Range end = excesses(atEnd, fewestAtEnd, mostAtEnd);
        return new Range(start.low().minus(end.high()), start.high().minus(end.low()));
    }

    /**
     * Whether each unit of the stretch has the same price, and no fee comes with it, also where the live system counted so
     * many more or fewer: then every event costs by itself.
     */
    boolean isSteady(BigInteger moreAtStart, BigInteger moreAtEnd) {
        BigInteger lowest = atStart.min(atStart.add(moreAtStart));
        BigInteger highest = atEnd.max(atEnd.add(moreAtEnd));
        BigInteger before = BigInteger.ZERO;
        for (PriceRow row : set.tiers()) {
            BigInteger upTo = BigInteger.valueOf(row.tier().upTo());
            boolean holdsAll = lowest.compareTo(before) >= 0 && (row.tier().isOpen() || highest.compareTo(upTo) <= 0);
            boolean paysFee = lowest.equals(before) && !row.tier().flatFee().isZero();
            if (holdsAll && !paysFee) {
                return set.mode() == TierMode.GRADUATED;
            }
            before = upTo;
        }
        return false;
    }

    /** Costs rise with the units, but for volume prices where a tier ends. */
    private Range excesses(BigInteger counted, BigInteger fewest, BigInteger most) {
        List<BigInteger> ends = new ArrayList<>(List.of(fewest, most));
        if (set.mode() == TierMode.VOLUME) {
            for (PriceRow row : set.tiers()) {
                BigInteger last = BigInteger.valueOf(row.tier().upTo()).subtract(counted);
                ends.add(last.max(fewest).min(most));
                ends.add(last.add(BigInteger.ONE).max(fewest).min(most));
            }
        }
        Amount low = set.cost(counted, fewest);
        Amount high = low;
        for (BigInteger each : ends) {
            Amount excess = set.cost(counted, each);
            low = low.min(excess);
            high = high.compareTo(excess) < 0 ? excess : high;
        }
        return new Range(low, high);
    }
}
