package io.saldo.invoice;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.YearMonth;

/**
 * One line of an invoice.
 *
 * @param line its position, counted from 1
 * @param kind what it charges
 * @param usageMonth the month in which the usage happened
 * @param provider as logged; empty for surcharge and receivable
 * @param model after alias; for a charge the id of the break that was decided on; empty for surcharge and receivable
 * @param serviceTier the price row's tier; {@code standard} is the default tier; empty for surcharge and receivable
 * @param meter the meter's word in SPEC, such as {@code cached_input}; for a receivable the credit id; empty for surcharge
 * @param quantity tokens or units; 1 for surcharge and receivable
 * @param unitPrice price of {@code perUnits} of the quantity, exact
 * @param perUnits 1, 1000 or 1000000
 * @param amount in minor units
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
        Money amount) {
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
        /** Credit that was taken back after it had been used; without tax. */
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
