package io.saldo.lake.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Remembers what the parser has read from a place on, so that a record is kept as it was written. */
final class TracedInput extends InputStream {
    // More than what the parser reads ahead.
    private static final int AHEAD_BYTES = 1 << 16;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream content;
    private byte[] peeked = new byte[0];
    private int peekedTaken;
    private int skipped;

    private byte[] kept = new byte[AHEAD_BYTES * 2];
    private int length;
    private long start;
    private long keepFrom;
    private byte @Nullable [] beginning;

    TracedInput(InputStream content) {
        this.content = content;
    }

    /** The first bytes; a byte order mark is none of them. */
    byte[] peek() throws IOException {
        byte[] first = content.readNBytes(4);
        if (first.length >= 3 && Arrays.equals(first, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            skipped = 3;
            first = Arrays.copyOfRange(first, 3, first.length);
        }
        peeked = first;
        return first.clone();
    }

    /** How many bytes of the content the parser was not given. */
    int skippedBytes() {
        return skipped;
    }

    /** Says that nothing before that offset is asked for any more. */
    void keepFrom(long offset) {
        keepFrom = offset;
        beginning = null;
    }

    /** The bytes between two offsets, from the kept one on; of more than a record's most, the beginning. */
    byte[] slice(long from, long to) {
        byte[] first = beginning;
        if (first != null) {
            return first;
        }
        int offset = (int) (from - start);
        return Arrays.copyOfRange(kept, offset, offset + (int) Math.min(to - from, RawLog.RECORD_BYTES_MAX));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
        int wanted = Math.min(most, AHEAD_BYTES);
        int read;
        if (peekedTaken < peeked.length) {
            read = Math.min(wanted, peeked.length - peekedTaken);
            System.arraycopy(peeked, peekedTaken, target, offset, read);
            peekedTaken += read;
        } else {
            read = content.read(target, offset, wanted);
        }
        if (read > 0) {
            keep(target, offset, read);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        content.close();
    }

    private void keep(byte[] bytes, int offset, int count) {
        if (length + count > kept.length) {
            drop(Math.max(0, (int) Math.min(keepFrom - start, length)));
        }
        if (length + count > kept.length) {
            if (length >= RawLog.RECORD_BYTES_MAX + AHEAD_BYTES) {
                if (beginning == null) {
                    beginning = Arrays.copyOf(kept, RawLog.RECORD_BYTES_MAX);
                }
                drop(length - AHEAD_BYTES);
            } else {
                kept = Arrays.copyOf(kept, Math.max(kept.length * 2, length + count));
            }
        }
        System.arraycopy(bytes, offset, kept, length, count);
        length += count;
    }

    private void drop(int count) {
        System.arraycopy(kept, count, kept, 0, length - count);
        length -= count;
        start += count;
    }
}
