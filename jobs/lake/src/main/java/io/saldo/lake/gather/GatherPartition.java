package io.saldo.lake.gather;

import io.saldo.lake.intake.RunFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * One account shard of a night.
 *
 * @param name names the segments it writes: unique among the runs of a lake
 * @param runId the books' number of the run that takes the records
 * @param shard the account shard
 * @param runFiles of all splits of the night, in the same order as the identity partitions got them
 * @param outcomeFiles of every identity partition of the night
 * @param workFolder has run files and outcomes
 * @param lakeFolder gets segments and conflict evidence
 * @param memoryBudgetBytes what it may hold in memory before it spills
 */
public record GatherPartition(
        String name,
        long runId,
        int shard,
        List<RunFile> runFiles,
        List<String> outcomeFiles,
        String workFolder,
        String lakeFolder,
        long memoryBudgetBytes)
        implements Serializable {
    /** Keeps copies that nobody can change, and refuses names that would leave the folders they are meant for. */
    public GatherPartition {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a partition name: " + name);
        }
        runFiles = List.copyOf(runFiles);
        outcomeFiles = List.copyOf(outcomeFiles);
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public GatherPartition in(Path home) {
        return new GatherPartition(
                name,
                runId,
                shard,
                runFiles,
                outcomeFiles,
                home.resolve(workFolder).toString(),
                home.resolve(lakeFolder).toString(),
                memoryBudgetBytes);
    }

    /** Sorts and writes. */
    public GatherManifest run() throws IOException {
        return new Gather(this).run();
    }
}
