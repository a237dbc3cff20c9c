package io.saldo.app.store;

import java.math.BigInteger;

/**
 * Where the records of a delivery are, or what one run changed of it.
 *
 * @param records all of them: always the sum of the next five
 * @param notBillable of the accepted
 * @param inputTokens as logged, of all that were not rejected
 * @param outputTokens as logged, of all that were not rejected
 */
public record DeliveryCounts(
        long records,
        long accepted,
        long duplicate,
        long conflict,
        long rejected,
        long held,
        long notBillable,
        BigInteger inputTokens,
        BigInteger outputTokens) {
    /** Nothing. */
    public static final DeliveryCounts NONE = new DeliveryCounts(0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO);

    /** The sum. */
    public DeliveryCounts plus(DeliveryCounts other) {
        return new DeliveryCounts(
                records + other.records,
                accepted + other.accepted,
                duplicate + other.duplicate,
                conflict + other.conflict,
                rejected + other.rejected,
                held + other.held,
                notBillable + other.notBillable,
                inputTokens.add(other.inputTokens),
                outputTokens.add(other.outputTokens));
    }

    /** Whether every record is in exactly one place (SPEC 4.2). */
    public boolean isProved() {
        return records == accepted + duplicate + conflict + rejected + held;
    }
}
