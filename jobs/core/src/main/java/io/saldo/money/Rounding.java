package io.saldo.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * The one place that rounds: exact amounts to document money, HALF_UP to the minor unit; averages; and what another system
 * makes of an amount.
 */
public final class Rounding {
    /** Digits after the point of an average. */
    public static final int AVERAGE_DIGITS = 12;

    private Rounding() {}

    /**
     * The amount in whole minor units, half up (away from zero at exactly one half).
     *
     * @throws ArithmeticException when the result passes 63 bits
     */
    public static Money halfUp(Amount amount, Currency currency) {
        return Money.of(
                currency, amount.toBigDecimal().setScale(Money.minorUnitDigits(currency), RoundingMode.HALF_UP));
    }

    /** What a system that keeps whole minor units, and rounds in that way, makes of an amount; ours stays exact. */
    public static Amount elsewhere(Amount amount, Currency currency, RoundingMode mode) {
        return Amount.of(amount.toBigDecimal().setScale(Money.minorUnitDigits(currency), mode));
    }

    /** The tax on a net: {@code net x percent / 100}, half up to the minor unit. */
    public static Money tax(Money net, Amount percent) {
        return halfUp(net.toAmount().times(percent).dividedByPowerOfTen(2), net.currency());
    }

    /**
     * The total over a count, half up at {@value #AVERAGE_DIGITS} digits after the point. For estimates: no average is
     * ever charged.
     *
     * @param count from 1 on
     */
    public static Amount average(Amount total, int count) {
        return Amount.of(total.toBigDecimal().divide(BigDecimal.valueOf(count), AVERAGE_DIGITS, RoundingMode.HALF_UP));
    }

    /**
     * The share that a part has in an amount that is stated for the whole: {@code amount x part / whole}, half up to the
     * minor unit. The whole has the amount as it is stated, and nothing has nothing.
     *
     * @param part from 0 to the whole
     */
    public static Amount share(Amount amount, Amount part, Amount whole, Currency currency) {
        if (part.isZero() || part.equals(whole)) {
            return part.isZero() ? Amount.ZERO : amount;
        }
        return Amount.of(amount.times(part)
                .toBigDecimal()
                .divide(whole.toBigDecimal(), Money.minorUnitDigits(currency), RoundingMode.HALF_UP));
    }

    /** {@code money x toPerEuro / fromPerEuro}, half up to the other currency's minor unit. */
    public static Money converted(Money money, Amount fromPerEuro, Amount toPerEuro, Currency currency) {
        return Money.of(
                currency,
                money.toAmount()
                        .times(toPerEuro)
                        .toBigDecimal()
                        .divide(fromPerEuro.toBigDecimal(), Money.minorUnitDigits(currency), RoundingMode.HALF_UP));
    }
}
