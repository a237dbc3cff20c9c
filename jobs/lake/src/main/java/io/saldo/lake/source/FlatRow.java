package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Name;
import io.saldo.lake.source.FieldPlace.Reference;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file without nested columns: the texts of its values, in one buffer.
 *
 * <p>Says the same as {@link ParquetRow}, of which it keeps every rule, but makes the JSON object only for who asks. Every
 * column is read, also those that nobody maps: a row is as long as all of it, and one bad text makes it malformed.
 */
final class FlatRow extends RecordMaterializer<FlatRow> {
    /** Longer numbers may be more than JSON's reader takes. */
    private static final int NUMBER_BYTES_SURE = 500;

    // For the texts of dictionaries, of all columns.
    private static final int CACHE_BYTES = 32 << 20;
    private static final int CACHED_TEXT_BYTES = 64;

    private static final int SECONDS_OF_DAY = 86_400;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final int NO_VALUE = -1;

    /** By how many bytes a byte grows in a text of JSON. */
    private static final byte[] GROWTH = growth();

    private final boolean wholeBinaryNumbers;
    private final Converter[] columns;
    private final GroupConverter root;
    private final byte[][] labels;
    private final List<List<Integer>> slotsOfColumn = new ArrayList<>();
    private final int[] columnOfSlot;
    private final boolean composed;
    private final int[] slotFrom;
    private final int[] slotTo;

    private byte[] texts = new byte[1 << 12];
    private int length;
    private final int[] from;
    private final int[] to;
    private final boolean[] quoted;
    private long jsonLength;
    private boolean utf8;
    private boolean longNumber;

    /** Whether a row has no nested values, and the layout looks into none of its texts. */
    static boolean fits(MessageType schema, RecordLayout layout) {
        Set<String> names = new HashSet<>();
        for (Type column : schema.getFields()) {
            if (!column.isPrimitive()
                    || column.isRepetition(Type.Repetition.REPEATED)
                    || !names.add(column.getName())) {
                return false;
            }
        }
        return !names.isEmpty() && layout.slots().stream().allMatch(FlatRow::isColumn);
    }

    private static boolean isColumn(Reference reference) {
        return reference.up() == 0
                && reference.tokens().size() == 1
                && reference.tokens().get(0) instanceof Name;
    }

    FlatRow(MessageType schema, RecordLayout layout) {
        wholeBinaryNumbers = layout.wholeBinaryNumbers();
        composed = layout.hasComposed();
        int count = schema.getFieldCount();
        columns = new Converter[count];
        labels = new byte[count][];
        from = new int[count];
        to = new int[count];
        quoted = new boolean[count];
        columnOfSlot = new int[layout.slots().size()];
        Arrays.fill(columnOfSlot, NO_VALUE);
        slotFrom = new int[columnOfSlot.length];
        slotTo = new int[columnOfSlot.length];
        for (int column = 0; column < count; column++) {
            PrimitiveType type = schema.getType(column).asPrimitiveType();
            labels[column] = (JsonText.quoted(type.getName()) + ":").getBytes(StandardCharsets.UTF_8);
            quoted[column] = ParquetText.isQuoted(type);
            columns[column] = converter(column, type, CACHE_BYTES / count);
            List<Integer> slots = new ArrayList<>();
            for (int slot = 0; slot < columnOfSlot.length; slot++) {
                if (((Name) layout.slots().get(slot).tokens().get(0)).name().equals(type.getName())) {
                    columnOfSlot[slot] = column;
                    slots.add(slot);
                }
            }
            slotsOfColumn.add(List.copyOf(slots));
        }
        root = new GroupConverter() {
            @Override
            public Converter getConverter(int field) {
                return columns[field];
            }

            @Override
            public void start() {
                begin();
            }

            @Override
            public void end() {}
        };
    }

