package io.saldo.lake.intake;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableWriter;
import io.saldo.problem.ProblemCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes records that were not taken; the file is only begun with the first of them. */
final class UntakenWriter implements Closeable {
    private final Path lakeFolder;
    private final String path;
    private final long delivery;
    private @Nullable TableWriter writer;

    UntakenWriter(Path lakeFolder, String path, long delivery) {
        this.lakeFolder = lakeFolder;
        this.path = path;
        this.delivery = delivery;
    }

    void add(RawLog log, ProblemCode code, String message) throws IOException {
        TableWriter table = writer;
        if (table == null) {
            table = new TableWriter(lakeFolder, path, UntakenRecords.SCHEMA);
            writer = table;
        }
        table.add(Arrays.asList(
                delivery,
                log.line(),
                log.byteOffset(),
                log.byteLength(),
                code.id(),
                message,
                log.header(),
                log.rawBytes()));
    }

    @Nullable
    StoredFile commit() throws IOException {
        return writer == null ? null : writer.commit();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
