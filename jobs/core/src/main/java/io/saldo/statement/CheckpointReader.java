package io.saldo.statement;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a {@link CheckpointWriter} wrote, in the same order. */
final class CheckpointReader {
    private static final int BITS_MAX = 63;

    private final ByteBuffer bytes;
    private final List<String> texts = new ArrayList<>();
    private int digits;

    CheckpointReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** From here on amounts get so many digits more after the point than they were written with. */
    void refine(int moreDigits) {
        if (moreDigits < 0) {
            throw new UnusableCheckpointException("its amounts are finer than the month needs");
        }
        digits = moreDigits;
    }

    /** What a number of the checkpoint stands for here. */
    static int number(int[] numbers, int saved) {
        if (saved >= numbers.length) {
            throw new UnusableCheckpointException("number " + saved + " has no name");
        }
        return numbers[saved];
    }

    long number() {
        long value = 0;
        try {
            for (int shift = 0; shift <= BITS_MAX; shift += 7) {
                long next = bytes.get();
                value |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return (value >>> 1) ^ -(value & 1);
                }
            }
        } catch (BufferUnderflowException end) {
            throw new UnusableCheckpointException("it ends early");
        }
        throw new UnusableCheckpointException("a number has no end");
    }

    /** A number that counts what follows. */
    int count() {
        long count = number();
        if (count < 0 || count > Integer.MAX_VALUE) {
            throw new UnusableCheckpointException("a count is " + count);
        }
        return (int) count;
    }

    /**
     * An amount in the month's scale.
     *
     * @throws ArithmeticException when it passes 63 bits there
     */
    long amount() {
        long amount = number();
        for (int digit = 0; digit < digits && amount != 0; digit++) {
            amount = Math.multiplyExact(amount, 10L);
        }
        return amount;
    }

    String text() {
        long number = number();
        if (number >= 0) {
            if (number >= texts.size()) {
                throw new UnusableCheckpointException("a name is missing");
            }
            return texts.get((int) number);
        }
        int length = count();
        if (length > bytes.remaining()) {
            throw new UnusableCheckpointException("it ends early");
        }
        byte[] encoded = new byte[length];
        bytes.get(encoded);
        texts.add(new String(encoded, StandardCharsets.UTF_8));
        return texts.get(texts.size() - 1);
    }
}
