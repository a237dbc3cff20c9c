package io.saldo.statement;

import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import java.util.List;

/** A row set with tiers as columns, and how many units of the month it has counted. Prices and fees are scaled. */
final class TierCounter {
    private static final int UNDECIDED = -1;

    final RowSet set;
    final TierMode mode;

    /** The last unit of each tier. */
    final long[] upTo;

    /** Of a single unit, or of a package. */
    final long[] price;

    final long[] fee;

    /** The price row of each tier, by its number. */
    final int[] row;

    final long packageSize;

    /** Units that earlier statements counted. */
    final long before;

    /** Units so far, with those before. */
    long counted;

    private int volumeTier = UNDECIDED;

    TierCounter(RowSet set, int[] row, int scale, long before) {
        List<PriceRow> tiers = set.tiers();
        this.set = set;
        this.mode = set.mode();
        this.row = row;
        this.before = before;
        this.counted = before;
        this.packageSize = tiers.get(0).tier().packageSize();
        this.upTo =
                tiers.stream().map(PriceRow::tier).mapToLong(PriceTier::upTo).toArray();
        this.price =
                tiers.stream().mapToLong(tier -> tier.scaledUnitPrice(scale)).toArray();
        this.fee = tiers.stream()
                .mapToLong(tier -> tier.tier().flatFee().unscaled(scale))
                .toArray();
    }

    /** The tier of the next unit. */
    int next() {
        int tier = 0;
        while (counted >= upTo[tier] && tier < upTo.length - 1) {
            tier++;
        }
        return tier;
    }

    /** Whether the next unit is the first of that tier. */
    boolean enters(int tier) {
        return counted == (tier == 0 ? 0 : upTo[tier - 1]);
    }

    /** The tier whose price a unit of that tier has: with volume prices that of the month's total. */
    int priced(int tier) {
        return volumeTier == UNDECIDED ? tier : volumeTier;
    }

    /**
     * What entering that tier costs. With volume prices only the tier of the month's total has a fee, and none once an
     * earlier statement counted units: that has charged its own.
     */
    long feeOf(int tier) {
        if (mode == TierMode.VOLUME && before > 0) {
            return 0;
        }
        return priced(tier) == tier ? fee[tier] : 0;
    }

    /** Packages that the first so many units of the month start. */
    long packages(long units) {
        return units / packageSize + (units % packageSize == 0 ? 0 : 1);
    }

    /** Sets the tier of all units by the month's total, which is above zero, and counts from the beginning again. */
    void decideVolume(long total) {
        counted = total - 1;
        volumeTier = next();
        counted = before;
    }
}
