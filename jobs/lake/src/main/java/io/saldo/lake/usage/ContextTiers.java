package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents.Product;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which context sources declare for their records. It is known by the namespace, as an event is: whichever of the sources
 * that share a namespace delivered it, it has the same price.
 */
public final class ContextTiers {
    /** No source declares any. */
    public static final ContextTiers NONE = new ContextTiers(Map.of());

    private final SortedMap<byte[], Long> byNamespace = new TreeMap<>(Arrays::compareUnsigned);

    /** By namespace, the total input above which every request of it is; from 0 to {@link Product#MAX_CONTEXT_TIER}. */
    public ContextTiers(Map<String, Long> byNamespace) {
        byNamespace.forEach(
                (namespace, tier) -> this.byNamespace.put(namespace.getBytes(StandardCharsets.UTF_8), tier));
    }

    /** Whether any is declared. */
    boolean areDeclared() {
        return !byNamespace.isEmpty();
    }

    /** That of a namespace in UTF-8; {@link Product#UNDECLARED} where there is none. */
    long of(byte[] namespace) {
        return areDeclared() ? byNamespace.getOrDefault(namespace, Product.UNDECLARED) : Product.UNDECLARED;
    }
}
