package io.saldo.lake.compaction;

import io.saldo.lake.file.DamagedFileException;
import io.saldo.lake.file.NewFile;
import io.saldo.lake.usage.SegmentMerge;
import io.saldo.lake.usage.UsageSegment;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * Some segments of one month and account shard that become one.
 *
 * @param name names the segment that it writes: unique among the runs of a lake
 * @param segments at least two, of the same month and shard
 * @param lakeFolder has them and gets it
 * @param memoryBudgetBytes what it may hold in memory
 */
public record CompactionPartition(String name, List<UsageSegment> segments, String lakeFolder, long memoryBudgetBytes)
        implements Serializable {
    /** Keeps a copy that nobody can change, and refuses what cannot become one segment. */
    public CompactionPartition {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a partition name: " + name);
        }
        segments = List.copyOf(segments);
        if (segments.stream()
                        .map(segment -> segment.month() + " " + segment.shard())
                        .distinct()
                        .count()
                != 1) {
            throw new IllegalArgumentException(name + " is not of one month and shard");
        }
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public CompactionPartition in(Path home) {
        return new CompactionPartition(name, segments, home.resolve(lakeFolder).toString(), memoryBudgetBytes);
    }

    /**
     * Merges, and proves that nothing was lost. The segments stay as they are.
     *
     * @throws IOException when a segment is no longer what was listed: its damage must not get a new hash
     */
    public CompactionManifest run() throws IOException {
        Path lake = Path.of(lakeFolder);
        for (UsageSegment segment : segments) {
            if (!NewFile.sha256(lake.resolve(segment.path())).equals(segment.sha256())) {
                throw new DamagedFileException(segment.path(), "it has not the hash that it was listed with", null);
            }
        }
        UsageSegment merged = SegmentMerge.merge(lake, segments, name, memoryBudgetBytes);
        long records = segments.stream().mapToLong(UsageSegment::records).sum();
        if (merged.records() != records) {
            throw new IllegalStateException(
                    name + ": segments with " + records + " rows became one with " + merged.records());
        }
        return new CompactionManifest(merged, segments);
    }
}
