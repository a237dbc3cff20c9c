package io.saldo.statement;

import io.saldo.money.Amount;

/**
 * Usage that nobody pays, for one reason, of one usage month and under the same terms.
 *
 * @param reason why
 * @param multiplier of the terms at the usage's instant: the surcharge if it is charged after all
 * @param amount greater than 0
 * @param events in how many events
 * @param firstAt the instant of the first of them, in microseconds
 */
public record UnfundedShare(Reason reason, Amount multiplier, Amount amount, long events, long firstAt) {
    /** Why nobody pays. */
    public enum Reason {
        /** It was served without credit under the policy {@code block}. */
        SERVED_WITHOUT_CREDIT,
        /** The same, and finance decided that it is not charged. */
        WAIVED,
        /** It is overage above the monthly cap. */
        ABOVE_CAP
    }
}
