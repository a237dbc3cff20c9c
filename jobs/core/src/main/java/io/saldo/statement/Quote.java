package io.saldo.statement;

import org.jspecify.annotations.Nullable;

/**
 * The answers of one price period, ready for the loop. Entries are in order of preference; the first whose threshold is
 * below the event's total input holds. One entry always fits (threshold -1) and ends the search.
 */
final class Quote {
    /** In {@link #line}: the quantity is free. */
    static final int FREE = -1;

    /** In {@link #price}: the quantity has no price. */
    static final long UNPRICED = -1;

    /** In {@link #price}: it depends on the month's quantity, as {@link #tiers} say. Less than zero like no price. */
    static final long TIERED = -2;

    /** First instant after the period, in microseconds. */
    final long to;

    private final long[] threshold;

    /** Scaled price of a single unit, by entry. */
    final long[] price;

    /** Line, by entry. */
    final int[] line;

    /** Price row, by entry; -1 for none or several. */
    final int[] row;

    /** Tiers, by entry; null where there are none. */
    final @Nullable TierQuote[] tiers;

    /** The entry for records of more than one request. */
    final int aggregate;

    Quote(long to, long[] threshold, long[] price, int[] line, int[] row, @Nullable TierQuote[] tiers, int aggregate) {
        this.to = to;
        this.threshold = threshold;
        this.price = price;
        this.line = line;
        this.row = row;
        this.tiers = tiers;
        this.aggregate = aggregate;
    }

    int entry(long totalInput) {
        int entry = 0;
        while (totalInput <= threshold[entry]) {
            entry++;
        }
        return entry;
    }
}
