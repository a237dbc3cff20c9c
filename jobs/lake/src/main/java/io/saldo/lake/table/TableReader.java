package io.saldo.lake.table;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table file row by row, in the order in which it was written. */
public final class TableReader implements Closeable {
    /** Opens a table; columns that the file has and the schema has not are not read. */
    public static TableReader open(Path file, TableSchema schema) throws IOException {
        return List.<TableReader>of().get(0);
    }

    /** Opens a table for the rows whose text column has that value; parts of the file that cannot have it are skipped. */
    public static TableReader openWhere(Path file, TableSchema schema, String column, String value) throws IOException {
        return List.<TableReader>of().get(0);
    }

    private TableReader() {}

    /** The next row's values in the schema's order and types; null after the last row. */
    public @Nullable List<@Nullable Object> next() throws IOException {
        return List.<List<Object>>of().get(0);
    }

    @Override
    public void close() throws IOException {}
}
