package io.saldo.lake.source;

import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. */
final class JsonLinesLog extends RawLog {
    private final JsonFields json;
    private final RecordBuffer buffer;

    private int length;
    private int endLength;
    private long line;
    private long offset;
    private long longLength;
    private byte @Nullable [] truncated;
    private @Nullable Malformation malformation;

    JsonLinesLog(RecordBuffer buffer, RecordLayout layout) throws IOException {
        super(layout);
        this.buffer = buffer;
        json = new JsonFields(layout, fields);
        if (buffer.atByteOrderMark()) {
            buffer.advance(3, 0);
        }
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
        malformation = truncated != null
                ? tooLong()
                : json.read(buffer.data(), buffer.start(), buffer.start() + (int) longLength, null);
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

    static Malformation tooLong() {
        return new Malformation(ProblemCode.MALFORMED, "the record is longer than " + RECORD_BYTES_MAX + " bytes");
    }
}
