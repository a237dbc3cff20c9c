package io.saldo.lake.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.RequiresPreviousReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column that is neither nested nor repeated, one after the other: which rows have a value, and the values.
 *
 * <p>What Parquet's own column reader does for each value, it does for a block of rows of one page.
 */
final class FlatPages {
    private final ColumnDescriptor descriptor;
    private final int levelMax;
    private final boolean raw;
    private String createdBy = "";
    private @Nullable PageReader reader;
    private @Nullable Dictionary dictionary;
    private Levels levels = Levels.ALL;
    private @Nullable ValuesReader values;
    private @Nullable RunLengths ids;
    private @Nullable ByteBuffer plain;
    private int left;
    private int[] read = new int[0];
    private boolean[] present = new boolean[0];

    /** Says of each row how much of its value there is: a definition level. */
    private interface Levels {
        Levels ALL = (target, count) -> Arrays.fill(target, 0, count, 0);

        void read(int[] target, int count);
    }

    /**
     * Of a column.
     *
     * @param raw whether pages of plain values are handed out as they are, by {@link #plain}, and of pages with a
     *     dictionary only the numbers in it, by {@link #readIds}; else {@link #values} reads both
     */
    FlatPages(ColumnDescriptor descriptor, boolean raw) {
        this.descriptor = descriptor;
        this.raw = raw;
        levelMax = descriptor.getMaxDefinitionLevel();
    }

    /** Goes to a row group of a file that such a program wrote. */
    void begin(PageReadStore rowGroup, @Nullable String createdBy) throws IOException {
        this.createdBy = createdBy == null ? "" : createdBy;
        PageReader pages = rowGroup.getPageReader(descriptor);
        reader = pages;
        values = null;
        left = 0;
        DictionaryPage page = pages.readDictionaryPage();
        dictionary = page == null ? null : page.getEncoding().initDictionary(descriptor, page);
    }

    /** How many rows the page has left; goes to the next page where it has none. */
    int left() throws IOException {
        while (left == 0) {
            DataPage page = Objects.requireNonNull(reader).readPage();
            if (page == null) {
                throw new ParquetDecodingException("column " + descriptor + " has fewer values than its rows");
            }
            if (page instanceof DataPageV1 first) {
                open(first);
            } else if (page instanceof DataPageV2 second) {
                open(second);
            } else {
                throw new ParquetDecodingException("column " + descriptor + " has a page of another kind");
            }
            left = page.getValueCount();
        }
        return left;
    }

    /** Reads which of the next {@code rows} rows of the page have a value. */
    void readLevels(int rows) {
        if (present.length < rows) {
            present = new boolean[rows];
            read = new int[rows];
        }
        levels.read(read, rows);
        for (int index = 0; index < rows; index++) {
            int level = read[index];
            if (level < 0 || level > levelMax) {
                throw new ParquetDecodingException("column " + descriptor + " has a level " + level);
            }
            present[index] = level == levelMax;
        }
        left -= rows;
    }

    /** Whether the row at that position of what was read has a value. */
    boolean has(int index) {
        return present[index];
    }

    /** Whether the page has numbers of the dictionary, to be read by {@link #readIds}. */
    boolean hasIds() {
        return ids != null;
    }

    /** The next numbers of the dictionary, of those of {@code rows} rows that have a value. */
    int[] readIds(int rows) {
        int count = 0;
        for (int index = 0; index < rows; index++) {
            count += present[index] ? 1 : 0;
        }
        Objects.requireNonNull(ids).read(read, count);
        return read;
    }

    Dictionary dictionary() {
        return Objects.requireNonNull(dictionary);
    }

    /** The rest of a page of plain values, in Parquet's order of bytes; null of any other page. */
    @Nullable
    ByteBuffer plain() {
        return plain;
    }

    /** The values of any other page, of the rows that have one. */
    ValuesReader values() {
        return Objects.requireNonNull(values);
    }

    private void open(DataPageV1 page) throws IOException {
        ValuesReader repetition = page.getRlEncoding().getValuesReader(descriptor, ValuesType.REPETITION_LEVEL);
        ByteBufferInputStream input = page.getBytes().toInputStream();
        repetition.initFromPage(page.getValueCount(), input);
        if (levelMax == 0) {
            levels = Levels.ALL;
        } else if (page.getDlEncoding() == Encoding.RLE) {
            levels = levels(input.slice(BytesUtils.readIntLittleEndian(input)));
        } else {
            ValuesReader definition = page.getDlEncoding().getValuesReader(descriptor, ValuesType.DEFINITION_LEVEL);
            definition.initFromPage(page.getValueCount(), input);
            levels = (target, count) -> {
                for (int index = 0; index < count; index++) {
                    target[index] = definition.readInteger();
                }
            };
        }
        open(page.getValueEncoding(), page.getValueCount(), input);
    }

    private void open(DataPageV2 page) throws IOException {
        BytesInput definition = page.getDefinitionLevels();
        levels = levelMax == 0
                ? Levels.ALL
                : levels(definition.toInputStream().slice(Math.toIntExact(definition.size())));
        open(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
    }

    private Levels levels(ByteBuffer packed) {
        return new RunLengths(BytesUtils.getWidthFromMaxInt(levelMax), packed)::read;
    }

    private void open(Encoding pageEncoding, int count, ByteBufferInputStream input) throws IOException {
        plain = null;
        ids = null;
        if (raw && pageEncoding == Encoding.PLAIN) {
            plain = input.slice(input.available()).slice().order(ByteOrder.LITTLE_ENDIAN);
            return;
        }
        if (pageEncoding.usesDictionary() && dictionary == null) {
            throw new ParquetDecodingException("column " + descriptor + " lacks its dictionary");
        }
        if (raw && pageEncoding.usesDictionary()) {
            // A page without values may end before the width of its numbers.
            int bits = input.available() > 0 ? input.read() : 0;
            ids = new RunLengths(bits, input.slice(input.available()));
            return;
        }
        ValuesReader before = values;
        ValuesReader opened;
        if (pageEncoding.usesDictionary()) {
            opened = pageEncoding.getDictionaryBasedValuesReader(descriptor, ValuesType.VALUES, dictionary);
        } else {
            opened = pageEncoding.getValuesReader(descriptor, ValuesType.VALUES);
        }
        opened.initFromPage(count, input);
        // Early writers went on with the last value of the page before.
        if (before != null
                && opened instanceof RequiresPreviousReader following
                && CorruptDeltaByteArrays.requiresSequentialReads(createdBy, pageEncoding)) {
            following.setPreviousReader(before);
        }
        values = opened;
    }
}
