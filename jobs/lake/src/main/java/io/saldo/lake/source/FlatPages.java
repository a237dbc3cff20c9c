package io.saldo.lake.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.bytes.ByteBufferInputStream;
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
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a column that is neither nested nor repeated, one after the other: which rows have a value, and the values.
 *
 * <p>What Parquet's own column reader does for each value, it does for a block of rows of one page.
 */
final class FlatPages {
    private final ColumnDescriptor descriptor;
    private final int levelMax;
    private final boolean mayBePlainTexts;
    private String createdBy = "";
    private @Nullable PageReader reader;
    private @Nullable Dictionary dictionary;
    private @Nullable Levels levels;
    private @Nullable ValuesReader values;
    private @Nullable ByteBuffer plainTexts;
    private Encoding encoding = Encoding.PLAIN;
    private int left;
    private boolean[] present = new boolean[0];

    /** Says of each row whether it has a value: a definition level. */
    private interface Levels {
        int next() throws IOException;
    }

    /**
     * Of a column.
     *
     * @param texts whether a page of plain byte strings is handed out as it is, by {@link #plainTexts}
     */
    FlatPages(ColumnDescriptor descriptor, boolean texts) {
        this.descriptor = descriptor;
        levelMax = descriptor.getMaxDefinitionLevel();
        mayBePlainTexts =
                texts && descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
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
    void readLevels(int rows) throws IOException {
        if (present.length < rows) {
            present = new boolean[rows];
        }
        Levels read = Objects.requireNonNull(levels);
        for (int index = 0; index < rows; index++) {
            int level = read.next();
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

    /** The values of the page, of the rows that have one. */
    ValuesReader values() {
        return Objects.requireNonNull(values);
    }

    Encoding encoding() {
        return encoding;
    }

    Dictionary dictionary() {
        return Objects.requireNonNull(dictionary);
    }

    /** The rest of a page of plain byte strings, each after its length; null of any other page. */
    @Nullable
    ByteBuffer plainTexts() {
        return plainTexts;
    }

    private void open(DataPageV1 page) throws IOException {
        ValuesReader repetition = page.getRlEncoding().getValuesReader(descriptor, ValuesType.REPETITION_LEVEL);
        ValuesReader definition = page.getDlEncoding().getValuesReader(descriptor, ValuesType.DEFINITION_LEVEL);
        ByteBufferInputStream input = page.getBytes().toInputStream();
        repetition.initFromPage(page.getValueCount(), input);
        definition.initFromPage(page.getValueCount(), input);
        levels = definition::readInteger;
        open(page.getValueEncoding(), page.getValueCount(), input);
    }

    private void open(DataPageV2 page) throws IOException {
        if (levelMax == 0) {
            levels = () -> 0;
        } else {
            RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(
                    BytesUtils.getWidthFromMaxInt(levelMax),
                    page.getDefinitionLevels().toInputStream());
            levels = decoder::readInt;
        }
        open(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
    }

    private void open(Encoding pageEncoding, int count, ByteBufferInputStream input) throws IOException {
        encoding = pageEncoding;
        plainTexts = null;
        if (mayBePlainTexts && pageEncoding == Encoding.PLAIN) {
            ByteBuffer bytes = input.slice(input.available());
            if (bytes.hasArray()) {
                plainTexts = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
                return;
            }
            throw new ParquetDecodingException("a page is not in the heap");
        }
        ValuesReader before = values;
        ValuesReader opened;
        if (pageEncoding.usesDictionary()) {
            if (dictionary == null) {
                throw new ParquetDecodingException("column " + descriptor + " lacks its dictionary");
            }
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
