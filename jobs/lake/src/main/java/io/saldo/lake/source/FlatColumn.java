package io.saldo.lake.source;

import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file without nested columns: the texts of its values, made for a block of rows at once.
 *
 * <p>What comes of a dictionary becomes text once in a block, not for each row that has it.
 */
abstract sealed class FlatColumn {
    /** Where the text of a row without a value is said to start and to end. */
    private static final int NO_VALUE = 0;

    /** Longer numbers may be more than JSON's reader takes. */
    private static final int NUMBER_BYTES_SURE = 500;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    final FlatBlock block;
    final FlatTexts texts;
    final FlatPages pages;
    final boolean quoted;

    // Where in a row of the block its place is, and how many rows from the first on are known to be without a value.
    private final int place;
    private int emptyRows;

    // What the member of a JSON object has beside the bytes of its value.
    private final int memberBytes;

    // Of each number of the dictionary, where its text is in the block for which it was made last.
    private @Nullable Dictionary dictionary;
    private int blockNumber;
    private int[] entryBlock = new int[0];
    private int[] entryFrom = new int[0];
    private int[] entryTo = new int[0];
    private int[] entryGrowth = new int[0];

    private FlatColumn(FlatBlock block, ColumnDescriptor descriptor, int place, boolean raw) {
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
                        ? new Timestamps(block, descriptor, place, timestamp)
                        : new WholeNumbers(block, descriptor, place);
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

    private void loadEntries(int rows) {
        if (dictionary != pages.dictionary()) {
            dictionary = pages.dictionary();
            int entries = dictionary.getMaxId() + 1;
            entryBlock = new int[entries];
            entryFrom = new int[entries];
            entryTo = new int[entries];
            entryGrowth = new int[entries];
            blockNumber = 0;
        }
        blockNumber++;
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
        if (entryBlock[id] != blockNumber) {
            entryBlock[id] = blockNumber;
            entryFrom[id] = texts.length();
            entryGrowth[id] = putEntry(Objects.requireNonNull(dictionary), id);
            entryTo[id] = texts.length();
        }
        close(index, entryFrom[id], entryTo[id], entryGrowth[id]);
    }

    /** Whether the row has a value. */
    final boolean has(int index) {
        return from(index) != NO_VALUE;
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
        block.from[index * block.width + place] = NO_VALUE;
        block.to[index * block.width + place] = NO_VALUE;
    }

    /** The row's value is between the two places of the texts. */
    final void close(int index, int start, int end, int growth) {
        block.from[index * block.width + place] = start;
        block.to[index * block.width + place] = end;
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

    /** Puts a text without anything that JSON escapes. */
    final void close(int index, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int start = texts.length();
        texts.put(bytes, 0, bytes.length);
        close(index, start, texts.length(), 0);
        block.longNumbers[index] |= !quoted && bytes.length > NUMBER_BYTES_SURE;
    }

    private static final class Truths extends FlatColumn {
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

    private abstract static sealed class Numbers extends FlatColumn {
        private final boolean narrow;
        private long[] values = new long[0];

        private Numbers(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(block, descriptor, place, true);
            narrow = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
        }

        final boolean isNarrow() {
            return narrow;
        }

        @Override
        final int putEntry(Dictionary entries, int id) {
            put(narrow ? entries.decodeToInt(id) : entries.decodeToLong(id));
            return 0;
        }

        @Override
        final void loadValues(int rows) {
            if (values.length < rows) {
                values = new long[rows];
            }
            ByteBuffer plain = pages.plain();
            if (plain != null) {
                read(plain, rows);
            } else {
                read(pages.values(), rows);
            }
            loadNumbers(values, rows);
        }

        abstract void put(long value);

        /** Puts the values of all rows that have one. */
        void loadNumbers(long[] numbers, int rows) {
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    int start = texts.length();
                    put(numbers[index]);
                    close(index, start, texts.length(), 0);
                } else {
                    leaveEmpty(index);
                }
            }
        }

        private void read(ByteBuffer plain, int rows) {
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] = narrow ? plain.getInt() : plain.getLong();
                }
            }
        }

        private void read(ValuesReader reader, int rows) {
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] = narrow ? reader.readInteger() : reader.readLong();
                }
            }
        }
    }

    private static final class WholeNumbers extends Numbers {
        private final @Nullable LogicalTypeAnnotation meaning;
        private final boolean plain;

        WholeNumbers(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(block, descriptor, place);
            meaning = descriptor.getPrimitiveType().getLogicalTypeAnnotation();
            plain = ParquetText.isPlain(meaning);
        }

        @Override
        void put(long value) {
            if (plain && value != Long.MIN_VALUE) {
                texts.putWhole(value);
            } else {
                texts.put(ParquetText.ofWhole(value, isNarrow(), meaning));
            }
        }
    }

    /** Logs are written in the order of time, so the date is mostly that of the row before. */
    private static final class Timestamps extends Numbers {
        private final TimestampLogicalTypeAnnotation type;
        private final long nanos;
        private final long perSecond;
        private final boolean isOccurredAt;
        private long day = Long.MIN_VALUE;
        private byte[] date = new byte[0];

        Timestamps(FlatBlock block, ColumnDescriptor descriptor, int place, TimestampLogicalTypeAnnotation type) {
            super(block, descriptor, place);
            this.type = type;
            nanos = ParquetText.nanos(type.getUnit());
            perSecond = 1_000_000_000L / nanos;
            isOccurredAt = type.isAdjustedToUTC() && place == UsageColumn.OCCURRED_AT.ordinal();
        }

        @Override
        void loadNumbers(long[] numbers, int rows) {
            super.loadNumbers(numbers, rows);
            for (int index = 0; isOccurredAt && index < rows; index++) {
                if (pages.has(index)) {
                    block.instants[index] = instant(numbers[index]);
                }
            }
        }

        // Finer digits are cut, and what is beyond four digits of a year is no timestamp, as in ISO.
        private long instant(long value) {
            long on = Math.floorDiv(value, perSecond * SECONDS_OF_DAY);
            if (on < FIRST_DAY || on > LAST_DAY) {
                return RawLog.NO_INSTANT;
            }
            return nanos >= 1_000 ? value * (nanos / 1_000) : Math.floorDiv(value, 1_000L);
        }

        @Override
        void put(long value) {
            long second = Math.floorDiv(value, perSecond);
            long on = Math.floorDiv(second, (long) SECONDS_OF_DAY);
            if (on < FIRST_DAY || on > LAST_DAY) {
                texts.put(ParquetText.ofWhole(value, false, type));
                return;
            }
            if (on != day) {
                date = LocalDate.ofEpochDay(on).toString().getBytes(StandardCharsets.UTF_8);
                day = on;
            }
            int fraction = (int) (Math.floorMod(value, perSecond) * nanos);
            texts.putInstant(date, (int) (second - on * SECONDS_OF_DAY), fraction, type.isAdjustedToUTC());
        }
    }

    private static final class BinaryNumbers extends FlatColumn {
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
                taken[index] = wholeTaken && ParquetText.isWhole(value);
                String text = narrow ? Float.toString((float) value) : Double.toString(value);
                close(index, taken[index] ? ParquetText.whole(value) : ParquetText.inexact(text));
                block.jsonLengths[index] += taken[index] ? 0 : "\"\"".length();
            }
        }
    }

    /** Bytes that stand for something else than a text. */
    private static final class Bytes extends FlatColumn {
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

    private static final class Texts extends FlatColumn {
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
