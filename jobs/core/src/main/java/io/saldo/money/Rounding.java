package io.saldo.money;

import java.math.RoundingMode;
import java.util.Currency;

/** The one place that turns an exact amount into document money: HALF_UP to the minor unit (SPEC 9.3). */
public final class Rounding {
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

    /** The tax on a net: {@code net x percent / 100}, half up to the minor unit. */
    public static Money tax(Money net, Amount percent) {
        return halfUp(net.toAmount().times(percent).dividedByPowerOfTen(2), net.currency());
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
