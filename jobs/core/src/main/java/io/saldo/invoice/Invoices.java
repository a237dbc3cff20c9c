package io.saldo.invoice;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.money.Apportionment;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.statement.Drawdown;
import io.saldo.statement.Receivable;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.statement.StatementTotals;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a closed statement into document money (SPEC 9.3 to 9.5). */
public final class Invoices {
    private Invoices() {}

    /**
     * The invoice of a closed statement, or the statement document where nothing is due. A quantity whose missing price
     * was waived stands in no line.
     *
     * @throws IllegalArgumentException when the statement is not closed
     * @throws ArithmeticException when a document amount passes 63 bits of minor units
     */
    public static Invoice calculate(Statement statement, TaxTreatment tax) {
        if (statement.status() != Statement.Status.CLOSED) {
            throw new IllegalArgumentException("the statement of account " + statement.accountId() + " for "
                    + statement.month() + " is not closed");
        }
        Money zero = Money.zero(statement.currency());
        Money usage = Rounding.halfUp(statement.totals().usage(), statement.currency());
        List<InvoiceLine> lines = new ArrayList<>();
        addUsage(lines, statement, usage);
        Money surcharge = Rounding.halfUp(statement.totals().surcharge(), statement.currency());
        if (!surcharge.isZero()) {
            lines.add(single(
                    lines.size() + 1,
                    InvoiceLine.Kind.SURCHARGE,
                    statement,
                    "",
                    statement.totals().surcharge(),
                    surcharge));
        }
        boolean taxable = !lines.isEmpty();
        Money receivables = zero;
        for (Receivable receivable : statement.receivables()) {
            Money owed = Rounding.halfUp(receivable.amount(), statement.currency());
            if (!owed.isZero()) {
                lines.add(single(
                        lines.size() + 1,
                        InvoiceLine.Kind.RECEIVABLE,
                        statement,
                        receivable.creditId(),
                        receivable.amount(),
                        owed));
                receivables = receivables.plus(owed);
            }
        }
        List<Allowance> allowances = allowances(statement, usage);
        Money lineTotal = usage.plus(surcharge).plus(receivables);
        Money allowanceTotal = allowances.stream().map(Allowance::amount).reduce(zero, Money::plus);
        Money net = lineTotal.minus(allowanceTotal);
        Money taxed = net.minus(receivables);
        Money taxAmount = Rounding.tax(taxed, tax.ratePercent());
        List<TaxLine> taxes = taxable
                ? List.of(new TaxLine(tax.category(), tax.ratePercent(), taxed, taxAmount, tax.text()))
                : List.of();
        return new Invoice(
                net.isZero() ? Invoice.Kind.STATEMENT : Invoice.Kind.INVOICE,
                statement.accountId(),
                statement.month(),
                statement.currency(),
                lines,
                allowances,
                taxes,
                lineTotal,
                allowanceTotal,
                net,
                taxAmount,
                net.plus(taxAmount));
    }

    /** The credit statement: the month's movement of each grant that had a balance or moved, in burn order. */
    public static List<CreditPosition> creditPositions(Statement statement, BillingZone zone) {
        Map<String, GrantPosition> before = new HashMap<>();
        statement.opening().grants().forEach(grant -> before.put(grant.creditId(), grant));
        List<CreditPosition> positions = new ArrayList<>();
        for (GrantPosition grant : statement.grants()) {
            GrantPosition opening = before.get(grant.creditId());
            CreditPosition position = movement(grant, opening, zone);
            if (opening == null || !position.opening().isZero() || !opening.equals(grant)) {
                positions.add(position);
            }
        }
        return List.copyOf(positions);
    }

    /** The month's usage by day, every day up to the as-of. */
    public static List<DailyUsage> dailyUsage(Statement statement) {
        return statement.dailyBalances().stream()
                .map(day -> new DailyUsage(day.date(), day.usage()))
                .toList();
    }

