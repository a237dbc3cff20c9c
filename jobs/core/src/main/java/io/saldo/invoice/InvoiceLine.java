package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.statement.StatementLine;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * One line of an invoice.
 *
 * @param line its position, counted from 1
 * @param kind what it charges
 * @param usageMonth the month in which the usage happened
 * @param provider as logged; empty for surcharge and receivable
 * @param model after alias; for a charge the id of the break that was decided on; empty for surcharge and receivable
 * @param serviceTier the price row's tier; {@code standard} is the default tier; empty for surcharge and receivable
 * @param meter the meter's word in SPEC, such as {@code cached_input}; for a receivable the credit id, empty where it is
 *     carried debt; empty for surcharge
 * @param quantity tokens, units or packages; 1 for surcharge and receivable
 * @param unitPrice price of {@code perUnits} of the quantity, exact
 * @param perUnits 1, 1000 or 1000000; 1 for packages
 * @param amount in minor units
 * @param packageSize how many units a package has; null where none are charged
 */
public record InvoiceLine(
        int line,
        Kind kind,
        YearMonth usageMonth,
        String provider,
        String model,
        String serviceTier,
        String meter,
        Amount quantity,
        Amount unitPrice,
        long perUnits,
        Money amount,
        @Nullable Long packageSize) {
    /** A line without packages. */
    public InvoiceLine(
            int line,
            Kind kind,
            YearMonth usageMonth,
            String provider,
            String model,
            String serviceTier,
            String meter,
            Amount quantity,
            Amount unitPrice,
            long perUnits,
            Money amount) {
        this(line, kind, usageMonth, provider, model, serviceTier, meter, quantity, unitPrice, perUnits, amount, null);
    }

    /**
     * The line of a document for a line of a statement.
     *
     * @param kind of usage; a charge stays one
     * @param unitPrice the statement line's
     * @param quantity the statement line's, or its opposite
     */
    public static InvoiceLine of(
            StatementLine from, int line, Kind kind, Amount unitPrice, Amount quantity, Money amount) {
        boolean packages = from.kind() == StatementLine.Kind.PACKAGE;
        return new InvoiceLine(
                line,
                from.kind() == StatementLine.Kind.CHARGE ? Kind.CHARGE : kind,
                from.usageMonth(),
                from.provider(),
                from.model(),
                from.serviceTier(),
                from.meterWord(),
                quantity,
                unitPrice,
                packages ? 1 : from.perUnits(),
                amount,
                packages ? from.perUnits() : null);
    }

    /** How many units the price is for: of packages the size of one. */
    public long pricedUnits() {
        return packageSize == null ? perUnits : packageSize;
    }

    /** The same with another position and amount. */
    public InvoiceLine with(int otherLine, Money otherAmount) {
        return new InvoiceLine(
                otherLine,
                kind,
                usageMonth,
                provider,
                model,
                serviceTier,
                meter,
                quantity,
                unitPrice,
                perUnits,
                otherAmount,
                packageSize);
    }

    /** What a line charges, in the order in which a document shows them. */
    public enum Kind {
        /** Usage of the invoiced month. */
        USAGE("usage"),
        /** The surcharge on overage. */
        SURCHARGE("surcharge"),
        /** Usage of an earlier, closed month. */
        LATE_USAGE("late_usage"),
        /** Usage that nobody paid, charged by a decision. */
        CHARGE("charge"),
        /** In a correction, usage that is paid by another than the original said; the meter is the allowance's word. */
        CORRECTION("correction"),
        /** Credit that was taken back after it had been used, or debt that an account had carried when it closed; without tax. */
        RECEIVABLE("receivable");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in exports. */
        public String word() {
            return word;
        }
    }
}
