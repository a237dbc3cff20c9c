package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Name;
import io.saldo.lake.source.FieldPlace.Reference;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file without nested columns, a block of them at once: the texts of their values, in one buffer.
 *
 * <p>Says the same as {@link ParquetRow}, of which it keeps every rule, but makes the JSON object only for who asks. Every
 * column is read, also those that nobody maps: a row is as long as all of it, and one bad text makes it malformed.
 */
final class FlatBlock {
    private static final int ROWS_MAX = 2_048;
    private static final int ROWS_MIN = 64;
    private static final int PLACES_MAX = 1 << 18;
    // Texts of dictionaries are kept from block to block, until there are so many bytes of them and of other texts.
    private static final int KEPT_BYTES_MAX = 1 << 20;
    private static final int OCCURRED_AT = UsageColumn.OCCURRED_AT.ordinal();

    final FlatTexts texts = new FlatTexts();

    // Of each row of the block.
    final long[] jsonLengths;
    final boolean[] notUtf8;
    final boolean[] longNumbers;

    // Where the values are, row after row. Of a row first those that are the layout's columns, then the others.
    final int[] from;
    final int[] to;
    final int width;

    /** Of each place its number, of a column of instants in microseconds; or {@link RawLog#NO_NUMBER}. */
    final long[] numbers;

    /** Of each place what {@link RawLog#word} says of it. */
    final int[] words;

    private final FlatColumn[] columns;
    private final @Nullable FlatColumn[] columnOfPlace;
    private final boolean[] isWhole;
    private final boolean hasInstants;
    private final byte[][] labels;
    private final List<List<Integer>> slotsOfColumn = new ArrayList<>();
    // Whether the layout's columns must be made, or one of the file's is several of them.
    private final boolean composed;