    private static void addUsage(List<InvoiceLine> lines, Statement statement, Money usage) {
        List<StatementLine> priced =
                statement.lines().stream().filter(StatementLine::isPriced).toList();
        List<Money> amounts = Apportionment.of(
                usage, priced.stream().map(StatementLine::amount).toList());
        for (int index = 0; index < priced.size(); index++) {
            StatementLine line = priced.get(index);
            Amount price = line.unitPrice();
            if (price != null) {
                lines.add(new InvoiceLine(
                        lines.size() + 1,
                        InvoiceLine.Kind.USAGE,
                        line.usageMonth(),
                        line.provider(),
                        line.model(),
                        line.serviceTier(),
                        line.meterWord(),
                        Amount.of(1).times(line.quantity()),
                        price,
                        line.perUnits(),
                        amounts.get(index)));
            }
        }
    }

    private static InvoiceLine single(
            int number, InvoiceLine.Kind kind, Statement statement, String subject, Amount exact, Money amount) {
        return new InvoiceLine(number, kind, statement.month(), "", "", "", subject, Amount.of(1), exact, 1, amount);
    }

    /**
     * Coverage against the usage total; then, inside what credit got, each kind against that. What is due and alone
     * rounds to zero is asked for in no document: the unit that apportionment might give it goes to the other parts,
     * whose exact sum is then less than half a unit below the whole.
     */
    private static List<Allowance> allowances(Statement statement, Money usage) {
        StatementTotals totals = statement.totals();
        Amount exactDue = totals.payg().plus(totals.overage());
        Amount due = Rounding.halfUp(exactDue, usage.currency()).isZero() ? Amount.ZERO : exactDue;
        List<Money> coverage =
                Apportionment.of(usage, List.of(totals.credit(), totals.unfunded(), totals.carried(), due));
        Map<CreditKind, Amount> credit = statement.creditByKind();
        List<Amount> byKind = new ArrayList<>();
        for (CreditKind kind : CreditKind.values()) {
            byKind.add(credit.getOrDefault(kind, Amount.ZERO));
        }
        List<Money> creditByKind = Apportionment.of(coverage.get(0), byKind);
        List<Allowance> allowances = new ArrayList<>();
        add(allowances, Allowance.Kind.CREDIT_PROMO, creditByKind.get(0), List.of());
        add(allowances, Allowance.Kind.CREDIT_ADJUSTMENT, creditByKind.get(1), List.of());
        add(allowances, Allowance.Kind.CREDIT_PURCHASE, creditByKind.get(2), purchaseInvoices(statement));
        add(allowances, Allowance.Kind.CARRIED, coverage.get(2), List.of());
        add(allowances, Allowance.Kind.UNFUNDED, coverage.get(1), List.of());
        return allowances;
    }

    private static void add(
            List<Allowance> allowances, Allowance.Kind kind, Money amount, List<String> purchaseInvoices) {
        if (!amount.isZero()) {
            allowances.add(new Allowance(kind, amount, purchaseInvoices));
        }
    }

    private static List<String> purchaseInvoices(Statement statement) {
        Set<String> drawn = new HashSet<>();
        for (Drawdown drawdown : statement.drawdowns()) {
            if (drawdown.purpose() == Drawdown.Purpose.USAGE) {
                drawn.add(drawdown.creditId());
            }
        }
        return statement.grants().stream()
                .filter(grant -> grant.kind() == CreditKind.PURCHASE && drawn.contains(grant.creditId()))
                .map(GrantPosition::purchaseInvoice)
                .filter(number -> !number.isEmpty())
                .distinct()
                .sorted(TextOrder.UTF_8)
                .toList();
    }

    private static CreditPosition movement(GrantPosition closing, @Nullable GrantPosition opening, BillingZone zone) {
        return new CreditPosition(
                closing.creditId(),
                closing.kind().word(),
                closing.purchaseInvoice(),
                closing.expiresAt() == Instants.MAX ? null : zone.dateOf(closing.expiresAt()),
                opening == null ? Amount.ZERO : opening.remaining(),
                opening == null ? closing.amount() : Amount.ZERO,
                opening == null ? closing.restored() : closing.restored().minus(opening.restored()),
                opening == null ? closing.drawn() : closing.drawn().minus(opening.drawn()),
                opening == null ? closing.expired() : closing.expired().minus(opening.expired()),
                opening == null ? closing.withdrawn() : closing.withdrawn().minus(opening.withdrawn()),
                closing.remaining());
    }
}
