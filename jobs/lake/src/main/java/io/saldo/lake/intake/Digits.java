package io.saldo.lake.intake;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Decimal digits of whole numbers, four at once. */
final class Digits {
    /** How many bytes {@link #write} may touch from its offset on; of these it says how many count. */
    static final int BYTES_MAX = 24;

    private static final int FOUR_DIGITS = 10_000;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** Of each number below ten thousand its four digits in ASCII, the first in the highest byte. */
    private static final int[] ASCII = ascii();

    private Digits() {}

    /** Writes a number from 0 on without leading zeros, and returns the offset behind its last digit. */
    static int write(long value, byte[] target, int offset) {
        if (value < FOUR_DIGITS) {
            int digits = value < 10 ? 1 : value < 100 ? 2 : value < 1_000 ? 3 : 4;
            // The leading zeros go out at the left; what comes in at the right stands behind the last digit.
            INT.set(target, offset, ASCII[(int) value] << ((4 - digits) * Byte.SIZE));
            return offset + digits;
        }
        int end = write(value / FOUR_DIGITS, target, offset);
        INT.set(target, end, ASCII[(int) (value % FOUR_DIGITS)]);
        return end + Integer.BYTES;
    }

    private static int[] ascii() {
        int[] ascii = new int[FOUR_DIGITS];
        for (int number = 0; number < FOUR_DIGITS; number++) {
            for (int divisor = 1_000; divisor > 0; divisor /= 10) {
                ascii[number] = ascii[number] << Byte.SIZE | ('0' + number / divisor % 10);
            }
        }
        return ascii;
    }
}