    private int rows;
    private int at;
    private int textsOfBlock = 1;
    private long rowsLeft;
    private int rowGroups;

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
        return !names.isEmpty() && layout.slots().stream().allMatch(FlatBlock::isColumn);
    }

    private static boolean isColumn(Reference reference) {
        return reference.up() == 0
                && reference.tokens().size() == 1
                && reference.tokens().get(0) instanceof Name;
    }

    FlatBlock(MessageType schema, RecordLayout layout) {
        int count = schema.getFieldCount();
        int fields = layout.columns().size();
        columns = new FlatColumn[count];
        labels = new byte[count][];
        Map<String, Integer> places = new HashMap<>();
        boolean several = false;
        for (int field = 0; field < fields; field++) {
            int slot = layout.slotOf(field);
            if (slot >= 0) {
                several |= places.put(name(layout.slots().get(slot)), field) != null;
            }
        }
        composed = several || layout.hasComposed();
        int wide = fields;
        for (int column = 0; column < count; column++) {
            String name = schema.getType(column).getName();
            labels[column] = label(name);
            Integer field = composed ? null : places.get(name);
            columns[column] = FlatColumn.of(
                    this,
                    schema.getColumnDescription(new String[] {name}),
                    field == null ? wide++ : field,
                    layout.wholeBinaryNumbers());
            List<Integer> slots = new ArrayList<>();
            for (int slot = 0; slot < layout.slots().size(); slot++) {
                if (name(layout.slots().get(slot)).equals(name)) {
                    slots.add(slot);
                }
            }
            slotsOfColumn.add(List.copyOf(slots));
        }
        width = wide;
        columnOfPlace = new FlatColumn[width];
        isWhole = new boolean[width];
        for (FlatColumn column : columns) {
            columnOfPlace[column.place] = column;
            isWhole[column.place] = column instanceof FlatNumbers.Whole;
        }
        hasInstants = !composed
                && OCCURRED_AT < fields
                && columnOfPlace[OCCURRED_AT] instanceof FlatNumbers.Timestamps timestamps
                && timestamps.isInstant();
        // Of a file with very many columns fewer rows, so that a block stays small.
        int most = Math.max(ROWS_MIN, Math.min(ROWS_MAX, PLACES_MAX / width));
        jsonLengths = new long[most];
        notUtf8 = new boolean[most];
        longNumbers = new boolean[most];
        from = new int[most * width];
        to = new int[most * width];
        numbers = new long[most * width];
        words = new int[most * width];
        Arrays.fill(numbers, RawLog.NO_NUMBER);
    }

    private static String name(Reference reference) {
        return ((Name) reference.tokens().get(0)).name();
    }

    /** What stands before the value of a member of a JSON object. */
    static byte[] label(String name) {
        return (JsonText.quoted(name) + ":").getBytes(StandardCharsets.UTF_8);
    }

    /** Goes to a row group of a file that such a program wrote. */
    void begin(PageReadStore rowGroup, @Nullable String createdBy) throws IOException {
        for (FlatColumn column : columns) {
            column.pages.begin(rowGroup, createdBy);
        }
        rows = 0;
        at = -1;
        rowGroups++;
        rowsLeft = rowGroup.getRowCount();
    }

    /** Goes to the next row, which the row group must have. */
    void next() throws IOException {
        at++;
        if (at == rows) {
            load();
        } else {
            texts.cut(textsOfBlock);
        }
    }

    // As many rows as each column has in the page that it is at.
    private void load() throws IOException {
        rows = (int) Math.min(jsonLengths.length, rowsLeft);
        for (FlatColumn column : columns) {
            rows = Math.min(rows, column.pages.left());
        }
        at = 0;
        rowsLeft -= rows;
        if (textsOfBlock > KEPT_BYTES_MAX) {
            texts.clear();
        } else {
            texts.cut(textsOfBlock);
        }
        // The brace before the first member; each has its comma, or the other brace, behind it.
        Arrays.fill(jsonLengths, 0, rows, 1);
        Arrays.fill(notUtf8, 0, rows, false);
        Arrays.fill(longNumbers, 0, rows, false);
        for (FlatColumn column : columns) {
            column.load(rows);
        }
        textsOfBlock = texts.length();
        texts.reserve(columns.length * FlatTexts.NUMBER_BYTES_MAX);
    }

    /** How long the row is as a JSON object. */
    long jsonLength() {
        // An object without members still has two braces.
        return Math.max(jsonLengths[at], 2);
    }

    /** See {@link RawLog#instant}. */
    long instant() {
        return hasInstants ? numbers[at * width + OCCURRED_AT] : RawLog.NO_NUMBER;
    }

    /** See {@link RawLog#number}. */
    long number(int position) {
        return isWhole[position] ? numbers[at * width + position] : RawLog.NO_NUMBER;
    }

    /** See {@link RawLog#word}. */
    int word(int position) {
        return composed ? RawLog.NO_WORD : words[at * width + position];
    }

    /** See {@link RawLog#vocabulary}. */
    int vocabulary() {
        return rowGroups;
    }

    /** Makes the text of the layout's column there, where it was left to be made. */
    void make(int position) {
        FlatColumn column = columnOfPlace[position];
        if (column != null) {
            column.make(at);
        }
    }

    /** Whether all texts of the row are UTF-8. */
    boolean isUtf8() {
        return !notUtf8[at];
    }

    /** Whether a number of the row is so long that only the reader of JSON can tell whether it is taken. */
    boolean hasLongNumber() {
        return longNumbers[at];
    }

    /** Gives the layout's columns their texts of the row, which stand until the next; those to {@link #make} lack yet. */
    void fill(RecordFields fields) {
        if (composed) {
            fields.clear();
            for (int column = 0; column < columns.length; column++) {
                List<Integer> slots = slotsOfColumn.get(column);
                if (columns[column].has(at) && !slots.isEmpty()) {
                    columns[column].make(at);
                    fields.put(slots, texts.bytes(), columns[column].from(at), columns[column].to(at));
                }
            }
            fields.assemble();
            return;
        }
        fields.point(texts.bytes(), from, to, at * width);
    }

    /** The row as a JSON object. */
    byte[] json() {
        StringBuilder json = new StringBuilder();
        String separator = "{";
        for (int number = 0; number < columns.length; number++) {
            FlatColumn column = columns[number];
            if (!column.has(at)) {
                continue;
            }
            column.make(at);
            int start = column.from(at);
            json.append(separator).append(new String(labels[number], StandardCharsets.UTF_8));
            separator = ",";
            String text = new String(texts.bytes(), start, column.to(at) - start, StandardCharsets.UTF_8);
            if (column.isQuoted(at)) {
                JsonText.quote(text, json);
            } else {
                json.append(text);
            }
        }
        json.append(separator.equals("{") ? "{}" : "}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
