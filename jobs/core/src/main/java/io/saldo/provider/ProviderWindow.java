package io.saldo.provider;

import io.saldo.time.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * The stretch of time that a provider's figure is about.
 *
 * @param from first instant, in microseconds
 * @param to first instant after it, in microseconds
 */
public record ProviderWindow(long from, long to) implements Comparable<ProviderWindow> {
    /** A day of UTC. */
    public static final long DAY_MICROS = 86_400_000_000L;

    /** A gap that would be more windows than this is one window. */
    static final long WINDOWS_IN_GAP_MAX = 1_000;

    private static final Comparator<ProviderWindow> IN_TIME =
            Comparator.comparingLong(ProviderWindow::from).thenComparingLong(ProviderWindow::to);

    /** Refuses a window without an instant in it. */
    public ProviderWindow {
        if (to <= from) {
            throw new IllegalArgumentException("a window ends after it begins: " + from + " to " + to);
        }
    }

    /** The window of that width, counted from 1970 on, that holds the instant; {@link #DAY_MICROS} gives the UTC day. */
    public static ProviderWindow around(long instant, long widthMicros) {
        long from = Math.floorDiv(instant, widthMicros) * widthMicros;
        return new ProviderWindow(from, from + widthMicros);
    }

    /**
     * These windows and those that are missing between them. What lies between two windows is cut into windows as wide
     * as the one before it where that comes out even and is at most {@value #WINDOWS_IN_GAP_MAX} of them; else it is
     * one window. Windows that overlap have nothing between them.
     *
     * @return sorted, each once
     */
    public static List<ProviderWindow> withGaps(Collection<ProviderWindow> windows) {
        List<ProviderWindow> all = new ArrayList<>();
        ProviderWindow last = null;
        long covered = 0;
        for (ProviderWindow window : new TreeSet<>(windows)) {
            if (last != null && window.from > covered) {
                long gap = window.from - covered;
                long width = last.to - last.from;
                boolean even = gap % width == 0 && gap / width <= WINDOWS_IN_GAP_MAX;
                for (long from = covered; from < window.from; from += even ? width : gap) {
                    all.add(new ProviderWindow(from, from + (even ? width : gap)));
                }
            }
            covered = last == null ? window.to : Math.max(covered, window.to);
            last = window;
            all.add(window);
        }
        return all;
    }

    /** Whether an instant of that range is in it. */
    public boolean overlaps(long rangeFrom, long rangeTo) {
        return from < rangeTo && rangeFrom < to;
    }

    /** As the period of a break: a day of UTC as its date, anything else as its first instant and its length. */
    public String period() {
        Instant start = Instants.ofMicros(from);
        return from % DAY_MICROS == 0 && to - from == DAY_MICROS
                ? start.atZone(ZoneOffset.UTC).toLocalDate().toString()
                : start + "/" + Duration.between(start, Instants.ofMicros(to));
    }

    /** The window that has this {@link #period}. */
    public static ProviderWindow ofPeriod(String period) {
        int slash = period.indexOf('/');
        if (slash < 0) {
            long from = Instants.toMicros(
                    LocalDate.parse(period).atStartOfDay(ZoneOffset.UTC).toInstant());
            return new ProviderWindow(from, from + DAY_MICROS);
        }
        Instant start = Instant.parse(period.substring(0, slash));
        Instant end = start.plus(Duration.parse(period.substring(slash + 1)));
        return new ProviderWindow(Instants.toMicros(start), Instants.toMicros(end));
    }

    /**
     * Whether each of its instants is in one of those windows.
     *
     * @param windows sorted
     */
    public boolean isCoveredBy(Iterable<ProviderWindow> windows) {
        long covered = from;
        for (ProviderWindow window : windows) {
            if (window.from <= covered) {
                covered = Math.max(covered, window.to);
            }
        }
        return to <= covered;
    }

    @Override
    public int compareTo(ProviderWindow other) {
        return IN_TIME.compare(this, other);
    }
}
