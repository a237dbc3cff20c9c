package io.saldo.lake.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers distinct byte strings from 0 on, in the order in which they come. */
public final class BytesTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[][] keys = new byte[16][];
    private int[] hashes = new int[16];
    private int[] slots = newSlots(64);
    private int size;

    /** An empty table. */
    public BytesTable() {}

    /** How many there are. */
    public int size() {
        return size;
    }

    /** The bytes with that number; not to be changed. */
    public byte[] key(int number) {
        return keys[number];
    }

    /** The number of these bytes, or -1. */
    public int find(byte[] data, int from, int to) {
        int hash = hash(data, from, to);
        int slot = hash & (slots.length - 1);
        while (slots[slot] >= 0) {
            int number = slots[slot];
            if (hashes[number] == hash && same(keys[number], data, from, to)) {
                return number;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** The number of these bytes, a new one where they are new. */
    public int add(byte[] data, int from, int to) {
        int known = find(data, from, to);
        if (known >= 0) {
            return known;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        if (size * 2 >= slots.length) {
            grow();
        }
        keys[size] = Arrays.copyOfRange(data, from, to);
        hashes[size] = hash(data, from, to);
        place(size);
        return size++;
    }

    /** The position of each number when the keys are in byte order. */
    public int[] ranks() {
        int[] order = IndexSort.sorted(size, (left, right) -> Arrays.compareUnsigned(keys[left], keys[right]));
        int[] ranks = new int[size];
        for (int rank = 0; rank < size; rank++) {
            ranks[order[rank]] = rank;
        }
        return ranks;
    }

    private void grow() {
        slots = newSlots(slots.length * 2);
        for (int number = 0; number < size; number++) {
            place(number);
        }
    }

    private void place(int number) {
        int slot = hashes[number] & (slots.length - 1);
        while (slots[slot] >= 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = number;
    }

    private static int[] newSlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, -1);
        return slots;
    }

    private static boolean same(byte @Nullable [] key, byte[] data, int from, int to) {
        return key != null && Arrays.equals(key, 0, key.length, data, from, to);
    }

    // Eight bytes at once; the last eight may have bytes of those before again.
    private static int hash(byte[] data, int from, int to) {
        long hash = to - from;
        if (to - from < Long.BYTES) {
            for (int index = from; index < to; index++) {
                hash = hash << Byte.SIZE | data[index] & 0xFF;
            }
            hash = mixed(hash);
        } else {
            for (int index = from; index < to - Long.BYTES; index += Long.BYTES) {
                hash = mixed(hash ^ (long) LONG.get(data, index));
            }
            hash = mixed(hash ^ (long) LONG.get(data, to - Long.BYTES));
        }
        return (int) hash;
    }

    private static long mixed(long hash) {
        long product = hash * 0x9E3779B97F4A7C15L;
        return product ^ product >>> 32;
    }
}
