package io.saldo.documents.invoice;

import static io.saldo.documents.invoice.Samples.EURO;
import static io.saldo.documents.invoice.Samples.OCTOBER;
import static io.saldo.documents.invoice.Samples.euro;
import static io.saldo.documents.invoice.Samples.usage;

import io.saldo.invoice.Allowance;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents that correct an earlier one, and one that taxes late usage by another rate: amounts add up. */
final class CorrectionSamples {
    private static final LocalDate ISSUED_ON = LocalDate.of(2026, 12, 4);

    private CorrectionSamples() {}

    /** Takes back usage that was paid from credit and by the invoice. */
    static InvoiceDocument creditNote(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "openai", "gpt-5.1", "standard", "input", 40_000_000, "1.25", 1_000_000, "50.00");
        usage(lines, "openai", "gpt-5.1", "standard", "output", 3_000_000, "10", 1_000_000, "30.00");
        Invoice invoice = invoice(
                Invoice.Kind.CREDIT_NOTE,
                lines,
                List.of(new Allowance(Allowance.Kind.CREDIT_PURCHASE, euro("50.00"), List.of("INV-2026-000071"))),
                List.of(tax("19", "30.00")));
        return document(invoice, "CN-2026-000004", null, language);
    }

    /** Charges what a dispute found beyond the original. */
    static InvoiceDocument supplement(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "anthropic", "claude-sonnet-4-5", "standard", "output", 2_000_000, "15", 1_000_000, "30.00");
        lines.add(new InvoiceLine(
                2,
                InvoiceLine.Kind.CORRECTION,
                OCTOBER,
                "",
                "",
                "",
                "unfunded",
                Amount.of(1),
                Amount.parse("4.5"),
                1,
                euro("4.50")));
        Invoice invoice = invoice(Invoice.Kind.INVOICE, lines, List.of(), List.of(tax("19", "34.50")));
        return document(invoice, "INV-2026-000161", ISSUED_ON.plusDays(14), language);
    }

    /** October at the standard rate, late usage of a month that had another one. */
    static InvoiceDocument severalTaxes(String language) {
        List<InvoiceLine> lines = new ArrayList<>();
        usage(lines, "openai", "gpt-5.1", "standard", "input", 80_000_000, "1.25", 1_000_000, "100.00");
        lines.add(new InvoiceLine(
                2,
                InvoiceLine.Kind.LATE_USAGE,
                OCTOBER.minusMonths(1),
                "openai",
                "gpt-5.1",
                "standard",
                "output",
                Amount.of(5_000_000),
                Amount.of(10),
                1_000_000,
                euro("50.00")));
        Invoice invoice = invoice(
                Invoice.Kind.INVOICE,
                lines,
                List.of(new Allowance(
                        Allowance.Kind.CREDIT_PROMO, euro("30.00"), List.of(), List.of(euro("20.00"), euro("10.00")))),
                List.of(tax("19", "80.00"), tax("16", "40.00")));
        InvoiceDocument document = document(invoice, "INV-2026-000162", ISSUED_ON.plusDays(14), language);
        return new InvoiceDocument(
                invoice,
                document.number(),
                document.issuedOn(),
                document.dueOn(),
                document.issuer(),
                document.buyer(),
                "",
                language,
                ElectronicInvoice.NONE,
                null,
                null,
                List.of(),
                Samples.days(4));
    }

    private static InvoiceDocument document(
            Invoice invoice, String number, @Nullable LocalDate dueOn, String language) {
        return new InvoiceDocument(
                invoice,
                number,
                ISSUED_ON,
                dueOn,
                Samples.ISSUER,
                Samples.BUYER,
                "PO 4711",
                language,
                ElectronicInvoice.NONE,
                null,
                new InvoiceDocument.Original("INV-2026-000123", LocalDate.of(2026, 11, 3)),
                List.of(),
                List.of());
    }

    private static TaxLine tax(String rate, String net) {
        Money taxed = euro(net);
        return new TaxLine("S", Amount.parse(rate), taxed, Rounding.tax(taxed, Amount.parse(rate)), "");
    }

    private static Invoice invoice(
            Invoice.Kind kind, List<InvoiceLine> lines, List<Allowance> allowances, List<TaxLine> taxes) {
        Money zero = Money.zero(EURO);
        Money lineTotal = lines.stream().map(InvoiceLine::amount).reduce(zero, Money::plus);
        Money allowanceTotal = allowances.stream().map(Allowance::amount).reduce(zero, Money::plus);
        Money net = lineTotal.minus(allowanceTotal);
        Money tax = taxes.stream().map(TaxLine::tax).reduce(zero, Money::plus);
        return new Invoice(
                kind,
                "acme",
                OCTOBER,
                EURO,
                lines,
                allowances,
                taxes,
                lineTotal,
                allowanceTotal,
                net,
                tax,
                net.plus(tax));
    }
}
