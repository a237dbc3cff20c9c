package io.saldo.lake.usage;

import java.math.BigInteger;

/** Adds up quantities and signed differences, each below 2^63, without a limit that a lake could reach. */
public final class QuantitySum {
    private long low;
    private long high;

    /** Zero. */
    public QuantitySum() {}

    /** Adds a quantity, or a difference. */
    public void add(long quantity) {
        low += quantity;
        if (low < 0) {
            low &= Long.MAX_VALUE;
            high += quantity >= 0 ? 1 : -1;
        }
    }

    /** The sum. */
    public BigInteger value() {
        return BigInteger.valueOf(high).shiftLeft(63).add(BigInteger.valueOf(low));
    }
}
