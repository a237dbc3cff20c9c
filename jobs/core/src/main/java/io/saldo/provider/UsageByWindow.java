package io.saldo.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** One provider's measured usage, found by window. */
final class UsageByWindow {
    private final TreeMap<Long, List<MeasuredUsage>> byStart = new TreeMap<>();

    UsageByWindow(String provider, Collection<MeasuredUsage> usage) {
        for (MeasuredUsage each : usage) {
            if (each.provider().equals(provider)) {
                byStart.computeIfAbsent(each.from(), start -> new ArrayList<>()).add(each);
            }
        }
    }

    /** Everything that was used within the window. */
    List<MeasuredUsage> within(ProviderWindow window) {
        List<MeasuredUsage> within = new ArrayList<>();
        byStart.subMap(window.from(), window.to()).values().forEach(each -> each.stream()
                .filter(one -> one.to() <= window.to())
                .forEach(within::add));
        return within;
    }
}
