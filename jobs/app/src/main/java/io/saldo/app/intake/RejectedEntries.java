package io.saldo.app.intake;

import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableWriter;
import io.saldo.problem.ProblemCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps verbatim what a run rejected of its feeds, in the form in which rejected usage is kept. */
final class RejectedEntries implements Closeable {
    private final Path lakeFolder;
    private final Run run;
    private final Map<Long, Long> records = new TreeMap<>();
    private @Nullable TableWriter writer;

    RejectedEntries(Path lakeFolder, Run run) {
        this.lakeFolder = lakeFolder;
        this.run = run;
    }

    private String path() {
        return "rejected/" + run.name() + "-feeds.parquet";
    }

    /** Adds the record at which the reader stands. */
    void add(long delivery, FeedReader reader, ProblemCode code, String message) throws IOException {
        add(UntakenRecords.row(delivery, reader.log(), code, message));
    }

    /** Adds a record that waited. */
    void add(FeedStore.HeldEntry entry, ProblemCode code, String message) throws IOException {
        byte[] raw = entry.raw().getBytes(StandardCharsets.UTF_8);
        String header = entry.header();
        add(Arrays.asList(
                entry.deliveryId(),
                entry.line(),
                entry.byteOffset(),
                (long) raw.length,
                code.id(),
                message,
                header == null ? null : header.getBytes(StandardCharsets.UTF_8),
                raw));
    }

    private void add(List<@Nullable Object> row) throws IOException {
        TableWriter table = writer;
        if (table == null) {
            table = new TableWriter(lakeFolder, path(), UntakenRecords.SCHEMA);
            writer = table;
        }
        table.add(row);
        records.merge((Long) Objects.requireNonNull(row.get(0)), 1L, Long::sum);
    }

    /** Completes the file and lists it. */
    void commit(LakeStore lake, UntakenStore untaken) throws IOException {
        if (writer != null) {
            lake.addFile(run.id(), "rejected", writer.commit());
            records.forEach((delivery, count) -> untaken.addRejectedFile(path(), delivery, run.id(), count));
        }
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
