package io.saldo.lake.file;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.InitContext;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * How the rows of a flat Parquet file are read: which columns, who takes the values of each, and what a row is then.
 *
 * @param <T> a row
 */
public final class ParquetRows<T> extends ParquetReader.Builder<T> {
    private final MessageType columns;
    private final Function<Type, Converter> taker;
    private final Runnable begin;
    private final Supplier<T> row;

    /**
     * Rows of that file.
     *
     * @param columns what is read; of a column that the file has not, no value is taken
     * @param taker makes for each column what takes its values
     * @param begin called before the values of each row
     * @param row what the values of a row have become
     */
    public ParquetRows(
            InputFile file, MessageType columns, Function<Type, Converter> taker, Runnable begin, Supplier<T> row) {
        super(file, ParquetSettings.none());
        this.columns = columns;
        this.taker = taker;
        this.begin = begin;
        this.row = row;
    }

    @Override
    protected ReadSupport<T> getReadSupport() {
        return new Support();
    }

    @SuppressWarnings("deprecation") // Parquet still declares the method of its old configuration abstract.
    private final class Support extends ReadSupport<T> {
        @Override
        public ReadContext init(InitContext context) {
            return new ReadContext(columns);
        }

        @Override
        public RecordMaterializer<T> prepareForRead(
                org.apache.hadoop.conf.Configuration configuration,
                Map<String, String> metadata,
                MessageType schema,
                ReadContext context) {
            return new Materializer();
        }

        @Override
        public RecordMaterializer<T> prepareForRead(
                ParquetConfiguration configuration,
                Map<String, String> metadata,
                MessageType schema,
                ReadContext context) {
            return new Materializer();
        }
    }

    private final class Materializer extends RecordMaterializer<T> {
        private final Converter[] takers =
                columns.getFields().stream().map(taker).toArray(Converter[]::new);
        private final GroupConverter root = new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
                return takers[field];
            }

            @Override
            public void start() {
                begin.run();
            }

            @Override
            public void end() {}
        };

        @Override
        public T getCurrentRecord() {
            return row.get();
        }

        @Override
        public GroupConverter getRootConverter() {
            return root;
        }
    }
}
