package io.saldo.vectors;

/**
 * A peer's answer and ours, in one writing.
 *
 * @param expected what the peer's test expects
 * @param answer what Saldo computes
 */
record Comparison(Object expected, Object answer) {
    boolean agrees() {
        return expected.equals(answer);
    }
}
