package io.saldo.lake.usage;

import io.saldo.lake.memory.BytesTable;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.api.Binary;

/** Texts of which many are equal: a dictionary; where it would be too large, all of them plainly. */
final class WordsChunk extends ColumnChunk {
    static final int DICTIONARY_BYTES_MAX = 1 << 20;
    private static final int DICTIONARY_WORDS_MAX = 1 << 16;

    private BytesTable words = new BytesTable();
    private int wordsBytes;
    private int[] codes = new int[0];

    WordsChunk(ColumnDescriptor descriptor) {
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
    void writeTo(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        if (words.size() > DICTIONARY_WORDS_MAX || wordsBytes > DICTIONARY_BYTES_MAX) {
            writeTexts(file, compressor);
        } else {
            writeCoded(file, compressor);
        }
        words = new BytesTable();
        wordsBytes = 0;
        rows = 0;
    }

    private void writeTexts(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        TextsChunk texts = new TextsChunk(descriptor);
        for (int row = 0; row < rows; row++) {
            byte[] word = words.key(codes[row]);
            texts.add(word, 0, word.length);
        }
        texts.writeTo(file, compressor);
    }

    private void writeCoded(ParquetFileWriter file, PageCompressor compressor) throws IOException {
        boolean compressed = words.size() > 1;
        start(file, compressed);
        byte[] plain = new byte[wordsBytes];
        int position = 0;
        for (int word = 0; word < words.size(); word++) {
            position = writePlain(words.key(word), 0, words.key(word).length, plain, position);
        }
        dictionary(file, compressor, compressed, plain, words.size());
        int[] ranks = words.ranks();
        DictionaryCodes encoder = new DictionaryCodes(words.size());
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
