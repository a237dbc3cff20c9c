package io.saldo.money;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * Money as a document states it: a whole number of a currency's minor units (cents for EUR, yen for JPY).
 *
 * @param currency the ISO 4217 currency
 * @param minorUnits the value in minor units; the currency says how many make a major unit
 */
public record Money(Currency currency, long minorUnits) implements Comparable<Money> {
    /** Nothing, in that currency. */
    public static Money zero(Currency currency) {
        return new Money(currency, 0);
    }

    /**
     * The money of exactly this value.
     *
     * @throws ArithmeticException when the value is no whole number of minor units
     */
    public static Money of(Currency currency, BigDecimal majorUnits) {
        return new Money(
                currency,
                majorUnits.setScale(minorUnitDigits(currency)).unscaledValue().longValueExact());
    }

    /** Digits after the point of that currency by ISO 4217; 0 where the standard states none. */
    public static int minorUnitDigits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }

    /**
     * The sum.
     *
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException when the sum passes 63 bits
     */
    public Money plus(Money other) {
        return new Money(sameCurrency(other), Math.addExact(minorUnits, other.minorUnits));
    }

    /**
     * The difference.
     *
     * @throws IllegalArgumentException when the currencies differ
     * @throws ArithmeticException when the difference passes 63 bits
     */
    public Money minus(Money other) {
        return new Money(sameCurrency(other), Math.subtractExact(minorUnits, other.minorUnits));
    }

    /** Whether this is exactly nothing. */
    public boolean isZero() {
        return minorUnits == 0;
    }

    /** The value in major units, with all of the currency's digits: 12.50. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(minorUnits, minorUnitDigits(currency));
    }

    /** The same value as an exact amount. */
    public Amount toAmount() {
        return Amount.of(toBigDecimal());
    }

    @Override
    public int compareTo(Money other) {
        sameCurrency(other);
        return Long.compare(minorUnits, other.minorUnits);
    }

    @Override
    public String toString() {
        return toBigDecimal().toPlainString() + " " + currency.getCurrencyCode();
    }

    private Currency sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + " and " + other.currency);
        }
        return currency;
    }
}
