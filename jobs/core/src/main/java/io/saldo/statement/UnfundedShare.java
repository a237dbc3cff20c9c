package io.saldo.statement;

import io.saldo.money.Amount;

/**
 * Usage that nobody pays, for one reason.
 *
 * @param reason why
 * @param amount greater than 0
 * @param events in how many events
 * @param firstAt the instant of the first of them, in microseconds
 */
public record UnfundedShare(Reason reason, Amount amount, long events, long firstAt) {
    /** Why nobody pays. */
    public enum Reason {
        /** It was served without credit under the policy {@code block}. */
        SERVED_WITHOUT_CREDIT,
        /** It is overage above the monthly cap. */
        ABOVE_CAP
    }
}
