package io.saldo.statement;

import io.saldo.credit.Terms;
import io.saldo.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span of the month under the same terms.
 *
 * @param from first instant, in microseconds
 * @param to first instant after it
 * @param terms null where none are in force
 */
record TermsSegment(long from, long to, @Nullable Terms terms) {
    /** The spans between two instants, in order and without a gap; at least one. */
    static List<TermsSegment> of(List<Terms> terms, long from, long to) {
        List<Terms> sorted = terms.stream()
                .sorted(Comparator.comparingLong(Terms::effectiveFrom))
                .toList();
        List<TermsSegment> segments = new ArrayList<>();
        long start = Instants.MIN;
        Terms current = null;
        for (Terms next : sorted) {
            add(segments, Math.max(start, from), Math.min(next.effectiveFrom(), to), current);
            start = next.effectiveFrom();
            current = next;
        }
        add(segments, Math.max(start, from), to, current);
        if (segments.isEmpty()) {
            segments.add(new TermsSegment(from, to, current));
        }
        return segments;
    }

    private static void add(List<TermsSegment> segments, long from, long to, @Nullable Terms terms) {
        if (from < to) {
            segments.add(new TermsSegment(from, to, terms));
        }
    }
}
