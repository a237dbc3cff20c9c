package io.saldo.lake.table;

import io.saldo.lake.file.StoredFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table that is only there when it has a row: the file is begun with the first one. */
public final class OptionalTable implements Closeable {
    private final Path folder;
    private final String path;
    private final TableSchema schema;
    private @Nullable TableWriter writer;

    /** A table that may come to be at {@code folder/path}. */
    public OptionalTable(Path folder, String path, TableSchema schema) {
        this.folder = folder;
        this.path = path;
        this.schema = schema;
    }

    /** Adds a row, as {@link TableWriter#add} does. */
    public void add(List<? extends @Nullable Object> row) throws IOException {
        TableWriter table = writer;
        if (table == null) {
            table = new TableWriter(folder, path, schema);
            writer = table;
        }
        table.add(row);
    }

    /** Completes the file; null where there is none. */
    public @Nullable StoredFile commit() throws IOException {
        return writer == null ? null : writer.commit();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
