package io.saldo.statement;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import java.math.BigInteger;

/** What a row set's count alone says it must have charged, against what was charged event by event. */
final class TierIdentities {
    private TierIdentities() {}

    static void prove(Proof proof, Statement statement, Scaled plan, Kernel kernel) {
        Amount amount = Amount.ZERO;
        Amount fees = Amount.ZERO;
        BigInteger packages = BigInteger.ZERO;
        BigInteger packed = BigInteger.ZERO;
        for (TierCounter counter : plan.tierCounters()) {
            BigInteger before = BigInteger.valueOf(counter.before);
            BigInteger counted = BigInteger.valueOf(counter.counted);
            Amount fee = fees(counter.set, before, counted);
            fees = fees.plus(fee);
            if (counter.mode == TierMode.PACKAGE) {
                BigInteger started = packages(counter.set, counted).subtract(packages(counter.set, before));
                packages = packages.add(started);
                packed = packed.add(counted).subtract(before);
                amount = amount.plus(counter.set.tiers().get(0).unitPrice().times(started));
            } else {
                amount = amount.plus(fee).plus(units(counter.set, before, counted));
            }
        }
        BigInteger lineUnits = BigInteger.ZERO;
        BigInteger linePackages = BigInteger.ZERO;
        Amount lineFees = Amount.ZERO;
        for (StatementLine line : statement.lines()) {
            switch (line.kind()) {
                case PACKAGE -> {
                    linePackages = linePackages.add(line.quantity());
                    lineUnits = lineUnits.add(line.units());
                }
                case FEE -> lineFees = lineFees.plus(line.amount());
                case USAGE, CHARGE, CORRECTION -> {}
            }
        }
        proof.equal("packages = those that the counts start", linePackages, packages)
                .equal("units in packages = the counts", lineUnits, packed)
                .equal("fees = those of the tiers that the counts enter", lineFees, fees)
                .equal("usage at tiers = what the counts cost", Amount.ofUnscaled(kernel.tiered, plan.scale()), amount);
    }

    private static BigInteger packages(RowSet set, BigInteger counted) {
        BigInteger size = BigInteger.valueOf(set.tiers().get(0).tier().packageSize());
        return counted.add(size).subtract(BigInteger.ONE).divide(size);
    }

    private static Amount fees(RowSet set, BigInteger before, BigInteger counted) {
        Amount fees = Amount.ZERO;
        for (PriceRow row : set.tiers()) {
            boolean entered = unitsIn(set, row, counted).signum() > 0;
            boolean owed = set.mode() == TierMode.VOLUME
                    ? before.signum() == 0 && row.equals(tierOf(set, counted))
                    : unitsIn(set, row, before).signum() == 0;
            fees = entered && owed ? fees.plus(row.tier().flatFee()) : fees;
        }
        return fees;
    }

    private static Amount units(RowSet set, BigInteger before, BigInteger counted) {
        if (counted.equals(before)) {
            return Amount.ZERO;
        }
        if (set.mode() == TierMode.VOLUME) {
            return tierOf(set, counted).price(counted.subtract(before));
        }
        Amount sum = Amount.ZERO;
        for (PriceRow row : set.tiers()) {
            sum = sum.plus(row.price(unitsIn(set, row, counted).subtract(unitsIn(set, row, before))));
        }
        return sum;
    }

    /** Of the units counted, those between the end of the tier before and the tier's own. */
    private static BigInteger unitsIn(RowSet set, PriceRow tier, BigInteger counted) {
        BigInteger before = BigInteger.ZERO;
        for (PriceRow row : set.tiers()) {
            if (row.tier().upTo() < tier.tier().upTo()) {
                before = BigInteger.valueOf(row.tier().upTo());
            }
        }
        BigInteger end = counted.min(BigInteger.valueOf(tier.tier().upTo()));
        return end.subtract(before).max(BigInteger.ZERO);
    }

    /** The tier of the last unit counted. */
    private static PriceRow tierOf(RowSet set, BigInteger counted) {
        return set.tiers().stream()
                .filter(row -> counted.compareTo(BigInteger.valueOf(row.tier().upTo())) <= 0)
                .findFirst()
                .orElseThrow();
    }
}
