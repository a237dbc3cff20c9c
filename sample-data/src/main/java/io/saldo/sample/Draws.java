package io.saldo.sample;

/** SplitMix64, written out so that no Java version can change the bytes. */
final class Draws {
    private long state;

    Draws(long seed) {
        this.state = seed;
    }

    /** From 0 to {@code bound - 1}; the bias of at most bound / 2^63 does not matter here. */
    long below(long bound) {
        state += 0x9E3779B97F4A7C15L;
        return Math.multiplyHigh(mix(state) >>> 1, bound << 1);
    }

    /** The finalizer of SplitMix64: a bijection, so different numbers make different ids. */
    static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
