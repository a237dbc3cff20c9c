package io.saldo.statement;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Writes a checkpoint's figures and names: small numbers are short, and a name is written once. */
final class CheckpointWriter {
    private final Map<String, Integer> texts = new HashMap<>();
    private byte[] bytes = new byte[1024];
    private int size;

    /** Any number: a count, an instant, or an amount in the month's scale. */
    void number(long value) {
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7fL) != 0) {
            add((byte) (left | 0x80));
            left >>>= 7;
        }
        add((byte) left);
    }

    /** Some numbers and how many they are. */
    void numbers(long[] values) {
        number(values.length);
        for (long value : values) {
            number(value);
        }
    }

    void text(String value) {
        Integer known = texts.putIfAbsent(value, texts.size());
        if (known != null) {
            number(known);
            return;
        }
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        number(-1);
        number(encoded.length);
        for (byte each : encoded) {
            add(each);
        }
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void add(byte value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.multiplyExact(size, 2));
        }
        bytes[size++] = value;
    }
}
