package io.saldo.dispute;

import io.saldo.credit.CreditKind;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.TaxLine;
import io.saldo.invoice.TaxTreatment;
import io.saldo.money.Amount;
import io.saldo.money.Apportionment;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.statement.StatementLine;
import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The document of a difference: a credit note where less is due, an invoice where more is. Everything that goes its way
 * is a line, everything that goes against it is taken off, so that every amount is positive; the whole is rounded once,
 * and its parts are apportioned to it.
 */
public final class CorrectionInvoice {
    private final UsageBill difference;
    private final int sign;
    private final List<InvoiceLine> lines = new ArrayList<>();
    private final List<Amount> lineAmounts = new ArrayList<>();
    private final Map<Allowance.Kind, Amount> takenOff = new EnumMap<>(Allowance.Kind.class);

    private CorrectionInvoice(UsageBill difference) {
        this.difference = difference;
        this.sign = difference.due().signum();
    }

    /**
     * The document; empty where what is due changes by nothing, by less than half a minor unit, or by a part of the lines' total
     * that rounds to nothing.
     *
     * @param tax as the supply was taxed
     */
    public static Optional<Invoice> of(String accountId, UsageBill difference, Currency currency, TaxTreatment tax) {
        if (Rounding.halfUp(difference.due().absolute(), currency).isZero()) {
            return Optional.empty();
        }
        Invoice invoice = new CorrectionInvoice(difference).invoice(accountId, currency, tax);
        return invoice.net().isZero() ? Optional.empty() : Optional.of(invoice);
    }

    private Invoice invoice(String accountId, Currency currency, TaxTreatment tax) {
        Money zero = Money.zero(currency);
        for (StatementLine line : difference.lines()) {
            add(line, zero);
        }
        addSingle(InvoiceLine.Kind.SURCHARGE, "", difference.surcharge(), Allowance.Kind.CORRECTION, zero);
        for (CreditKind kind : CreditKind.values()) {
            Amount paid = difference.draws().stream()
                    .filter(draw -> draw.kind() == kind)
                    .map(UsageBill.Draw::amount)
                    .reduce(Amount.ZERO, Amount::plus);
            addCoverage(allowance(kind), paid, zero);
        }
        addCoverage(Allowance.Kind.CARRIED, difference.sum(StatementLine::carried), zero);
        addCoverage(Allowance.Kind.UNFUNDED, difference.sum(StatementLine::unfunded), zero);

        Money lineTotal = Rounding.halfUp(sum(lineAmounts), currency);
        List<Money> amounts = Apportionment.of(lineTotal, lineAmounts);
        List<Amount> parts = new ArrayList<>(takenOff.values());
        parts.add(difference.due().absolute());
        List<Money> shares = Apportionment.of(lineTotal, parts);
        List<Allowance> allowances = new ArrayList<>();
        Money allowanceTotal = zero;
        int share = 0;
        for (Allowance.Kind kind : takenOff.keySet()) {
            Money amount = shares.get(share++);
            if (!amount.isZero()) {
                allowances.add(new Allowance(
                        kind, amount, kind == Allowance.Kind.CREDIT_PURCHASE ? purchaseInvoices() : List.of()));
                allowanceTotal = allowanceTotal.plus(amount);
            }
        }
        Money net = lineTotal.minus(allowanceTotal);
        Money taxAmount = Rounding.tax(net, tax.ratePercent());
        List<InvoiceLine> rounded = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            rounded.add(lines.get(index).with(index + 1, amounts.get(index)));
        }
        return new Invoice(
                sign < 0 ? Invoice.Kind.CREDIT_NOTE : Invoice.Kind.INVOICE,
                accountId,
                difference.usageMonth(),
                currency,
                rounded,
                allowances,
                List.of(new TaxLine(tax.category(), tax.ratePercent(), net, taxAmount, tax.text())),
                lineTotal,
                allowanceTotal,
                net,
                taxAmount,
                net.plus(taxAmount));
    }

    private void add(StatementLine line, Money zero) {
        Amount price = line.unitPrice();
        Amount amount = directed(line.amount());
        if (amount.signum() < 0) {
            takenOff.merge(Allowance.Kind.CORRECTION, amount.negated(), Amount::plus);
        } else if (amount.signum() > 0 && price != null) {
            lines.add(InvoiceLine.of(
                    line,
                    0,
                    InvoiceLine.Kind.USAGE,
                    price,
                    directed(Amount.of(1).times(line.quantity())),
                    zero));
            lineAmounts.add(amount);
        }
    }

    /** What was covered otherwise is taken off what the lines say, or stands as a line of its own. */
    private void addCoverage(Allowance.Kind kind, Amount covered, Money zero) {
        addSingle(InvoiceLine.Kind.CORRECTION, kind.word(), covered.negated(), kind, zero);
    }

    private void addSingle(InvoiceLine.Kind kind, String subject, Amount signed, Allowance.Kind otherwise, Money zero) {
        Amount amount = directed(signed);
        if (amount.signum() < 0) {
            takenOff.merge(otherwise, amount.negated(), Amount::plus);
        } else if (amount.signum() > 0) {
            lines.add(new InvoiceLine(
                    0, kind, difference.usageMonth(), "", "", "", subject, Amount.of(1), amount, 1, zero));
            lineAmounts.add(amount);
        }
    }

    private Amount directed(Amount amount) {
        return sign < 0 ? amount.negated() : amount;
    }

    private List<String> purchaseInvoices() {
        return difference.draws().stream()
                .filter(draw -> draw.kind() == CreditKind.PURCHASE)
                .map(UsageBill.Draw::purchaseInvoice)
                .filter(number -> !number.isEmpty())
                .distinct()
                .sorted(TextOrder.UTF_8)
                .toList();
    }

    private static Allowance.Kind allowance(CreditKind kind) {
        return switch (kind) {
            case PROMO -> Allowance.Kind.CREDIT_PROMO;
            case ADJUSTMENT -> Allowance.Kind.CREDIT_ADJUSTMENT;
            case PURCHASE -> Allowance.Kind.CREDIT_PURCHASE;
        };
    }

    private static Amount sum(List<Amount> amounts) {
        return amounts.stream().reduce(Amount.ZERO, Amount::plus);
    }
}
