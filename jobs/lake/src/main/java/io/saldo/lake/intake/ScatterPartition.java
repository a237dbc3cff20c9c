package io.saldo.lake.intake;

import io.saldo.lake.source.SourceFormat;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * One split of a night's deliveries, from raw bytes to a run file.
 *
 * @param name names the files it writes: unique among the partitions of all runs of a lake; letters, digits, {@code -}
 *     and {@code _}
 * @param input the archived delivery, or the held file of an earlier run
 * @param inputPath where it is
 * @param delivery the books' number of the delivery
 * @param format how the source writes
 * @param asOfMicros the end of the business date
 * @param horizonStartMicros older events are rejected
 * @param billingZone an IANA zone: it decides the usage month
 * @param accountDirectoryPath what {@link AccountDirectory#write} wrote
 * @param accountShards how many shards accounts fall into: the same for the life of a lake
 * @param identityShards how many shards event ids fall into: the same for the life of a lake
 * @param workFolder gets the run file, which nobody needs after the night
 * @param lakeFolder gets the rejected and the held file
 * @param memoryBudgetBytes what it may hold in memory before it spills
 */
public record ScatterPartition(
        String name,
        Input input,
        String inputPath,
        long delivery,
        SourceFormat format,
        long asOfMicros,
        long horizonStartMicros,
        String billingZone,
        String accountDirectoryPath,
        int accountShards,
        int identityShards,
        String workFolder,
        String lakeFolder,
        long memoryBudgetBytes)
        implements Serializable {
    /** What a split reads. */
    public enum Input {
        /** A file as it was delivered. */
        DELIVERY,
        /** A held file: its records are checked again, as if they had come tonight, under their own delivery. */
        HELD
    }

    /** Refuses names that would leave the folders they are meant for. */
    public ScatterPartition {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a partition name: " + name);
        }
        if (accountShards < 1 || identityShards < 1) {
            throw new IllegalArgumentException("there must be a shard");
        }
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public ScatterPartition in(Path home) {
        return new ScatterPartition(
                name,
                input,
                home.resolve(inputPath).toString(),
                delivery,
                format,
                asOfMicros,
                horizonStartMicros,
                billingZone,
                home.resolve(accountDirectoryPath).toString(),
                accountShards,
                identityShards,
                home.resolve(workFolder).toString(),
                home.resolve(lakeFolder).toString(),
                memoryBudgetBytes);
    }

    /** Reads, checks, scatters. */
    public ScatterManifest run() throws IOException {
        return new Scatter(this).run();
    }
}
