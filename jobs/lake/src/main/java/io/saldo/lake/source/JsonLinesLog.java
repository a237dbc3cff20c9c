package io.saldo.lake.source;

import io.saldo.problem.ProblemCode;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object a line.
 *
 * <p>A number is taken as its text, exactly. A mapped place that an object names twice makes its record malformed:
 * which of the two holds is not ours to guess.
 */
final class JsonLinesLog extends RawLog {
    private static final int DEPTH_MAX = 64;
    private static final List<UsageColumn> COLUMNS = UsageColumn.all();

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH_MAX)
                    .maxStringLength(RECORD_BYTES_MAX)
                    .maxNameLength(RECORD_BYTES_MAX)
                    .maxNumberLength(1_000)
                    .build())
            .build();
    private final Step root = new Step("");
    private RecordBuffer buffer;
    private int record;

    private int length;
    private int endLength;
    private long line;
    private long offset;
    private long longLength;
    private byte @Nullable [] truncated;
    private @Nullable Malformation malformation;
    private byte[] texts = new byte[1 << 12];
    private int textsLength;

    /** A reference token of the mapped pointers. */
    private static final class Step {
        final String pointer;
        final Map<String, Step> next = new HashMap<>();
        final List<Integer> columns = new ArrayList<>();
        int seenIn;

        Step(String pointer) {
            this.pointer = pointer;
        }
    }

    JsonLinesLog(RecordBuffer buffer, SourceFormat format) throws IOException {
        this.buffer = buffer;
        for (int position = 0; position < COLUMNS.size(); position++) {
            String pointer = format.placeOf(COLUMNS.get(position));
            if (pointer.isEmpty()) {
                continue;
            }
            if (pointer.charAt(0) != '/') {
                throw new IllegalArgumentException("not a JSON pointer: " + pointer);
            }
            Step step = root;
            for (String token : pointer.substring(1).split("/", -1)) {
                String name = token.replace("~1", "/").replace("~0", "~");
                Step parent = step;
                step = parent.next.computeIfAbsent(name, key -> new Step(parent.pointer + "/" + token));
            }
            step.columns.add(position);
        }
        if (buffer.atByteOrderMark()) {
            buffer.advance(3, 0);
        }
    }

    /** Reads one more record: bytes that were a record before. */
    void rewind(byte[] bytes) {
        buffer = new RecordBuffer(bytes);
        length = 0;
        endLength = 0;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            buffer.advance(length + endLength, endLength);
            truncated = null;
            if (!frame()) {
                length = 0;
                endLength = 0;
                return false;
            }
            if (truncated != null || !isBlank()) {
                break;
            }
        }
        Arrays.fill(fieldFrom, 0);
        Arrays.fill(fieldTo, 0);
        textsLength = 0;
        if (truncated != null) {
            malformation =
                    new Malformation(ProblemCode.MALFORMED, "the record is longer than " + RECORD_BYTES_MAX + " bytes");
        } else {
            malformation = read();
            fieldData = texts;
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
                : Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + (int) longLength);
    }

    @Override
    public byte @Nullable [] header() {
        return null;
    }

    @Override
    public @Nullable Malformation malformation() {
        return malformation;
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }

    // Finds the next line; a carriage return before its end is not part of the record.
    private boolean frame() throws IOException {
        int position = 0;
        while (true) {
            if (position == buffer.available()) {
                if (position > RECORD_BYTES_MAX + 1) {
                    return frameLong(position);
                }
                if (!buffer.more()) {
                    break;
                }
            }
            byte[] data = buffer.data();
            int base = buffer.start();
            int limit = buffer.available();
            while (position < limit && data[base + position] != '\n') {
                position++;
            }
            if (position < limit) {
                break;
            }
        }
        if (position == 0 && buffer.available() == 0) {
            return false;
        }
        line = buffer.line();
        offset = buffer.offset();
        length = position;
        endLength = position < buffer.available() ? 1 : 0;
        longLength = position > 0 && buffer.data()[buffer.start() + position - 1] == '\r' ? position - 1 : position;
        if (longLength > RECORD_BYTES_MAX) {
            truncated = Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + RECORD_BYTES_MAX);
        }
        return true;
    }

    private boolean frameLong(int position) throws IOException {
        line = buffer.line();
        offset = buffer.offset();
        truncated = Arrays.copyOfRange(buffer.data(), buffer.start(), buffer.start() + RECORD_BYTES_MAX);
        longLength = position;
        byte last = buffer.data()[buffer.start() + position - 1];
        buffer.advance(position, 0);
        endLength = 0;
        while (buffer.available() > 0 || buffer.more()) {
            byte value = buffer.data()[buffer.start()];
            if (value == '\n') {
                endLength = 1;
                break;
            }
            last = value;
            longLength++;
            buffer.advance(1, 0);
        }
        if (last == '\r') {
            longLength--;
        }
        length = 0;
        return true;
    }

    private boolean isBlank() {
        byte[] data = buffer.data();
        for (int index = buffer.start(); index < buffer.start() + length; index++) {
            if (data[index] != ' ' && data[index] != '\t' && data[index] != '\r') {
                return false;
            }
        }
        return true;
    }

    private @Nullable Malformation read() {
        byte[] data = buffer.data();
        int from = buffer.start();
        int to = from + (int) longLength;
        if (!Utf8.isValid(data, from, to)) {
            return new Malformation(ProblemCode.BAD_ENCODING, "the record has bytes that are not UTF-8");
        }
        int first = from;
        while (first < to && (data[first] == ' ' || data[first] == '\t' || data[first] == '\r')) {
            first++;
        }
        // A zero byte here would make the parser guess another encoding.
        if (data[first] != '{' || (first + 1 < to && data[first + 1] == 0)) {
            return new Malformation(ProblemCode.MALFORMED, "the record is no JSON object");
        }
        record++;
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), data, first, to - first)) {
            parser.nextToken();
            Malformation found = walkObject(parser, root);
            if (found != null) {
                return found;
            }
            return parser.nextToken() == null
                    ? null
                    : new Malformation(ProblemCode.MALFORMED, "the record has more than one JSON value");
        } catch (JacksonException malformed) {
            return new Malformation(ProblemCode.MALFORMED, "the record is no JSON: " + brief(malformed));
        }
    }

    private static String brief(JacksonException malformed) {
        String message = malformed.getOriginalMessage();
        if (message == null) {
            return "it cannot be read";
        }
        int end = message.indexOf('\n');
        String firstLine = end < 0 ? message : message.substring(0, end);
        return firstLine.length() <= 160 ? firstLine : firstLine.substring(0, 160) + "...";
    }

    private @Nullable Malformation walkObject(JsonParser parser, Step step) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            Step next = step.next.get(parser.currentName());
            JsonToken value = parser.nextToken();
            Malformation found = walkValue(parser, value, next);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Malformation walkArray(JsonParser parser, Step step) {
        int index = 0;
        for (JsonToken value = parser.nextToken(); value != JsonToken.END_ARRAY; value = parser.nextToken()) {
            Malformation found = walkValue(parser, value, step.next.get(Integer.toString(index)));
            if (found != null) {
                return found;
            }
            index++;
        }
        return null;
    }

    private @Nullable Malformation walkValue(JsonParser parser, JsonToken value, @Nullable Step step) {
        boolean structure = value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY;
        if (step == null) {
            if (structure) {
                parser.skipChildren();
            }
            return null;
        }
        if (step.seenIn == record) {
            return new Malformation(ProblemCode.MALFORMED, "the record has " + step.pointer + " twice");
        }
        step.seenIn = record;
        if (structure) {
            if (!step.columns.isEmpty()) {
                String what = value == JsonToken.START_OBJECT ? "an object" : "an array";
                return new Malformation(
                        ProblemCode.MALFORMED, step.pointer + " is " + what + ", where a single value is expected");
            }
            return value == JsonToken.START_OBJECT ? walkObject(parser, step) : walkArray(parser, step);
        }
        if (step.columns.isEmpty() || value == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = parser.getString();
        if (Utf8.hasLoneSurrogate(text)) {
            return new Malformation(ProblemCode.BAD_ENCODING, step.pointer + " has half of a surrogate pair");
        }
        int from = textsLength;
        append(text);
        for (int column : step.columns) {
            fieldFrom[column] = from;
            fieldTo[column] = textsLength;
        }
        return null;
    }

    private void append(String text) {
        int most = text.length() * 3;
        if (texts.length - textsLength < most) {
            texts = Arrays.copyOf(texts, Math.max(texts.length * 2, textsLength + most));
        }
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character >= 0x80) {
                byte[] rest = text.substring(index).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(rest, 0, texts, textsLength, rest.length);
                textsLength += rest.length;
                return;
            }
            texts[textsLength++] = (byte) character;
        }
    }
}
