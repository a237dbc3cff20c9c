package io.saldo.statement;

import io.saldo.money.Amount;
import java.time.YearMonth;

/**
 * Overage of a usage month under one multiplier.
 *
 * @param usageMonth the month in which it was used
 * @param multiplier of the terms at the usage's instant, at least 1
 * @param amount overage without surcharge
 */
public record OverageShare(YearMonth usageMonth, Amount multiplier, Amount amount) {
    /** {@code amount x (multiplier - 1)}, exact. */
    public Amount surcharge() {
        return amount.times(multiplier.minus(Amount.of(1)));
    }
}
