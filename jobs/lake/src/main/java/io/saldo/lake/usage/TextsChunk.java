package io.saldo.lake.usage;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;

/** Texts that are nearly all different. */
final class TextsChunk extends ColumnChunk {
    private byte[] plain = new byte[0];
    private int length;
    private int[] ends = new int[0];

    TextsChunk(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    void add(byte[] data, int from, int to) {
        int needed = Math.addExact(length, Integer.BYTES + to - from);
        if (needed > plain.length) {
            plain = Arrays.copyOf(plain, (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(needed, plain.length * 2L)));
        }
        if (rows == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(PAGE_ROWS, rows * 2));
        }
        length = writePlain(data, from, to, plain, length);
        ends[rows++] = length;
    }

    /** Bytes that are held. */
    int length() {
        return length;
    }

    @Override
    void writeTo(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        start(file, true);
        for (int from = 0; from < rows; from += PAGE_ROWS) {
            int to = Math.min(rows, from + PAGE_ROWS);
            int least = from;
            int most = from;
            for (int row = from + 1; row < to; row++) {
                least = compare(row, least) < 0 ? row : least;
                most = compare(row, most) > 0 ? row : most;
            }
            Statistics<?> statistics = statistics();
            statistics.updateStats(value(least));
            statistics.updateStats(value(most));
            int start = from == 0 ? 0 : ends[from - 1];
            page(
                    file,
                    compressor,
                    true,
                    BytesInput.from(plain, start, ends[to - 1] - start),
                    to - from,
                    statistics,
                    Encoding.PLAIN);
        }
        file.endColumn();
        rows = 0;
        length = 0;
    }

    private int start(int row) {
        return (row == 0 ? 0 : ends[row - 1]) + Integer.BYTES;
    }

    private int compare(int left, int right) {
        return Arrays.compareUnsigned(plain, start(left), ends[left], plain, start(right), ends[right]);
    }

    private Binary value(int row) {
        return Binary.fromConstantByteArray(Arrays.copyOfRange(plain, start(row), ends[row]));
    }
}
