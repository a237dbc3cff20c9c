package io.saldo.lake.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * A column of a file without nested columns: its values are decoded a block at once, and each becomes text when its row is
 * asked for.
 *
 * <p>Of a dictionary a text is looked at once, not for each row that has it.
 */
abstract sealed class FlatColumn {
    private static final int SECONDS_OF_DAY = 86_400;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    /** The row's texts, into which the column puts its own. */
    final FlatRow row;

    final int number;
    final FlatPages pages;

    private FlatColumn(FlatRow row, int number, ColumnDescriptor descriptor, boolean texts) {
        this.row = row;
        this.number = number;
        pages = new FlatPages(descriptor, texts);
    }

    /** The column that the schema has there. */
    static FlatColumn of(
            FlatRow row, int number, ColumnDescriptor descriptor, boolean wholeBinaryNumbers, int cacheBytes) {
        PrimitiveType type = descriptor.getPrimitiveType();
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new Truths(row, number, descriptor);
            case INT32, INT64 ->
                meaning instanceof TimestampLogicalTypeAnnotation timestamp
                        ? new Timestamps(row, number, descriptor, timestamp)
                        : new WholeNumbers(row, number, descriptor);
            case FLOAT, DOUBLE -> new BinaryNumbers(row, number, descriptor, wholeBinaryNumbers);
            case INT96 -> new Bytes(row, number, descriptor);
            default ->
                ParquetText.isText(meaning)
                        ? new Texts(row, number, descriptor, cacheBytes)
                        : new Bytes(row, number, descriptor);
        };
    }

    /** Decodes the next {@code rows} values, which one page has. */
    abstract void load(int rows) throws IOException;

    /** Puts the text of a value of the block into the row; of a row that has none, nothing. */
    final void put(int index) {
        if (pages.has(index)) {
            putValue(index);
        }
    }

    abstract void putValue(int index);

    private static long[] grown(long[] values, int size) {
        return values.length < size ? new long[size] : values;
    }

    private static final class Truths extends FlatColumn {
        private static final byte[][] WORDS = {
            "false".getBytes(StandardCharsets.UTF_8), "true".getBytes(StandardCharsets.UTF_8)
        };

        private boolean[] values = new boolean[0];

        Truths(FlatRow row, int number, ColumnDescriptor descriptor) {
            super(row, number, descriptor, false);
        }

        @Override
        void load(int rows) throws IOException {
            pages.readLevels(rows);
            values = values.length < rows ? new boolean[rows] : values;
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] = pages.values().readBoolean();
                }
            }
        }

        @Override
        void putValue(int index) {
            row.put(number, WORDS[values[index] ? 1 : 0], 0);
        }
    }

    private abstract static sealed class Numbers extends FlatColumn {
        private final boolean narrow;
        private long[] values = new long[0];

        private Numbers(FlatRow row, int number, ColumnDescriptor descriptor) {
            super(row, number, descriptor, false);
            narrow = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32;
        }

        @Override
        final void load(int rows) throws IOException {
            pages.readLevels(rows);
            values = grown(values, rows);
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] = narrow
                            ? pages.values().readInteger()
                            : pages.values().readLong();
                }
            }
        }

        final boolean isNarrow() {
            return narrow;
        }

        @Override
        final void putValue(int index) {
            putNumber(values[index]);
        }

        abstract void putNumber(long value);
    }

    private static final class WholeNumbers extends Numbers {
        private final @Nullable LogicalTypeAnnotation meaning;
        private final boolean plain;

        WholeNumbers(FlatRow row, int number, ColumnDescriptor descriptor) {
            super(row, number, descriptor);
            meaning = descriptor.getPrimitiveType().getLogicalTypeAnnotation();
            plain = ParquetText.isPlain(meaning);
        }

        @Override
        void putNumber(long value) {
            if (plain && value != Long.MIN_VALUE) {
                row.putWhole(number, value);
            } else {
                row.put(number, ParquetText.ofWhole(value, isNarrow(), meaning));
            }
        }
    }

    /** Logs are written in the order of time, so the date is mostly that of the row before. */
    private static final class Timestamps extends Numbers {
        private final TimestampLogicalTypeAnnotation type;
        private final long nanos;
        private final long perSecond;
        private long day = Long.MIN_VALUE;
        private byte[] date = new byte[0];

        Timestamps(FlatRow row, int number, ColumnDescriptor descriptor, TimestampLogicalTypeAnnotation type) {
            super(row, number, descriptor);
            this.type = type;
            nanos = ParquetText.nanos(type.getUnit());
            perSecond = 1_000_000_000L / nanos;
        }

        @Override
        void putNumber(long value) {
            long second = Math.floorDiv(value, perSecond);
            long on = Math.floorDiv(second, (long) SECONDS_OF_DAY);
            if (on < FIRST_DAY || on > LAST_DAY) {
                row.put(number, ParquetText.ofWhole(value, false, type));
                return;
            }
            if (on != day) {
                date = LocalDate.ofEpochDay(on).toString().getBytes(StandardCharsets.UTF_8);
                day = on;
            }
            int fraction = (int) (Math.floorMod(value, perSecond) * nanos);
            row.putInstant(number, date, (int) (second - on * SECONDS_OF_DAY), fraction, type.isAdjustedToUTC());
        }
    }

    private static final class BinaryNumbers extends FlatColumn {
        private final boolean narrow;
        private final boolean wholeTaken;
        private double[] values = new double[0];

        BinaryNumbers(FlatRow row, int number, ColumnDescriptor descriptor, boolean wholeTaken) {
            super(row, number, descriptor, false);
            narrow = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.FLOAT;
            this.wholeTaken = wholeTaken;
        }

        @Override
        void load(int rows) throws IOException {
            pages.readLevels(rows);
            values = values.length < rows ? new double[rows] : values;
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] =
                            narrow ? pages.values().readFloat() : pages.values().readDouble();
                }
            }
        }

        @Override
        void putValue(int index) {
            double value = values[index];
            boolean taken = wholeTaken && ParquetText.isWhole(value);
            String text = narrow ? Float.toString((float) value) : Double.toString(value);
            row.putBinaryNumber(number, taken ? ParquetText.whole(value) : ParquetText.inexact(text), taken);
        }
    }

    /** Bytes that stand for something else than a text. */
    private static final class Bytes extends FlatColumn {
        private final PrimitiveType type;
        private @Nullable Binary[] values = new Binary[0];

        Bytes(FlatRow row, int number, ColumnDescriptor descriptor) {
            super(row, number, descriptor, false);
            type = descriptor.getPrimitiveType();
        }

        @Override
        void load(int rows) throws IOException {
            pages.readLevels(rows);
            values = values.length < rows ? new Binary[rows] : values;
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    values[index] = pages.values().readBytes();
                }
            }
        }

        @Override
        void putValue(int index) {
            byte[] bytes = Objects.requireNonNull(values[index]).getBytes();
            if (type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT96) {
                row.put(number, ParquetText.ofInt96(bytes));
                return;
            }
            String text = ParquetText.ofBytes(bytes, type.getLogicalTypeAnnotation());
            row.put(number, text == null ? ParquetText.hexadecimal(bytes) : text);
        }
    }

    private static final class Texts extends FlatColumn {
        private static final int CACHED_TEXT_BYTES = 64;

        private final int cacheBytes;
        private int cacheLeft;
        private @Nullable Dictionary dictionary;
        private @Nullable Cached[] cached = new Cached[0];

        // Of the block: numbers in the dictionary, or where the values of a plain page are, or the values.
        private Kind kind = Kind.DICTIONARY;
        private int[] starts = new int[0];
        private int[] lengths = new int[0];
        private byte[] plain = new byte[0];
        private @Nullable Binary[] values = new Binary[0];

        private enum Kind {
            DICTIONARY,
            PLAIN,
            OTHER
        }

        /** A text of a dictionary that is UTF-8, and by how much it grows in JSON. */
        private static final class Cached {
            final byte[] bytes;
            final int growth;

            Cached(byte[] bytes, int growth) {
                this.bytes = bytes;
                this.growth = growth;
            }
        }

        Texts(FlatRow row, int number, ColumnDescriptor descriptor, int cacheBytes) {
            super(row, number, descriptor, true);
            this.cacheBytes = cacheBytes;
        }

        @Override
        void load(int rows) throws IOException {
            pages.readLevels(rows);
            if (starts.length < rows) {
                starts = new int[rows];
                lengths = new int[rows];
                values = new Binary[rows];
            }
            ByteBuffer plainValues = pages.plainTexts();
            if (plainValues != null) {
                kind = Kind.PLAIN;
                loadPlain(plainValues, rows);
            } else if (pages.encoding().usesDictionary()) {
                kind = Kind.DICTIONARY;
                begin(pages.dictionary());
                for (int index = 0; index < rows; index++) {
                    if (pages.has(index)) {
                        starts[index] = pages.values().readValueDictionaryId();
                    }
                }
            } else {
                kind = Kind.OTHER;
                for (int index = 0; index < rows; index++) {
                    if (pages.has(index)) {
                        values[index] = pages.values().readBytes();
                    }
                }
            }
        }

        @Override
        void putValue(int index) {
            switch (kind) {
                case PLAIN -> row.putText(number, plain, starts[index], lengths[index]);
                case DICTIONARY -> putEntry(starts[index]);
                case OTHER -> {
                    byte[] bytes = Objects.requireNonNull(values[index]).getBytes();
                    row.putText(number, bytes, 0, bytes.length);
                }
            }
        }

        private void loadPlain(ByteBuffer page, int rows) {
            plain = page.array();
            int base = page.arrayOffset();
            for (int index = 0; index < rows; index++) {
                if (pages.has(index)) {
                    int length = page.getInt();
                    starts[index] = base + page.position();
                    lengths[index] = length;
                    // Refuses what leaves the page.
                    page.position(page.position() + length);
                }
            }
        }

        private void begin(Dictionary current) {
            if (dictionary == current) {
                return;
            }
            dictionary = current;
            int entries = current.getMaxId() + 1;
            boolean fits = entries <= cacheBytes / 16;
            cached = new Cached[fits ? entries : 0];
            cacheLeft = fits ? cacheBytes - entries * 8 : 0;
        }

        private void putEntry(int id) {
            Cached entry = id < cached.length ? cached[id] : null;
            if (entry != null) {
                row.put(number, entry.bytes, entry.growth);
                return;
            }
            byte[] bytes = Objects.requireNonNull(dictionary).decodeToBinary(id).getBytes();
            int growth = row.putText(number, bytes, 0, bytes.length);
            if (growth >= 0 && id < cached.length && bytes.length <= CACHED_TEXT_BYTES && cacheLeft > 0) {
                cached[id] = new Cached(bytes.clone(), growth);
                cacheLeft -= bytes.length + 48;
            }
        }
    }
}
