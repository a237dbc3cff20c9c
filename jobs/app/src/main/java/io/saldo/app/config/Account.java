package io.saldo.app.config;

import io.saldo.invoice.ElectronicInvoice;
import java.time.LocalDate;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is from an instant on, until its next row begins. Every text comes from outside and is untrusted.
 *
 * @param accountId whose row it is
 * @param effectiveFrom first instant in microseconds; {@code Instants.MIN} when open
 * @param name what people call it
 * @param legalName may be empty
 * @param address may be empty
 * @param postalCode may be empty
 * @param city may be empty
 * @param country ISO 3166-1 alpha-2
 * @param vatId may be empty
 * @param email may be empty
 * @param currency of all its money; the same in all its rows
 * @param locale the language of its documents: {@code en} or {@code de}
 * @param taxProfile a profile of {@code tax.yml}
 * @param electronicInvoice what accompanies the PDF
 * @param buyerReference the buyer's reference or Leitweg-ID; may be empty
 * @param openedOn null when not set
 * @param closedOn null when not set
 */
public record Account(
        String accountId,
        long effectiveFrom,
        String name,
        String legalName,
        String address,
        String postalCode,
        String city,
        String country,
        String vatId,
        String email,
        Currency currency,
        String locale,
        String taxProfile,
        ElectronicInvoice electronicInvoice,
        String buyerReference,
        @Nullable LocalDate openedOn,
        @Nullable LocalDate closedOn) {
    /** The name that a document states: the legal one where there is one. */
    public String documentName() {
        return legalName.isEmpty() ? name : legalName;
    }
}
