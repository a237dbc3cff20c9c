package io.saldo.lake.memory;

/** Sorts longs, unsigned, byte by byte from the lowest (Hollerith's method): no comparison, and stable. */
public final class RadixSort {
    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private RadixSort() {}

    /** Sorts the first {@code size} keys, and returns where each of them was; equal ones stay as they came. */
    public static int[] sort(long[] keys, int size) {
        long common = -1;
        long any = 0;
        int[] positions = new int[size];
        for (int index = 0; index < size; index++) {
            positions[index] = index;
            common &= keys[index];
            any |= keys[index];
        }
        // A bit that is equal in all keys sorts nothing.
        long differing = any & ~common;
        long[] from = keys;
        long[] to = new long[size];
        int[] toPositions = new int[size];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            if ((differing >>> shift & DIGITS - 1) == 0) {
                continue;
            }
            int[] starts = new int[DIGITS + 1];
            for (int index = 0; index < size; index++) {
                starts[(int) (from[index] >>> shift & DIGITS - 1) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                starts[digit + 1] += starts[digit];
            }
            for (int index = 0; index < size; index++) {
                int place = starts[(int) (from[index] >>> shift & DIGITS - 1)]++;
                to[place] = from[index];
                toPositions[place] = positions[index];
            }
            long[] sorted = to;
            to = from;
            from = sorted;
            int[] sortedPositions = toPositions;
            toPositions = positions;
            positions = sortedPositions;
        }
        if (from != keys) {
            System.arraycopy(from, 0, keys, 0, size);
        }
        return positions;
    }
}
