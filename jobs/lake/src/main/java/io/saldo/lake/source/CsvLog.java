package io.saldo.lake.source;

import io.saldo.lake.source.FieldPlace.Reference;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180, byte by byte, strictly: a quote inside an unquoted field, or text after a closing quote, is malformed. LF,
 * CR LF and CR end a record.
 */
final class CsvLog extends RawLog {
    private final byte[] header;
    private final String[] headerNames;
    private final JsonFields json;
    private final boolean direct;
    private final int[] fieldOfSlot;
    private final int[] slotFrom;
    private final int[] slotTo;
    private RecordBuffer buffer;

    private int[] from = new int[32];
    private int[] to = new int[32];
    private boolean[] escaped = new boolean[32];
    private int count;
    private int length;
    private int lineEnds;
    private int endLength;
    private boolean anyEscaped;
    private byte[] unescaped = new byte[0];
    private byte[] record = new byte[0];
    private byte seenBits;

    private long line;
    private long offset;
    private long longLength;
    private byte @Nullable [] truncated;
    private @Nullable Malformation malformation;

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

    CsvLog(RecordBuffer buffer, RecordLayout layout, String fileName) throws IOException {
        super(layout);
        this.buffer = buffer;
        json = new JsonFields(layout, fields);
        fieldOfSlot = new int[layout.slots().size()];
        slotFrom = new int[fieldOfSlot.length];
        slotTo = new int[fieldOfSlot.length];
        if (buffer.atByteOrderMark()) {
            buffer.advance(3, 0);
        }
        if (!frame()) {
            // Nothing but blank lines: a delivery of no records, as a header alone is.
            header = new byte[0];
            headerNames = new String[0];
            direct = false;
            return;
        }
        if (fault != Fault.NONE) {
            throw headerProblem(fileName, "the header is no CSV record: " + describeFault());
        }
        header = Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + length);
        if (!Utf8.isValid(header, 0, header.length)) {
            throw headerProblem(fileName, "the header is not UTF-8");
        }
        headerNames = new String[count];
        unescape();
        for (int field = 0; field < count; field++) {
            headerNames[field] = new String(record, from[field], to[field] - from[field], StandardCharsets.UTF_8);
        }
        boolean inside = resolve(fileName);
        direct = !inside && !layout.hasComposed();
        buffer.advance(length + endLength, lineEnds);
        length = 0;
        endLength = 0;
        lineEnds = 0;
    }

    /** Reads one more record under this header: bytes that were a record before. */
    void rewind(byte[] bytes) {
        buffer = new RecordBuffer(bytes);
        length = 0;
        endLength = 0;
        lineEnds = 0;
    }

    @Override
    public boolean next() throws IOException {
        if (headerNames.length == 0) {
            return false;
        }
        buffer.advance(length + endLength, lineEnds);
        truncated = null;
        if (!frame()) {
            length = 0;
            endLength = 0;
            lineEnds = 0;
            return false;
        }
        line = buffer.line();
        offset = buffer.offset();
        longLength = length;
        malformation = null;
        if (fault == Fault.TOO_LONG) {
            skipLong();
        }
        if (fault != Fault.NONE) {
            malformation = new Malformation(ProblemCode.MALFORMED, "the record " + describeFault());
        } else if (count != headerNames.length) {
            malformation = new Malformation(
                    ProblemCode.COLUMN_COUNT,
                    "the record has " + count + " columns, its header has " + headerNames.length);
        } else if (seenBits < 0 && !Utf8.isValid(buffer.data(), buffer.start(), buffer.start() + length)) {
            malformation = new Malformation(ProblemCode.BAD_ENCODING, describeBadEncoding());
        } else {
            unescape();
            malformation = take();
        }
        return true;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public long byteOffset() {
        return offset;
    }

    @Override
    public long byteLength() {
        return longLength;
    }

    @Override
    public byte[] rawBytes() {
        byte[] beginning = truncated;
        return beginning != null
                ? beginning
                : Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + length);
    }

    @Override
    public byte[] header() {
        return header.clone();
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }

    // The columns of the record whose fields are found.
    private @Nullable Malformation take() {
        if (direct) {
            for (int slot = 0; slot < fieldOfSlot.length; slot++) {
                int field = fieldOfSlot[slot];
                slotFrom[slot] = field < 0 ? 0 : from[field];
                slotTo[slot] = field < 0 ? 0 : to[field];
            }
            fields.point(record, slotFrom, slotTo);
            return null;
        }
        json.begin();
        for (int field = 0; field < headerNames.length; field++) {
            List<Integer> slots = json.slotsOf(headerNames[field]);
            if (!slots.isEmpty()) {
                fields.put(slots, record, from[field], to[field]);
            }
            if (json.goesOn(headerNames[field])) {
                Malformation found = json.readInside(headerNames[field], record, from[field], to[field]);
                if (found != null) {
                    return found;
                }
            }
        }
        fields.assemble();
        return null;
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
                    if (position > RECORD_BYTES_MAX) {
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
            if (length > RECORD_BYTES_MAX) {
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
        truncated = Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + RECORD_BYTES_MAX);
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

    private String describeFault() {
        return switch (fault) {
            case QUOTE_INSIDE -> "has a quote inside the unquoted field " + faultName();
            case TEXT_AFTER_QUOTE -> "has text after the closing quote of field " + faultName();
            case UNTERMINATED ->
                "has a quote in field " + faultName() + " that is not closed before the end of the file";
            case TOO_LONG -> "is longer than " + RECORD_BYTES_MAX + " bytes";
            case NONE -> "is well-formed";
        };
    }

    @SuppressWarnings("NullAway") // headerNames is null while the header itself is read.
    private String faultName() {
        return headerNames != null && faultField < headerNames.length
                ? headerNames[faultField]
                : String.valueOf(faultField + 1);
    }

    private String describeBadEncoding() {
        for (int field = 0; field < count; field++) {
            int base = buffer.start();
            if (!Utf8.isValid(buffer.data(), base + from[field], base + to[field])) {
                return headerNames[field] + " has bytes that are not UTF-8";
            }
        }
        return "the record has bytes that are not UTF-8";
    }

    // Finds the columns by their names, and says whether any is asked for something inside its text.
    private boolean resolve(String fileName) {
        Map<String, Integer> positions = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (int field = 0; field < headerNames.length; field++) {
            if (positions.put(headerNames[field], field) != null) {
                repeated.add(headerNames[field]);
            }
        }
        List<String> missing = layout.missing(reference -> positions.containsKey(reference.column()));
        boolean inside = false;
        for (int slot = 0; slot < fieldOfSlot.length; slot++) {
            Reference reference = layout.slots().get(slot);
            String name = reference.column();
            if (repeated.contains(name)) {
                throw headerProblem(fileName, "the header has the column \"" + name + "\" twice");
            }
            fieldOfSlot[slot] = positions.getOrDefault(name, -1);
            inside |= reference.tokens().size() > 1;
        }
        if (!missing.isEmpty()) {
            throw headerProblem(fileName, "the header lacks " + String.join(", ", missing));
        }
        return inside;
    }

    private static boolean isBlank(byte[] data, int start, int length) {
        for (int index = start; index < start + length; index++) {
            if (data[index] != ' ' && data[index] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static ProblemException headerProblem(String fileName, String what) {
        return new ProblemException(ProblemCode.HEADER, Place.line(fileName, 1), what);
    }
}
