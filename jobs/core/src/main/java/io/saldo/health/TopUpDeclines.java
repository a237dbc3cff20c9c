package io.saldo.health;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The declined top-ups of one method of an account, and the circuit breaker that they trip.
 *
 * @param method such as {@code card}
 * @param declines how many within the window that ends with the night
 * @param limit more than this trip the breaker
 * @param byCode how many for each of the processor's codes; a decline without one has empty text
 * @param last the day of the latest
 */
public record TopUpDeclines(String method, int declines, int limit, Map<String, Integer> byCode, LocalDate last) {
    /** One declined top-up. */
    public record Decline(String method, String code, LocalDate on) {}

    /** Keeps the codes in order and unchangeable. */
    public TopUpDeclines {
        byCode = Collections.unmodifiableMap(new TreeMap<>(byCode));
    }

    /** Whether the method should not be tried again by a machine: it has been declined too often. */
    public boolean isTripped() {
        return declines > limit;
    }

    /**
     * The declines within the window, by method.
     *
     * @param windowDays the days of the window, the night's among them
     */
    public static List<TopUpDeclines> of(List<Decline> declines, LocalDate night, int windowDays, int limit) {
        Map<String, List<Decline>> byMethod = new TreeMap<>();
        for (Decline each : declines) {
            if (!each.on().isAfter(night) && each.on().isAfter(night.minusDays(windowDays))) {
                byMethod.computeIfAbsent(each.method(), method -> new ArrayList<>())
                        .add(each);
            }
        }
        List<TopUpDeclines> found = new ArrayList<>();
        byMethod.forEach((method, ofMethod) -> {
            Map<String, Integer> byCode = new TreeMap<>();
            LocalDate last = LocalDate.MIN;
            for (Decline each : ofMethod) {
                byCode.merge(each.code(), 1, Integer::sum);
                last = each.on().isAfter(last) ? each.on() : last;
            }
            found.add(new TopUpDeclines(method, ofMethod.size(), limit, byCode, last));
        });
        return found;
    }
}
