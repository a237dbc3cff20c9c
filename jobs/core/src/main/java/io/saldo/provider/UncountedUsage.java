package io.saldo.provider;

import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Usage that was delivered to us and is not in our figures, so that a provider may have counted it and we did not.
 *
 * @param at when, in microseconds
 * @param model after alias
 * @param quantities disjoint
 * @param cost at the prices of the provider's cost book; null where it has none for it
 * @param text what it is and where it was delivered, such as {@code held: gateway/a.csv:7}
 */
public record UncountedUsage(
        long at,
        String model,
        Map<Meter, BigInteger> quantities,
        @Nullable Amount cost,
        String text) {
    /** So many are named in a cause; the rest is counted. */
    private static final int TOLD_MAX = 5;

    /**
     * The cause of a difference, where all of this usage together explain it, or exactly one of them does.
     *
     * @param uncounted of the window and model
     * @param explains whether some of them come to the difference
     */
    static Optional<String> cause(List<UncountedUsage> uncounted, Predicate<List<UncountedUsage>> explains) {
        if (uncounted.isEmpty()) {
            return Optional.empty();
        }
        if (explains.test(uncounted)) {
            return Optional.of(told(uncounted));
        }
        List<List<UncountedUsage>> fitting = new ArrayList<>();
        for (UncountedUsage each : uncounted) {
            if (explains.test(List.of(each))) {
                fitting.add(List.of(each));
            }
        }
        return fitting.size() == 1 ? Optional.of(told(fitting.get(0))) : Optional.empty();
    }

    /** Whether it lies in the window. */
    boolean isIn(ProviderWindow window) {
        return window.from() <= at && at < window.to();
    }

    private static String told(List<UncountedUsage> usage) {
        String first = usage.stream().limit(TOLD_MAX).map(UncountedUsage::text).collect(Collectors.joining(", "));
        return "delivered to us and not taken: "
                + (usage.size() > TOLD_MAX ? first + " and " + (usage.size() - TOLD_MAX) + " more" : first);
    }
}
