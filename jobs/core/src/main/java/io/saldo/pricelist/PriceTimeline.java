package io.saldo.pricelist;

import io.saldo.time.Instants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The price of one key through time; no two spans overlap, and there may be none at all.
 *
 * @param spans in order of time
 */
public record PriceTimeline(List<PriceSpan> spans) {
    /** No price at any time. */
    public static final PriceTimeline NEVER = new PriceTimeline(List.of());

    /**
     * Sorts them.
     *
     * @throws IllegalArgumentException when two overlap
     */
    public PriceTimeline {
        spans = spans.stream().sorted(Comparator.comparingLong(PriceSpan::from)).toList();
        for (int index = 1; index < spans.size(); index++) {
            if (spans.get(index).from() < spans.get(index - 1).to()) {
                throw new IllegalArgumentException("two prices hold at the same time");
            }
        }
    }

    /** The span that holds at that instant. */
    public Optional<PriceSpan> at(long micros) {
        return Optional.ofNullable(find(micros));
    }

    /** This timeline, with what the other one says where this one says nothing. */
    PriceTimeline filledFrom(PriceTimeline other) {
        List<PriceSpan> result = new ArrayList<>();
        PriceSpan last = null;
        for (Interval interval : other.intervals(this, Instants.MIN)) {
            PriceSpan span = interval.newer == null ? interval.older : interval.newer;
            if (span == null) {
                last = null;
            } else if (last != null && last.costsAs(span)) {
                last = last.during(last.from(), interval.to);
                result.set(result.size() - 1, last);
            } else {
                last = span.during(interval.from, interval.to);
                result.add(last);
            }
        }
        return new PriceTimeline(result);
    }

    /** The last span that begins before that instant, whether it still holds or not. */
    public Optional<PriceSpan> lastBefore(long micros) {
        return spans.stream().filter(span -> span.from() < micros).reduce((earlier, later) -> later);
    }

    /**
     * This timeline, with what the newer one says from an instant on. Where both agree, this one's spans stay whole.
     */
    PriceTimeline updated(PriceTimeline newer, long start) {
        List<PriceSpan> result = new ArrayList<>();
        PriceSpan open = null;
        PriceSpan origin = null;
        for (Interval interval : intervals(newer, start)) {
            PriceSpan wanted = interval.differs() ? interval.newer : interval.older;
            if (wanted == null) {
                open = null;
            } else if (open != null && wanted.equals(origin) && open.to() == interval.from) {
                open = open.during(open.from(), interval.to);
                result.set(result.size() - 1, open);
            } else {
                open = wanted.during(interval.from, interval.to);
                result.add(open);
            }
            origin = wanted;
        }
        return new PriceTimeline(result);
    }

    /** Where the newer one says something else from an instant on; neighbours with the same two prices are one. */
    List<Difference> differences(PriceTimeline newer, long start) {
        List<Difference> differences = new ArrayList<>();
        Interval last = null;
        for (Interval interval : intervals(newer, start)) {
            if (interval.differs()) {
                boolean goesOn = last != null
                        && last.to == interval.from
                        && Objects.equals(last.older, interval.older)
                        && Objects.equals(last.newer, interval.newer);
                if (!goesOn) {
                    differences.add(new Difference(interval.from, interval.older, interval.newer));
                }
                last = interval;
            } else {
                last = null;
            }
        }
        return differences;
    }

    private List<Interval> intervals(PriceTimeline newer, long start) {
        SortedSet<Long> bounds = new TreeSet<>(List.of(Instants.MIN, start, Instants.MAX));
        for (PriceTimeline timeline : List.of(this, newer)) {
            for (PriceSpan span : timeline.spans) {
                bounds.add(span.from());
                bounds.add(span.to());
            }
        }
        List<Long> instants = List.copyOf(bounds);
        List<Interval> intervals = new ArrayList<>();
        for (int index = 1; index < instants.size(); index++) {
            long from = instants.get(index - 1);
            PriceSpan older = find(from);
            intervals.add(new Interval(from, instants.get(index), older, from < start ? older : newer.find(from)));
        }
        return intervals;
    }

    private @Nullable PriceSpan find(long micros) {
        for (PriceSpan span : spans) {
            if (span.holdsAt(micros)) {
                return span;
            }
        }
        return null;
    }

    /** What two timelines say while neither changes. */
    private record Interval(
            long from,
            long to,
            @Nullable PriceSpan older,
            @Nullable PriceSpan newer) {
        boolean differs() {
            return older == null ? newer != null : newer == null || !older.costsAs(newer);
        }
    }

    /** From an instant on the two say different things, at least one of them a price. */
    record Difference(
            long from, @Nullable PriceSpan older, @Nullable PriceSpan newer) {}
}
