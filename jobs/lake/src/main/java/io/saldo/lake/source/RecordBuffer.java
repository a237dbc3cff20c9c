package io.saldo.lake.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A window on a log that holds the record being read as a whole.
 *
 * <p>Positions are relative to the record's start, so that the window can move below a reader that is in the middle of
 * a record.
 */
final class RecordBuffer implements Closeable {
    private static final int WINDOW_BYTES = 1 << 18;

    private final InputStream input;
    private boolean ended;
    private byte[] data;
    private int start;
    private int limit;
    private long offset;
    private long line = 1;

    RecordBuffer(InputStream input) {
        this.input = input;
        data = new byte[WINDOW_BYTES];
    }

    /** A window on bytes that are there already; they are the whole log. */
    RecordBuffer(byte[] whole) {
        input = InputStream.nullInputStream();
        ended = true;
        data = whole;
        limit = whole.length;
    }

    /** The bytes; the record starts at {@link #start}. */
    byte[] data() {
        return data;
    }

    int start() {
        return start;
    }

    /** How many bytes from the record's start on are there. */
    int available() {
        return limit - start;
    }

    /** The record's place in the log. */
    long offset() {
        return offset;
    }

    /** The line on which the record starts. */
    long line() {
        return line;
    }

    /** Brings more of the record, and says whether there was more. {@link #data} and {@link #start} may change. */
    boolean more() throws IOException {
        if (ended) {
            return false;
        }
        if (start > 0) {
            System.arraycopy(data, start, data, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit == data.length) {
            data = Arrays.copyOf(data, data.length * 2);
        }
        int read = input.readNBytes(data, limit, data.length - limit);
        if (read == 0) {
            ended = true;
            return false;
        }
        limit += read;
        return true;
    }

    /** Forgets so many bytes: the next record starts after them. */
    void advance(int bytes, int lines) {
        start += bytes;
        offset += bytes;
        line += lines;
    }

    /** Whether a byte order mark stands here. */
    boolean atByteOrderMark() throws IOException {
        boolean more = true;
        while (more && available() < 3) {
            more = more();
        }
        return available() >= 3
                && data[start] == (byte) 0xEF
                && data[start + 1] == (byte) 0xBB
                && data[start + 2] == (byte) 0xBF;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
