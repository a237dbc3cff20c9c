package io.saldo.pricelist;

import io.saldo.money.Amount;

/**
 * One price for a span of time.
 *
 * @param from first instant in microseconds; {@code Instants.MIN} when open
 * @param to first instant after it in microseconds; {@code Instants.MAX} when open
 * @param unitPrice price of {@code perUnits} units, from 0 on
 * @param perUnits 1, 1000 or 1000000
 */
public record PriceSpan(long from, long to, Amount unitPrice, long perUnits) {
    /**
     * Checks what every span must be.
     *
     * @throws IllegalArgumentException when it is empty, negative or for another number of units
     */
    public PriceSpan {
        if (to <= from) {
            throw new IllegalArgumentException("a span ends after it begins");
        }
        if (unitPrice.signum() < 0) {
            throw new IllegalArgumentException("a price is never negative");
        }
        if (perUnits != 1 && perUnits != 1_000 && perUnits != 1_000_000) {
            throw new IllegalArgumentException("a price is for 1, 1000 or 1000000 units");
        }
    }

    /** The exact price of a single unit, by which prices of different {@code perUnits} are compared. */
    public Amount ofOneUnit() {
        return unitPrice.dividedByPowerOfTen(perUnits == 1 ? 0 : perUnits == 1_000 ? 3 : 6);
    }

    /** Whether a unit costs the same, whenever. */
    public boolean costsAs(PriceSpan other) {
        return ofOneUnit().equals(other.ofOneUnit());
    }

    /** The same price for another time. */
    public PriceSpan during(long start, long end) {
        return start == from && end == to ? this : new PriceSpan(start, end, unitPrice, perUnits);
    }

    boolean holdsAt(long micros) {
        return from <= micros && micros < to;
    }
}
