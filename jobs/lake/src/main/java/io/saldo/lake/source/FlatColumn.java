package io.saldo.lake.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file without nested columns: the texts of its values, made for a block of rows at once.
 *
 * <p>What comes of a dictionary becomes text once in many blocks, not for each row that has it.
 */
abstract sealed class FlatColumn
        permits FlatNumbers, FlatColumn.Truths, FlatColumn.BinaryNumbers, FlatColumn.Bytes, FlatColumn.Texts {
    /** Where the text of a row without a value is said to start and to end. */
    private static final int NO_VALUE = 0;

    /** Where a text is said to start and to end that is made only for who asks. */
    static final int UNMADE = -1;

    /** Longer numbers may be more than JSON's reader takes. */
    private static final int NUMBER_BYTES_SURE = 500;

    final FlatBlock block;
    final FlatTexts texts;
    final FlatPages pages;
    final boolean quoted;

    // Where in a row of the block its place is, and how many rows from the first on are known to be without a value.
    final int place;
    private int emptyRows;

    // What the member of a JSON object has beside the bytes of its value.
    private final int memberBytes;

    // Of each number of the dictionary, where its text is, if that was made since the texts were cleared.
    private @Nullable Dictionary dictionary;
    private long[] entryClearing = new long[0];
    private int[] entryFrom = new int[0];
    private int[] entryTo = new int[0];
    private int[] entryGrowth = new int[0];

    FlatColumn(FlatBlock block, ColumnDescriptor descriptor, int place, boolean raw) {
        this.block = block;
        this.place = place;
        texts = block.texts;
        pages = new FlatPages(descriptor, raw);
        quoted = ParquetText.isQuoted(descriptor.getPrimitiveType());
        memberBytes = FlatBlock.label(descriptor.getPrimitiveType().getName()).length + (quoted ? 3 : 1);
    }

    /** The column that the schema has there, with a place of its own in the rows of the block. */
    static FlatColumn of(FlatBlock block, ColumnDescriptor descriptor, int place, boolean wholeBinaryNumbers) {
        PrimitiveType type = descriptor.getPrimitiveType();
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Truths(block, descriptor, place);
            case INT32, INT64 ->
                meaning instanceof TimestampLogicalTypeAnnotation timestamp
                        ? new FlatNumbers.Timestamps(block, descriptor, place, timestamp)
                        : new FlatNumbers.Whole(block, descriptor, place);
            case FLOAT, DOUBLE -> new BinaryNumbers(block, descriptor, place, wholeBinaryNumbers);
            case INT96 -> new Bytes(block, descriptor, place);
            default ->
                ParquetText.isText(meaning) ? new Texts(block, descriptor, place) : new Bytes(block, descriptor, place);
        };
    }

    /** Makes the texts of the next {@code rows} values, which one page has. */
    final void load(int rows) throws IOException {
        pages.readLevels(rows);
        if (pages.isEmpty()) {
            // Columns that a log never fills cost nothing.
            for (; emptyRows < rows; emptyRows++) {
                leaveEmpty(emptyRows);
            }
            return;
        }
        emptyRows = 0;
        if (pages.hasIds()) {
            loadEntries(rows);
        } else {
            loadValues(rows);
        }
    }

    /** Whether JSON has the value of that row as a text. */
    boolean isQuoted(int index) {
        return quoted;
    }

    /** Puts the texts of values that are no numbers of a dictionary. */
    abstract void loadValues(int rows) throws IOException;

    /** Puts the text of an entry of the dictionary, and returns by how much it grows in JSON. */
    int putEntry(Dictionary entries, int id) {
        throw new IllegalStateException("the column reads its dictionary by itself");
    }

    /** Puts the texts of values that are numbers of the dictionary. */
    void loadEntries(int rows) throws IOException {
        if (dictionary != pages.dictionary()) {
            dictionary = pages.dictionary();
            int entries = dictionary.getMaxId() + 1;
            entryClearing = new long[entries];
            entryFrom = new int[entries];
            entryTo = new int[entries];
            entryGrowth = new int[entries];
        }
        int[] ids = pages.readIds();
        if (pages.isFull()) {
            for (int index = 0; index < rows; index++) {
                closeEntry(index, ids[index]);
            }
            return;
        }
        int at = 0;
        for (int index = 0; index < rows; index++) {
            if (pages.has(index)) {
                closeEntry(index, ids[at++]);
            } else {
                leaveEmpty(index);
            }
        }
    }

    private void closeEntry(int index, int id) {
        if (entryClearing[id] != texts.clearings()) {
            entryClearing[id] = texts.clearings();
            entryFrom[id] = texts.length();
            entryGrowth[id] = putEntry(Objects.requireNonNull(dictionary), id);
            entryTo[id] = texts.length();
        }
        close(index, entryFrom[id], entryTo[id], entryGrowth[id]);
        block.words[index * block.width + place] = id + 1;
    }

    /** Whether the row has a value. */
    final boolean has(int index) {
        return from(index) != NO_VALUE;
    }

    /** Makes the row's text, where it was left to be made. Only for the row at which the block is. */
    final void make(int index) {
        if (from(index) == UNMADE) {
            int slot = index * block.width + place;
            block.from[slot] = texts.length();
            putLeft(index);
            block.to[slot] = texts.length();
        }
    }

    /** Puts a text that was left to be made. */
    void putLeft(int index) {
        throw new IllegalStateException("the column makes its texts at once");
    }

    /** Where in the block's texts the row's value starts. */
    final int from(int index) {
        return block.from[index * block.width + place];
    }

    /** Where in the block's texts the row's value ends. */
    final int to(int index) {
        return block.to[index * block.width + place];
    }

    /** The row has no value. */
    final void leaveEmpty(int index) {
        int slot = index * block.width + place;
        block.from[slot] = NO_VALUE;
        block.to[slot] = NO_VALUE;
        block.numbers[slot] = RawLog.NO_NUMBER;
        block.words[slot] = RawLog.EMPTY_WORD;
    }

    /** The row's value is between the two places of the texts. */
    final void close(int index, int start, int end, int growth) {
        int slot = index * block.width + place;
        block.from[slot] = start;
        block.to[slot] = end;
        block.words[slot] = RawLog.NO_WORD;
        if (growth < 0) {
            closeNotUtf8(index, start, end);
        } else {
            block.jsonLengths[index] += memberBytes + (end - start) + growth;
        }
    }

    private void closeNotUtf8(int index, int start, int end) {
        block.notUtf8[index] = true;
        byte[] hexadecimal = ParquetText.hexadecimal(Arrays.copyOfRange(texts.bytes(), start, end))
                .getBytes(StandardCharsets.UTF_8);
        int at = texts.length();
        texts.put(hexadecimal, 0, hexadecimal.length);
        close(index, at, texts.length(), 0);
    }

    /** The row has a value whose text of so many bytes, none of which JSON escapes, {@link #putLeft} makes for who asks. */
    final void leave(int index, int bytes) {
        int slot = index * block.width + place;
        block.from[slot] = UNMADE;
        block.to[slot] = UNMADE;
        block.words[slot] = RawLog.NO_WORD;
        block.jsonLengths[index] += memberBytes + bytes;
    }

    /** Puts a text without anything that JSON escapes. */
    final void close(int index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = texts.length();
        texts.put(bytes, 0, bytes.length);
        close(index, start, texts.length(), 0);
        block.longNumbers[index] |= !quoted && bytes.length > NUMBER_BYTES_SURE;
    }

    static final class Truths extends FlatColumn {
        Truths(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(block, descriptor, place, false);
        }

        @Override
        void loadValues(int rows) {
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    close(index, pages.values().readBoolean() ? "true" : "false");
                } else {
                    leaveEmpty(index);
                }
            }
        }
    }

    static final class BinaryNumbers extends FlatColumn {
        private final boolean narrow;
        private final boolean wholeTaken;
        private boolean[] taken = new boolean[0];

        BinaryNumbers(FlatBlock block, ColumnDescriptor descriptor, int place, boolean wholeTaken) {
            super(block, descriptor, place, false);
            narrow = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
            this.wholeTaken = wholeTaken;
        }

        @Override
        boolean isQuoted(int index) {
            return !taken[index];
        }

        @Override
        void loadValues(int rows) {
            if (taken.length < rows) {
                taken = new boolean[rows];
            }
            for (int index = 0; index < rows; index++) {
                if (!pages.has(index)) {
                    leaveEmpty(index);
                    continue;
                }
                double value =
                        narrow ? pages.values().readFloat() : pages.values().readDouble();
                taken[index] = wholeTaken && ParquetText.isWhole(value, narrow);
                String text = narrow ? Float.toString((float) value) : Double.toString(value);
                close(index, taken[index] ? ParquetText.whole(value) : ParquetText.inexact(text));
                block.jsonLengths[index] += taken[index] ? 0 : "\"\"".length();
            }
        }
    }

    /** Bytes that stand for something else than a text. */
    static final class Bytes extends FlatColumn {
        private final PrimitiveType type;

        Bytes(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(block, descriptor, place, false);
            type = descriptor.getPrimitiveType();
        }

        @Override
        void loadValues(int rows) {
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    close(index, text(pages.values().readBytes()));
                } else {
                    leaveEmpty(index);
                }
            }
        }

        private String text(Binary value) {
            byte[] bytes = value.getBytes();
            if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
                return ParquetText.ofInt96(bytes);
            }
            String text = ParquetText.ofBytes(bytes, type.getLogicalTypeAnnotation());
            return Objects.requireNonNullElseGet(text, () -> ParquetText.hexadecimal(bytes));
        }
    }

    static final class Texts extends FlatColumn {
        Texts(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(
                    block,
                    descriptor,
                    place,
                    descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY);
        }

        @Override
        int putEntry(Dictionary entries, int id) {
            int start = texts.length();
            ByteBuffer entry = entries.decodeToBinary(id).toByteBuffer();
            texts.put(entry.array(), entry.arrayOffset() + entry.position(), entry.remaining());
            return texts.growth(start, texts.length());
        }

        @Override
        void loadValues(int rows) {
            ByteBuffer plain = pages.plain();
            if (plain != null) {
                loadPlain(plain, rows);
                return;
            }
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    byte[] bytes = pages.values().readBytes().getBytes();
                    int start = texts.length();
                    texts.put(bytes, 0, bytes.length);
                    close(index, start, texts.length(), texts.growth(start, texts.length()));
                } else {
                    leaveEmpty(index);
                }
            }
        }

        // Each value stands after its length.
        private void loadPlain(ByteBuffer page, int rows) {
            for (int index = 0; index < rows; index++) {
                if (!pages.has(index)) {
                    leaveEmpty(index);
                    continue;
                }
                int length = page.getInt();
                int position = page.position();
                // Refuses what leaves the page.
                page.position(position + length);
                int start = texts.length();
                texts.put(page.array(), page.arrayOffset() + position, length);
                close(index, start, start + length, texts.growth(start, start + length));
            }
        }
    }
}
