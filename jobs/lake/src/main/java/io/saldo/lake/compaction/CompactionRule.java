package io.saldo.lake.compaction;

import io.saldo.lake.usage.UsageSegment;
import java.util.Comparator;
import java.util.List;

/**
 * Which segments of one month and shard are merged.
 *
 * <p>Segments are of the same size when the logarithm of their rows to the base of {@value #FAN_IN} has the same whole
 * part. {@value #FAN_IN} of the same size are merged, and all smaller ones with them: so a row lands in a larger size
 * each time, and there are at most {@value #FAN_IN} segments of each size after a night. When the month is over, all
 * become one unless one of them holds half of the rows already: what still comes late does not rewrite the month.
 */
public final class CompactionRule {
    /** So many segments of the same size are merged. */
    public static final int FAN_IN = 8;

    /** No more are merged at once, because all are open at once. */
    static final int SEGMENTS_MAX = 64;

    private CompactionRule() {}

    /**
     * The segments to merge into one; none where there is nothing to gain.
     *
     * @param segments all listed segments of one month and shard
     * @param monthIsOver whether little more is to come
     */
    public static List<UsageSegment> chosen(List<UsageSegment> segments, boolean monthIsOver) {
        List<UsageSegment> smallestFirst = segments.stream()
                .sorted(Comparator.comparingLong(UsageSegment::records).thenComparing(UsageSegment::path))
                .toList();
        int chosen = 0;
        int ofSize = 0;
        for (int index = 0; index < smallestFirst.size(); index++) {
            boolean sameSize = index > 0 && size(smallestFirst.get(index)) == size(smallestFirst.get(index - 1));
            ofSize = sameSize ? ofSize + 1 : 1;
            if (ofSize >= FAN_IN) {
                chosen = index + 1;
            }
        }
        if (monthIsOver && segments.size() > 1) {
            long all = segments.stream().mapToLong(UsageSegment::records).sum();
            long largest = smallestFirst.get(smallestFirst.size() - 1).records();
            if (largest < all - largest) {
                chosen = smallestFirst.size();
            }
        }
        return smallestFirst.subList(0, Math.min(chosen, SEGMENTS_MAX)).stream()
                .sorted(Comparator.comparing(UsageSegment::path))
                .toList();
    }

    private static int size(UsageSegment segment) {
        int size = 0;
        for (long rows = segment.records(); rows >= FAN_IN; rows /= FAN_IN) {
            size++;
        }
        return size;
    }
}
