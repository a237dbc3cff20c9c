package io.saldo.documents.einvoice;

import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.YearMonth;
import java.util.List;

/**
 * How the standard's tax groups stand for an invoice.
 *
 * <p>A receivable is no supply: nothing is sold for it, an advance payment was reversed after what it paid for had been
 * used. The standard's category for that, O (not subject to VAT), cannot stand beside another category in one invoice.
 * So beside supplies it is what it is: an advance payment with a negative amount, which raises what is due and touches
 * neither the lines nor the tax. An invoice that charges nothing else states its receivables as lines of category O, and
 * then must not name the VAT ids.
 *
 * @param onlyReceivables whether there are no supplies
 * @param taxes the groups
 * @param advance what was paid in advance: zero, or the receivables with a negative sign
 */
record TaxedAs(boolean onlyReceivables, List<TaxLine> taxes, Money advance) {
    private static final String NOT_SUBJECT_TO_VAT = "O";

    static TaxedAs of(InvoiceDocument document, String notSubject) {
        Invoice invoice = document.invoice();
        Money receivables = invoice.receivableTotal();
        Money zero = Money.zero(invoice.currency());
        if (invoice.taxes().isEmpty()) {
            return new TaxedAs(
                    true, List.of(new TaxLine(NOT_SUBJECT_TO_VAT, Amount.ZERO, receivables, zero, notSubject)), zero);
        }
        return new TaxedAs(false, invoice.taxes(), zero.minus(receivables));
    }

    /**
     * The group that taxes a month's lines.
     *
     * @throws IllegalArgumentException when there is none
     */
    TaxLine of(YearMonth usageMonth) {
        return taxes.stream()
                .filter(tax -> taxes.size() == 1 || tax.usageMonths().contains(usageMonth))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tax of usage in " + usageMonth));
    }

    /** What each group bears of an allowance, in their order. */
    List<Money> shares(Allowance allowance) {
        return taxes.size() == 1 ? List.of(allowance.amount()) : allowance.byTax();
    }

    /** Whether VAT ids must not be named. */
    boolean notSubject() {
        return taxes.stream().anyMatch(tax -> tax.category().equals(NOT_SUBJECT_TO_VAT));
    }

    /** The standard's code for why no tax is charged; empty where it has none. */
    static String reasonCode(TaxLine tax) {
        return switch (tax.category()) {
            case "AE", "G", NOT_SUBJECT_TO_VAT -> "VATEX-EU-" + tax.category();
            default -> "";
        };
    }
}
