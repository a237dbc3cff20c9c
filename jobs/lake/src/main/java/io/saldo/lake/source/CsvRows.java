package io.saldo.lake.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a CSV text, one after the other, each as its fields: RFC 4180, byte by byte, strictly. A quote inside an
 * unquoted field, or text after a closing quote, is a fault. LF, CR LF and CR end a row; blank lines are none.
 *
 * <p>What it tells belongs to the row that the last {@link #next} found.
 */
final class CsvRows implements Closeable {
    private RecordBuffer buffer;

    private int[] from = new int[32];
    private int[] to = new int[32];
    private boolean[] escaped = new boolean[32];
    private int count;
    private int length;
    private int lineEnds;
    private int endLength;
    private boolean anyEscaped;
    private boolean open;
    private byte[] unescaped = new byte[0];
    private byte[] record = new byte[0];
    private byte seenBits;

    private long line;
    private long offset;
    private long longLength;
    private byte @Nullable [] truncated;

    private enum Fault {
        NONE,
        QUOTE_INSIDE,
        TEXT_AFTER_QUOTE,
        UNTERMINATED,
        TOO_LONG
    }

    private enum State {
        FIELD_START,
        UNQUOTED,
        QUOTED,
        CLOSED
    }

    private State stateWhenTooLong = State.FIELD_START;
    private boolean wholeWhenTooLong;
    private Fault fault = Fault.NONE;
    private int faultField;

    CsvRows(RecordBuffer buffer) throws IOException {
        this.buffer = buffer;
        if (buffer.atByteOrderMark()) {
            buffer.advance(3, 0);
        }
    }

    /** Goes on with other bytes. */
    void rewind(byte[] bytes) {
        buffer = new RecordBuffer(bytes);
        forget();
    }

    /** Goes to the next row, and says whether there is one. Its fields stand only after {@link #open}. */
    boolean next() throws IOException {
        buffer.advance(length + endLength, lineEnds);
        truncated = null;
        open = false;
        if (!frame()) {
            forget();
            return false;
        }
        line = buffer.line();
        offset = buffer.offset();
        longLength = length;
        if (fault == Fault.TOO_LONG) {
            skipLong();
        }
        return true;
    }

    private void forget() {
        length = 0;
        endLength = 0;
        lineEnds = 0;
    }

    /** The line on which the row starts, from 1 on. */
    long line() {
        return line;
    }

    /** Where the row starts, from 0 on. */
    long offset() {
        return offset;
    }

    /** How long the row is, without its line end. */
    long length() {
        return longLength;
    }

    /** The row's bytes, of a long one the first {@value RawLog#RECORD_BYTES_MAX}. */
    byte[] bytes() {
        byte[] beginning = truncated;
        return beginning != null
                ? beginning
                : Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + length);
    }

    /** Whether it is no CSV row. */
    boolean isFaulty() {
        return fault != Fault.NONE;
    }

    /** How many fields it has. */
    int count() {
        return count;
    }

    /** Whether its bytes are UTF-8. */
    boolean isUtf8() {
        return seenBits >= 0 || Utf8.isValid(buffer.data(), buffer.start(), buffer.start() + length);
    }

    /** Makes the fields of a row that is not faulty readable, without their quotes. */
    void open() {
        if (!open) {
            unescape();
            open = true;
        }
    }

    /** The bytes into which {@link #from} and {@link #to} point, once the fields are open. */
    byte[] record() {
        return record;
    }

    int from(int field) {
        return from[field];
    }

    int to(int field) {
        return to[field];
    }

    /** A field of an open row. */
    String text(int field) {
        return new String(record, from[field], to[field] - from[field], StandardCharsets.UTF_8);
    }

    // Finds the next record that is no blank line and its fields, relative to its start.
    private boolean frame() throws IOException {
        while (true) {
            byte[] data = buffer.data();
            int base = buffer.start();
            int limit = buffer.available();
            count = 0;
            lineEnds = 0;
            anyEscaped = false;
            seenBits = 0;
            fault = Fault.NONE;
            int position = 0;
            int fieldStart = 0;
            int contentEnd = -1;
            boolean quoted = false;
            boolean closed = false;
            boolean doubled = false;
            while (true) {
                if (position == limit) {
                    if (position > RawLog.RECORD_BYTES_MAX) {
                        fault = Fault.TOO_LONG;
                        length = position;
                        endLength = 0;
                        stateWhenTooLong = quoted
                                ? (closed ? State.CLOSED : State.QUOTED)
                                : (position == fieldStart ? State.FIELD_START : State.UNQUOTED);
                        return true;
                    }
                    if (buffer.more()) {
                        data = buffer.data();
                        base = buffer.start();
                        limit = buffer.available();
                        continue;
                    }
                    if (position == 0) {
                        return false;
                    }
                    if (quoted && !closed) {
                        fail(Fault.UNTERMINATED);
                    }
                    addField(quoted ? fieldStart + 1 : fieldStart, closed ? contentEnd : position, doubled);
                    length = position;
                    endLength = 0;
                    break;
                }
                if (!quoted) {
                    // What is above a comma is neither an end nor a quote, nor a byte beyond ASCII.
                    while (position < limit && data[base + position] > ',') {
                        position++;
                    }
                    if (position == limit) {
                        continue;
                    }
                }
                byte value = data[base + position];
                seenBits |= value;
                if (quoted && !closed) {
                    if (value == '"') {
                        // Whether it closes or is one of two shows the next byte.
                        if (position + 1 == limit && buffer.more()) {
                            data = buffer.data();
                            base = buffer.start();
                            limit = buffer.available();
                        }
                        if (position + 1 < limit && data[base + position + 1] == '"') {
                            doubled = true;
                            position += 2;
                            continue;
                        }
                        closed = true;
                        contentEnd = position;
                    } else if (value == '\n') {
                        lineEnds++;
                    } else if (value == '\r') {
                        if (position + 1 == limit && buffer.more()) {
                            data = buffer.data();
                            base = buffer.start();
                            limit = buffer.available();
                        }
                        if (position + 1 == limit || data[base + position + 1] != '\n') {
                            lineEnds++;
                        }
                    }
                    position++;
                    continue;
                }
                if (value == ',' || value == '\n' || value == '\r') {
                    addField(quoted ? fieldStart + 1 : fieldStart, closed ? contentEnd : position, doubled);
                    if (value == ',') {
                        position++;
                        fieldStart = position;
                        quoted = false;
                        closed = false;
                        doubled = false;
                        continue;
                    }
                    length = position;
                    endLength = 1;
                    if (value == '\r') {
                        if (position + 1 == limit) {
                            buffer.more();
                            data = buffer.data();
                            base = buffer.start();
                            limit = buffer.available();
                        }
                        if (position + 1 < limit && data[base + position + 1] == '\n') {
                            endLength = 2;
                        }
                    }
                    lineEnds++;
                    break;
                }
                if (value == '"') {
                    if (position == fieldStart) {
                        quoted = true;
                    } else if (fault == Fault.NONE) {
                        fail(quoted ? Fault.TEXT_AFTER_QUOTE : Fault.QUOTE_INSIDE);
                    }
                } else if (closed && fault == Fault.NONE) {
                    fail(Fault.TEXT_AFTER_QUOTE);
                }
                position++;
            }
            if (length > RawLog.RECORD_BYTES_MAX) {
                fault = Fault.TOO_LONG;
                wholeWhenTooLong = true;
                return true;
            }
            if (!isBlank(data, base, length)) {
                return true;
            }
            buffer.advance(length + endLength, lineEnds);
        }
    }

    // Goes to the end of a record that the window shall not hold.
    private void skipLong() throws IOException {
        truncated = Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + RawLog.RECORD_BYTES_MAX);
        if (wholeWhenTooLong) {
            wholeWhenTooLong = false;
            return;
        }
        buffer.advance(length, lineEnds);
        lineEnds = 0;
        State state = stateWhenTooLong;
        endLength = 0;
        while (buffer.available() > 0 || buffer.more()) {
            byte value = buffer.data()[buffer.start()];
            boolean beforeLineFeed = false;
            if (value == '\r') {
                if (buffer.available() < 2) {
                    buffer.more();
                }
                beforeLineFeed = buffer.available() > 1 && buffer.data()[buffer.start() + 1] == '\n';
            }
            boolean lineEnd = value == '\n' || (value == '\r' && !beforeLineFeed);
            if (state != State.QUOTED && (value == '\n' || value == '\r')) {
                endLength = beforeLineFeed ? 2 : 1;
                lineEnds = 1;
                break;
            }
            state = after(state, value);
            longLength++;
            buffer.advance(1, lineEnd ? 1 : 0);
        }
        length = 0;
    }

    // After a closing quote the second of a doubled one opens the field again, which is the same as staying in it.
    private static State after(State state, byte value) {
        return switch (state) {
            case QUOTED -> value == '"' ? State.CLOSED : State.QUOTED;
            case CLOSED -> value == '"' ? State.QUOTED : value == ',' ? State.FIELD_START : State.UNQUOTED;
            case FIELD_START -> value == '"' ? State.QUOTED : value == ',' ? State.FIELD_START : State.UNQUOTED;
            case UNQUOTED -> value == ',' ? State.FIELD_START : State.UNQUOTED;
        };
    }

    private void addField(int fieldFromRelative, int fieldToRelative, boolean doubled) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            escaped = Arrays.copyOf(escaped, count * 2);
        }
        from[count] = fieldFromRelative;
        to[count] = Math.max(fieldFromRelative, fieldToRelative);
        escaped[count] = doubled;
        anyEscaped |= doubled;
        count++;
    }

    // Makes field positions absolute, in the window or, where a quote is doubled, in a copy.
    private void unescape() {
        int base = buffer.start();
        if (!anyEscaped) {
            record = buffer.data();
            for (int field = 0; field < count; field++) {
                from[field] += base;
                to[field] += base;
            }
            return;
        }
        if (unescaped.length < length) {
            unescaped = new byte[Math.max(length, unescaped.length * 2)];
        }
        byte[] data = buffer.data();
        int position = 0;
        for (int field = 0; field < count; field++) {
            int start = position;
            for (int index = base + from[field]; index < base + to[field]; index++) {
                unescaped[position++] = data[index];
                if (escaped[field] && data[index] == '"') {
                    index++;
                }
            }
            from[field] = start;
            to[field] = position;
        }
        record = unescaped;
    }

    private void fail(Fault what) {
        if (fault == Fault.NONE) {
            fault = what;
            faultField = count;
        }
    }

    /**
     * What is wrong with it, as the rest of a sentence about it.
     *
     * @param names of its fields, as far as they have any
     */
    String fault(List<String> names) {
        String name = faultField < names.size() ? names.get(faultField) : String.valueOf(faultField + 1);
        return switch (fault) {
            case QUOTE_INSIDE -> "has a quote inside the unquoted field " + name;
            case TEXT_AFTER_QUOTE -> "has text after the closing quote of field " + name;
            case UNTERMINATED -> "has a quote in field " + name + " that is not closed before the end of the file";
            case TOO_LONG -> "is longer than " + RawLog.RECORD_BYTES_MAX + " bytes";
            case NONE -> "is well-formed";
        };
    }

    /** What is not UTF-8 in it; before its fields are open. */
    String badEncoding(List<String> names) {
        for (int field = 0; field < count; field++) {
            int base = buffer.start();
            if (!Utf8.isValid(buffer.data(), base + from[field], base + to[field])) {
                return names.get(field) + " has bytes that are not UTF-8";
            }
        }
        return "the record has bytes that are not UTF-8";
    }

    private static boolean isBlank(byte[] data, int start, int length) {
        for (int index = start; index < start + length; index++) {
            if (data[index] != ' ' && data[index] != '\t') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
