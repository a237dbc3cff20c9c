package io.saldo.lake.usage;

import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.parquet.io.LocalInputFile;

/** Copies every row of some segments into one, in the order in which a reader of all of them sees it. */
public final class SegmentMerge {
    private final byte[][] texts = new byte[EncodedEvent.TEXTS][];
    private final int[] from = new int[EncodedEvent.TEXTS];
    private final int[] to = new int[EncodedEvent.TEXTS];
    private final EncodedEvent event = new EncodedEvent();
    private byte[] encoded = new byte[1 << 10];

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
                SegmentRows rows = SegmentRows.whole(new LocalInputFile(lakeFolder.resolve(segment.path())));
                opened.add(rows);
                if (rows.next()) {
                    heads.add(rows);
                }
            }
            SegmentMerge merge = new SegmentMerge();
            for (SegmentRows head = heads.poll(); head != null; head = heads.poll()) {
                writer.add(merge.encode(head, month), head.namespace, head.delivery);
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

    private EncodedEvent encode(SegmentRows row, int month) {
        texts[EncodedEvent.ACCOUNT_ID] = row.accountId;
        texts[EncodedEvent.EVENT_ID] = row.eventId;
        texts[EncodedEvent.PROJECT_ID] = row.projectId;
        texts[EncodedEvent.API_KEY_ID] = row.apiKeyId;
        texts[EncodedEvent.PROVIDER] = row.provider.getBytes(StandardCharsets.UTF_8);
        texts[EncodedEvent.MODEL] = row.model.getBytes(StandardCharsets.UTF_8);
        texts[EncodedEvent.SERVICE_TIER] = row.serviceTier.getBytes(StandardCharsets.UTF_8);
        texts[EncodedEvent.STATUS] = row.status;
        int length = EncodedEvent.OVERHEAD_BYTES;
        for (int text = 0; text < EncodedEvent.TEXTS; text++) {
            to[text] = texts[text].length;
            length += to[text];
        }
        if (encoded.length < length) {
            encoded = new byte[length * 2];
        }
        EncodedEvent.encode(
                encoded,
                0,
                0,
                row.line,
                row.occurredAt,
                month,
                row.billable,
                row.events,
                texts,
                from,
                to,
                row.reasoning,
                Arrays.copyOf(row.quantities, Meter.COUNT));
        event.wrap(encoded, 0);
        return event;
    }
}
