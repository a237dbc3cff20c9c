package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;

/**
 * A person's decision on usage that a statement's month served without credit. It covers an amount, the one that was
 * known when it was decided: usage of the month in event order, late usage first, until the amount is reached. What is
 * unfunded beyond it is undecided.
 *
 * @param number orders decisions; unique
 * @param month of the statement in which the usage is unfunded
 * @param outcome what becomes of the amount
 * @param amount greater than 0
 */
public record UnfundedDecision(long number, YearMonth month, Outcome outcome, Amount amount) {
    /** What a person can decide. */
    public enum Outcome {
        /** It is overage, with the surcharge of the terms, whatever their cap. */
        CHARGE,
        /** It stays unfunded, and nobody asks for it any more. */
        WAIVE
    }
}
