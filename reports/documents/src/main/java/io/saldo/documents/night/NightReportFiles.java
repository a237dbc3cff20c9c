package io.saldo.documents.night;

import io.saldo.documents.night.BreakSums.Aged;
import io.saldo.documents.night.BreakSums.CodeCount;
import io.saldo.documents.night.BreakSums.Difference;
import io.saldo.documents.night.NightReport.Account;
import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReport.Delivery;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.JsonReport;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.documents.table.XlsxReport;
import io.saldo.money.Amount;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The night's report as a workbook, CSV and JSON.
 *
 * <p>CSV is the table of all breaks. The workbook has the verdict first, then the sums, then a sheet for each class of
 * checks that has a break. JSON has the same with all breaks in one list.
 */
public final class NightReportFiles {
    private static final List<Column> DIFFERENCES = List.of(
            Column.text("by", 10),
            Column.text("name", 44),
            Column.text("currency", 10),
            Column.count("breaks"),
            Column.amount("gross"),
            Column.amount("net"));

    private static final List<Column> AGING = List.of(
            Column.text("age", 16), Column.text("currency", 10), Column.count("breaks"), Column.amount("gross"));

    private static final List<Column> CODES = List.of(
            Column.text("check", 18),
            Column.text("code", 30),
            Column.count("unresolved"),
            Column.count("new"),
            Column.count("resolved"),
            Column.text("shown_as", 12));

    private static final List<Column> DELIVERIES = List.of(
            Column.text("source", 22),
            Column.text("file", 44),
            Column.count("records"),
            Column.count("accepted"),
            Column.count("duplicate"),
            Column.count("conflict"),
            Column.count("rejected"),
            Column.count("held"),
            Column.count("not_billable"),
            Column.text("note", 50));

    private static final List<Column> ACCOUNTS = List.of(
            Column.text("account_id", 22),
            Column.text("name", 36),
            Column.text("verdict", 13),
            Column.amount("balance"),
            Column.amount("debt"),
            Column.text("currency", 10));

    private NightReportFiles() {}

    /** All breaks; the stream stays open. */
    public static void writeCsv(NightReport report, OutputStream out) throws IOException {
        ReportTables.writeCsv(BreakTable.report("breaks", report.breaks(), report::ageDays), out);
    }

    /** A sheet for the verdict, for the sums, and for each class of checks; the stream stays open. */
    public static void writeXlsx(NightReport report, OutputStream out) throws IOException {
        List<Table> sheets = new ArrayList<>(sums(report));
        Map<String, List<Break>> byCheck = new TreeMap<>();
        report.breaks().forEach(each -> byCheck.computeIfAbsent(each.check(), check -> new ArrayList<>())
                .add(each));
        byCheck.forEach(
                (check, breaks) -> sheets.add(BreakTable.report(check.replace(' ', '_'), breaks, report::ageDays)));
        sheets.addAll(rest(report));
        XlsxReport.write(tables(report, sheets), out);
    }

    /** Everything; the stream stays open. */
    public static void writeJson(NightReport report, OutputStream out) throws IOException {
        List<Table> lists = new ArrayList<>(sums(report));
        lists.add(BreakTable.report("breaks", report.breaks(), report::ageDays));
        lists.addAll(rest(report));
        JsonReport.write(tables(report, lists), out);
    }

    private static ReportTables tables(NightReport report, List<Table> tables) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("report", "discrepancies of a night");
        summary.put("night", report.businessDate());
        summary.put("verdict", report.verdict().word());
        summary.put("run", report.runId());
        summary.put("breaks_unresolved", report.unresolved());
        for (Change change : Change.values()) {
            summary.put("breaks_" + change.word(), report.count(change));
        }
        Delivery total = report.total();
        summary.put("deliveries_listed", report.deliveries().size());
        summary.put("records", total.records());
        summary.put("records_accepted", total.accepted());
        summary.put("statements_computed", report.statements());
        summary.put("accounts_judged", report.accounts().size());
        return new ReportTables(
                "Discrepancies, night of " + report.businessDate(), report.businessDate(), summary, tables);
    }

    private static List<Table> sums(NightReport report) {
        BreakSums sums = new BreakSums(report);
        List<List<@Nullable Object>> differences = new ArrayList<>();
        sums.differences().forEach(each -> differences.add(difference("currency", each)));
        sums.differencesByCheck().forEach(each -> differences.add(difference("class", each)));
        sums.differencesByCause().forEach(each -> differences.add(difference("cause", each)));
        sums.differencesByAccount().forEach(each -> differences.add(difference("account", each)));
        List<List<@Nullable Object>> aging = new ArrayList<>();
        for (Aged aged : sums.aging()) {
            aging.add(Arrays.asList(aged.age().word(), "", aged.breaks(), null));
            for (Map.Entry<String, Amount> gross : aged.gross().entrySet()) {
                aging.add(Arrays.asList(aged.age().word(), gross.getKey(), null, gross.getValue()));
            }
        }
        return List.of(
                new Table("differences", DIFFERENCES, differences),
                new Table("aging", AGING, aging),
                Table.of("codes", CODES, sums.codes(), each -> code(report, each)));
    }

    private static List<@Nullable Object> code(NightReport report, CodeCount each) {
        return Arrays.asList(
                each.check(),
                each.code(),
                each.count(),
                each.newTonight(),
                each.resolvedSinceYesterday(),
                report.isFlood(each) ? "one group" : "single");
    }

    private static List<@Nullable Object> difference(String by, Difference each) {
        boolean money = !each.currency().isEmpty();
        return Arrays.asList(
                by,
                each.name(),
                each.currency(),
                each.breaks(),
                money ? each.gross() : null,
                money ? each.net() : null);
    }

    private static List<Table> rest(NightReport report) {
        return List.of(
                Table.of("deliveries", DELIVERIES, report.deliveries(), NightReportFiles::delivery),
                Table.of("accounts", ACCOUNTS, report.accountsWorstFirst(), NightReportFiles::account));
    }

    private static List<@Nullable Object> delivery(Delivery each) {
        return Arrays.asList(
                each.source(),
                each.file(),
                each.records(),
                each.accepted(),
                each.duplicate(),
                each.conflict(),
                each.rejected(),
                each.held(),
                each.notBillable(),
                each.note());
    }

    private static List<@Nullable Object> account(Account each) {
        return Arrays.asList(
                each.accountId(), each.name(), each.verdict().word(), each.balance(), each.debt(), each.currency());
    }
}
