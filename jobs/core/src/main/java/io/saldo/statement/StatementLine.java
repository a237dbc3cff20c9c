package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one key with its coverage. The key is all up to {@code perUnits}. Only usage and packages stand for units; a fee
 * is money that came with a unit.
 *
 * @param usageMonth the month in which it was used
 * @param provider as logged
 * @param model after alias
 * @param serviceTier {@code standard} where the log has none
 * @param meter what was counted
 * @param kind what the quantity counts
 * @param unitPrice the price of {@code perUnits} units, of a package, or a fee; null when unpriced
 * @param perUnits 1, 1000 or 1000000; the package's size in a line of packages; 1 in a line of fees; 0 when unpriced
 * @param quantity units, packages or fees; a line of packages has 0 where its units started none
 * @param units the units behind it: those of usage, those that the packages hold or that fitted into one already paid,
 *     none behind a fee or a charge
 * @param amount {@code quantity x unitPrice / perUnits}, of packages and fees {@code quantity x unitPrice}; 0 when
 *     unpriced
 * @param credit of the amount, what grants paid
 * @param payg of the amount, what is invoiced as agreed
 * @param overage of the amount, what is invoiced beyond credit, without surcharge
 * @param carried of the amount, what became debt
 * @param unfunded of the amount, what nobody pays
 */
public record StatementLine(
        YearMonth usageMonth,
        String provider,
        String model,
        String serviceTier,
        Meter meter,
        Kind kind,
        @Nullable Amount unitPrice,
        long perUnits,
        BigInteger quantity,
        BigInteger units,
        Amount amount,
        Amount credit,
        Amount payg,
        Amount overage,
        Amount carried,
        Amount unfunded) {
    /** What a line's quantity counts. */
    public enum Kind {
        /** Units of the meter, priced one by one or unpriced. */
        USAGE,
        /** Packages that the units started. */
        PACKAGE,
        /** Fees of tiers that the units entered. */
        FEE,
        /** Usage that nobody paid, charged by a decision. The model is the break's id, the meter says nothing. */
        CHARGE,
        /**
         * What grants pay for a closed month by an approved dispute. The model is the dispute's number, the meter says
         * nothing; the dispute's own document shows the usage.
         */
        CORRECTION
    }

    /** The order of lines in exports and documents: by key, empty first; the meter by its word. */
    public static final Comparator<StatementLine> KEY_ORDER = Comparator.comparing(StatementLine::usageMonth)
            .thenComparing(StatementLine::provider, TextOrder.UTF_8)
            .thenComparing(StatementLine::model, TextOrder.UTF_8)
            .thenComparing(StatementLine::serviceTier, TextOrder.UTF_8)
            .thenComparing(StatementLine::meterWord, TextOrder.UTF_8)
            .thenComparing(StatementLine::unitPrice, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(StatementLine::perUnits)
            .thenComparing(StatementLine::kind);

    /** A line of usage that a decision charges: it stands for no units, and is overage. */
    static StatementLine charge(YearMonth usageMonth, String breakId, Amount amount) {
        return single(usageMonth, breakId, Kind.CHARGE, amount, Coverage.OVERAGE);
    }

    /** A line of what a dispute has grants pay: it stands for no units. */
    static StatementLine correction(YearMonth usageMonth, long dispute, Amount amount) {
        return single(usageMonth, String.valueOf(dispute), Kind.CORRECTION, amount, Coverage.CREDIT);
    }

    private static StatementLine single(
            YearMonth usageMonth, String model, Kind kind, Amount amount, Coverage coverage) {
        return new StatementLine(
                usageMonth,
                "",
                model,
                "",
                Meter.REQUEST,
                kind,
                amount,
                1,
                BigInteger.ONE,
                BigInteger.ZERO,
                amount,
                coverage == Coverage.CREDIT ? amount : Amount.ZERO,
                Amount.ZERO,
                coverage == Coverage.OVERAGE ? amount : Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO);
    }

    /** The word of the meter in exports and documents; a fee and a charge have words of their own. */
    public String meterWord() {
        return switch (kind) {
            case USAGE, PACKAGE -> meter.word();
            case FEE -> meter.word() + "_fee";
            case CHARGE -> "charge";
            case CORRECTION -> "correction";
        };
    }

    /** What {@code quantity x unitPrice} is divided by to give the amount. */
    long priceDivisor() {
        return kind == Kind.USAGE ? perUnits : 1;
    }

    /** Whether it comes from a decision of a person and from no event. */
    public boolean isDecided() {
        return kind == Kind.CHARGE || kind == Kind.CORRECTION;
    }

    /** Whether the quantity has a price. */
    public boolean isPriced() {
        return unitPrice != null;
    }
}
