package io.saldo.documents.einvoice;

import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.ElectronicInvoice;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.Party;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a structured invoice must state and sum up, proved before a number is given. */
final class ElectronicInvoiceCheck {
    /** EN 16931 states no amount with more digits. */
    private static final int DIGITS_MAX = 2;

    private ElectronicInvoiceCheck() {}

    /** What is wrong, each naming the account or issuer and what is missing; empty when nothing is. */
    static List<String> problems(InvoiceDocument document) {
        List<String> problems = new ArrayList<>();
        Invoice invoice = document.invoice();
        String account = "account " + invoice.accountId();
        Party buyer = document.buyer();
        if (Money.minorUnitDigits(invoice.currency()) > DIGITS_MAX) {
            problems.add(account + " is charged in " + invoice.currency()
                    + ", which has three decimals: EN 16931 allows two, so e_invoice must be none");
        }
        if (invoice.taxes().stream().anyMatch(tax -> tax.category().equals("AE"))) {
            missing(problems, account, "vat_id", buyer.vatId(), "reverse charge");
        }
        if (document.electronicInvoice() == ElectronicInvoice.XRECHNUNG) {
            missing(problems, account, "buyer_reference", document.buyerReference(), "an XRechnung");
            missing(problems, account, "postal_code", buyer.postalCode(), "an XRechnung");
            missing(problems, account, "city", buyer.city(), "an XRechnung");
            missing(problems, account, "email", buyer.email(), "an XRechnung");
            missing(problems, "issuer.yml", "phone", document.issuer().phone(), "an XRechnung");
            missing(problems, "issuer.yml", "email", document.issuer().party().email(), "an XRechnung");
        }
        if (invoice.kind() == Invoice.Kind.CREDIT_NOTE && document.original() == null) {
            problems.add(account + ": a credit note must name the invoice that it corrects");
        }
        sums(problems, invoice, account);
        return problems;
    }

    private static void missing(List<String> problems, String owner, String field, String value, String by) {
        if (value.isEmpty()) {
            problems.add(owner + " has no " + field + ", which " + by + " must state");
        }
    }

    private static void sums(List<String> problems, Invoice invoice, String account) {
        Money zero = Money.zero(invoice.currency());
        Money lines = sum(zero, invoice.lines().stream().map(InvoiceLine::amount));
        Money allowances = sum(zero, invoice.allowances().stream().map(allowance -> allowance.amount()));
        Money tax = sum(zero, invoice.taxes().stream().map(TaxLine::tax));
        Money taxed = sum(zero, invoice.taxes().stream().map(TaxLine::net));
        boolean agrees = lines.equals(invoice.lineTotal())
                && allowances.equals(invoice.allowanceTotal())
                && lines.minus(allowances).equals(invoice.net())
                && taxed.equals(invoice.net().minus(invoice.receivableTotal()))
                && tax.equals(invoice.tax())
                && invoice.net().plus(tax).equals(invoice.total());
        if (!agrees || !eachTaxHasItsParts(invoice, zero)) {
            problems.add(account + ": the parts of the invoice do not sum to its totals");
        }
    }

    /** Where there are several taxes, what each is of: its lines, less its parts of the allowances. */
    private static boolean eachTaxHasItsParts(Invoice invoice, Money zero) {
        List<TaxLine> taxes = invoice.taxes();
        for (int tax = 0; taxes.size() > 1 && tax < taxes.size(); tax++) {
            int index = tax;
            Money charged = sum(
                    zero,
                    invoice.lines().stream()
                            .filter(line -> line.kind() != InvoiceLine.Kind.RECEIVABLE
                                    && taxes.get(index).usageMonths().contains(line.usageMonth()))
                            .map(InvoiceLine::amount));
            Money allowed = sum(
                    zero,
                    invoice.allowances().stream()
                            .filter(allowance -> allowance.byTax().size() == taxes.size())
                            .map(allowance -> allowance.byTax().get(index)));
            if (!charged.minus(allowed).equals(taxes.get(tax).net())) {
                return false;
            }
        }
        return true;
    }

    private static Money sum(Money zero, Stream<Money> parts) {
        return parts.reduce(zero, Money::plus);
    }
}
