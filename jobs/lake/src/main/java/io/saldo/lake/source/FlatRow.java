package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Name;
import io.saldo.lake.source.FieldPlace.Reference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.page.PageReadStore;
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
final class FlatRow {
    private static final int BLOCK_ROWS = 1_024;

    /** Longer numbers may be more than JSON's reader takes. */
    private static final int NUMBER_BYTES_SURE = 500;

    // For the texts of dictionaries, of all columns.
    private static final int CACHE_BYTES = 32 << 20;
    private static final int NO_VALUE = -1;

    /** By how many bytes a byte grows in a text of JSON. */
    private static final byte[] GROWTH = growth();

    private final FlatColumn[] columns;
    private final byte[][] labels;
    private final List<List<Integer>> slotsOfColumn = new ArrayList<>();
    private final int[] columnOfSlot;
    private final boolean composed;
    private final int[] slotFrom;
    private final int[] slotTo;

    // Of the block of rows that is decoded.
    private int loaded;
    private int at;
    private long rowsLeft;

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
        composed = layout.hasComposed();
        int count = schema.getFieldCount();
        columns = new FlatColumn[count];
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
            columns[column] = FlatColumn.of(
                    this,
                    column,
                    schema.getColumnDescription(new String[] {type.getName()}),
                    layout.wholeBinaryNumbers(),
                    CACHE_BYTES / count);
            List<Integer> slots = new ArrayList<>();
            for (int slot = 0; slot < columnOfSlot.length; slot++) {
                if (((Name) layout.slots().get(slot).tokens().get(0)).name().equals(type.getName())) {
                    columnOfSlot[slot] = column;
                    slots.add(slot);
                }
            }
            slotsOfColumn.add(List.copyOf(slots));
        }
    }

    /** Goes to a row group of a file that such a program wrote. */
    void begin(PageReadStore rowGroup, @Nullable String createdBy) throws IOException {
        for (FlatColumn column : columns) {
            column.pages.begin(rowGroup, createdBy);
        }
        loaded = 0;
        at = 0;
        rowsLeft = rowGroup.getRowCount();
    }

    /** Reads the next row, which the row group must have. */
    void next() throws IOException {
        if (at == loaded) {
            load();
        }
        length = 0;
        Arrays.fill(from, NO_VALUE);
        jsonLength = 1;
        utf8 = true;
        longNumber = false;
        for (FlatColumn column : columns) {
            column.put(at);
        }
        at++;
    }

    // As many rows as each column has in the page that it is at.
    private void load() throws IOException {
        int rows = (int) Math.min(BLOCK_ROWS, rowsLeft);
        for (FlatColumn column : columns) {
            rows = Math.min(rows, column.pages.left());
        }
        for (FlatColumn column : columns) {
            column.load(rows);
        }
        rowsLeft -= rows;
        loaded = rows;
        at = 0;
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

    private void close(int column, int start, int growth) {
        int bytes = length - start;
        from[column] = start;
        to[column] = length;
        jsonLength += labels[column].length + (long) bytes + growth + (quoted[column] ? 3 : 1);
        longNumber |= !quoted[column] && bytes > NUMBER_BYTES_SURE;
    }

    private void reserve(int bytes) {
        if (texts.length - length < bytes) {
            texts = Arrays.copyOf(
                    texts, Math.max((int) Math.min(texts.length * 2L, 1 << 30), Math.addExact(length, bytes)));
        }
    }

    /** Puts a text that is not all of ASCII, or may have to be escaped in JSON by so many bytes. */
    void put(int column, byte[] text, int growth) {
        reserve(text.length);
        int start = length;
        System.arraycopy(text, 0, texts, start, text.length);
        length += text.length;
        close(column, start, growth);
    }

    void put(int column, String text) {
        put(column, text.getBytes(StandardCharsets.UTF_8), 0);
    }

    /** Puts bytes that are a text, or in hexadecimal where they are not UTF-8; returns their growth in JSON, or -1. */
    int putText(int column, byte[] data, int offset, int bytes) {
        reserve(bytes);
        int start = length;
        System.arraycopy(data, offset, texts, start, bytes);
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
            return -1;
        }
        length = end;
        close(column, start, growth);
        return growth;
    }

    /** Puts a number that is not {@link Long#MIN_VALUE}. */
    void putWhole(int column, long value) {
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

    /** Puts a number of binary floating point: as a count where it is taken for one. */
    void putBinaryNumber(int column, String text, boolean taken) {
        quoted[column] = !taken;
        put(column, text);
    }

    /** Puts an instant, with as many digits of its second as it has, by threes. */
    void putInstant(int column, byte[] date, int secondOfDay, int nanos, boolean utc) {
        reserve("2026-10-05T10:00:00.000000000Z".length());
        int start = length;
        System.arraycopy(date, 0, texts, start, date.length);
        length += date.length;
        two('T', secondOfDay / 3_600);
        two(':', secondOfDay / 60 % 60);
        two(':', secondOfDay % 60);
        if (nanos != 0) {
            texts[length++] = '.';
            three(nanos / 1_000_000);
            if (nanos % 1_000_000 != 0) {
                three(nanos / 1_000 % 1_000);
            }
            if (nanos % 1_000 != 0) {
                three(nanos % 1_000);
            }
        }
        if (utc) {
            texts[length++] = 'Z';
        }
        close(column, start, 0);
    }

    private void two(char before, int number) {
        texts[length] = (byte) before;
        texts[length + 1] = (byte) ('0' + number / 10);
        texts[length + 2] = (byte) ('0' + number % 10);
        length += 3;
    }

    private void three(int number) {
        texts[length] = (byte) ('0' + number / 100);
        texts[length + 1] = (byte) ('0' + number / 10 % 10);
        texts[length + 2] = (byte) ('0' + number % 10);
        length += 3;
    }

    private static byte[] growth() {
        byte[] growth = new byte[256];
        Arrays.fill(growth, 0, 0x20, (byte) "u0000".length());
        growth['"'] = 1;
        growth['\\'] = 1;
        return growth;
    }
}
