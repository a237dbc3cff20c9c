package io.saldo.documents.invoice;

import io.saldo.invoice.CreditPosition;
import io.saldo.invoice.DailyUsage;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.Party;
import java.time.LocalDate;
import java.util.List;
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
        List<CreditPosition> credit,
        List<DailyUsage> dailyUsage) {
    /** Keeps the lists unchangeable. */
    public InvoiceDocument {
        credit = List.copyOf(credit);
        dailyUsage = List.copyOf(dailyUsage);
    }

    /** Whether it is an invoice without a number. */
    public boolean draft() {
        return invoice.kind() == Invoice.Kind.INVOICE && number.isEmpty();
    }
}
