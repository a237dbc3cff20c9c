package io.saldo.lake.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Numbers distinct byte strings from 0 on, in the order in which they come. */
public final class BytesTable {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long FREE = -1;

    private byte[][] keys = new byte[16][];
    // The hash above the number, or nothing.
    private long[] slots = newSlots(64);
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
        return find(data, from, to, hash(data, from, to));
    }

    private int find(byte[] data, int from, int to, int hash) {
        int slot = hash & (slots.length - 1);
        for (long there = slots[slot]; there != FREE; there = slots[slot]) {
            if ((int) (there >>> 32) == hash && isKey((int) there, data, from, to)) {
                return (int) there;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    /** The number of these bytes, a new one where they are new. */
    public int add(byte[] data, int from, int to) {
        int hash = hash(data, from, to);
        int known = find(data, from, to, hash);
        if (known >= 0) {
            return known;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
        }
        if (size * 2 >= slots.length) {
            grow();
        }
        keys[size] = Arrays.copyOfRange(data, from, to);
        place(((long) hash << 32) | size);
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

    private boolean isKey(int number, byte[] data, int from, int to) {
        byte[] key = keys[number];
        return Arrays.equals(key, 0, key.length, data, from, to);
    }

    private void grow() {
        long[] before = slots;
        slots = newSlots(before.length * 2);
        for (long entry : before) {
            if (entry != FREE) {
                place(entry);
            }
        }
    }

    private void place(long entry) {
        int slot = (int) (entry >>> 32) & (slots.length - 1);
        while (slots[slot] != FREE) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry;
    }

    private static long[] newSlots(int length) {
        long[] slots = new long[length];
        Arrays.fill(slots, FREE);
        return slots;
    }

    // Eight bytes at once; the last eight may have bytes of those before again.
    private static int hash(byte[] data, int from, int to) {
        long hash = (long) to - from;
        if (to - from < Long.BYTES) {
            for (int index = from; index < to; index++) {
                hash = (hash << Byte.SIZE) | (data[index] & 0xFF);
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
        return product ^ (product >>> 32);
    }
}
