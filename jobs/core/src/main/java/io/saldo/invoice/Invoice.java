package io.saldo.invoice;

import io.saldo.money.Money;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;

/**
 * One account's invoice of one month, before it has a number.
 *
 * @param kind an invoice asks for money; a statement says that nothing is due; a credit note gives back
 * @param accountId whose it is
 * @param month the service period
 * @param currency of every amount
 * @param lines in document order: usage, surcharge, late usage, receivables
 * @param allowances what is taken off the lines before tax: credit applied and what is not charged
 * @param taxes one for each category and rate of what is charged; receivables carry no tax
 * @param lineTotal the sum of all lines
 * @param allowanceTotal the sum of all allowances
 * @param net {@code lineTotal - allowanceTotal}; never negative
 * @param tax the sum of all taxes
 * @param total {@code net + tax}: what is to be paid
 */
public record Invoice(
        Kind kind,
        String accountId,
        YearMonth month,
        Currency currency,
        List<InvoiceLine> lines,
        List<Allowance> allowances,
        List<TaxLine> taxes,
        Money lineTotal,
        Money allowanceTotal,
        Money net,
        Money tax,
        Money total) {
    /** Whether money is asked for. */
    public enum Kind {
        /** Asks for money and gets a number when issued. */
        INVOICE,
        /** Nothing is due: it shows the usage and the credit, and gets no number. */
        STATEMENT,
        /** Takes back what an earlier invoice charged: positive amounts, owed to the customer. */
        CREDIT_NOTE
    }

    /** Keeps the lists unchangeable. */
    public Invoice {
        lines = List.copyOf(lines);
        allowances = List.copyOf(allowances);
        taxes = List.copyOf(taxes);
    }

    /** The sum of the lines that carry no tax because they charge no supply: credit taken back after its use. */
    public Money receivableTotal() {
        return lines.stream()
                .filter(line -> line.kind() == InvoiceLine.Kind.RECEIVABLE)
                .map(InvoiceLine::amount)
                .reduce(Money.zero(currency), Money::plus);
    }
}
