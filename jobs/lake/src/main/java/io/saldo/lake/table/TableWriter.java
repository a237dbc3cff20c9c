package io.saldo.lake.table;

import io.saldo.lake.file.StoredFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one table file; without {@link #commit} nothing of it remains. */
public final class TableWriter implements Closeable {
    /** Begins a table at {@code folder/path}; a file that is there is replaced at commit. */
    public TableWriter(Path folder, String path, TableSchema schema) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Adds a row: for each column a value of its type, or null. */
    public void add(List<? extends @Nullable Object> row) throws IOException {}

    /** Completes the file. */
    public StoredFile commit() throws IOException {
        return List.<StoredFile>of().get(0);
    }

    @Override
    public void close() throws IOException {}
}
