package io.saldo.documents.finance;

import io.saldo.documents.table.Column;
import io.saldo.documents.table.JsonReport;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.documents.table.XlsxReport;
import io.saldo.money.Amount;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The finance report as a workbook, as JSON, and each of its tables as CSV. */
public final class FinanceReportFiles {
    private static final List<Column> ROLL_FORWARD = List.of(
            Column.text("account_id", 22),
            Column.text("currency", 9),
            Column.text("status", 12),
            Column.amount("opening"),
            Column.amount("purchased"),
            Column.amount("restored"),
            Column.amount("consumed"),
            Column.amount("expired"),
            Column.amount("refunded"),
            Column.amount("closing"));

    private static final List<Column> BREAKAGE = List.of(
            Column.text("account_id", 22),
            Column.text("credit_id", 24),
            Column.text("kind", 12),
            Column.text("currency", 9),
            Column.date("expired_on"),
            Column.amount("expired"),
            Column.amount("revenue"));

    private static final List<Column> COVERAGE = List.of(
            Column.text("account_id", 22),
            Column.text("currency", 9),
            Column.text("status", 12),
            Column.amount("usage"),
            Column.amount("credit"),
            Column.amount("payg"),
            Column.amount("overage"),
            Column.amount("surcharge"),
            Column.amount("carried"),
            Column.amount("unfunded"),
            Column.amount("receivable"));

    private static final List<Column> TAX = List.of(
            Column.text("category", 10),
            Column.amount("rate"),
            Column.text("country", 9),
            Column.text("account_id", 22),
            Column.text("document", 24),
            Column.text("source", 16),
            Column.text("state", 12),
            Column.text("currency", 9),
            Column.amount("net"),
            Column.amount("tax"));

    private static final List<Column> CHANGE = List.of(
            Column.text("account_id", 22),
            Column.text("currency", 9),
            Column.text("status", 12),
            Column.amount("usage"),
            Column.amount("usage_last_month"),
            Column.amount("usage_change"),
            Column.amount("charged"),
            Column.amount("charged_last_month"),
            Column.amount("charged_change"),
            Column.amount("balance"),
            Column.amount("balance_last_month"));

    private FinanceReportFiles() {}

    /** All tables; the stream stays open. */
    public static void writeXlsx(FinanceReport report, OutputStream out) throws IOException {
        XlsxReport.write(tables(report), out);
    }

    /** All tables; the stream stays open. */
    public static void writeJson(FinanceReport report, OutputStream out) throws IOException {
        JsonReport.write(tables(report), out);
    }

    private static ReportTables tables(FinanceReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("report", "finance");
        summary.put("month", report.month().toString());
        summary.put("as_of", report.asOf());
        summary.put("account_months", report.rollForward().size());
        summary.put(
                "account_months_closed",
                report.rollForward().stream()
                        .filter(FinanceReport.RollForward::isClosed)
                        .count());
        return new ReportTables("Finance report, " + report.month(), report.asOf(), summary, each(report));
    }

    /** Its tables: deferred revenue, breakage, coverage, tax, change. */
    public static List<Table> each(FinanceReport report) {
        return List.of(
                Table.of(
                        "deferred_revenue",
                        ROLL_FORWARD,
                        report.rollForward(),
                        row -> Arrays.asList(
                                row.accountId(),
                                row.currency(),
                                row.status(),
                                row.opening(),
                                row.purchased(),
                                row.restored(),
                                row.consumed(),
                                row.expired(),
                                row.refunded(),
                                row.closing())),
                Table.of(
                        "breakage",
                        BREAKAGE,
                        report.breakage(),
                        row -> Arrays.asList(
                                row.accountId(),
                                row.creditId(),
                                row.kind(),
                                row.currency(),
                                row.expiredOn(),
                                row.expired(),
                                row.isRevenue() ? row.expired() : Amount.ZERO)),
                Table.of(
                        "coverage",
                        COVERAGE,
                        report.coverage(),
                        row -> Arrays.asList(
                                row.accountId(),
                                row.currency(),
                                row.status(),
                                row.usage(),
                                row.credit(),
                                row.payg(),
                                row.overage(),
                                row.surcharge(),
                                row.carried(),
                                row.unfunded(),
                                row.receivable())),
                Table.of(
                        "tax",
                        TAX,
                        report.taxes(),
                        row -> Arrays.asList(
                                row.category(),
                                row.rate(),
                                row.country(),
                                row.accountId(),
                                row.document(),
                                row.source(),
                                row.state(),
                                row.currency(),
                                row.net(),
                                row.tax())),
                Table.of(
                        "change",
                        CHANGE,
                        report.changes(),
                        row -> Arrays.asList(
                                row.accountId(),
                                row.currency(),
                                row.status(),
                                row.usage(),
                                row.usageBefore(),
                                row.usageChange(),
                                row.charged(),
                                row.chargedBefore(),
                                row.chargedChange(),
                                row.balance(),
                                row.balanceBefore())));
    }
}
