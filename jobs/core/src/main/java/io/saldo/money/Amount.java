package io.saldo.money;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * An exact decimal amount of money or price, in major units of a currency that the context names.
 *
 * <p>Two amounts are equal when their values are: {@code 1.0} equals {@code 1}. No operation rounds. Immutable.
 */
public final class Amount implements Comparable<Amount> {
    /** Nothing. */
    public static final Amount ZERO = new Amount(BigDecimal.ZERO);

    /** Digits that text may have before and after the point together; more is refused rather than cut. */
    public static final int DIGITS_MAX = 60;

    /** Digits after the point that an amount from outside may need. */
    public static final int FRACTION_DIGITS_MAX = 12;

    /** Digits before the point that an amount from outside may need. */
    public static final int WHOLE_DIGITS_MAX = 15;

    private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,3})?");

    private final BigDecimal value;

    private Amount(BigDecimal value) {
        this.value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    /** The amount of exactly this value. */
    public static Amount of(BigDecimal value) {
        return new Amount(value);
    }

    /** A whole number of major units. */
    public static Amount of(long majorUnits) {
        return new Amount(BigDecimal.valueOf(majorUnits));
    }

    /** {@code unscaled x 10^-scale}, exactly. */
    public static Amount ofUnscaled(long unscaled, int scale) {
        return new Amount(BigDecimal.valueOf(unscaled, scale));
    }

    /**
     * Reads decimal text such as {@code 12.5}, {@code -0.00000015} or {@code 1.5e-07}, exactly.
     *
     * @throws NumberFormatException when the text is not a decimal of at most {@value #DIGITS_MAX} digits
     */
    public static Amount parse(String text) {
        if (text.length() > DIGITS_MAX + 8 || !PLAIN.matcher(text).matches()) {
            throw new NumberFormatException("not a decimal number");
        }
        BigDecimal parsed = new BigDecimal(text);
        if (parsed.precision() > DIGITS_MAX || Math.abs((long) parsed.scale()) > DIGITS_MAX) {
            throw new NumberFormatException("more than " + DIGITS_MAX + " digits");
        }
        return new Amount(parsed);
    }

    /** The sum. */
    public Amount plus(Amount other) {
        return new Amount(value.add(other.value));
    }

    /** The difference. */
    public Amount minus(Amount other) {
        return new Amount(value.subtract(other.value));
    }

    /** The exact product. */
    public Amount times(Amount factor) {
        return new Amount(value.multiply(factor.value));
    }

    /** The exact product with a whole number. */
    public Amount times(BigInteger factor) {
        return new Amount(value.multiply(new BigDecimal(factor)));
    }

    /** The exact product with a whole number. */
    public Amount times(long factor) {
        return new Amount(value.multiply(BigDecimal.valueOf(factor)));
    }

    /**
     * The exact quotient by a power of ten.
     *
     * @param power from 0 on
     */
    public Amount dividedByPowerOfTen(int power) {
        return new Amount(value.movePointLeft(power));
    }

    /**
     * How often the other fits into this as a whole: the quotient without its fraction.
     *
     * @throws ArithmeticException when the other is nothing, or the quotient passes 63 bits
     */
    public long wholeTimes(Amount other) {
        return value.divideToIntegralValue(other.value).longValueExact();
    }

    /** This amount with the other sign. */
    public Amount negated() {
        return new Amount(value.negate());
    }

    /** The value without its sign. */
    public Amount absolute() {
        return new Amount(value.abs());
    }

    /** The smaller of the two. */
    public Amount min(Amount other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** -1, 0 or 1. */
    public int signum() {
        return value.signum();
    }

    /** Whether this is exactly nothing. */
    public boolean isZero() {
        return value.signum() == 0;
    }

    /** Digits after the point that this value needs, from 0 on. */
    public int scale() {
        return Math.max(0, value.scale());
    }

    /**
     * Whether it needs more digits than an amount from outside may have. A month is computed in whole units of its
     * finest amount, within 63 bits: one amount of twenty digits would leave no room for the others.
     */
    public boolean hasTooManyDigits() {
        return value.scale() > FRACTION_DIGITS_MAX || value.precision() - value.scale() > WHOLE_DIGITS_MAX;
    }

    /**
     * This amount counted in units of {@code 10^-scale}.
     *
     * @throws ArithmeticException when the value needs more digits after the point, or passes 63 bits
     */
    public long unscaled(int scale) {
        return value.setScale(scale).unscaledValue().longValueExact();
    }

    /** The value as the JDK's decimal, for a database or a document. */
    public BigDecimal toBigDecimal() {
        return value;
    }

    @Override
    public int compareTo(Amount other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amount amount && value.compareTo(amount.value) == 0;
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Plain decimal text: no exponent, no trailing zeros. {@link #parse} reads it back to an equal amount. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
