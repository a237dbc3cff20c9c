package io.saldo.lake.memory;

import java.util.Arrays;

/** A stable merge sort of positions, for data that lies in primitive arrays. */
public final class IndexSort {
    private static final int INSERTION_LENGTH = 12;

    private IndexSort() {}

    /** Compares what lies at two positions. */
    @FunctionalInterface
    public interface Order {
        /** Negative, 0 or positive, as in {@link java.util.Comparator}. */
        int compare(int left, int right);
    }

    /** The positions 0 to {@code size - 1} in that order. */
    static int[] sorted(int size, Order order) {
        int[] positions = new int[size];
        for (int index = 0; index < size; index++) {
            positions[index] = index;
        }
        sort(positions.clone(), positions, 0, size, order);
        return positions;
    }

    /** Sorts a range of positions, in place. */
    public static void sort(int[] positions, int from, int to, Order order) {
        int[] range = Arrays.copyOfRange(positions, from, to);
        sort(range.clone(), range, 0, range.length, order);
        System.arraycopy(range, 0, positions, from, range.length);
    }

    private static void sort(int[] source, int[] target, int from, int to, Order order) {
        if (to - from <= INSERTION_LENGTH) {
            for (int index = from + 1; index < to; index++) {
                int moving = target[index];
                int place = index;
                while (place > from && order.compare(target[place - 1], moving) > 0) {
                    target[place] = target[place - 1];
                    place--;
                }
                target[place] = moving;
            }
            return;
        }
        int middle = (from + to) >>> 1;
        sort(target, source, from, middle, order);
        sort(target, source, middle, to, order);
        if (order.compare(source[middle - 1], source[middle]) <= 0) {
            System.arraycopy(source, from, target, from, to - from);
            return;
        }
        int left = from;
        int right = middle;
        for (int index = from; index < to; index++) {
            if (right >= to || (left < middle && order.compare(source[left], source[right]) <= 0)) {
                target[index] = source[left++];
            } else {
                target[index] = source[right++];
            }
        }
    }
}
