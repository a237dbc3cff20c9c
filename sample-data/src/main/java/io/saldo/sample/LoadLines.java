package io.saldo.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A buffer of lines on its way to a file. */
final class LoadLines {
    private static final byte[] HEXADECIMAL = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_LINE = 1024;

    private final OutputStream out;
    private final byte[] bytes = new byte[1 << 18];
    private int length;

    LoadLines(OutputStream out) {
        this.out = out;
    }

    void room() throws IOException {
        if (bytes.length - length < LONGEST_LINE) {
            flush();
        }
    }

    void flush() throws IOException {
        out.write(bytes, 0, length);
        length = 0;
    }

    void put(char character) {
        bytes[length++] = (byte) character;
    }

    void put(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    void putHexadecimal(long value) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEXADECIMAL[(int) (value >>> shift) & 15];
        }
    }

    void putDecimal(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        putDigits(value, digits);
    }

    private void putDigits(long value, int digits) {
        long rest = value;
        for (int at = length + digits - 1; at >= length; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    void putTime(byte[] date, long microsOfDay) {
        put(date);
        int seconds = (int) (microsOfDay / 1_000_000);
        putDigits(seconds / 3600, 2);
        put(':');
        putDigits(seconds / 60 % 60, 2);
        put(':');
        putDigits(seconds % 60, 2);
        put('.');
        putDigits(microsOfDay % 1_000_000, 6);
        put('Z');
    }
}
