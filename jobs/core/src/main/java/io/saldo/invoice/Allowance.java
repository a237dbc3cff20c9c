package io.saldo.invoice;

import io.saldo.money.Money;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an invoice takes off its lines, at document level.
 *
 * @param kind why it is taken off
 * @param amount in minor units, positive
 * @param purchaseInvoices for purchased credit: the numbers of the invoices by which it was bought, sorted
 * @param byTax of the amount, what each of the invoice's taxes bears, in their order; empty where it has one tax
 */
public record Allowance(Kind kind, Money amount, List<String> purchaseInvoices, List<Money> byTax) {
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
        UNFUNDED("unfunded");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in exports. */
        public String word() {
            return word;
        }
    }

    /** Keeps the lists unchangeable; documents of before have no parts. */
    public Allowance(Kind kind, Money amount, List<String> purchaseInvoices, @Nullable List<Money> byTax) {
        this.kind = kind;
        this.amount = amount;
        this.purchaseInvoices = List.copyOf(purchaseInvoices);
        this.byTax = List.copyOf(Objects.requireNonNullElse(byTax, List.of()));
    }

    /** An allowance of an invoice with one tax. */
    public Allowance(Kind kind, Money amount, List<String> purchaseInvoices) {
        this(kind, amount, purchaseInvoices, List.of());
    }
}
