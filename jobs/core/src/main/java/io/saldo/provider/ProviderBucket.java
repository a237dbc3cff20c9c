package io.saldo.provider;

import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a provider counted of a model in a window.
 *
 * @param window when
 * @param model after alias
 * @param quantities disjoint, each from 0 on; a meter that the provider does not state is not there, and what it counted
 *     of it is then inside input or output
 * @param place where it was delivered
 */
public record ProviderBucket(ProviderWindow window, String model, Map<Meter, BigInteger> quantities, String place) {
    /** Keeps a copy that nobody can change. */
    public ProviderBucket {
        EnumMap<Meter, BigInteger> copy = new EnumMap<>(Meter.class);
        copy.putAll(quantities);
        quantities = Collections.unmodifiableMap(copy);
    }
}
