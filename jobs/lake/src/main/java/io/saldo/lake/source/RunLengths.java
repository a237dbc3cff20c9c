package io.saldo.lake.source;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Small whole numbers as Parquet packs them for levels and dictionaries: runs of one number, and groups of eight of which each
 * takes so many bits (Parquet's "RLE/bit-packing hybrid").
 *
 * <p>Reads a block of them at once. Throws what a buffer throws where they end early.
 */
final class RunLengths {
    private static final int GROUP = 8;

    private final int bits;
    private final BytePacker packer;
    private final ByteBuffer data;
    private final int[] group = new int[GROUP];
    private int groupAt = GROUP;
    private boolean packed;
    private int value;
    private int left;

    /** Of numbers of 0 to 32 bits. */
    RunLengths(int bits, ByteBuffer data) {
        if (bits < 0 || bits > Integer.SIZE) {
            throw new IllegalArgumentException("numbers of " + bits + " bits");
        }
        this.bits = bits;
        packer = Packer.LITTLE_ENDIAN.newBytePacker(bits);
        this.data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Reads the next {@code count} numbers. */
    void read(int[] target, int count) {
        int at = 0;
        while (at < count) {
            if (left == 0) {
                begin();
            }
            int many = Math.min(left, count - at);
            if (packed) {
                unpack(target, at, many);
            } else {
                Arrays.fill(target, at, at + many, value);
            }
            left -= many;
            at += many;
        }
    }

    /** Reads the next {@code count} numbers where they are known to be the same one, which it returns; else -1, and none. */
    int readSame(int count) {
        if (left == 0) {
            begin();
        }
        if (packed || left < count || value < 0) {
            return -1;
        }
        left -= count;
        return value;
    }

    private void begin() {
        int header = header();
        packed = (header & 1) == 1;
        left = header >>> 1;
        if (packed) {
            left = Math.multiplyExact(left, GROUP);
            groupAt = GROUP;
        } else {
            value = 0;
            for (int shift = 0; shift < bits; shift += Byte.SIZE) {
                value |= (data.get() & 0xFF) << shift;
            }
        }
    }

    private int header() {
        int header = 0;
        for (int shift = 0; ; shift += 7) {
            int next = data.get();
            header |= (next & 0x7F) << shift;
            if (next >= 0) {
                return header;
            }
        }
    }

    private void unpack(int[] target, int from, int many) {
        int at = from;
        int end = from + many;
        while (at < end) {
            if (groupAt == GROUP && end - at >= GROUP && data.remaining() >= bits) {
                packer.unpack8Values(data, data.position(), target, at);
                data.position(data.position() + bits);
                at += GROUP;
            } else {
                if (groupAt == GROUP) {
                    nextGroup();
                }
                target[at++] = group[groupAt++];
            }
        }
    }

    // The last group may lack the bytes of the numbers that nobody needs.
    private void nextGroup() {
        int there = Math.min(bits, data.remaining());
        if (there == 0 && bits > 0) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[bits];
        data.get(bytes, 0, there);
        packer.unpack8Values(ByteBuffer.wrap(bytes), 0, group, 0);
        groupAt = 0;
    }
}
