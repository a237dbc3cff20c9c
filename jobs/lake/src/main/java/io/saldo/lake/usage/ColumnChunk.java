package io.saldo.lake.usage;

import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * One required column of a row group, collected in arrays and encoded as a whole.
 *
 * <p>Parquet's own record writer asks each column for each value; most of a usage event's columns repeat one value for
 * thousands of rows, and an encoder that sees them together writes such a page in no time.
 */
abstract sealed class ColumnChunk permits NumbersChunk, TextsChunk, TruthsChunk, WordsChunk {
    /** A page is what a reader of one account must decode at least; smaller ones cost more than they spare. */
    static final int PAGE_ROWS = 2_048;

    static final int ENCODER_BYTES = 1 << 16;
    static final HeapByteBufferAllocator ALLOCATOR = HeapByteBufferAllocator.getInstance();

    final ColumnDescriptor descriptor;
    int rows;

    ColumnChunk(ColumnDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Writes the column and forgets its values. */
    abstract void writeTo(ParquetFileWriter file, PageCompressor compressor) throws IOException;

    /** A column of one value is one page: there is nothing to find in it. */
    final int pageRows(int distinctValues) {
        return distinctValues == 1 ? rows : PAGE_ROWS;
    }

    final Statistics<?> statistics() {
        return Statistics.createStats(descriptor.getPrimitiveType());
    }

    final void start(ParquetFileWriter file, boolean compressed) throws IOException {
        file.startColumn(descriptor, rows, compressed ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED);
    }

    final void dictionary(
            ParquetFileWriter file, PageCompressor compressor, boolean compressed, byte[] values, int size)
            throws IOException {
        BytesInput bytes = BytesInput.from(values);
        file.writeDictionaryPage(new DictionaryPage(
                compressed ? compressor.compress(bytes) : bytes, values.length, size, Encoding.PLAIN));
    }

    final void page(
            ParquetFileWriter file,
            PageCompressor compressor,
            boolean compressed,
            BytesInput bytes,
            int pageRows,
            Statistics<?> statistics,
            Encoding encoding)
            throws IOException {
        // A required column has no levels: of them nothing is written, in whatever encoding.
        file.writeDataPage(
                pageRows,
                Math.toIntExact(bytes.size()),
                compressed ? compressor.compress(bytes) : bytes,
                statistics,
                pageRows,
                Encoding.RLE,
                Encoding.RLE,
                encoding);
    }

    /** Writes a text as Parquet does where it has no dictionary, and returns where it ends. */
    static int writePlain(byte[] data, int from, int to, byte[] target, int offset) {
        int length = to - from;
        for (int index = 0; index < Integer.BYTES; index++) {
            target[offset + index] = (byte) (length >>> (8 * index));
        }
        System.arraycopy(data, from, target, offset + Integer.BYTES, length);
        return offset + Integer.BYTES + length;
    }
}
