package io.saldo.lake.table;

import io.saldo.lake.file.ParquetSettings;
import io.saldo.lake.file.ParquetSource;
import io.saldo.money.Amount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** Reads a table file row by row, in the order in which it was written. */
public final class TableReader implements Closeable {
    private final InputFile file;
    private final ParquetReader<List<@Nullable Object>> reader;

    private TableReader(InputFile file, Builder builder) throws IOException {
        this.file = file;
        this.reader = ParquetSource.open(file, builder);
    }

    /** Opens a table; columns that the file has and the schema has not are not read. */
    public static TableReader open(Path file, TableSchema schema) throws IOException {
        InputFile source = new ParquetSource(file);
        return new TableReader(source, new Builder(source, schema));
    }

    /** Opens a table for the rows whose text column has that value; parts of the file that cannot have it are skipped. */
    public static TableReader openWhere(Path file, TableSchema schema, String column, String value) throws IOException {
        schema.positionOf(column);
        InputFile source = new ParquetSource(file);
        Builder builder = new Builder(source, schema);
        builder.withFilter(FilterCompat.get(FilterApi.eq(FilterApi.binaryColumn(column), Binary.fromString(value))));
        return new TableReader(source, builder);
    }

    /** The next row's values in the schema's order and types; null after the last row. */
    public @Nullable List<@Nullable Object> next() throws IOException {
        return ParquetSource.next(file, reader);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static final class Builder extends ParquetReader.Builder<List<@Nullable Object>> {
        private final TableSchema schema;

        Builder(InputFile file, TableSchema schema) {
            super(file, ParquetSettings.none());
            this.schema = schema;
        }

        @Override
        protected ReadSupport<List<@Nullable Object>> getReadSupport() {
            return new RowReadSupport(schema);
        }
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private static final class RowReadSupport extends ReadSupport<List<@Nullable Object>> {
        private final TableSchema schema;

        RowReadSupport(TableSchema schema) {
            this.schema = schema;
        }

        @Override
        public ReadContext init(InitContext context) {
            return new ReadContext(schema.parquet());
        }

        @Override
        public RecordMaterializer<List<@Nullable Object>> prepareForRead(
                org.apache.hadoop.conf.Configuration configuration,
                Map<String, String> metadata,
                MessageType parquetSchema,
                ReadContext context) {
            return new RowMaterializer(schema);
        }

        @Override
        public RecordMaterializer<List<@Nullable Object>> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> metadata,
                MessageType parquetSchema,
                ReadContext context) {
            return new RowMaterializer(schema);
        }
    }

    private static final class RowMaterializer extends RecordMaterializer<List<@Nullable Object>> {
        private final @Nullable Object[] row;
        private final GroupConverter root;

        RowMaterializer(TableSchema schema) {
            row = new Object[schema.columns().size()];
            Converter[] converters = new Converter[row.length];
            for (int index = 0; index < converters.length; index++) {
                converters[index] = new ValueConverter(
                        row, index, schema.columns().get(index).type());
            }
            root = new GroupConverter() {
                @Override
                public Converter getConverter(int field) {
                    return converters[field];
                }

                @Override
                public void start() {
                    Arrays.fill(row, null);
                }

                @Override
                public void end() {}
            };
        }

        @Override
        public List<@Nullable Object> getCurrentRecord() {
            return Collections.unmodifiableList(Arrays.asList(row.clone()));
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
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

        @Override
        public void addBoolean(boolean value) {
            row[index] = value;
        }
    }
}
