package io.saldo.invoice;

import io.saldo.credit.CreditKind;
import io.saldo.credit.CreditMovement;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.money.Apportionment;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import io.saldo.statement.Drawdown;
import io.saldo.statement.OverageShare;
import io.saldo.statement.Receivable;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.TextOrder;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Turns a closed statement into document money (SPEC 9.3 to 9.5). */
public final class Invoices {
    private Invoices() {}

    /**
     * The invoice of a closed statement, or the statement document where nothing is due. A quantity whose missing price
     * was waived stands in no line.
     *
     * @param tax how usage of a month is taxed: late usage as its own month was
     * @throws IllegalArgumentException when the statement is not closed
     * @throws ArithmeticException when a document amount passes 63 bits of minor units
     */
    public static Invoice calculate(Statement statement, Function<YearMonth, TaxTreatment> tax) {
        if (statement.status() != Statement.Status.CLOSED) {
            throw new IllegalArgumentException("the statement of account " + statement.accountId() + " for "
                    + statement.month() + " is not closed");
        }
        Money zero = Money.zero(statement.currency());
        List<InvoiceLine> lines = new ArrayList<>();
        TaxGroups groups = new TaxGroups(zero);
        for (YearMonth usageMonth : usageMonths(statement)) {
            int before = lines.size();
            Money usage = addUsage(lines, statement, usageMonth);
            Money surcharge = addSurcharge(lines, statement, usageMonth);
            if (lines.size() > before) {
                groups.add(
                        tax.apply(usageMonth),
                        usageMonth,
                        usage.plus(surcharge),
                        allowances(statement, usageMonth, usage));
            }
        }
        Money receivables = zero;
        for (Receivable receivable : statement.receivables()) {
            Money owed = Rounding.halfUp(receivable.amount(), statement.currency());
            if (!owed.isZero()) {
                lines.add(single(
                        lines.size() + 1,
                        InvoiceLine.Kind.RECEIVABLE,
                        statement.month(),
                        receivable.creditId(),
                        receivable.amount(),
                        owed));
                receivables = receivables.plus(owed);
            }
        }
        List<Allowance> allowances = groups.allowances(purchaseInvoices(statement));
        List<TaxLine> taxes = groups.taxes();
        Money lineTotal = lines.stream().map(InvoiceLine::amount).reduce(zero, Money::plus);
        Money allowanceTotal = allowances.stream().map(Allowance::amount).reduce(zero, Money::plus);
        Money net = lineTotal.minus(allowanceTotal);
        Money taxAmount = taxes.stream().map(TaxLine::tax).reduce(zero, Money::plus);
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

    /** The statement's own month, then those of its late usage, oldest first. */
    private static Set<YearMonth> usageMonths(Statement statement) {
        Set<YearMonth> months = new LinkedHashSet<>();
        months.add(statement.month());
        charged(statement).map(StatementLine::usageMonth).sorted().forEach(months::add);
        return months;
    }

    /** What a dispute moved has a document of its own. */
    private static Stream<StatementLine> charged(Statement statement) {
        return statement.lines().stream().filter(line -> line.kind() != StatementLine.Kind.CORRECTION);
    }

    /** The credit statement: the month's movement of each grant that had a balance or moved, in burn order. */
    public static List<CreditPosition> creditPositions(Statement statement, BillingZone zone) {
        return CreditMovement.of(statement.opening().grants(), statement.grants()).stream()
                .filter(movement -> !movement.isNothing())
                .map(movement -> position(movement, zone))
                .toList();
    }

    /** The month's usage by day, every day up to the as-of. */
    public static List<DailyUsage> dailyUsage(Statement statement) {
        return statement.dailyBalances().stream()
                .map(day -> new DailyUsage(day.date(), day.usage()))
                .toList();
    }

    /** Each usage month is rounded as a whole of its own, so that late usage can be taxed apart. */
    private static Money addUsage(List<InvoiceLine> lines, Statement statement, YearMonth usageMonth) {
        List<StatementLine> priced = of(statement, usageMonth)
                .filter(StatementLine::isPriced)
                .sorted(Comparator.comparing(line -> line.kind() == StatementLine.Kind.CHARGE))
                .toList();
        Money usage = Rounding.halfUp(sum(priced.stream(), StatementLine::amount), statement.currency());
        InvoiceLine.Kind kind =
                usageMonth.equals(statement.month()) ? InvoiceLine.Kind.USAGE : InvoiceLine.Kind.LATE_USAGE;
        List<Money> amounts = Apportionment.of(
                usage, priced.stream().map(StatementLine::amount).toList());
        for (int index = 0; index < priced.size(); index++) {
            StatementLine line = priced.get(index);
            Amount price = line.unitPrice();
            if (price != null) {
                lines.add(InvoiceLine.of(
                        line, lines.size() + 1, kind, price, Amount.of(1).times(line.quantity()), amounts.get(index)));
            }
        }
        return usage;
    }

    private static Money addSurcharge(List<InvoiceLine> lines, Statement statement, YearMonth usageMonth) {
        Amount exact = sum(
                statement.overage().stream().filter(share -> share.usageMonth().equals(usageMonth)),
                OverageShare::surcharge);
        Money surcharge = Rounding.halfUp(exact, statement.currency());
        if (!surcharge.isZero()) {
            lines.add(single(lines.size() + 1, InvoiceLine.Kind.SURCHARGE, usageMonth, "", exact, surcharge));
        }
        return surcharge;
    }

    private static InvoiceLine single(
            int number, InvoiceLine.Kind kind, YearMonth usageMonth, String subject, Amount exact, Money amount) {
        return new InvoiceLine(number, kind, usageMonth, "", "", "", subject, Amount.of(1), exact, 1, amount);
    }

    /**
     * Coverage against the usage total; then, inside what credit got, each kind against that. What is due and alone
     * rounds to zero is asked for in no document: the unit that apportionment might give it goes to the other parts,
     * whose exact sum is then less than half a unit below the whole.
     */
    private static Map<Allowance.Kind, Money> allowances(Statement statement, YearMonth usageMonth, Money usage) {
        Amount exactDue = covered(statement, usageMonth, StatementLine::payg)
                .plus(covered(statement, usageMonth, StatementLine::overage));
        Amount due = Rounding.halfUp(exactDue, usage.currency()).isZero() ? Amount.ZERO : exactDue;
        List<Money> coverage = Apportionment.of(
                usage,
                List.of(
                        covered(statement, usageMonth, StatementLine::credit),
                        covered(statement, usageMonth, StatementLine::unfunded),
                        covered(statement, usageMonth, StatementLine::carried),
                        due));
        Map<CreditKind, Amount> credit = statement.creditByKind(usageMonth);
        List<Amount> byKind = new ArrayList<>();
        for (CreditKind kind : CreditKind.values()) {
            byKind.add(credit.getOrDefault(kind, Amount.ZERO));
        }
        List<Money> creditByKind = Apportionment.of(coverage.get(0), byKind);
        Map<Allowance.Kind, Money> allowances = new EnumMap<>(Allowance.Kind.class);
        allowances.put(Allowance.Kind.CREDIT_PROMO, creditByKind.get(0));
        allowances.put(Allowance.Kind.CREDIT_ADJUSTMENT, creditByKind.get(1));
        allowances.put(Allowance.Kind.CREDIT_PURCHASE, creditByKind.get(2));
        allowances.put(Allowance.Kind.CARRIED, coverage.get(2));
        allowances.put(Allowance.Kind.UNFUNDED, coverage.get(1));
        return allowances;
    }

    private static Stream<StatementLine> of(Statement statement, YearMonth usageMonth) {
        return charged(statement).filter(line -> line.usageMonth().equals(usageMonth));
    }

    private static Amount covered(Statement statement, YearMonth usageMonth, Function<StatementLine, Amount> coverage) {
        return sum(of(statement, usageMonth), coverage);
    }

    private static <T> Amount sum(Stream<T> parts, Function<T, Amount> amount) {
        return parts.map(amount).reduce(Amount.ZERO, Amount::plus);
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

    private static CreditPosition position(CreditMovement movement, BillingZone zone) {
        GrantPosition grant = movement.grant();
        return new CreditPosition(
                grant.creditId(),
                grant.kind().word(),
                grant.purchaseInvoice(),
                grant.expiresAt() == Instants.MAX ? null : zone.dateOf(grant.expiresAt()),
                movement.opening(),
                movement.granted(),
                movement.restored(),
                movement.drawn(),
                movement.expired(),
                movement.withdrawn(),
                movement.closing());
    }
}
