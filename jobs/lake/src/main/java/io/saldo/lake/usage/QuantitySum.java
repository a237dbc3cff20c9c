package io.saldo.lake.usage;

import java.math.BigInteger;

/** Adds up quantities, each from 0 to 2^63-1, without a limit that a lake could reach. */
public final class QuantitySum {
    private long low;
    private long high;

    /** Zero. */
    public QuantitySum() {}

    /** Adds a quantity from 0 on. */
    public void add(long quantity) {
        low += quantity;
        if (low < 0) {
            low &= Long.MAX_VALUE;
            high++;
        }
    }

    /** The sum. */
    public BigInteger value() {
        return BigInteger.valueOf(high).shiftLeft(63).add(BigInteger.valueOf(low));
    }
}
