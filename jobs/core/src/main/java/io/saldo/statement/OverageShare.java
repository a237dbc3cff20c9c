package io.saldo.statement;

import io.saldo.money.Amount;

/**
 * Overage under one multiplier.
 *
 * @param multiplier of the terms at the usage's instant, at least 1
 * @param amount overage without surcharge
 */
public record OverageShare(Amount multiplier, Amount amount) {
    /** {@code amount x (multiplier - 1)}, exact. */
    public Amount surcharge() {
        return amount.times(multiplier.minus(Amount.of(1)));
    }
}
