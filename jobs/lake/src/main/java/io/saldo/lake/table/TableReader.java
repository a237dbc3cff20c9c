package io.saldo.lake.table;

import io.saldo.lake.file.ParquetRows;
import io.saldo.lake.file.ParquetSource;
import io.saldo.money.Amount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.jspecify.annotations.Nullable;

/** Reads a table file row by row, in the order in which it was written. */
public final class TableReader implements Closeable {
    private final InputFile file;
    private final ParquetReader<List<@Nullable Object>> reader;

    private TableReader(InputFile file, ParquetRows<List<@Nullable Object>> rows) throws IOException {
        this.file = file;
        this.reader = ParquetSource.open(file, rows);
    }

    /** Opens a table; columns that the file has and the schema has not are not read. */
    public static TableReader open(Path file, TableSchema schema) throws IOException {
        InputFile source = new ParquetSource(file);
        return new TableReader(source, rows(source, schema));
    }

    /** Opens a table for the rows whose text column has that value; parts of the file that cannot have it are skipped. */
    public static TableReader openWhere(Path file, TableSchema schema, String column, String value) throws IOException {
        schema.positionOf(column);
        InputFile source = new ParquetSource(file);
        ParquetRows<List<@Nullable Object>> rows = rows(source, schema);
        rows.withFilter(FilterCompat.get(FilterApi.eq(FilterApi.binaryColumn(column), Binary.fromString(value))));
        return new TableReader(source, rows);
    }

    private static ParquetRows<List<@Nullable Object>> rows(InputFile file, TableSchema schema) {
        @Nullable Object[] row = new Object[schema.columns().size()];
        return new ParquetRows<>(
                file,
                schema.parquet(),
                column -> {
                    int index = schema.positionOf(column.getName());
                    return new ValueConverter(
                            row, index, schema.columns().get(index).type());
                },
                () -> Arrays.fill(row, null),
                () -> Collections.unmodifiableList(Arrays.asList(row.clone())));
    }

    /** The next row's values in the schema's order and types; null after the last row. */
    public @Nullable List<@Nullable Object> next() throws IOException {
        return ParquetSource.next(file, reader);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class ValueConverter extends PrimitiveConverter {
        private final @Nullable Object[] row;
        private final int index;
        private final TableSchema.Type type;

        ValueConverter(@Nullable Object[] row, int index, TableSchema.Type type) {
            this.row = row;
            this.index = index;
            this.type = type;
        }

        @Override
        public void addBinary(Binary value) {
            row[index] = switch (type) {
                case AMOUNT -> Amount.parse(value.toStringUsingUTF8());
                case BYTES -> value.getBytes();
                default -> value.toStringUsingUTF8();
            };
        }

        @Override
        public void addLong(long value) {
            row[index] = value;
        }

        @Override
        public void addInt(int value) {
            row[index] = LocalDate.ofEpochDay(value);
        }
    }
}
