package io.saldo.documents.invoice;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.Issuer;
import io.saldo.invoice.TaxConversion;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The sums of a document, and how it is paid, band by band. */
final class InvoiceTotals {
    private final InvoiceDocument document;
    private final Invoice invoice;
    private final Texts texts;
    private final InvoiceWords words;
    private final List<Row> rows = new ArrayList<>();

    InvoiceTotals(InvoiceDocument document, Texts texts, InvoiceWords words) {
        this.document = document;
        this.invoice = document.invoice();
        this.texts = texts;
        this.words = words;
    }

    List<Row> rows() {
        totals();
        return rows;
    }

    private void totals() {
        Money receivables = invoice.receivableTotal();
        // What charges no supply stands below the tax, as the structured invoice has it.
        boolean apart = !receivables.isZero() && !invoice.taxes().isEmpty();
        inTotals("isSpace");
        if (!invoice.allowances().isEmpty()) {
            amount(
                    texts.text(apart ? "total.lines-supplies" + words.receivables(invoice.lines()) : "total.lines"),
                    texts.money(apart ? invoice.lineTotal().minus(receivables) : invoice.lineTotal()));
            for (Allowance allowance : invoice.allowances()) {
                amount(
                        words.allowance(allowance),
                        texts.money(allowance.amount().toAmount().negated(), invoice.currency()));
            }
            inTotals("isGap");
        }
        amount(texts.text("total.net"), texts.money(apart ? invoice.net().minus(receivables) : invoice.net()));
        for (TaxLine tax : invoice.taxes()) {
            String key = texts.has("tax." + tax.category()) ? "tax." + tax.category() : "tax.other";
            String rate = texts.number(tax.ratePercent(), 0);
            amount(texts.text(key, "rate", rate, "net", texts.money(tax.net())), texts.money(tax.tax()));
        }
        if (apart) {
            amount(texts.text("total.gross"), texts.money(invoice.total().minus(receivables)));
            amount(texts.text("section.receivable" + words.receivables(invoice.lines())), texts.money(receivables));
        }
        boolean creditNote = invoice.kind() == Invoice.Kind.CREDIT_NOTE;
        inTotals("isTotal")
                .with("label", texts.text(creditNote ? "total.credited" : "total.total"))
                .with("amount", texts.money(invoice.total()));
        for (TaxLine tax : invoice.taxes()) {
            if (!tax.text().isEmpty()) {
                inTotals("isNote").with("label", line(tax.text()));
            }
        }
        TaxConversion conversion = document.taxConversion();
        if (conversion != null) {
            inTotals("isNote").with("label", conversionNote(conversion));
        }
        InvoiceDocument.Original original = document.original();
        if (original != null) {
            inTotals("isNote")
                    .with(
                            "label",
                            texts.text(
                                    invoice.kind() == Invoice.Kind.CREDIT_NOTE ? "credit-note.note" : "supplement.note",
                                    "number",
                                    line(original.number()),
                                    "date",
                                    texts.date(original.issuedOn())));
        }
        if (invoice.kind() == Invoice.Kind.CREDIT_NOTE) {
            return;
        }
        if (invoice.kind() == Invoice.Kind.STATEMENT) {
            inTotals("isNote").with("label", texts.text("statement.note"));
        } else {
            payment();
        }
    }

    private String conversionNote(TaxConversion conversion) {
        return texts.fill(
                "tax.conversion",
                Map.of(
                        "tax", texts.money(conversion.tax()),
                        "from", invoice.currency().getCurrencyCode(),
                        "from-rate", texts.number(conversion.fromPerEuro(), 0),
                        "to", conversion.tax().currency().getCurrencyCode(),
                        "to-rate", texts.number(conversion.toPerEuro(), 0),
                        "date", texts.date(conversion.on())));
    }

    private void payment() {
        Issuer issuer = document.issuer();
        LocalDate dueOn = document.dueOn();
        String total = texts.money(invoice.total());
        inPayment("isCaption").with("label", texts.text("payment.title"));
        if (document.draft()) {
            inPayment("isNote").with("label", texts.text("draft.note"));
        } else if (dueOn != null) {
            inPayment("isNote").with("label", texts.text("payment.request", "total", total, "due", texts.date(dueOn)));
        }
        inPayment("isSpace");
        detail("payment.payee", issuer.party().name());
        detail("payment.bank", issuer.bankName());
        detail("payment.iban", InvoicePage.grouped(issuer.iban()));
        detail("payment.bic", issuer.bic());
        detail("payment.reference", document.number());
    }

    private void detail(String key, String value) {
        if (!value.isEmpty()) {
            inPayment("isPair").with("label", texts.text(key)).with("value", line(value));
        }
    }

    private void amount(String label, String amount) {
        inTotals("isAmount").with("label", label).with("amount", amount);
    }

    private Row inTotals(String kind) {
        return inTotals(kind, "totals");
    }

    private Row inPayment(String kind) {
        return inTotals(kind, "payment");
    }

    private Row inTotals(String kind, String block) {
        Row row = new Row(kind).with("part", "totals").with("block", block);
        rows.add(row);
        return row;
    }
}
