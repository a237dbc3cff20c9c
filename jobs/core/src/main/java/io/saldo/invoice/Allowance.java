package io.saldo.invoice;

import io.saldo.money.Money;
import java.util.List;

/**
 * What an invoice takes off its lines, at document level.
 *
 * @param kind why it is taken off
 * @param amount in minor units, positive
 * @param purchaseInvoices for purchased credit: the numbers of the invoices by which it was bought, sorted
 */
public record Allowance(Kind kind, Money amount, List<String> purchaseInvoices) {
    /** Why an amount is taken off, in the order in which a document shows them. */
    public enum Kind {
        /** Paid from credit given for promotion. */
        CREDIT_PROMO("credit_promo"),
        /** Paid from credit given as an adjustment. */
        CREDIT_ADJUSTMENT("credit_adjustment"),
        /** Paid from purchased credit, which was taxed when bought. */
        CREDIT_PURCHASE("credit_purchase"),
        /** Carried as debt to be settled from the next credit. */
        CARRIED("carried"),
        /** Served without credit or above the cap: not charged. */
        UNFUNDED("unfunded"),
        /** In a correction, what it corrects the other way. */
        CORRECTION("correction");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in exports. */
        public String word() {
            return word;
        }
    }

    /** Keeps the list unchangeable. */
    public Allowance {
        purchaseInvoices = List.copyOf(purchaseInvoices);
    }
}
