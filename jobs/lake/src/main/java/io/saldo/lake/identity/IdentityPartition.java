package io.saldo.lake.identity;

import io.saldo.lake.intake.RunFile;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * One identity shard of a night.
 *
 * @param name names the files it writes: unique among the runs of a lake
 * @param shard the identity shard
 * @param accountShards how many shards accounts fall into
 * @param runFiles of all splits of the night, in the order in which they are taken: source, file, line. The same list
 *     in the same order goes to every identity and gather partition of the night
 * @param index every segment of this shard that the books list, in the order in which they were listed
 * @param horizonStartMicros no event is taken that is older: what the index knows of them may go
 * @param workFolder has the run files and gets the outcomes
 * @param lakeFolder has and gets the index
 * @param memoryBudgetBytes what it may hold in memory before it spills
 */
public record IdentityPartition(
        String name,
        int shard,
        int accountShards,
        List<RunFile> runFiles,
        List<IndexSegment> index,
        long horizonStartMicros,
        String workFolder,
        String lakeFolder,
        long memoryBudgetBytes)
        implements Serializable {
    /** Keeps copies that nobody can change, and refuses names that would leave the folders they are meant for. */
    public IdentityPartition {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a partition name: " + name);
        }
        runFiles = List.copyOf(runFiles);
        index = List.copyOf(index);
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public IdentityPartition in(Path home) {
        return new IdentityPartition(
                name,
                shard,
                accountShards,
                runFiles,
                index,
                horizonStartMicros,
                home.resolve(workFolder).toString(),
                home.resolve(lakeFolder).toString(),
                memoryBudgetBytes);
    }

    /** Compares the night's ids with each other and with the index. */
    public IdentityManifest run() throws IOException {
        return new IdentityComparison(this).run();
    }
}
