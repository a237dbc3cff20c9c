package io.saldo.health;

import io.saldo.money.Amount;

/**
 * What a grant has left.
 *
 * @param creditId the grant
 * @param amount greater than 0
 * @param usableDays for how many whole days after the night it still pays; {@link #FOR_EVER} when it does not expire
 * @param scoped whether it pays only for one provider or model, so that nobody knows how much of the usage it will pay
 */
public record RemainingCredit(String creditId, Amount amount, int usableDays, boolean scoped) {
    /** The days of credit that does not expire. */
    public static final int FOR_EVER = Integer.MAX_VALUE;
}
