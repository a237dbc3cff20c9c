package io.saldo.lake.usage;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Whole numbers: one for all rows as a dictionary, others by their differences. */
final class NumbersChunk extends ColumnChunk {
    private final boolean isInt;
    private long[] values = new long[0];

    NumbersChunk(ColumnDescriptor descriptor) {
        super(descriptor);
        isInt = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
    }

    void add(long value) {
        if (rows == values.length) {
            values = Arrays.copyOf(values, Math.max(PAGE_ROWS, rows * 2));
        }
        values[rows++] = value;
    }

    @Override
    void writeTo(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        if (isInt || isConstant()) {
            writeCoded(file, compressor);
        } else {
            writeDifferences(file, compressor);
        }
        rows = 0;
    }

    private void writeDifferences(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        start(file, true);
        try (DeltaBinaryPackingValuesWriterForLong encoder =
                new DeltaBinaryPackingValuesWriterForLong(ENCODER_BYTES, ENCODER_BYTES, ALLOCATOR)) {
            for (int from = 0; from < rows; from += PAGE_ROWS) {
                int to = Math.min(rows, from + PAGE_ROWS);
                long least = values[from];
                long most = values[from];
                for (int row = from; row < to; row++) {
                    encoder.writeLong(values[row]);
                    least = Math.min(least, values[row]);
                    most = Math.max(most, values[row]);
                }
                Statistics<?> statistics = statistics();
                statistics.updateStats(least);
                statistics.updateStats(most);
                page(file, compressor, true, encoder.getBytes(), to - from, statistics, Encoding.DELTA_BINARY_PACKED);
                encoder.reset();
            }
        }
        file.endColumn();
    }

    private long[] distinct() {
        if (isConstant()) {
            return Arrays.copyOf(values, 1);
        }
        long[] sorted = Arrays.copyOf(values, rows);
        Arrays.sort(sorted);
        int count = 1;
        for (int row = 1; row < rows; row++) {
            if (sorted[row] != sorted[count - 1]) {
                sorted[count++] = sorted[row];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    private boolean isConstant() {
        for (int row = 1; row < rows; row++) {
            if (values[row] != values[0]) {
                return false;
            }
        }
        return true;
    }

    private void writeCoded(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        long[] distinct = distinct();
        start(file, false);
        int width = isInt ? Integer.BYTES : Long.BYTES;
        byte[] plain = new byte[distinct.length * width];
        for (int value = 0; value < distinct.length; value++) {
            for (int index = 0; index < width; index++) {
                plain[value * width + index] = (byte) (distinct[value] >>> (8 * index));
            }
        }
        dictionary(file, compressor, false, plain, distinct.length);
        DictionaryCodes codes = new DictionaryCodes(distinct.length);
        int pageRows = pageRows(distinct.length);
        for (int from = 0; from < rows; from += pageRows) {
            int to = Math.min(rows, from + pageRows);
            int least = distinct.length - 1;
            int most = 0;
            if (distinct.length == 1) {
                codes.repeat(0, to - from);
            } else {
                for (int row = from; row < to; row++) {
                    int code = Arrays.binarySearch(distinct, values[row]);
                    codes.add(code);
                    least = Math.min(least, code);
                    most = Math.max(most, code);
                }
            }
            Statistics<?> statistics = statistics();
            if (isInt) {
                statistics.updateStats((int) distinct[least]);
                statistics.updateStats((int) distinct[most]);
            } else {
                statistics.updateStats(distinct[least]);
                statistics.updateStats(distinct[most]);
            }
            page(file, compressor, false, codes.page(), to - from, statistics, Encoding.RLE_DICTIONARY);
        }
        file.endColumn();
    }
}
