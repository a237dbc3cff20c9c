package io.saldo.pricelist;

import io.saldo.time.Instants;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a book becomes when a list is taken from an instant on.
 *
 * <p>A key that the list does not have keeps its price, because usage may still come and would be unpriced. One
 * exception: a threshold that the list does not have any more, while it still prices the same meter, ends, because the
 * list's one price then holds for long contexts too. Where a figure of the meter could not be read, the list may have
 * the threshold, or a price for the time in which it seems to have none: nothing of that meter ends.
 *
 * @param timelines every key of the book afterwards
 * @param moves what differs, in order
 * @param unlisted keys that keep their price although the list does not have them
 */
public record BookUpdate(
        SortedMap<PriceKey, PriceTimeline> timelines, List<PriceMove> moves, SortedSet<PriceKey> unlisted) {
    /** Keeps views that nobody can change. */
    public BookUpdate {
        timelines = Collections.unmodifiableSortedMap(timelines);
        moves = moves.stream().sorted().toList();
        unlisted = Collections.unmodifiableSortedSet(unlisted);
    }

    /**
     * Takes a list.
     *
     * @param book the timelines that the book has
     * @param list the timelines that the list has
     * @param unread keys without a threshold of which the list has a figure that could not be read
     * @param start first instant at which the list counts; {@code Instants.MIN} for all time
     */
    public static BookUpdate of(
            Map<PriceKey, PriceTimeline> book, Map<PriceKey, PriceTimeline> list, Set<PriceKey> unread, long start) {
        SortedMap<PriceKey, PriceTimeline> timelines = new TreeMap<>(book);
        SortedMap<PriceKey, PriceTimeline> wanted = new TreeMap<>(list);
        SortedSet<PriceKey> unlisted = new TreeSet<>();
        for (PriceKey key : timelines.keySet()) {
            boolean isUnread = unread.contains(key.over(0));
            PriceTimeline listed = list.get(key);
            if (listed == null) {
                if (key.contextOver() > 0 && list.containsKey(key.over(0)) && !isUnread) {
                    wanted.put(key, PriceTimeline.NEVER);
                } else {
                    unlisted.add(key);
                }
            } else if (isUnread) {
                wanted.put(key, listed.filledFrom(timelines.getOrDefault(key, PriceTimeline.NEVER)));
            }
        }
        List<PriceMove> moves = new ArrayList<>();
        wanted.forEach((key, newer) -> {
            PriceTimeline older = timelines.getOrDefault(key, PriceTimeline.NEVER);
            PriceTimeline updated = older.updated(newer, start);
            if (!updated.spans().isEmpty() || timelines.containsKey(key)) {
                timelines.put(key, updated);
            }
            for (PriceTimeline.Difference difference : older.differences(newer, start)) {
                moves.add(new PriceMove(
                        key,
                        difference.from(),
                        difference.older(),
                        difference.newer(),
                        updated.lastBefore(difference.from()).orElse(null)));
            }
        });
        return new BookUpdate(timelines, moves, unlisted);
    }

    /** What differs between two versions of a book, each as it stands at one instant. */
    public static List<PriceMove> between(Map<PriceKey, PriceSpan> older, Map<PriceKey, PriceSpan> newer) {
        SortedSet<PriceKey> keys = new TreeSet<>(older.keySet());
        keys.addAll(newer.keySet());
        List<PriceMove> moves = new ArrayList<>();
        for (PriceKey key : keys) {
            PriceSpan before = older.get(key);
            PriceSpan after = newer.get(key);
            if (before == null || after == null || !before.costsAs(after)) {
                moves.add(new PriceMove(key, after == null ? Instants.MIN : after.from(), before, after, null));
            }
        }
        return moves.stream().sorted().toList();
    }

    /** The moves that jumped and whose key is not among the accepted names. */
    public List<PriceMove> jumps(SortedSet<String> accepted) {
        return moves.stream()
                .filter(move -> move.jumpedFrom().isPresent())
                .filter(move -> !accepted.contains(move.key().toString()))
                .toList();
    }
}
