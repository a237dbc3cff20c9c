package io.saldo.documents.dispute;

import io.saldo.dispute.UsageBill;
import io.saldo.documents.dispute.DifferenceReport.Day;
import io.saldo.documents.dispute.DifferenceReport.Event;
import io.saldo.documents.dispute.DifferenceReport.Figure;
import io.saldo.documents.dispute.DifferenceReport.Line;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.JsonReport;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.documents.table.XlsxReport;
import io.saldo.statement.StatementLine;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The difference report as a workbook, as JSON, and each of its tables as CSV. */
public final class DifferenceReportFiles {
    private static final List<Column> FIGURES =
            List.of(Column.amount("invoiced"), Column.amount("revised"), Column.amount("difference"));

    private static final List<Column> LINES = List.of(
            Column.text("provider", 14),
            Column.text("model", 24),
            Column.text("service_tier", 13),
            Column.text("meter", 14),
            Column.amount("unit_price"),
            Column.count("per_units"),
            Column.count("quantity_invoiced"),
            Column.count("quantity_revised"),
            Column.amount("amount_invoiced"),
            Column.amount("amount_revised"),
            Column.amount("amount_difference"),
            Column.amount("credit_difference"),
            Column.amount("payg_difference"),
            Column.amount("overage_difference"),
            Column.amount("carried_difference"),
            Column.amount("unfunded_difference"));

    private static final List<Column> DRAWS = List.of(
            Column.text("credit_id", 24),
            Column.text("kind", 12),
            Column.date("usage_date"),
            Column.amount("difference"));

    private static final List<Column> EVENTS = List.of(
            Column.text("cause", 10),
            Column.text("namespace", 14),
            Column.text("event_id", 36),
            Column.text("occurred_at", 28),
            Column.text("provider", 14),
            Column.text("model", 24),
            Column.text("before", 30),
            Column.text("after", 30),
            Column.text("file", 36),
            Column.count("line"));

    private DifferenceReportFiles() {}

    /** Writes the workbook; the stream stays open. */
    public static void writeXlsx(DifferenceReport report, OutputStream out) throws IOException {
        XlsxReport.write(tables(report), out);
    }

    /** Writes the JSON; the stream stays open. */
    public static void writeJson(DifferenceReport report, OutputStream out) throws IOException {
        JsonReport.write(tables(report), out);
    }

    /** Its tables: what differs by coverage, line, grant, day, grant and day, and the events that cause it. */
    public static List<Table> each(DifferenceReport report) {
        return List.of(
                Table.of("coverage", with(Column.text("coverage", 12)), report.coverage(), DifferenceReportFiles::row),
                Table.of("lines", LINES, report.lines(), DifferenceReportFiles::line),
                Table.of("grants", with(Column.text("credit_id", 24)), report.grants(), DifferenceReportFiles::row),
                Table.of("days", with(Column.date("date")), report.days(), DifferenceReportFiles::day),
                Table.of("drawdowns", DRAWS, report.difference().draws(), DifferenceReportFiles::draw),
                Table.of("events", EVENTS, report.events(), DifferenceReportFiles::event));
    }

    private static ReportTables tables(DifferenceReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("dispute", report.dispute());
        summary.put("account_id", report.accountId());
        summary.put("month", report.month().toString());
        summary.put("currency", report.currency().getCurrencyCode());
        summary.put("opened_on", report.openedOn());
        summary.put("reason", report.reason());
        summary.put("price_book", report.priceBook());
        summary.put("excluded_events", report.excluded());
        summary.put("original_revision", report.original());
        summary.put("due_difference", report.difference().due());
        summary.put("credit_difference", report.difference().sum(StatementLine::credit));
        return new ReportTables("Dispute " + report.dispute(), report.openedOn(), summary, each(report));
    }

    private static List<Column> with(Column first) {
        return List.of(first, FIGURES.get(0), FIGURES.get(1), FIGURES.get(2));
    }

    private static List<@Nullable Object> row(Figure figure) {
        return Arrays.asList(figure.name(), figure.invoiced(), figure.revised(), figure.difference());
    }

    private static List<@Nullable Object> day(Day day) {
        return Arrays.asList(day.date(), day.invoiced(), day.revised(), day.difference());
    }

    private static List<@Nullable Object> draw(UsageBill.Draw draw) {
        return Arrays.asList(draw.creditId(), draw.kind().word(), draw.usageDate(), draw.amount());
    }

    private static List<@Nullable Object> line(Line line) {
        StatementLine key = line.key();
        return Arrays.asList(
                key.provider(),
                key.model(),
                key.serviceTier(),
                key.meterWord(),
                key.unitPrice(),
                key.isPriced() ? key.perUnits() : null,
                quantity(line.invoiced()),
                quantity(line.revised()),
                Line.of(line.invoiced(), StatementLine::amount),
                Line.of(line.revised(), StatementLine::amount),
                line.difference(StatementLine::amount),
                line.difference(StatementLine::credit),
                line.difference(StatementLine::payg),
                line.difference(StatementLine::overage),
                line.difference(StatementLine::carried),
                line.difference(StatementLine::unfunded));
    }

    private static BigInteger quantity(@Nullable StatementLine line) {
        return line == null ? BigInteger.ZERO : line.quantity();
    }

    private static List<@Nullable Object> event(Event event) {
        return Arrays.asList(
                event.cause(),
                event.namespace(),
                event.eventId(),
                event.occurredAt(),
                event.provider(),
                event.model(),
                event.before(),
                event.after(),
                event.file(),
                event.line());
    }
}
