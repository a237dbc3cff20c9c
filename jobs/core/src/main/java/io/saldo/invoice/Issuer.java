package io.saldo.invoice;

import java.util.Currency;

/**
 * Who issues the invoices.
 *
 * @param party name and address
 * @param registration commercial register entry; may be empty
 * @param managingDirectors may be empty
 * @param phone may be empty
 * @param website may be empty
 * @param bankName where to pay
 * @param iban where to pay
 * @param bic may be empty
 * @param taxCurrency the currency in which the issuer owes tax
 */
public record Issuer(
        Party party,
        String registration,
        String managingDirectors,
        String phone,
        String website,
        String bankName,
        String iban,
        String bic,
        Currency taxCurrency) {}
