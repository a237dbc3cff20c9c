package io.saldo.documents.invoice;

import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxConversion;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an invoice or a usage statement shows.
 *
 * @param invoice the amounts
 * @param number the invoice number; empty for a draft, which is then marked as one, and for a usage statement
 * @param issuedOn null for a draft
 * @param dueOn null for a draft, and where nothing is due
 * @param issuer who issues it
 * @param buyer who receives it
 * @param buyerReference the buyer's own reference; may be empty
 * @param language {@code en} or {@code de}
 * @param electronicInvoice the structured invoice that goes with it
 * @param taxConversion the tax in the issuer's tax currency; null where that is the invoice's own, or no tax is charged
 * @param original the invoice that a credit note corrects; null for every other document
 * @param credit the month's credit statement, one for each grant; empty when the account has no credit
 * @param dailyUsage the month's usage by day, sorted by date; empty when there was none
 */
public record InvoiceDocument(
        Invoice invoice,
        String number,
        @Nullable LocalDate issuedOn,
        @Nullable LocalDate dueOn,
        Issuer issuer,
        Party buyer,
        String buyerReference,
        String language,
        ElectronicInvoice electronicInvoice,
        @Nullable TaxConversion taxConversion,
        @Nullable Original original,
        List<CreditPosition> credit,
        List<DailyUsage> dailyUsage) {
    /**
     * An issued invoice that another document refers to.
     *
     * @param number its number
     * @param issuedOn its date
     */
    public record Original(String number, LocalDate issuedOn) {}

    /** Keeps the lists unchangeable; a document stored before there were structured invoices has none. */
    public InvoiceDocument {
        electronicInvoice = Objects.requireNonNullElse(electronicInvoice, ElectronicInvoice.NONE);
        credit = List.copyOf(credit);
        dailyUsage = List.copyOf(dailyUsage);
    }

    /** Whether it is an invoice without a number. */
    public boolean draft() {
        return invoice.kind() != Invoice.Kind.STATEMENT && number.isEmpty();
    }

    /** Whether a structured invoice goes with it: never with a statement, which asks for nothing. */
    public boolean isStructured() {
        return electronicInvoice != ElectronicInvoice.NONE && invoice.kind() != Invoice.Kind.STATEMENT;
    }

    /**
     * The same document with what its issue gives it.
     *
     * @param number empty for a usage statement
     * @param dueOn null where nothing is to be paid
     */
    public InvoiceDocument issued(String number, @Nullable LocalDate issuedOn, @Nullable LocalDate dueOn) {
        return new InvoiceDocument(
                invoice,
                number,
                issuedOn,
                invoice.total().isZero() ? null : dueOn,
                issuer,
                buyer,
                buyerReference,
                language,
                electronicInvoice,
                taxConversion,
                original,
                credit,
                dailyUsage);
    }
}
