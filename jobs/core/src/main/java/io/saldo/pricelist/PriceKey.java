package io.saldo.pricelist;

import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.util.Comparator;

/**
 * What names a price within a book, but for its time.
 *
 * @param provider as logged, or {@code *}
 * @param model after alias
 * @param serviceTier {@code standard} where the file has none
 * @param meter what is priced
 * @param contextOver total input tokens of the event must be greater; 0 fits always
 */
public record PriceKey(String provider, String model, String serviceTier, Meter meter, long contextOver)
        implements Comparable<PriceKey> {
    private static final Comparator<PriceKey> ORDER = Comparator.comparing(PriceKey::provider, TextOrder.UTF_8)
            .thenComparing(PriceKey::model, TextOrder.UTF_8)
            .thenComparing(PriceKey::serviceTier, TextOrder.UTF_8)
            .thenComparing(PriceKey::meter)
            .thenComparing(PriceKey::contextOver);

    /** The same key with another threshold. */
    public PriceKey over(long threshold) {
        return new PriceKey(provider, model, serviceTier, meter, threshold);
    }

    /** By provider, model and tier as text, then meter, then threshold. */
    @Override
    public int compareTo(PriceKey other) {
        return ORDER.compare(this, other);
    }

    /** As people name it: {@code provider/model/service_tier/meter}, and {@code /over-200000} for a threshold. */
    @Override
    public String toString() {
        return provider + "/" + model + "/" + serviceTier + "/" + meter.word()
                + (contextOver == 0 ? "" : "/over-" + contextOver);
    }
}
