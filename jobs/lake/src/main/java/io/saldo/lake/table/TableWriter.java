package io.saldo.lake.table;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.ParquetSettings;
import io.saldo.lake.file.ParquetTarget;
import io.saldo.lake.file.StoredFile;
import io.saldo.money.Amount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes one table file; without {@link #commit} nothing of it remains. */
public final class TableWriter implements Closeable {
    private static final long ROW_GROUP_BYTES = 8L << 20;

    private final TableSchema schema;
    private final NewFile file;
    private final ParquetWriter<List<? extends @Nullable Object>> writer;

    /** Begins a table at {@code folder/path}; a file that is there is replaced at commit. */
    public TableWriter(Path folder, String path, TableSchema schema) throws IOException {
        this.schema = schema;
        file = NewFile.at(folder, path);
        writer = new Builder(new ParquetTarget(file), schema)
                .withConf(ParquetSettings.none())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
                .withRowGroupSize(ROW_GROUP_BYTES)
                .withValidation(false)
                .build();
    }

    /**
     * Adds a row: for each column a value of its type, or null.
     *
     * @throws IllegalArgumentException when a value is of another type, or there are more or fewer than columns
     */
    public void add(List<? extends @Nullable Object> row) throws IOException {
        check(row);
        writer.write(row);
    }

    /** Completes the file. */
    public StoredFile commit() throws IOException {
        writer.close();
        return file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    // Before anything of the row is written: half a row would ruin the file.
    private void check(List<? extends @Nullable Object> row) {
        if (row.size() != schema.columns().size()) {
            throw new IllegalArgumentException(
                    "table " + schema.name() + " has " + schema.columns().size() + " columns, the row " + row.size());
        }
        for (int index = 0; index < row.size(); index++) {
            Object value = row.get(index);
            TableSchema.Column column = schema.columns().get(index);
            if (value != null && !fits(column.type(), value)) {
                throw new IllegalArgumentException("column " + column.name() + " of table " + schema.name() + " holds "
                        + column.type() + ", not " + value.getClass().getSimpleName());
            }
        }
    }

    private static boolean fits(TableSchema.Type type, Object value) {
        return switch (type) {
            case TEXT -> value instanceof String;
            case AMOUNT -> value instanceof Amount;
            case WHOLE_NUMBER -> value instanceof Long;
            case DATE -> value instanceof LocalDate;
            case BYTES -> value instanceof byte[];
        };
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private static final class Builder extends ParquetWriter.Builder<List<? extends @Nullable Object>, Builder> {
        private final TableSchema schema;

        Builder(OutputFile file, TableSchema schema) {
            super(file);
            this.schema = schema;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<List<? extends @Nullable Object>> getWriteSupport(
                org.apache.hadoop.conf.Configuration configuration) {
            return new RowWriteSupport(schema);
        }

        @Override
        protected WriteSupport<List<? extends @Nullable Object>> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriteSupport(schema);
        }
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private static final class RowWriteSupport extends WriteSupport<List<? extends @Nullable Object>> {
        private final TableSchema schema;
        private @Nullable RecordConsumer consumer;

        RowWriteSupport(TableSchema schema) {
            this.schema = schema;
        }

        @Override
        public WriteContext init(org.apache.hadoop.conf.Configuration configuration) {
            return new WriteContext(schema.parquet(), Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(schema.parquet(), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(List<? extends @Nullable Object> row) {
            RecordConsumer target = consumer;
            if (target == null) {
                throw new IllegalStateException("not prepared");
            }
            target.startMessage();
            for (int index = 0; index < row.size(); index++) {
                Object value = row.get(index);
                if (value != null) {
                    TableSchema.Column column = schema.columns().get(index);
                    target.startField(column.name(), index);
                    switch (column.type()) {
                        case TEXT, AMOUNT -> target.addBinary(Binary.fromString(value.toString()));
                        case WHOLE_NUMBER -> target.addLong((Long) value);
                        case DATE -> target.addInteger(Math.toIntExact(((LocalDate) value).toEpochDay()));
                        case BYTES -> target.addBinary(Binary.fromReusedByteArray((byte[]) value));
                    }
                    target.endField(column.name(), index);
                }
            }
            target.endMessage();
        }
    }
}
