package io.saldo.documents.dispute;

import io.saldo.dispute.UsageBill;
import io.saldo.money.Amount;
import io.saldo.statement.StatementLine;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A dispute's difference. Amounts are exact and net.
 *
 * @param dispute its number
 * @param openedOn when it was asked
 * @param reason why; from a person
 * @param priceBook the book that prices the month; empty for that of the terms
 * @param excluded how many events are left out
 * @param original the number of the closed revision
 * @param invoiced everything that was invoiced for the month
 * @param revised what it costs by today's knowledge
 * @param days usage by day, the days before what has no day
 * @param events those that are counted otherwise
 */
public record DifferenceReport(
        long dispute,
        String accountId,
        YearMonth month,
        Currency currency,
        LocalDate openedOn,
        String reason,
        String priceBook,
        int excluded,
        int original,
        UsageBill invoiced,
        UsageBill revised,
        List<Day> days,
        List<Event> events) {
    /** Keeps copies. */
    public DifferenceReport {
        days = List.copyOf(days);
        events = List.copyOf(events);
    }

    /**
     * Usage of a day.
     *
     * @param date null for what later statements and corrections charged, which name no day of usage
     */
    public record Day(@Nullable LocalDate date, Amount invoiced, Amount revised) {
        /** What the revision has more. */
        public Amount difference() {
            return revised.minus(invoiced);
        }
    }

    /**
     * An event that is counted otherwise.
     *
     * @param cause {@code excluded}, {@code late}, {@code restated} or {@code gone}
     * @param occurredAt as text in UTC
     * @param before the figures that were counted, such as {@code input 10}; empty for none
     * @param after those that count now
     * @param unitsBefore all of them together
     * @param unitsAfter all of them together
     * @param file the delivery that brought it last
     */
    public record Event(
            String cause,
            String namespace,
            String eventId,
            String occurredAt,
            String provider,
            String model,
            String before,
            String after,
            long unitsBefore,
            long unitsAfter,
            String file,
            long line) {}

    /** A figure before and after. */
    public record Figure(String name, Amount invoiced, Amount revised) {
        /** What the revision has more. */
        public Amount difference() {
            return revised.minus(invoiced);
        }
    }

    /** A usage line before and after; a side that has none is null. */
    public record Line(
            StatementLine key,
            @Nullable StatementLine invoiced,
            @Nullable StatementLine revised) {
        /** What the revision has more of a figure. */
        public Amount difference(Function<StatementLine, Amount> figure) {
            return of(revised, figure).minus(of(invoiced, figure));
        }

        /** A figure of one side. */
        static Amount of(@Nullable StatementLine side, Function<StatementLine, Amount> figure) {
            return side == null ? Amount.ZERO : figure.apply(side);
        }

        /** What is due of the line: payg and overage. */
        static Amount due(StatementLine line) {
            return line.payg().plus(line.overage());
        }
    }

    /** With signs, what the revision charges more. */
    public UsageBill difference() {
        return revised.minus(invoiced);
    }

    /** Usage and who pays for it. */
    List<Figure> coverage() {
        return List.of(
                figure("usage", StatementLine::amount),
                figure("credit", StatementLine::credit),
                figure("payg", StatementLine::payg),
                figure("overage", StatementLine::overage),
                new Figure("surcharge", invoiced.surcharge(), revised.surcharge()),
                figure("carried", StatementLine::carried),
                figure("unfunded", StatementLine::unfunded));
    }

    private Figure figure(String name, Function<StatementLine, Amount> figure) {
        return new Figure(name, invoiced.sum(figure), revised.sum(figure));
    }

    /** Every usage line of either side, by key. */
    List<Line> lines() {
        Map<StatementLine, StatementLine> before = new TreeMap<>(StatementLine.KEY_ORDER);
        Map<StatementLine, StatementLine> after = new TreeMap<>(StatementLine.KEY_ORDER);
        invoiced.lines().forEach(line -> before.put(line, line));
        revised.lines().forEach(line -> after.put(line, line));
        TreeSet<StatementLine> keys = new TreeSet<>(StatementLine.KEY_ORDER);
        keys.addAll(before.keySet());
        keys.addAll(after.keySet());
        List<Line> lines = new ArrayList<>();
        keys.forEach(key -> lines.add(new Line(key, before.get(key), after.get(key))));
        return lines;
    }

    /** What each grant paid. */
    List<Figure> grants() {
        Map<String, Amount> before = invoiced.drawnByCredit();
        Map<String, Amount> after = revised.drawnByCredit();
        TreeSet<String> credits = new TreeSet<>(TextOrder.UTF_8);
        credits.addAll(before.keySet());
        credits.addAll(after.keySet());
        return credits.stream()
                .map(credit -> new Figure(
                        credit, before.getOrDefault(credit, Amount.ZERO), after.getOrDefault(credit, Amount.ZERO)))
                .toList();
    }
}
