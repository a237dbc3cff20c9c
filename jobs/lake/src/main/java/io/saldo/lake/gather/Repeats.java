package io.saldo.lake.gather;

import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.lake.usage.UsageSegmentWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of an account shard that were known before, so that they can be looked for by account and time: a live
 * system may have charged them. A night without any writes nothing.
 */
final class Repeats implements Closeable {
    private final GatherPartition partition;
    private final List<byte[]> namespaces;
    private final long budgetBytes;
    private @Nullable EventSort sort;

    /** Within a budget, of which one half is the sort's and one half the writer's. */
    Repeats(GatherPartition partition, List<byte[]> namespaces, long budgetBytes) {
        this.partition = partition;
        this.namespaces = namespaces;
        this.budgetBytes = budgetBytes;
    }

    void add(int split, byte[] data, int offset, Dimensions dimensions) throws IOException {
        EventSort current = sort;
        if (current == null) {
            current = new EventSort(
                    namespaces,
                    budgetBytes / 2,
                    0,
                    Path.of(partition.workFolder()),
                    partition.name() + "-" + GatherManifest.REPEATS);
            sort = current;
        }
        current.add(split, data, offset, dimensions);
    }

    /** Writes them, one segment for each month. */
    List<UsageSegment> commit() throws IOException {
        List<UsageSegment> segments = new ArrayList<>();
        if (sort == null) {
            return segments;
        }
        EventSort.Sorted sorted = sort.sorted();
        boolean more = sorted.next();
        while (more) {
            int month = sorted.event.month();
            try (UsageSegmentWriter writer = new UsageSegmentWriter(
                    Path.of(partition.lakeFolder()),
                    GatherManifest.REPEATS,
                    month,
                    partition.shard(),
                    partition.name(),
                    budgetBytes / 2)) {
                while (more && sorted.event.month() == month) {
                    writer.add(
                            sorted.event,
                            namespaces.get(sorted.split),
                            partition.runFiles().get(sorted.split).delivery(),
                            partition.runId());
                    more = sorted.next();
                }
                segments.add(writer.commit());
            }
        }
        return segments;
    }

    @Override
    public void close() throws IOException {
        if (sort != null) {
            sort.close();
        }
    }
}
