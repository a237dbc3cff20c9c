package io.saldo.pricing;

import io.saldo.money.Amount;

/**
 * How a price row takes part in its row set.
 *
 * @param mode how the price depends on the month's quantity; the same in all rows of a set
 * @param upTo the last unit of the month that has this price, counted from 1; {@link #OPEN} where there is no last one
 * @param flatFee charged once, when a unit of the month first enters the tier; zero for none
 * @param packageSize how many units a package has; 0 unless the mode is {@link TierMode#PACKAGE}
 */
public record PriceTier(TierMode mode, long upTo, Amount flatFee, long packageSize) {
    /** In {@link #upTo}: the tier never ends. */
    public static final long OPEN = Long.MAX_VALUE;

    /** One price, whatever the quantity. */
    public static final PriceTier FLAT = new PriceTier(TierMode.FLAT, OPEN, Amount.ZERO, 0);

    /** A price for each package that is started. */
    public static PriceTier packages(long size) {
        return new PriceTier(TierMode.PACKAGE, OPEN, Amount.ZERO, size);
    }

    /** Whether no unit is beyond it. */
    public boolean isOpen() {
        return upTo == OPEN;
    }
}
