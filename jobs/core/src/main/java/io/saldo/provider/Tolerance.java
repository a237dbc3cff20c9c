package io.saldo.provider;

import io.saldo.money.Amount;

/**
 * Which difference from a provider's figure is let pass: one within either limit.
 *
 * @param absolute in the unit of the figure
 * @param percent of the provider's figure
 */
public record Tolerance(Amount absolute, Amount percent) {
    /** Every difference is one. */
    public static final Tolerance NONE = new Tolerance(Amount.ZERO, Amount.ZERO);

    /** Whether that gross difference from the figure is let pass; both limits belong to what is let pass. */
    public boolean allows(Amount gross, Amount figure) {
        return gross.compareTo(absolute) <= 0 || gross.times(100).compareTo(percent.times(figure.absolute())) <= 0;
    }
}
