package io.saldo.statement;

import io.saldo.pricing.RowSet;
import io.saldo.usage.AccountEvents;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.List;
import java.util.TreeMap;

/**
 * Usage of one month with everything that prices it: the statement's own, or a closed month with late usage.
 *
 * @param month the month
 * @param events events in burn-down order
 * @param figures by meter and event, what decides on the price; those of the events but for restated late ones
 * @param from the first event that counts
 * @param to the first event after it that does not
 * @param segments the terms of the month
 * @param scopes by product
 * @param quotes by segment, then product x meter
 * @param tiers one counter for each row set with tiers; the tier of a volume price is decided
 * @param counters how far the month had counted before
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one kernel, never compared
record RatedMonth(
        YearMonth month,
        AccountEvents events,
        long[][] figures,
        int from,
        int to,
        List<TermsSegment> segments,
        int[] scopes,
        Quote[][][] quotes,
        List<TierCounter> tiers,
        MonthCounters counters) {
    /** A walk over the quotes from the month's first event on. */
    QuoteCursor cursor() {
        return new QuoteCursor(figures, segments, quotes);
    }

    /** How far the month had counted before, and what it counted now. */
    List<TierCount> tierCounts() {
        TreeMap<RowSet.Key, TierCount> counts = new TreeMap<>();
        counters.tiers().forEach(count -> counts.put(count.rowSet(), count));
        for (TierCounter counter : tiers) {
            if (counter.counted > 0) {
                counts.keySet().removeIf(counter.set.key()::isSameUpToItsEnd);
                counts.put(counter.set.key(), new TierCount(counter.set.key(), BigInteger.valueOf(counter.counted)));
            }
        }
        return List.copyOf(counts.values());
    }
}
