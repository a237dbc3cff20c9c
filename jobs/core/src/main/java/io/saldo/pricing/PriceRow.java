package io.saldo.pricing;

import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.usage.Meter;
import java.math.BigInteger;

/**
 * One price of a price book.
 *
 * @param priceBook the book it belongs to
 * @param provider as logged, or {@value #ANY_PROVIDER}
 * @param model after alias
 * @param serviceTier {@code standard} where the file has none
 * @param meter what it prices
 * @param unitPrice the price of {@code perUnits} units, never negative
 * @param perUnits 1, 1000 or 1000000; 1 for a package, whose price is for {@link PriceTier#packageSize} units
 * @param effectiveFrom first instant of validity in microseconds; {@code Instants.MIN} when open
 * @param effectiveTo first instant after it in microseconds; {@code Instants.MAX} when open
 * @param contextOver total input tokens of the event must be greater; 0 fits always
 * @param tier how the price depends on the month's quantity
 * @param place the line that defines it
 */
public record PriceRow(
        String priceBook,
        String provider,
        String model,
        String serviceTier,
        Meter meter,
        Amount unitPrice,
        long perUnits,
        long effectiveFrom,
        long effectiveTo,
        long contextOver,
        PriceTier tier,
        Place place) {
    /** The provider of a row that holds for every provider. */
    public static final String ANY_PROVIDER = "*";

    /** What it has in common with the other tiers of its set, and with no other row. */
    public RowSet.Key key() {
        return new RowSet.Key(priceBook, provider, model, serviceTier, meter, contextOver, effectiveFrom, effectiveTo);
    }

    /** Whether the row is valid at that instant. */
    public boolean isEffectiveAt(long micros) {
        return effectiveFrom <= micros && micros < effectiveTo;
    }

    /** Whether the row is meant for that provider, by name or for any. */
    public boolean isFor(String loggedProvider) {
        return provider.equals(loggedProvider) || provider.equals(ANY_PROVIDER);
    }

    /** The same price in no line of a file. */
    PriceRow withoutPlace() {
        return new PriceRow(
                priceBook,
                provider,
                model,
                serviceTier,
                meter,
                unitPrice,
                perUnits,
                effectiveFrom,
                effectiveTo,
                contextOver,
                tier,
                Place.NOWHERE);
    }

    /** What so many single units cost at its price, whatever its tier. */
    public Amount price(BigInteger units) {
        return unitPrice.times(units).dividedByPowerOfTen(powerOfTen(perUnits));
    }

    /** Digits after the point that the price of a single unit, or of a package, and the fee need. */
    public int unitScale() {
        return Math.max(unitPrice.scale() + powerOfTen(perUnits), tier.flatFee().scale());
    }

    /**
     * The exact price of a single unit, or of a package, counted in {@code 10^-scale} of a major unit.
     *
     * @param scale at least {@link #unitScale}
     * @throws ArithmeticException when it passes 63 bits
     */
    public long scaledUnitPrice(int scale) {
        return unitPrice.unscaled(scale - powerOfTen(perUnits));
    }

    /** The row as a person finds it again: book, provider, model, tier, meter and place. */
    @Override
    public String toString() {
        return priceBook + " " + provider + " " + model + " " + serviceTier + " " + meter.word()
                + (contextOver > 0 ? " over " + contextOver : "") + " (" + place + ")";
    }

    private static int powerOfTen(long perUnits) {
        int power = 0;
        for (long left = perUnits; left >= 10; left /= 10) {
            power++;
        }
        return power;
    }
}
