package io.saldo.lake.source;

/** Whole numbers from 0 to 2^63-1 in the writings that logs use: {@code 12}, {@code 12.0}, {@code 1.2e1}. */
public final class Quantity {
    /** What is no quantity. */
    public static final long BAD = -1;

    private static final int TEXT_BYTES_MAX = 64;

    private Quantity() {}

    /** The value of the text, exactly, or {@link #BAD}; the text is not empty. */
    public static long parse(byte[] data, int from, int to) {
        if (to - from <= 18) {
            long value = 0;
            int position = from;
            while (position < to && data[position] >= '0' && data[position] <= '9') {
                value = value * 10 + (data[position] - '0');
                position++;
            }
            if (position == to) {
                return value;
            }
        }
        return to - from > TEXT_BYTES_MAX ? BAD : parseAny(data, from, to);
    }

    // digits [ '.' digits ] [ e [sign] digits ], shifted by the exponent and refused where anything but zeros is cut.
    private static long parseAny(byte[] data, int from, int to) {
        int position = from;
        int digits = 0;
        int fraction = 0;
        byte[] number = new byte[to - from];
        while (position < to && isDigit(data[position])) {
            number[digits++] = data[position++];
        }
        if (digits == 0) {
            return BAD;
        }
        if (position < to && data[position] == '.') {
            position++;
            while (position < to && isDigit(data[position])) {
                number[digits++] = data[position++];
                fraction++;
            }
            if (fraction == 0) {
                return BAD;
            }
        }
        int exponent = 0;
        if (position < to && (data[position] == 'e' || data[position] == 'E')) {
            position++;
            boolean negative = position < to && data[position] == '-';
            if (position < to && (data[position] == '-' || data[position] == '+')) {
                position++;
            }
            int start = position;
            while (position < to && isDigit(data[position]) && position - start < 3) {
                exponent = exponent * 10 + (data[position++] - '0');
            }
            if (position == start) {
                return BAD;
            }
            exponent = negative ? -exponent : exponent;
        }
        if (position != to) {
            return BAD;
        }
        return shifted(number, digits, exponent - fraction);
    }

    private static long shifted(byte[] number, int digits, int shift) {
        int end = digits;
        int zeros = shift;
        while (zeros < 0 && end > 0) {
            if (number[--end] != '0') {
                return BAD;
            }
            zeros++;
        }
        long value = 0;
        for (int index = 0; index < end; index++) {
            int digit = number[index] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return BAD;
            }
            value = value * 10 + digit;
        }
        for (int zero = 0; zero < zeros && value != 0; zero++) {
            if (value > Long.MAX_VALUE / 10) {
                return BAD;
            }
            value *= 10;
        }
        return value;
    }

    private static boolean isDigit(byte value) {
        return value >= '0' && value <= '9';
    }
}
