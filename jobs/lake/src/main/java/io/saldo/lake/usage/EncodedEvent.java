package io.saldo.lake.usage;

import io.saldo.usage.Meter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A view on one checked event in the binary form that it has between scatter and Parquet.
 *
 * <p>Form: length (4 bytes), ordinal in its split (8), line (8), occurred_at (8), month (4), billable and how many events
 * it is (1), then the texts, each after its length, then reasoning tokens and the meters, all as variable-length
 * integers. The fixed part comes first so that a sort reads its keys without decoding.
 */
public final class EncodedEvent {
    /** Numbers of the texts, in the order in which they are encoded. */
    public static final int ACCOUNT_ID = 0;

    /** Number of a text. */
    public static final int EVENT_ID = 1;

    /** Number of a text. */
    public static final int PROJECT_ID = 2;

    /** Number of a text. */
    public static final int API_KEY_ID = 3;

    /** Number of a text. */
    public static final int PROVIDER = 4;

    /** Number of a text. */
    public static final int MODEL = 5;

    /** Number of a text. */
    public static final int SERVICE_TIER = 6;

    /** Number of a text. */
    public static final int STATUS = 7;

    /** How many texts there are. */
    public static final int TEXTS = 8;

    /** Bytes that an event needs beside its texts, at most. */
    public static final int OVERHEAD_BYTES = 33 + 5 * TEXTS + 10 * (Meter.COUNT + 1);

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int TEXTS_AT = 33;

    private byte[] data = new byte[0];
    private int at;
    private final int[] from = new int[TEXTS];
    private final int[] to = new int[TEXTS];
    private final long[] quantities = new long[Meter.COUNT];
    private long reasoning;
    private int position;

    /** A view on nothing yet. */
    public EncodedEvent() {}

    /** Looks at the event that starts there. */
    public void wrap(byte[] bytes, int offset) {
        data = bytes;
        at = offset;
        position = offset + TEXTS_AT;
        for (int text = 0; text < TEXTS; text++) {
            int length = (int) readVariable();
            from[text] = position;
            position += length;
            to[text] = position;
        }
        reasoning = readVariable();
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = readVariable();
        }
    }

    /** Looks at the event that starts there, but no further than its account, which is all that may then be asked. */
    public void wrapAccount(byte[] bytes, int offset) {
        data = bytes;
        at = offset;
        position = offset + TEXTS_AT;
        int length = (int) readVariable();
        from[ACCOUNT_ID] = position;
        to[ACCOUNT_ID] = position + length;
    }

    /** Length of the event that starts there. */
    public static int length(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    /** The record's number in its run file. */
    public long ordinal() {
        return ordinal(data, at);
    }

    /** Ordinal of the event that starts there. */
    public static long ordinal(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + 4);
    }

    /** The event's instant, without looking at the rest. */
    public static long occurredAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + 20);
    }

    /** The event's month as {@code year x 12 + month - 1}, without looking at the rest. */
    public static int month(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset + 28);
    }

    /**
     * Encodes an event.
     *
     * @param events 1 for an event, 0 for a restatement, -1 for one taken back, see {@link UsageSegmentWriter#SCHEMA}
     * @return the offset after it
     */
    public static int encode(
            byte[] target,
            int offset,
            long ordinal,
            long line,
            long occurredAt,
            int month,
            boolean billable,
            int events,
            byte[][] texts,
            int[] from,
            int[] to,
            long reasoning,
            long[] quantities) {
        LONG.set(target, offset + 4, ordinal);
        LONG.set(target, offset + 12, line);
        LONG.set(target, offset + 20, occurredAt);
        INT.set(target, offset + 28, month);
        target[offset + 32] = (byte) ((events + 1) << 1 | (billable ? 1 : 0));
        int position = offset + TEXTS_AT;
        for (int text = 0; text < TEXTS; text++) {
            int length = to[text] - from[text];
            position = writeVariable(target, position, length);
            System.arraycopy(texts[text], from[text], target, position, length);
            position += length;
        }
        position = writeVariable(target, position, reasoning);
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            position = writeVariable(target, position, quantities[meter]);
        }
        INT.set(target, offset, position - offset);
        return position;
    }

    /** The bytes that it looks at. */
    public byte[] data() {
        return data;
    }

    /** Where the event starts in them. */
    public int offset() {
        return at;
    }

    /** Where a text starts. */
    public int from(int text) {
        return from[text];
    }

    /** Where a text ends. */
    public int to(int text) {
        return to[text];
    }

    /** A text. */
    public String text(int text) {
        return new String(data, from[text], to[text] - from[text], StandardCharsets.UTF_8);
    }

    /** The record's line in its delivery. */
    public long line() {
        return (long) LONG.get(data, at + 12);
    }

    /** Microseconds since 1970. */
    public long occurredAt() {
        return occurredAt(data, at);
    }

    /** {@code year x 12 + month - 1} in the billing zone. */
    public int month() {
        return month(data, at);
    }

    /** Whether the event is charged. */
    public boolean billable() {
        return (data[at + 32] & 1) != 0;
    }

    /** 1 for an event; 0 for a restatement, whose quantities are signed differences; -1 for an event taken back. */
    public int events() {
        return (data[at + 32] >> 1) - 1;
    }

    /**
     * Turns a figure into the restatement of an earlier one: encodes the same event with the signed differences.
     *
     * @param earlierReasoning the reasoning tokens of the earlier figure
     * @param earlierQuantities its quantities by meter
     */
    public byte[] restating(long earlierReasoning, long[] earlierQuantities) {
        byte[][] texts = new byte[TEXTS][];
        int length = OVERHEAD_BYTES;
        for (int text = 0; text < TEXTS; text++) {
            texts[text] = data;
            length += to[text] - from[text];
        }
        long[] differences = new long[Meter.COUNT];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            differences[meter] = quantities[meter] - earlierQuantities[meter];
        }
        byte[] restated = new byte[length];
        encode(
                restated,
                0,
                ordinal(data, at),
                line(),
                occurredAt(),
                month(),
                billable(),
                0,
                texts,
                from,
                to,
                reasoning - earlierReasoning,
                differences);
        return restated;
    }

    /** Informative. */
    public long reasoning() {
        return reasoning;
    }

    /** The quantity of the meter at that position. */
    public long quantity(int meter) {
        return quantities[meter];
    }

    private long readVariable() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte part = data[position++];
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    private static int writeVariable(byte[] target, int offset, long value) {
        int position = offset;
        long left = value;
        while ((left & ~0x7FL) != 0) {
            target[position++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        target[position++] = (byte) left;
        return position;
    }
}
