package io.saldo.statement;

import java.math.BigInteger;

/** Sums of quantities that may pass 63 bits, each in two columns: {@code high x 2^63 + low}. */
final class QuantitySums {
    private final long[] high;
    private final long[] low;

    QuantitySums(int size) {
        high = new long[size];
        low = new long[size];
    }

    /** Adds a quantity from 0 to 2^63-1. */
    void add(int index, long quantity) {
        long sum = low[index] + quantity;
        if (sum < 0) {
            high[index]++;
        }
        low[index] = sum & Long.MAX_VALUE;
    }

    void save(int index, CheckpointWriter out) {
        out.number(high[index]);
        out.number(low[index]);
    }

    void restore(int index, CheckpointReader in) {
        high[index] = in.number();
        low[index] = in.number();
    }

    boolean isZero(int index) {
        return high[index] == 0 && low[index] == 0;
    }

    BigInteger get(int index) {
        return BigInteger.valueOf(high[index]).shiftLeft(63).add(BigInteger.valueOf(low[index]));
    }
}
