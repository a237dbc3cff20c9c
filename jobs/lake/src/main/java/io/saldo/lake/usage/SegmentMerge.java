package io.saldo.lake.usage;

import io.saldo.lake.file.ParquetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Copies every row of some segments into one, in the order in which a reader of all of them sees it. */
public final class SegmentMerge {
    private SegmentMerge() {}

    /**
     * Merges segments of one month and shard.
     *
     * @param name of the new segment
     * @param memoryBudgetBytes bounds its row group
     */
    public static UsageSegment merge(Path lakeFolder, List<UsageSegment> segments, String name, long memoryBudgetBytes)
            throws IOException {
        YearMonth yearMonth = YearMonth.parse(segments.get(0).month());
        int month = yearMonth.getYear() * 12 + yearMonth.getMonthValue() - 1;
        List<SegmentRows> opened = new ArrayList<>();
        try (UsageSegmentWriter writer =
                new UsageSegmentWriter(lakeFolder, month, segments.get(0).shard(), name, memoryBudgetBytes)) {
            PriorityQueue<SegmentRows> heads = new PriorityQueue<>(segments.size(), SegmentRows::compare);
            for (UsageSegment segment : segments) {
                SegmentRows rows = SegmentRows.whole(new ParquetSource(lakeFolder.resolve(segment.path())), null);
                opened.add(rows);
                if (rows.next()) {
                    heads.add(rows);
                }
            }
            StoredEvent.RowEncoder encoder = new StoredEvent.RowEncoder();
            for (SegmentRows head = heads.poll(); head != null; head = heads.poll()) {
                writer.add(encoder.encode(head, month), head.namespace, head.delivery, head.run);
                if (head.next()) {
                    heads.add(head);
                }
            }
            return writer.commit();
        } finally {
            for (SegmentRows rows : opened) {
                rows.close();
            }
        }
    }
}
