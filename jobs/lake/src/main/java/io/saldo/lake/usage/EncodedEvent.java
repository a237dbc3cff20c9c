package io.saldo.lake.usage;

import io.saldo.usage.Meter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A view on one checked event in the binary form that it has between scatter and Parquet.
 *
 * <p>Form: length (4 bytes), number of its {@link Dimensions} (4), occurred_at (8), month (3), billable and how many events it
 * is (1), then as variable-length integers the ordinal in its split and the line; the event id after its length; reasoning
 * tokens and the meters as variable-length integers. The fixed part comes first so that a sort reads its keys without
 * decoding. Whoever holds the event says what its dimensions are.
 */
public final class EncodedEvent {
    /** Bytes that an event needs beside its id, at most. */
    public static final int OVERHEAD_BYTES = 20 + 10 + 10 + 5 + 10 * (Meter.COUNT + 1);

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DIMENSIONS_AT = 4;
    private static final int OCCURRED_AT_AT = 8;
    private static final int MONTH_AT = 16;
    private static final int ORDINAL_AT = 20;

    private byte[] data = new byte[0];
    private int at;
    private @Nullable Dimensions dimensions;
    private long ordinal;
    private long line;
    private int idFrom;
    private int idTo;
    private final long[] quantities = new long[Meter.COUNT];
    private long reasoning;
    private int position;

    /** A view on nothing yet. */
    public EncodedEvent() {}

    /** Looks at the event that starts there, which has these dimensions. */
    public void wrap(byte[] bytes, int offset, Dimensions its) {
        data = bytes;
        at = offset;
        dimensions = its;
        position = offset + ORDINAL_AT;
        ordinal = readVariable();
        line = readVariable();
        int length = (int) readVariable();
        idFrom = position;
        position += length;
        idTo = position;
        reasoning = readVariable();
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = readVariable();
        }
    }

    /** Length of the event that starts there. */
    public static int length(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    /** Number of the dimensions of the event that starts there. */
    public static int dimensions(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset + DIMENSIONS_AT);
    }

    /** Gives the event that starts there another number for its dimensions. */
    public static void setDimensions(byte[] bytes, int offset, int number) {
        INT.set(bytes, offset + DIMENSIONS_AT, number);
    }

    /** The event's instant, without looking at the rest. */
    public static long occurredAt(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset + OCCURRED_AT_AT);
    }

    /** The event's month as {@code year x 12 + month - 1}, without looking at the rest. */
    public static int month(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset + MONTH_AT) >> Byte.SIZE;
    }

    /** Ordinal of the event that starts there, without looking at the rest. */
    public static long ordinal(byte[] bytes, int offset) {
        long value = 0;
        int position = offset + ORDINAL_AT;
        for (int shift = 0; ; shift += 7) {
            byte part = bytes[position++];
            value |= (part & 0x7FL) << shift;
            if (part >= 0) {
                return value;
            }
        }
    }

    /**
     * Encodes an event.
     *
     * @param dimensions the number of its dimensions
     * @param events 1 for an event, 0 for a restatement, -1 for one taken back, see {@link UsageSegmentWriter#SCHEMA}
     * @param id holds the event id, from {@code idFrom} to {@code idTo}
     * @return the offset after it
     */
    public static int encode(
            byte[] target,
            int offset,
            int dimensions,
            long ordinal,
            long line,
            long occurredAt,
            int month,
            boolean billable,
            int events,
            byte[] id,
            int idFrom,
            int idTo,
            long reasoning,
            long[] quantities) {
        INT.set(target, offset + DIMENSIONS_AT, dimensions);
        LONG.set(target, offset + OCCURRED_AT_AT, occurredAt);
        INT.set(target, offset + MONTH_AT, month << Byte.SIZE | (events + 1) << 1 | (billable ? 1 : 0));
        int position = writeVariable(target, offset + ORDINAL_AT, ordinal);
        position = writeVariable(target, position, line);
        position = writeVariable(target, position, idTo - idFrom);
        System.arraycopy(id, idFrom, target, position, idTo - idFrom);
        position += idTo - idFrom;
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

    /** The texts that it shares with others. */
    public Dimensions dimensions() {
        return Objects.requireNonNull(dimensions);
    }

    /** One of its {@link #dimensions}. */
    public String text(int dimension) {
        return dimensions().text(dimension);
    }

    /** Where the event id starts. */
    public int idFrom() {
        return idFrom;
    }

    /** Where the event id ends. */
    public int idTo() {
        return idTo;
    }

    /** The event id. */
    public String eventId() {
        return new String(data, idFrom, idTo - idFrom, StandardCharsets.UTF_8);
    }

    /** The record's number in its run file. */
    public long ordinal() {
        return ordinal;
    }

    /** The record's line in its delivery. */
    public long line() {
        return line;
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
        return (flags() & 1) != 0;
    }

    /** 1 for an event; 0 for a restatement, whose quantities are signed differences; -1 for an event taken back. */
    public int events() {
        return (flags() >> 1) - 1;
    }

    private int flags() {
        return data[at + ORDINAL_AT - 1];
    }

    /**
     * Turns a figure into the restatement of an earlier one: encodes the same event with the signed differences.
     *
     * @param earlierReasoning the reasoning tokens of the earlier figure
     * @param earlierQuantities its quantities by meter
     */
    public byte[] restating(long earlierReasoning, long[] earlierQuantities) {
        long[] differences = new long[Meter.COUNT];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            differences[meter] = quantities[meter] - earlierQuantities[meter];
        }
        byte[] restated = new byte[OVERHEAD_BYTES + idTo - idFrom];
        encode(
                restated,
                0,
                dimensions(data, at),
                ordinal,
                line,
                occurredAt(),
                month(),
                billable(),
                0,
                data,
                idFrom,
                idTo,
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
