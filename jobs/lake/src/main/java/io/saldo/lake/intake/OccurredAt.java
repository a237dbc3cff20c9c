package io.saldo.lake.intake;

import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Timestamps of a log, read from bytes, and written in the form that content identity hashes.
 *
 * <p>What a timestamp is, {@link TimestampFormat} decides; a day that it has read is remembered, so that of most
 * records only the time of day is read.
 */
final class OccurredAt {
    /** What is no timestamp: no log reaches there. */
    static final long BAD = Long.MIN_VALUE;

    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int DATE_LENGTH = 10;

    private final TimestampFormat format;
    private final byte[] knownDate = new byte[DATE_LENGTH];
    private long knownDateMicros = BAD;
    private final byte[] writtenDay = new byte[DATE_LENGTH + 1];
    private long writtenDayMicros = BAD;

    OccurredAt(TimestampFormat format) {
        this.format = format;
    }

    long parse(byte[] data, int from, int to) {
        if (format.form() == TimestampFormat.Form.ISO
                && to - from >= 20
                && data[to - 1] == 'Z'
                && knownDateMicros != BAD
                && Arrays.equals(knownDate, 0, DATE_LENGTH, data, from, from + DATE_LENGTH)) {
            long time = timeOfDay(data, from + DATE_LENGTH, to - 1);
            if (time >= 0) {
                return knownDateMicros + time;
            }
        }
        OptionalLong parsed = format.parse(new String(data, from, to - from, StandardCharsets.UTF_8));
        if (parsed.isEmpty()) {
            return BAD;
        }
        if (format.form() == TimestampFormat.Form.ISO && data[to - 1] == 'Z') {
            System.arraycopy(data, from, knownDate, 0, DATE_LENGTH);
            knownDateMicros = Math.floorDiv(parsed.getAsLong(), DAY_MICROS) * DAY_MICROS;
        }
        return parsed.getAsLong();
    }

    /** Writes {@code YYYY-MM-DDThh:mm:ss.ffffffZ} and returns the offset after it. */
    int write(long micros, byte[] target, int offset) {
        long day = Math.floorDiv(micros, DAY_MICROS) * DAY_MICROS;
        if (day != writtenDayMicros) {
            byte[] text = Instants.format(micros).getBytes(StandardCharsets.UTF_8);
            if (text.length != 27) {
                System.arraycopy(text, 0, target, offset, text.length);
                return offset + text.length;
            }
            System.arraycopy(text, 0, writtenDay, 0, DATE_LENGTH + 1);
            writtenDayMicros = day;
        }
        System.arraycopy(writtenDay, 0, target, offset, DATE_LENGTH + 1);
        long time = micros - day;
        int seconds = (int) (time / 1_000_000);
        int position = offset + DATE_LENGTH + 1;
        position = two(target, position, seconds / 3600);
        target[position++] = ':';
        position = two(target, position, seconds / 60 % 60);
        target[position++] = ':';
        position = two(target, position, seconds % 60);
        target[position++] = '.';
        int micro = (int) (time % 1_000_000);
        position = two(target, position, micro / 10_000);
        position = two(target, position, micro / 100 % 100);
        position = two(target, position, micro % 100);
        target[position++] = 'Z';
        return position;
    }

    // 'T' or blank, hh:mm:ss and an optional fraction; -1 for what the slow way shall judge.
    private static long timeOfDay(byte[] data, int from, int to) {
        if ((data[from] != 'T' && data[from] != ' ')
                || to - from < 9
                || data[from + 3] != ':'
                || data[from + 6] != ':') {
            return -1;
        }
        int hour = number(data, from + 1);
        int minute = number(data, from + 4);
        int second = number(data, from + 7);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        long micros = 0;
        int position = from + 9;
        if (position < to) {
            if (data[position] != '.' || position + 1 == to) {
                return -1;
            }
            int weight = 100_000;
            for (position++; position < to; position++) {
                if (data[position] < '0' || data[position] > '9') {
                    return -1;
                }
                micros += (long) (data[position] - '0') * weight;
                weight /= 10;
            }
        }
        return (hour * 3600L + minute * 60L + second) * 1_000_000L + micros;
    }

    private static int number(byte[] data, int at) {
        int high = data[at] - '0';
        int low = data[at + 1] - '0';
        return high < 0 || high > 9 || low < 0 || low > 9 ? -1 : high * 10 + low;
    }

    private static int two(byte[] target, int offset, int value) {
        target[offset] = (byte) ('0' + value / 10);
        target[offset + 1] = (byte) ('0' + value % 10);
        return offset + 2;
    }
}
