package io.saldo.lake.compaction;

import io.saldo.lake.usage.UsageSegment;
import java.io.Serializable;
import java.util.List;

/**
 * What became of some segments.
 *
 * @param merged the new segment, to be listed in the books
 * @param replaced those whose rows it holds: they are no longer to be listed
 */
public record CompactionManifest(UsageSegment merged, List<UsageSegment> replaced) implements Serializable {
    /** Keeps a copy that nobody can change. */
    public CompactionManifest {
        replaced = List.copyOf(replaced);
    }
}
