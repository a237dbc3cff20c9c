package io.saldo.lake.usage;

import com.github.luben.zstd.ZstdCompressCtx;
import io.saldo.lake.memory.BytesTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;

/**
 * One required column of a row group, collected in arrays and encoded as a whole.
 *
 * <p>Parquet's own record writer asks each column for each value; most of a usage event's columns repeat one value for
 * thousands of rows, and an encoder that sees them together writes such a page in no time.
 */
abstract sealed class ColumnChunk {
    /** A page is what a reader of one account must decode at least; smaller ones cost more than they spare. */
    static final int PAGE_ROWS = 2_048;

    private static final int ENCODER_BYTES = 1 << 16;
    private static final HeapByteBufferAllocator ALLOCATOR = HeapByteBufferAllocator.getInstance();

    final ColumnDescriptor descriptor;
    int rows;

    private ColumnChunk(ColumnDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Writes the column and forgets its values. */
    abstract void writeTo(ParquetFileWriter file, Compressor compressor) throws IOException;

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

    final void page(
            ParquetFileWriter file,
            Compressor compressor,
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

    /** Zstandard, with one context for all pages of a file. */
    static final class Compressor implements AutoCloseable {
        private static final int LEVEL = 1;

        private final ZstdCompressCtx context = new ZstdCompressCtx();

        Compressor() {
            context.setLevel(LEVEL);
        }

        BytesInput compress(BytesInput bytes) throws IOException {
            return BytesInput.from(context.compress(array(bytes)));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /** Numbers of positions in a dictionary, as a page of it. */
    private abstract static sealed class Coded extends ColumnChunk {
        private Coded(ColumnDescriptor descriptor) {
            super(descriptor);
        }

        final void dictionary(
                ParquetFileWriter file, Compressor compressor, boolean compressed, byte[] values, int size)
                throws IOException {
            BytesInput bytes = BytesInput.from(values);
            file.writeDictionaryPage(new DictionaryPage(
                    compressed ? compressor.compress(bytes) : bytes, values.length, size, Encoding.PLAIN));
        }
    }

    /** Whole numbers: one for all rows as a dictionary, others by their differences. */
    static final class Numbers extends Coded {
        private final boolean isInt;
        private long[] values = new long[0];

        Numbers(ColumnDescriptor descriptor) {
            super(descriptor);
            isInt = descriptor.getPrimitiveType().getPrimitiveTypeName()
                    == org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
        }

        void add(long value) {
            if (rows == values.length) {
                values = Arrays.copyOf(values, Math.max(PAGE_ROWS, rows * 2));
            }
            values[rows++] = value;
        }

        @Override
        void writeTo(ParquetFileWriter file, Compressor compressor) throws IOException {
            if (isInt || isConstant()) {
                writeCoded(file, compressor);
            } else {
                writeDifferences(file, compressor);
            }
            rows = 0;
        }

        private void writeDifferences(ParquetFileWriter file, Compressor compressor) throws IOException {
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
                    page(
                            file,
                            compressor,
                            true,
                            encoder.getBytes(),
                            to - from,
                            statistics,
                            Encoding.DELTA_BINARY_PACKED);
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

        private void writeCoded(ParquetFileWriter file, Compressor compressor) throws IOException {
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
            Codes codes = new Codes(distinct.length);
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

    /** Truth values, a bit each. */
    static final class Truths extends ColumnChunk {
        private byte[] bits = new byte[PAGE_ROWS / 8];

        Truths(ColumnDescriptor descriptor) {
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
        void writeTo(ParquetFileWriter file, Compressor compressor) throws IOException {
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

    /** Texts of which many are equal: a dictionary; where it would be too large, all of them plainly. */
    static final class Words extends Coded {
        static final int DICTIONARY_BYTES_MAX = 1 << 20;
        private static final int DICTIONARY_WORDS_MAX = 1 << 16;

        private BytesTable words = new BytesTable();
        private int wordsBytes;
        private int[] codes = new int[0];

        Words(ColumnDescriptor descriptor) {
            super(descriptor);
        }

        void add(byte[] data, int from, int to) {
            if (rows == codes.length) {
                codes = Arrays.copyOf(codes, Math.max(PAGE_ROWS, rows * 2));
            }
            codes[rows++] = code(data, from, to);
        }

        /** Adds a text of the dimensions of each of so many rows, which are in the order of their numbers at first. */
        void addAll(DimensionsTable dimensions, int text, int[] numbers, int count) {
            int[] codeOf = new int[dimensions.size()];
            for (int number = 0; number < codeOf.length; number++) {
                Dimensions each = dimensions.get(number);
                codeOf[number] = code(each.encoded(), each.from(text), each.to(text));
            }
            if (codes.length < count) {
                codes = new int[numbers.length];
            }
            for (int row = 0; row < count; row++) {
                codes[row] = codeOf[numbers[row]];
            }
            rows = count;
        }

        private int code(byte[] data, int from, int to) {
            int known = words.size();
            int code = words.add(data, from, to);
            if (code == known) {
                wordsBytes += Integer.BYTES + to - from;
            }
            return code;
        }

        /** Bytes of the dictionary. */
        int length() {
            return wordsBytes;
        }

        @Override
        void writeTo(ParquetFileWriter file, Compressor compressor) throws IOException {
            if (words.size() > DICTIONARY_WORDS_MAX || wordsBytes > DICTIONARY_BYTES_MAX) {
                writeTexts(file, compressor);
            } else {
                writeCoded(file, compressor);
            }
            words = new BytesTable();
            wordsBytes = 0;
            rows = 0;
        }

        private void writeTexts(ParquetFileWriter file, Compressor compressor) throws IOException {
            Texts texts = new Texts(descriptor);
            for (int row = 0; row < rows; row++) {
                byte[] word = words.key(codes[row]);
                texts.add(word, 0, word.length);
            }
            texts.writeTo(file, compressor);
        }

        private void writeCoded(ParquetFileWriter file, Compressor compressor) throws IOException {
            boolean compressed = words.size() > 1;
            start(file, compressed);
            byte[] plain = new byte[wordsBytes];
            int position = 0;
            for (int word = 0; word < words.size(); word++) {
                position = writePlain(words.key(word), 0, words.key(word).length, plain, position);
            }
            dictionary(file, compressor, compressed, plain, words.size());
            int[] ranks = words.ranks();
            Codes encoder = new Codes(words.size());
            int pageRows = pageRows(words.size());
            for (int from = 0; from < rows; from += pageRows) {
                int to = Math.min(rows, from + pageRows);
                int least = codes[from];
                int most = codes[from];
                if (words.size() == 1) {
                    encoder.repeat(codes[from], to - from);
                } else {
                    for (int row = from; row < to; row++) {
                        int code = codes[row];
                        encoder.add(code);
                        least = ranks[code] < ranks[least] ? code : least;
                        most = ranks[code] > ranks[most] ? code : most;
                    }
                }
                Statistics<?> statistics = statistics();
                statistics.updateStats(Binary.fromConstantByteArray(words.key(least)));
                statistics.updateStats(Binary.fromConstantByteArray(words.key(most)));
                page(file, compressor, compressed, encoder.page(), to - from, statistics, Encoding.RLE_DICTIONARY);
            }
            file.endColumn();
        }
    }

    /** Texts that are nearly all different. */
    static final class Texts extends ColumnChunk {
        private byte[] plain = new byte[0];
        private int length;
        private int[] ends = new int[0];

        Texts(ColumnDescriptor descriptor) {
            super(descriptor);
        }

        void add(byte[] data, int from, int to) {
            int needed = Math.addExact(length, Integer.BYTES + to - from);
            if (needed > plain.length) {
                plain = Arrays.copyOf(
                        plain, (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(needed, plain.length * 2L)));
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
        void writeTo(ParquetFileWriter file, Compressor compressor) throws IOException {
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

    private static byte[] array(BytesInput bytes) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream(Math.toIntExact(bytes.size()));
        bytes.writeAllTo(target);
        return target.toByteArray();
    }

    private static int writePlain(byte[] data, int from, int to, byte[] target, int offset) {
        int length = to - from;
        for (int index = 0; index < Integer.BYTES; index++) {
            target[offset + index] = (byte) (length >>> (8 * index));
        }
        System.arraycopy(data, from, target, offset + Integer.BYTES, length);
        return offset + Integer.BYTES + length;
    }

    /** Positions in a dictionary of a given size; a page of equal ones is a single run. */
    private static final class Codes {
        private final int bits;
        private int[] codes = new int[PAGE_ROWS];
        private int count;
        private boolean equal = true;

        Codes(int dictionarySize) {
            bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, dictionarySize - 1));
        }

        void add(int code) {
            if (count == codes.length) {
                codes = Arrays.copyOf(codes, count * 2);
            }
            codes[count] = code;
            equal &= code == codes[0];
            count++;
        }

        /** Adds nothing but this code, so many times. */
        void repeat(int code, int times) {
            codes[0] = code;
            count = times;
        }

        BytesInput page() throws IOException {
            BytesInput page;
            if (equal) {
                ByteArrayOutputStream run = new ByteArrayOutputStream();
                run.write(bits);
                BytesUtils.writeUnsignedVarInt(count << 1, run);
                BytesUtils.writeIntLittleEndianPaddedOnBitWidth(run, codes[0], bits);
                page = BytesInput.from(run.toByteArray());
            } else {
                try (RunLengthBitPackingHybridEncoder encoder =
                        new RunLengthBitPackingHybridEncoder(bits, 1 << 10, ENCODER_BYTES, ALLOCATOR)) {
                    for (int index = 0; index < count; index++) {
                        encoder.writeInt(codes[index]);
                    }
                    page = BytesInput.from(
                            array(BytesInput.concat(BytesInput.from(new byte[] {(byte) bits}), encoder.toBytes())));
                }
            }
            count = 0;
            equal = true;
            return page;
        }
    }
}
