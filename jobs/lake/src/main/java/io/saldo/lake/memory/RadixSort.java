package io.saldo.lake.memory;

/** Sorts records of longs by their first one, unsigned, byte by byte from the lowest (Hollerith's method). */
final class RadixSort {
    private static final int DIGIT_BITS = 8;
    private static final int DIGITS = 1 << DIGIT_BITS;

    private RadixSort() {}

    /** The numbers of {@code size} records of {@code width} longs each, in that order; equal ones as they came. */
    static int[] sorted(long[] records, int width, int size) {
        long[] keys = new long[size];
        int[] numbers = new int[size];
        long common = -1;
        long any = 0;
        for (int record = 0; record < size; record++) {
            long key = records[record * width];
            keys[record] = key;
            numbers[record] = record;
            common &= key;
            any |= key;
        }
        // A bit that is equal in all keys sorts nothing.
        long differing = any & ~common;
        long[] otherKeys = new long[size];
        int[] otherNumbers = new int[size];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
            if ((differing >>> shift & DIGITS - 1) == 0) {
                continue;
            }
            int[] positions = new int[DIGITS + 1];
            for (long key : keys) {
                positions[(int) (key >>> shift & DIGITS - 1) + 1]++;
            }
            for (int digit = 0; digit < DIGITS; digit++) {
                positions[digit + 1] += positions[digit];
            }
            for (int record = 0; record < size; record++) {
                long key = keys[record];
                int position = positions[(int) (key >>> shift & DIGITS - 1)]++;
                otherKeys[position] = key;
                otherNumbers[position] = numbers[record];
            }
            long[] sortedKeys = otherKeys;
            otherKeys = keys;
            keys = sortedKeys;
            int[] sortedNumbers = otherNumbers;
            otherNumbers = numbers;
            numbers = sortedNumbers;
        }
        return numbers;
    }
}
