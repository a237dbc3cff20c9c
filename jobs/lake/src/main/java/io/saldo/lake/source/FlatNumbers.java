package io.saldo.lake.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A column of whole numbers, or of what Parquet keeps as such.
 *
 * <p>Who takes a record takes its numbers as they are, so what they are as a text is made only for who asks.
 */
abstract sealed class FlatNumbers extends FlatColumn {
    private final boolean narrow;
    private @Nullable Dictionary dictionary;
    private long[] entries = new long[0];

    /** Of the rows that have a value, as Parquet has it. */
    long[] values = new long[0];

    private FlatNumbers(FlatBlock block, ColumnDescriptor descriptor, int place) {
        super(block, descriptor, place, true);
        narrow = descriptor.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32;
    }

    final boolean isNarrow() {
        return narrow;
    }

    /** Takes the {@link #values} of the rows that have one. */
    abstract void take(int rows);

    @Override
    final void loadEntries(int rows) {
        reserve(rows);
        if (dictionary != pages.dictionary()) {
            dictionary = pages.dictionary();
            entries = new long[dictionary.getMaxId() + 1];
            for (int id = 0; id < entries.length; id++) {
                entries[id] = narrow ? dictionary.decodeToInt(id) : dictionary.decodeToLong(id);
            }
        }
        int[] ids = pages.readIds();
        int at = 0;
        for (int index = 0; index < rows; index++) {
            if (pages.has(index)) {
                values[index] = entries[ids[at++]];
            }
        }
        take(rows);
    }

    @Override
    final void loadValues(int rows) {
        reserve(rows);
        ByteBuffer plain = pages.plain();
        if (plain != null) {
            read(plain, rows);
        } else {
            read(pages.values(), rows);
        }
        take(rows);
    }

    private void reserve(int rows) {
        if (values.length < rows) {
            values = new long[rows];
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

    /** Of some of these the number is another than that which Parquet has: of decimals, dates, times. */
    static final class Whole extends FlatNumbers {
        private final @Nullable LogicalTypeAnnotation meaning;
        private final boolean plain;

        Whole(FlatBlock block, ColumnDescriptor descriptor, int place) {
            super(block, descriptor, place);
            meaning = descriptor.getPrimitiveType().getLogicalTypeAnnotation();
            plain = ParquetText.isPlain(meaning);
        }

        @Override
        void take(int rows) {
            for (int index = 0; index < rows; index++) {
                int slot = index * block.width + place;
                if (!pages.has(index)) {
                    leaveEmpty(index);
                } else if (plain && values[index] != RawLog.NO_NUMBER) {
                    block.numbers[slot] = values[index];
                    leave(index, FlatTexts.length(values[index]));
                } else {
                    block.numbers[slot] = RawLog.NO_NUMBER;
                    close(index, ParquetText.ofWhole(values[index], isNarrow(), meaning));
                }
            }
        }

        @Override
        void putLeft(int index) {
            texts.putWhole(values[index]);
        }
    }

    /** Logs are written in the order of time, so the date is mostly that of the row before. */
    static final class Timestamps extends FlatNumbers {
        private static final int SECONDS_OF_DAY = 86_400;
        private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
        private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

        private final TimestampLogicalTypeAnnotation type;
        private final long nanos;
        private final long perSecond;
        private final boolean isInstant;
        private long day = Long.MIN_VALUE;
        private byte[] date = new byte[0];

        Timestamps(FlatBlock block, ColumnDescriptor descriptor, int place, TimestampLogicalTypeAnnotation type) {
            super(block, descriptor, place);
            this.type = type;
            nanos = ParquetText.nanos(type.getUnit());
            perSecond = 1_000_000_000L / nanos;
            isInstant = type.isAdjustedToUTC();
        }

        /** Whether {@link FlatBlock#numbers} has instants of it, in microseconds. */
        boolean isInstant() {
            return isInstant;
        }

        @Override
        void take(int rows) {
            for (int index = 0; index < rows; index++) {
                if (!pages.has(index)) {
                    leaveEmpty(index);
                    continue;
                }
                int slot = index * block.width + place;
                long value = values[index];
                long on = Math.floorDiv(value, perSecond * SECONDS_OF_DAY);
                // What is beyond four digits of a year is no timestamp, as in ISO.
                if (on < FIRST_DAY || on > LAST_DAY) {
                    block.numbers[slot] = RawLog.NO_NUMBER;
                    close(index, ParquetText.ofWhole(value, false, type));
                    continue;
                }
                leave(index, FlatTexts.instantLength(fraction(value), isInstant));
                // Finer digits are cut.
                block.numbers[slot] = nanos >= 1_000 ? value * (nanos / 1_000) : Math.floorDiv(value, 1_000L);
            }
        }

        @Override
        void putLeft(int index) {
            long second = Math.floorDiv(values[index], perSecond);
            long on = Math.floorDiv(second, (long) SECONDS_OF_DAY);
            if (on != day) {
                date = LocalDate.ofEpochDay(on).toString().getBytes(StandardCharsets.UTF_8);
                day = on;
            }
            texts.putInstant(date, (int) (second - on * SECONDS_OF_DAY), fraction(values[index]), isInstant);
        }

        // In nanoseconds.
        private int fraction(long value) {
            return (int) (Math.floorMod(value, perSecond) * nanos);
        }
    }
}
