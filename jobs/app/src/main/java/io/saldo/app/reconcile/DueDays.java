package io.saldo.app.reconcile;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days of which a night judges whether a source delivered for them: from the day after the last one that the night before
 * judged, since a night that did not run judged nothing.
 */
record DueDays(LocalDate first, LocalDate last) {
    /**
     * Of a night.
     *
     * @param last the day whose delivery is due that night; it is judged also where the night before had judged it
     * @param lastBefore the last day that the night before judged; null where it judged none of the source
     */
    static DueDays of(LocalDate last, @Nullable LocalDate lastBefore) {
        return new DueDays(lastBefore == null || !lastBefore.isBefore(last) ? last : lastBefore.plusDays(1), last);
    }

    /** Each of them, in order. */
    List<LocalDate> all() {
        return first.datesUntil(last.plusDays(1)).toList();
    }

    boolean contains(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }
}
