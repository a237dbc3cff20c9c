package io.saldo.reconcile;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How a subject of several parts is written, such as {@code acme + card} for account + method. */
public final class BreakSubject {
    private BreakSubject() {}

    /** The parts in the order of SPEC 8.1, joined by {@code " + "}; an empty one is written {@code -}. */
    public static String of(String... parts) {
        return Arrays.stream(parts).map(part -> part.isEmpty() ? "-" : part).collect(Collectors.joining(" + "));
    }
}
