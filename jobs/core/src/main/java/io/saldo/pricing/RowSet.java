package io.saldo.pricing;

import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;

/**
 * The rows that together are one price: equal in everything but price and tier. A flat price is a set of one.
 *
 * @param tiers the rows by their rising end; only the last is open
 */
public record RowSet(List<PriceRow> tiers) {
    /**
     * What the rows of a set have in common, and no other set has: the identity of its counter.
     *
     * @param priceBook the book of the rows
     * @param provider as logged, or {@link PriceRow#ANY_PROVIDER}
     * @param model after alias
     * @param serviceTier {@code standard} where the file has none
     * @param meter what the rows price; meters that fall back to it are counted here too
     * @param contextOver total input tokens of the event must be greater; 0 fits always
     * @param effectiveFrom first instant of validity in microseconds
     * @param effectiveTo first instant after it in microseconds
     */
    public record Key(
            String priceBook,
            String provider,
            String model,
            String serviceTier,
            Meter meter,
            long contextOver,
            long effectiveFrom,
            long effectiveTo)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::priceBook, TextOrder.UTF_8)
                .thenComparing(Key::provider, TextOrder.UTF_8)
                .thenComparing(Key::model, TextOrder.UTF_8)
                .thenComparing(Key::serviceTier, TextOrder.UTF_8)
                .thenComparing(Key::meter)
                .thenComparingLong(Key::contextOver)
                .thenComparingLong(Key::effectiveFrom)
                .thenComparingLong(Key::effectiveTo);

        /**
         * Whether it is the same set, or the same before or after it was given its end: a price that is ended goes on counting. No
         * other set begins with it, for that would be ambiguous.
         */
        public boolean isSameUpToItsEnd(Key other) {
            return ending(0).equals(other.ending(0));
        }

        private Key ending(long at) {
            return new Key(priceBook, provider, model, serviceTier, meter, contextOver, effectiveFrom, at);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final Comparator<PriceRow> RISING =
            Comparator.comparingLong(row -> row.tier().upTo());

    /** Sorts the rows by their tier. */
    public RowSet {
        tiers = tiers.stream().sorted(RISING).toList();
    }

    /** What makes it this set. */
    public Key key() {
        return tiers.get(0).key();
    }

    /** The same price, wherever it is written: equal for two versions of a book that differ in other rows. */
    public RowSet withoutPlaces() {
        return new RowSet(tiers.stream().map(PriceRow::withoutPlace).toList());
    }

    /** How its price depends on the month's quantity. */
    public TierMode mode() {
        return tiers.get(0).tier().mode();
    }

    /** Total input tokens of the event must be greater; 0 fits always. */
    public long contextOver() {
        return tiers.get(0).contextOver();
    }

    /**
     * What the first so many units of a month cost, fees included; in which order they came does not matter. With volume prices
     * all have the price of the last one's tier.
     *
     * @param units nothing costs nothing, and so does less than nothing
     */
    public Amount cost(BigInteger units) {
        if (units.signum() <= 0) {
            return Amount.ZERO;
        }
        if (mode() == TierMode.PACKAGE) {
            BigInteger size = BigInteger.valueOf(tiers.get(0).tier().packageSize());
            BigInteger started = units.add(size).subtract(BigInteger.ONE).divide(size);
            return tiers.get(0).unitPrice().times(started);
        }
        Amount cost = Amount.ZERO;
        BigInteger before = BigInteger.ZERO;
        for (PriceRow row : tiers) {
            BigInteger upTo = BigInteger.valueOf(row.tier().upTo());
            boolean last = row.tier().isOpen() || units.compareTo(upTo) <= 0;
            BigInteger end = last ? units : upTo;
            BigInteger charged = mode() == TierMode.VOLUME ? units : end.subtract(before);
            Amount tier = row.price(charged).plus(row.tier().flatFee());
            cost = mode() == TierMode.VOLUME ? tier : cost.plus(tier);
            if (last) {
                return cost;
            }
            before = end;
        }
        throw new IllegalStateException(key() + " has no open tier");
    }

    /** What so many more units cost after those before them: less than nothing where volume prices fall. */
    public Amount cost(BigInteger before, BigInteger units) {
        return cost(before.add(units)).minus(cost(before));
    }
}
