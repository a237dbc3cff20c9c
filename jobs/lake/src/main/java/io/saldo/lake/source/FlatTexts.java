package io.saldo.lake.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts of a block of rows, of all columns, one after the other. */
final class FlatTexts {
    /** {@link #growth}: of bytes that are not UTF-8. */
    static final int NOT_UTF8 = -1;

    /** By how many bytes a byte grows in a text of JSON. */
    private static final byte[] GROWTH = growth();

    /** No number, and no instant of a year of four digits, is longer as a text. */
    static final int NUMBER_BYTES_MAX = "2026-10-05T10:00:00.000000000Z".length();

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private byte[] bytes = new byte[1 << 12];
    // No text starts at 0, which says that there is none.
    private int length = 1;
    private long clearings = 1;

    byte[] bytes() {
        return bytes;
    }

    /** Where the next text starts. */
    int length() {
        return length;
    }

    void clear() {
        length = 1;
        clearings++;
    }

    /** Another number after each {@link #clear}, never 0: what was put before it stands no more. */
    long clearings() {
        return clearings;
    }

    /** Takes back what was put from there on. */
    void cut(int to) {
        length = to;
    }

    /** So many bytes more can be put without {@link #bytes} becoming others. */
    void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max((int) Math.min(bytes.length * 2L, 1 << 30), Math.addExact(length, more)));
        }
    }

    /** Puts bytes as they are. */
    void put(byte[] data, int offset, int count) {
        reserve(count);
        System.arraycopy(data, offset, bytes, length, count);
        length += count;
    }

    /** Puts a text of ASCII. */
    void put(String text) {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        put(data, 0, data.length);
    }

    /** By how many bytes what was put between the two places grows in JSON; or {@link #NOT_UTF8}. */
    int growth(int from, int to) {
        int growth = 0;
        int all = 0;
        int plain = from;
        while (plain + Long.BYTES <= to && isPlain((long) LONG.get(bytes, plain))) {
            plain += Long.BYTES;
        }
        for (int index = plain; index < to; index++) {
            byte each = bytes[index];
            all |= each;
            growth += GROWTH[each & 0xFF];
        }
        return all < 0 && !Utf8.isValid(bytes, from, to) ? NOT_UTF8 : growth;
    }

    // Whether each of eight bytes is ASCII, and in JSON stands for itself: below 0x80, not below 0x20, no quote, no
    // backslash.
    private static boolean isPlain(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        long found = eight | (eight - ONES * 0x20) | (quotes - ONES) | (backslashes - ONES);
        return (found & HIGH_BITS) == 0;
    }

    /** How many bytes {@link #putWhole} puts. */
    static int length(long value) {
        long rest = Math.abs(value);
        int length = value < 0 ? 2 : 1;
        while (rest >= 10_000) {
            rest /= 10_000;
            length += 4;
        }
        return length + (rest < 10 ? 0 : rest < 100 ? 1 : rest < 1_000 ? 2 : 3);
    }

    /** Puts a number that is not {@link Long#MIN_VALUE}. */
    void putWhole(long value) {
        reserve(NUMBER_BYTES_MAX);
        long rest = Math.abs(value);
        if (value < 0) {
            bytes[length] = '-';
        }
        length += length(value);
        int end = length;
        do {
            bytes[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    /** How many bytes {@link #putInstant} puts. */
    static int instantLength(int nanos, boolean utc) {
        int digits = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
        return "2026-10-05T10:00:00".length() + (digits == 0 ? 0 : 1 + digits) + (utc ? 1 : 0);
    }

    /** Puts an instant, with as many digits of its second as it has, by threes. */
    void putInstant(byte[] date, int secondOfDay, int nanos, boolean utc) {
        reserve(NUMBER_BYTES_MAX);
        System.arraycopy(date, 0, bytes, length, date.length);
        length += date.length;
        two('T', secondOfDay / 3_600);
        two(':', secondOfDay / 60 % 60);
        two(':', secondOfDay % 60);
        if (nanos != 0) {
            bytes[length++] = '.';
            three(nanos / 1_000_000);
            if (nanos % 1_000_000 != 0) {
                three(nanos / 1_000 % 1_000);
            }
            if (nanos % 1_000 != 0) {
                three(nanos % 1_000);
            }
        }
        if (utc) {
            bytes[length++] = 'Z';
        }
    }

    private void two(char before, int number) {
        bytes[length] = (byte) before;
        bytes[length + 1] = (byte) ('0' + number / 10);
        bytes[length + 2] = (byte) ('0' + number % 10);
        length += 3;
    }

    private void three(int number) {
        bytes[length] = (byte) ('0' + number / 100);
        bytes[length + 1] = (byte) ('0' + number / 10 % 10);
        bytes[length + 2] = (byte) ('0' + number % 10);
        length += 3;
    }

    private static byte[] growth() {
        byte[] growth = new byte[256];
        Arrays.fill(growth, 0, 0x20, (byte) "u0000".length());
        growth['"'] = 1;
        growth['\\'] = 1;
        return growth;
    }
}
