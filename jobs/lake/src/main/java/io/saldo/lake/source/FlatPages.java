package io.saldo.lake.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private @Nullable RunLengths levels;
    private @Nullable ValuesReader oldLevels;
    private @Nullable ValuesReader values;
    private @Nullable RunLengths ids;
    private @Nullable ByteBuffer plain;
    private int left;
    // Of the rows that were read: how many, how many of them have a value, and which, where that is some of them.
    private int rows;
    private int count;
    private boolean[] present = new boolean[0];
    private int[] read = new int[0];

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

    /** Reads which of the next so many rows of the page have a value. */
    void readLevels(int wanted) {
        if (present.length < wanted) {
            present = new boolean[wanted];
            read = new int[wanted];
        }
        rows = wanted;
        left -= rows;
        int same = levelMax == 0 ? 0 : levels == null ? -1 : levels.readSame(rows);
        if (same >= 0) {
            count = isValue(same) ? rows : 0;
            return;
        }
        if (levels != null) {
            levels.read(read, rows);
        } else {
            for (int index = 0; index < rows; index++) {
                read[index] = Objects.requireNonNull(oldLevels).readInteger();
            }
        }
        count = 0;
        for (int index = 0; index < rows; index++) {
            present[index] = isValue(read[index]);
            count += present[index] ? 1 : 0;
        }
    }

    private boolean isValue(int level) {
        if (level < 0 || level > levelMax) {
            throw new ParquetDecodingException("column " + descriptor + " has a level " + level);
        }
        return level == levelMax;
    }

    /** Whether the row at that position of what was read has a value. */
    boolean has(int index) {
        return count == rows || (count > 0 && present[index]);
    }

    /** Whether none of the rows has a value. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Whether all of the rows have a value. */
    boolean isFull() {
        return count == rows;
    }

    /** Whether the page has numbers of the dictionary, to be read by {@link #readIds}. */
    boolean hasIds() {
        return ids != null;
    }

    /** The numbers of the dictionary, of those rows that have a value. */
    int[] readIds() {
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
        if (levelMax > 0 && page.getDlEncoding() == Encoding.RLE) {
            levels = levels(input.slice(BytesUtils.readIntLittleEndian(input)));
        } else if (levelMax > 0) {
            levels = null;
            oldLevels = page.getDlEncoding().getValuesReader(descriptor, ValuesType.DEFINITION_LEVEL);
            oldLevels.initFromPage(page.getValueCount(), input);
        }
        open(page.getValueEncoding(), page.getValueCount(), input);
    }

    private void open(DataPageV2 page) throws IOException {
        BytesInput definition = page.getDefinitionLevels();
        if (levelMax > 0) {
            levels = levels(definition.toInputStream().slice(Math.toIntExact(definition.size())));
        }
        open(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
    }

    private RunLengths levels(ByteBuffer packed) {
        return new RunLengths(BytesUtils.getWidthFromMaxInt(levelMax), packed);
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
