package io.saldo.dispute;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.Drawdown;
import io.saldo.statement.OverageShare;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the usage of one month cost, whichever statements charged it; or, with signs, the difference of two such bills.
 * Amounts are exact and net.
 *
 * @param usageMonth the month in which it was used
 * @param lines one for each key, by key, none that is zero throughout; their units are not kept
 * @param draws what grants paid for it, by credit id and date, none that is zero
 * @param surcharge on its overage
 */
public record UsageBill(YearMonth usageMonth, List<StatementLine> lines, List<Draw> draws, Amount surcharge) {
    /**
     * What a grant paid for the usage of a day.
     *
     * @param creditId the grant
     * @param kind of the grant
     * @param purchaseInvoice the grant's; may be empty
     * @param usageDate in the billing zone
     * @param amount signed in a difference
     */
    public record Draw(String creditId, CreditKind kind, String purchaseInvoice, LocalDate usageDate, Amount amount) {
        private static final Comparator<Draw> ORDER =
                Comparator.comparing(Draw::creditId, TextOrder.UTF_8).thenComparing(Draw::usageDate);

        private Draw with(Amount other) {
            return new Draw(creditId, kind, purchaseInvoice, usageDate, other);
        }
    }

    /** Merges what has the same key, and keeps the order. */
    public UsageBill {
        lines = merged(
                lines.stream().map(UsageBill::withoutUnits).toList(),
                StatementLine.KEY_ORDER,
                UsageBill::sum,
                UsageBill::isNothing);
        draws = merged(
                draws, Draw.ORDER, (one, other) -> one.with(one.amount().plus(other.amount())), draw -> draw.amount()
                        .isZero());
    }

    /** Of a month for which nothing was charged. */
    public static UsageBill none(YearMonth usageMonth) {
        return new UsageBill(usageMonth, List.of(), List.of(), Amount.ZERO);
    }

    /** What a statement charges for that usage month: its own, or a closed one's that it counts late. */
    public static UsageBill of(Statement statement, YearMonth usageMonth) {
        Map<String, GrantPosition> grants = new HashMap<>();
        statement.grants().forEach(grant -> grants.put(grant.creditId(), grant));
        List<Draw> draws = new ArrayList<>();
        for (Drawdown drawdown : statement.drawdowns()) {
            GrantPosition grant = grants.get(drawdown.creditId());
            if (grant != null
                    && drawdown.purpose() == Drawdown.Purpose.USAGE
                    && YearMonth.from(drawdown.usageDate()).equals(usageMonth)) {
                draws.add(new Draw(
                        grant.creditId(),
                        grant.kind(),
                        grant.purchaseInvoice(),
                        drawdown.usageDate(),
                        drawdown.amount()));
            }
        }
        return new UsageBill(
                usageMonth,
                statement.lines().stream()
                        .filter(line ->
                                line.usageMonth().equals(usageMonth) && line.kind() != StatementLine.Kind.CORRECTION)
                        .toList(),
                draws,
                statement.overage().stream()
                        .filter(share -> share.usageMonth().equals(usageMonth))
                        .map(OverageShare::surcharge)
                        .reduce(Amount.ZERO, Amount::plus));
    }

    /** Both together. */
    public UsageBill plus(UsageBill other) {
        if (!usageMonth.equals(other.usageMonth)) {
            throw new IllegalArgumentException("bills of " + usageMonth + " and " + other.usageMonth);
        }
        List<StatementLine> allLines = new ArrayList<>(lines);
        allLines.addAll(other.lines);
        List<Draw> allDraws = new ArrayList<>(draws);
        allDraws.addAll(other.draws);
        return new UsageBill(usageMonth, allLines, allDraws, surcharge.plus(other.surcharge));
    }

    /** This one with every sign turned. */
    public UsageBill negated() {
        return new UsageBill(
                usageMonth,
                lines.stream().map(UsageBill::negated).toList(),
                draws.stream().map(draw -> draw.with(draw.amount().negated())).toList(),
                surcharge.negated());
    }

    /** What this one costs more than another of the same month. */
    public UsageBill minus(UsageBill other) {
        return plus(other.negated());
    }

    /** Whether it charges, or changes, nothing. */
    public boolean isZero() {
        return lines.isEmpty() && draws.isEmpty() && surcharge.isZero();
    }

    /** What is invoiced: payg, overage and surcharge. */
    public Amount due() {
        return sum(StatementLine::payg).plus(sum(StatementLine::overage)).plus(surcharge);
    }

    /** The sum of a figure of all lines. */
    public Amount sum(Function<StatementLine, Amount> figure) {
        return lines.stream().map(figure).reduce(Amount.ZERO, Amount::plus);
    }

    /** By credit id, what the grant paid. */
    public SortedMap<String, Amount> drawnByCredit() {
        SortedMap<String, Amount> drawn = new TreeMap<>(TextOrder.UTF_8);
        draws.forEach(draw -> drawn.merge(draw.creditId(), draw.amount(), Amount::plus));
        return drawn;
    }

    private static StatementLine sum(StatementLine one, StatementLine other) {
        return with(one, other, one.quantity().add(other.quantity()), figure -> figure.apply(one)
                .plus(figure.apply(other)));
    }

    private static StatementLine withoutUnits(StatementLine line) {
        return with(line, line, line.quantity(), figure -> figure.apply(line));
    }

    private static StatementLine negated(StatementLine line) {
        return with(line, line, line.quantity().negate(), figure -> figure.apply(line)
                .negated());
    }

    private static StatementLine with(
            StatementLine key,
            StatementLine other,
            BigInteger quantity,
            Function<Function<StatementLine, Amount>, Amount> figure) {
        if (StatementLine.KEY_ORDER.compare(key, other) != 0) {
            throw new IllegalArgumentException("lines of two keys");
        }
        return new StatementLine(
                key.usageMonth(),
                key.provider(),
                key.model(),
                key.serviceTier(),
                key.meter(),
                key.kind(),
                key.unitPrice(),
                key.perUnits(),
                quantity,
                BigInteger.ZERO,
                figure.apply(StatementLine::amount),
                figure.apply(StatementLine::credit),
                figure.apply(StatementLine::payg),
                figure.apply(StatementLine::overage),
                figure.apply(StatementLine::carried),
                figure.apply(StatementLine::unfunded));
    }

    private static boolean isNothing(StatementLine line) {
        return line.quantity().signum() == 0
                && line.amount().isZero()
                && line.credit().isZero()
                && line.payg().isZero()
                && line.overage().isZero()
                && line.carried().isZero()
                && line.unfunded().isZero();
    }

    private static <T> List<T> merged(
            Collection<T> all, Comparator<T> key, BinaryOperator<T> sum, Predicate<T> isNothing) {
        TreeMap<T, T> byKey = new TreeMap<>(key);
        all.forEach(each -> byKey.merge(each, each, sum));
        return byKey.values().stream().filter(isNothing.negate()).toList();
    }
}
