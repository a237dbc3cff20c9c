package io.saldo.documents.dispute;

import static io.saldo.documents.text.PlainText.line;

import io.saldo.dispute.UsageBill;
import io.saldo.documents.dispute.DifferenceReport.Figure;
import io.saldo.documents.dispute.DifferenceReport.Line;
import io.saldo.documents.pdf.Row;
import io.saldo.documents.text.Texts;
import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import io.saldo.statement.StatementLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The difference report's words and numbers, band by band, as the template shows them. */
final class DifferencePage {
    private static final int ROWS_MAX = 40;

    private final DifferenceReport report;
    private final UsageBill difference;
    private final Texts texts;
    private final List<Row> rows = new ArrayList<>();

    DifferencePage(DifferenceReport report, Texts texts) {
        this.report = report;
        this.difference = report.difference();
        this.texts = texts;
    }

    String title() {
        return texts.fill(
                "title",
                Map.of(
                        "dispute",
                        String.valueOf(report.dispute()),
                        "account",
                        line(report.accountId()),
                        "month",
                        texts.month(report.month())));
    }

    String subject() {
        return texts.text("subject", "dispute", String.valueOf(report.dispute()));
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("title", title());
        parameters.put(
                "state", texts.text("state", "currency", report.currency().getCurrencyCode()));
        Amount due = difference.due();
        Amount credit = difference.sum(StatementLine::credit);
        figure(parameters, "Invoiced", report.invoiced().sum(StatementLine::amount), "");
        figure(parameters, "Revised", report.revised().sum(StatementLine::amount), "");
        boolean rounds = Rounding.halfUp(due.absolute(), report.currency()).isZero();
        figure(
                parameters,
                "Due",
                due,
                texts.text("figure.due-" + (rounds ? "nothing" : due.signum() < 0 ? "less" : "more")));
        figure(
                parameters,
                "Credit",
                credit,
                credit.isZero() ? "" : texts.text("figure.credit-" + (credit.signum() < 0 ? "less" : "more")));
        return parameters;
    }

    private void figure(Map<String, Object> parameters, String name, Amount amount, String note) {
        parameters.put("figure" + name, amount(amount));
        parameters.put("figure" + name + "Note", note);
    }

    List<Row> rows() {
        request();
        head("coverage", "invoiced", "revised", "difference");
        for (Figure each : report.coverage()) {
            if (!each.invoiced().isZero() || !each.revised().isZero()) {
                cells("coverage", texts.text("coverage." + each.name()), figures(each));
            }
        }
        lines();
        grants();
        days();
        events();
        for (String note : new String[] {"invoiced", "revised", "closed", "paper"}) {
            note("method", texts.text("method." + note));
        }
        for (int index = 1; index < rows.size(); index++) {
            rows.get(index).with("continued");
        }
        return rows;
    }

    private void request() {
        note("request", texts.text("request.reason", "reason", line(report.reason())));
        if (!report.priceBook().isEmpty()) {
            note("request", texts.text("request.price-book", "book", line(report.priceBook())));
        }
        if (report.excluded() > 0) {
            note("request", texts.text("request.excluded", "count", count(report.excluded())));
        }
        note("request", texts.text("request.original", "revision", String.valueOf(report.original())));
    }

    private void lines() {
        head("lines", "quantity", "invoiced", "revised", "difference", "credit", "due");
        List<Line> differ = report.lines().stream()
                .filter(each -> difference.lines().stream()
                        .anyMatch(other -> StatementLine.KEY_ORDER.compare(other, each.key()) == 0))
                .toList();
        each(
                "lines",
                differ,
                each -> label(each.key()),
                each -> List.of(
                        texts.number(each.difference(line -> Amount.of(1).times(line.quantity())), 0),
                        amount(Line.of(each.invoiced(), StatementLine::amount)),
                        amount(Line.of(each.revised(), StatementLine::amount)),
                        amount(each.difference(StatementLine::amount)),
                        amount(each.difference(StatementLine::credit)),
                        amount(each.difference(Line::due))));
    }

    private static String label(StatementLine key) {
        return line(key.model() + "  " + key.meterWord() + (key.isPriced() ? "" : "  (no price)"));
    }

    private void grants() {
        head("grants", "invoiced", "revised", "difference");
        each("grants", report.grants(), each -> line(each.name()), this::figures);
    }

    private void days() {
        head("days", "invoiced", "revised", "difference");
        each(
                "days",
                report.days().stream()
                        .filter(each -> !each.difference().isZero())
                        .toList(),
                each -> each.date() == null ? texts.text("days.later") : texts.date(each.date()),
                each -> List.of(amount(each.invoiced()), amount(each.revised()), amount(each.difference())));
    }

    private void events() {
        head("events", "cause", "occurred", "", "", "before", "after");
        each(
                "events",
                report.events(),
                each -> line(each.eventId()),
                each -> List.of(
                        each.cause(),
                        each.occurredAt().substring(0, 10),
                        each.occurredAt().substring(11, 19),
                        "",
                        count(each.unitsBefore()),
                        count(each.unitsAfter())));
    }

    private List<String> figures(Figure each) {
        return List.of(amount(each.invoiced()), amount(each.revised()), amount(each.difference()));
    }

    private <T> void each(String part, List<T> all, Function<T, String> label, Function<T, List<String>> values) {
        all.stream().limit(ROWS_MAX).forEach(each -> cells(part, label.apply(each), values.apply(each)));
        if (all.isEmpty()) {
            note(part, texts.text("none." + part));
        }
        if (all.size() > ROWS_MAX) {
            note(part, texts.text("more", "shown", count(ROWS_MAX), "all", count(all.size())));
        }
    }

    private void head(String part, String... columns) {
        Row row = row("isHead", part);
        for (int cell = 0; cell < columns.length; cell++) {
            row.with("cell" + (cell + 1), columns[cell].isEmpty() ? "" : texts.text("column." + columns[cell]));
        }
    }

    private void cells(String part, String label, List<String> values) {
        Row row = row("isRow", part).with("label", label);
        for (int cell = 0; cell < values.size(); cell++) {
            row.with("cell" + (cell + 1), values.get(cell));
        }
    }

    private void note(String part, String text) {
        row("isNote", part).with("label", text);
    }

    private Row row(String kind, String part) {
        Row row = new Row(kind).with("part", part).with("partTitle", texts.text("part." + part));
        rows.add(row);
        return row;
    }

    /** To the minor unit, with its sign; what is exact stands in the other forms. */
    private String amount(Amount amount) {
        Amount rounded = Rounding.halfUp(amount.absolute(), report.currency()).toAmount();
        return texts.amount(amount.signum() < 0 ? rounded.negated() : rounded, report.currency());
    }

    private String count(long count) {
        return texts.number(Amount.of(count), 0);
    }
}