    @Override
    public FlatRow getCurrentRecord() {
        return this;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    /** How long the row is as a JSON object. */
    long jsonLength() {
        // An object without members still has two braces.
        return Math.max(jsonLength, 2);
    }

    /** Whether all its texts are UTF-8. */
    boolean isUtf8() {
        return utf8;
    }

    /** Whether a number is so long that only the reader of JSON can tell whether it is taken. */
    boolean hasLongNumber() {
        return longNumber;
    }

    /** Gives the layout's columns their texts, which stand until the next row. */
    void fill(RecordFields fields) {
        if (composed) {
            fields.clear();
            for (int column = 0; column < from.length; column++) {
                List<Integer> slots = slotsOfColumn.get(column);
                if (from[column] != NO_VALUE && !slots.isEmpty()) {
                    fields.put(slots, texts, from[column], to[column]);
                }
            }
            fields.assemble();
            return;
        }
        for (int slot = 0; slot < columnOfSlot.length; slot++) {
            int column = columnOfSlot[slot];
            boolean there = column != NO_VALUE && from[column] != NO_VALUE;
            slotFrom[slot] = there ? from[column] : 0;
            slotTo[slot] = there ? to[column] : 0;
        }
        fields.point(texts, slotFrom, slotTo);
    }

    /** The row as a JSON object. */
    byte[] json() {
        StringBuilder json = new StringBuilder();
        String separator = "{";
        for (int column = 0; column < from.length; column++) {
            if (from[column] == NO_VALUE) {
                continue;
            }
            json.append(separator).append(new String(labels[column], StandardCharsets.UTF_8));
            separator = ",";
            String text = new String(texts, from[column], to[column] - from[column], StandardCharsets.UTF_8);
            if (quoted[column]) {
                JsonText.quote(text, json);
            } else {
                json.append(text);
            }
        }
        json.append(separator.equals("{") ? "{}" : "}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void begin() {
        length = 0;
        Arrays.fill(from, NO_VALUE);
        jsonLength = 1;
        utf8 = true;
        longNumber = false;
    }

    private void close(int column, int start, int growth) {
        int bytes = length - start;
        from[column] = start;
        to[column] = length;
        jsonLength += labels[column].length + (long) bytes + growth + (quoted[column] ? 3 : 1);
        longNumber |= !quoted[column] && bytes > NUMBER_BYTES_SURE;
    }

    private void put(int column, String text) {
        put(column, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    private void put(int column, byte[] text, int growth) {
        reserve(text.length);
        int start = length;
        System.arraycopy(text, 0, texts, start, text.length);
        length += text.length;
        close(column, start, growth);
    }

    private void reserve(int bytes) {
        if (texts.length - length < bytes) {
            texts = Arrays.copyOf(
                    texts, Math.max((int) Math.min(texts.length * 2L, 1 << 30), Math.addExact(length, bytes)));
        }
    }

    private Converter converter(int column, PrimitiveType type, int cacheBytes) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN ->
                new PrimitiveConverter() {
                    @Override
                    public void addBoolean(boolean value) {
                        put(column, Boolean.toString(value));
                    }
                };
            case INT32, INT64 ->
                meaning instanceof TimestampLogicalTypeAnnotation timestamp
                        ? new Timestamps(column, timestamp)
                        : new WholeNumbers(column, meaning);
            case FLOAT, DOUBLE -> new BinaryNumbers(column);
            case INT96 ->
                new PrimitiveConverter() {
                    @Override
                    public void addBinary(Binary value) {
                        put(column, ParquetText.ofInt96(value.getBytes()));
                    }
                };
            default ->
                ParquetText.isText(meaning)
                        ? new Texts(column, cacheBytes)
                        : new PrimitiveConverter() {
                            @Override
                            public void addBinary(Binary value) {
                                byte[] bytes = value.getBytes();
                                String text = ParquetText.ofBytes(bytes, meaning);
                                put(column, text == null ? ParquetText.hexadecimal(bytes) : text);
                            }
                        };
        };
    }

    private final class WholeNumbers extends PrimitiveConverter {
        private final int column;
        private final @Nullable LogicalTypeAnnotation meaning;
        private final boolean plain;

        WholeNumbers(int column, @Nullable LogicalTypeAnnotation meaning) {
            this.column = column;
            this.meaning = meaning;
            plain = ParquetText.isPlain(meaning);
        }

        @Override
        public void addInt(int value) {
            add(value, true);
        }

        @Override
        public void addLong(long value) {
            add(value, false);
        }

        private void add(long value, boolean narrow) {
            if (!plain || value == Long.MIN_VALUE) {
                put(column, ParquetText.ofWhole(value, narrow, meaning));
                return;
            }
            reserve(20);
            int start = length;
            long rest = Math.abs(value);
            int end = start + (value < 0 ? 2 : 1);
            for (long more = rest; more >= 10; more /= 10) {
                end++;
            }
            length = end;
            do {
                texts[--end] = (byte) ('0' + rest % 10);
                rest /= 10;
            } while (rest > 0);
            if (value < 0) {
                texts[start] = '-';
            }
            close(column, start, 0);
        }
    }

    /** Logs are written in the order of time, so the date is mostly that of the row before. */
    private final class Timestamps extends PrimitiveConverter {
        private final int column;
        private final TimestampLogicalTypeAnnotation type;
        private final long nanos;
        private final long perSecond;
        private long day = Long.MIN_VALUE;
        private byte[] date = new byte[0];

        Timestamps(int column, TimestampLogicalTypeAnnotation type) {
            this.column = column;
            this.type = type;
            nanos = ParquetText.nanos(type.getUnit());
            perSecond = 1_000_000_000L / nanos;
        }

        @Override
        public void addLong(long value) {
            long second = Math.floorDiv(value, perSecond);
            long on = Math.floorDiv(second, (long) SECONDS_OF_DAY);
            if (on < FIRST_DAY || on > LAST_DAY) {
                put(column, ParquetText.ofWhole(value, false, type));
                return;
            }
            if (on != day) {
                date = LocalDate.ofEpochDay(on).toString().getBytes(StandardCharsets.UTF_8);
                day = on;
            }
            reserve("2026-10-05T10:00:00.000000000Z".length());
            int start = length;
            System.arraycopy(date, 0, texts, start, date.length);
            length += date.length;
            int time = (int) (second - on * SECONDS_OF_DAY);
            digits('T', time / 3_600, 10);
            digits(':', time / 60 % 60, 10);
            digits(':', time % 60, 10);
            int fraction = (int) (Math.floorMod(value, perSecond) * nanos);
            if (fraction % 1_000 != 0) {
                digits('.', fraction, 100_000_000);
            } else if (fraction % 1_000_000 != 0) {
                digits('.', fraction / 1_000, 100_000);
            } else if (fraction != 0) {
                digits('.', fraction / 1_000_000, 100);
            }
            if (type.isAdjustedToUTC()) {
                texts[length++] = 'Z';
            }
            close(column, start, 0);
        }

        private void digits(char before, int number, int first) {
            texts[length++] = (byte) before;
            for (int place = first; place > 0; place /= 10) {
                texts[length++] = (byte) ('0' + number / place % 10);
            }
        }
    }

    private final class BinaryNumbers extends PrimitiveConverter {
        private final int column;

        BinaryNumbers(int column) {
            this.column = column;
        }

        @Override
        public void addFloat(float value) {
            add(value, Float.toString(value));
        }

        @Override
        public void addDouble(double value) {
            add(value, Double.toString(value));
        }

        private void add(double value, String text) {
            boolean taken = wholeBinaryNumbers && ParquetText.isWhole(value);
            quoted[column] = !taken;
            put(column, taken ? ParquetText.whole(value) : ParquetText.inexact(text));
        }
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

    private final class Texts extends PrimitiveConverter {
        private final int column;
        private final int cacheBytes;
        private int cacheLeft;
        private @Nullable Dictionary dictionary;
        private @Nullable Cached[] cached = new Cached[0];

        Texts(int column, int cacheBytes) {
            this.column = column;
            this.cacheBytes = cacheBytes;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            this.dictionary = dictionary;
            int entries = dictionary.getMaxId() + 1;
            boolean fits = entries <= cacheBytes / 16;
            cached = new Cached[fits ? entries : 0];
            cacheLeft = fits ? cacheBytes - entries * 8 : 0;
        }

        @Override
        public void addValueFromDictionary(int id) {
            Cached entry = id < cached.length ? cached[id] : null;
            if (entry != null) {
                put(column, entry.bytes, entry.growth);
                return;
            }
            boolean before = utf8;
            utf8 = true;
            int growth = add(Objects.requireNonNull(dictionary).decodeToBinary(id));
            int bytes = to[column] - from[column];
            if (utf8 && id < cached.length && bytes <= CACHED_TEXT_BYTES && cacheLeft > 0) {
                cached[id] = new Cached(Arrays.copyOfRange(texts, from[column], to[column]), growth);
                cacheLeft -= bytes + 48;
            }
            utf8 &= before;
        }

        @Override
        public void addBinary(Binary value) {
            add(value);
        }

        private int add(Binary value) {
            int bytes = value.length();
            reserve(bytes);
            int start = length;
            value.toByteBuffer().get(texts, start, bytes);
            int end = start + bytes;
            int growth = 0;
            int all = 0;
            for (int index = start; index < end; index++) {
                byte each = texts[index];
                all |= each;
                growth += GROWTH[each & 0xFF];
            }
            if (all < 0 && !Utf8.isValid(texts, start, end)) {
                utf8 = false;
                put(column, ParquetText.hexadecimal(Arrays.copyOfRange(texts, start, end)));
                return 0;
            }
            length = end;
            close(column, start, growth);
            return growth;
        }
    }

    private static byte[] growth() {
        byte[] growth = new byte[256];
        Arrays.fill(growth, 0, 0x20, (byte) "u0000".length());
        growth['"'] = 1;
        growth['\\'] = 1;
        return growth;
    }
}
