package io.saldo.lake.usage;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;

/** Truth values, a bit each. */
final class TruthsChunk extends ColumnChunk {
    private byte[] bits = new byte[PAGE_ROWS / 8];

    TruthsChunk(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    void add(boolean value) {
        if (rows / 8 == bits.length) {
            bits = Arrays.copyOf(bits, bits.length * 2);
        }
        if (value) {
            bits[rows / 8] |= (byte) (1 << rows % 8);
        }
        rows++;
    }

    @Override
    void writeTo(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        start(file, true);
        for (int from = 0; from < rows; from += PAGE_ROWS) {
            int to = Math.min(rows, from + PAGE_ROWS);
            Statistics<?> statistics = statistics();
            int yes = 0;
            for (int row = from; row < to; row++) {
                yes += bits[row / 8] >> row % 8 & 1;
            }
            statistics.updateStats(yes == to - from);
            statistics.updateStats(yes > 0);
            byte[] page = Arrays.copyOfRange(bits, from / 8, (to + 7) / 8);
            page(file, compressor, true, BytesInput.from(page), to - from, statistics, Encoding.PLAIN);
        }
        file.endColumn();
        Arrays.fill(bits, (byte) 0);
        rows = 0;
    }
}
