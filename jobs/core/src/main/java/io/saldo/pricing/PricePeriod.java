package io.saldo.pricing;

import java.util.List;

/**
 * What holds for one (book, provider, model, service tier, meter) while no row begins or ends.
 *
 * @param from first instant in microseconds
 * @param to first instant after it in microseconds
 * @param preference row sets from the most to the least wanted: the first whose context fits wins; only the last can fit
 *     always
 * @param otherwise the answer where no row fits: free or unpriced
 * @param aggregate the answer for a record of more than one request, whose contexts nobody knows
 */
public record PricePeriod(long from, long to, List<RowSet> preference, PriceLookup otherwise, PriceLookup aggregate) {
    /** Keeps the list unchangeable. */
    public PricePeriod {
        preference = List.copyOf(preference);
    }

    /**
     * The answer for one event of this period.
     *
     * @param totalInput input, cached input, cache writes and audio input together
     * @param requests how many requests the record stands for
     */
    public PriceLookup lookup(long totalInput, long requests) {
        if (requests > 1) {
            return aggregate;
        }
        for (RowSet set : preference) {
            if (set.contextOver() == 0 || totalInput > set.contextOver()) {
                return new PriceLookup.Priced(set);
            }
        }
        return otherwise;
    }
}
