package io.saldo.documents.health;

import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.documents.health.HealthReport.Line;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.JsonReport;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.documents.table.XlsxReport;
import io.saldo.health.AccountHealth;
import io.saldo.health.BurnRate;
import io.saldo.health.Concern;
import io.saldo.health.CreditGap;
import io.saldo.health.Forecast;
import io.saldo.health.RechargeAdvice;
import io.saldo.health.TopUpDeclines;
import io.saldo.time.Instants;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The credit health report as a workbook, CSV and JSON. CSV is the table of accounts. */
public final class HealthReportFiles {
    private static final List<Column> ACCOUNTS = List.of(
            Column.text("account_id", 22),
            Column.text("name", 34),
            Column.text("concerns", 34),
            Column.text("overage_policy", 15),
            Column.text("currency", 9),
            Column.amount("balance"),
            Column.amount("scoped_balance"),
            Column.amount("debt"),
            Column.count("days_observed"),
            Column.amount("usage_observed"),
            Column.amount("burn_per_day_slow"),
            Column.amount("burn_per_day"),
            Column.amount("burn_per_day_fast"),
            Column.amount("burn_per_day_latest"),
            Column.count("runway_days_short"),
            Column.count("runway_days"),
            Column.count("runway_days_long"),
            Column.amount("expiring_unused"),
            Column.text("recharge", 13),
            Column.date("recharge_on"),
            Column.amount("recharge_amount"),
            Column.amount("recharge_room"),
            Column.amount("to_last_28_days"),
            Column.amount("recharge_threshold"),
            Column.amount("recharge_monthly_cap"),
            Column.amount("bought_this_month"),
            Column.count("gaps"),
            Column.text("without_credit_since", 28),
            Column.amount("served_without_credit"),
            Column.count("declines"),
            Column.text("circuit_breaker", 16));

    private static final List<Column> EXPIRING = List.of(
            Column.text("account_id", 22),
            Column.text("credit_id", 24),
            Column.date("last_day"),
            Column.count("in_days"),
            Column.amount("unused"),
            Column.text("currency", 9));

    private static final List<Column> GAPS =
            List.of(Column.text("account_id", 22), Column.text("from", 28), Column.text("to", 28));

    private static final List<Column> DECLINES = List.of(
            Column.text("account_id", 22),
            Column.text("method", 18),
            Column.text("code", 28),
            Column.count("declines"),
            Column.count("declines_of_method"),
            Column.count("limit"),
            Column.text("circuit_breaker", 16),
            Column.date("last_decline"));

    private HealthReportFiles() {}

    /** All accounts; the stream stays open. */
    public static void writeCsv(HealthReport report, OutputStream out) throws IOException {
        ReportTables.writeCsv(accounts(report), out);
    }

    /** All tables; the stream stays open. */
    public static void writeXlsx(HealthReport report, OutputStream out) throws IOException {
        XlsxReport.write(tables(report), out);
    }

    /** All tables; the stream stays open. */
    public static void writeJson(HealthReport report, OutputStream out) throws IOException {
        JsonReport.write(tables(report), out);
    }

    private static ReportTables tables(HealthReport report) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("report", "credit health");
        summary.put("night", report.businessDate());
        summary.put("run", report.runId());
        summary.put("accounts_prepaid", report.lines().size());
        summary.put("accounts_with_a_concern", report.concerned().size());
        for (Concern concern : Concern.values()) {
            summary.put(
                    "accounts_" + concern.name().toLowerCase(Locale.ROOT),
                    report.lines().stream()
                            .filter(each -> each.health().concerns().contains(concern))
                            .count());
        }
        summary.put("risk_days", report.rules().riskDays());
        summary.put("expiry_days", report.rules().expiryDays());
        summary.put("declines_window_days", report.declineWindowDays());
        List<List<@Nullable Object>> expiring = new ArrayList<>();
        List<List<@Nullable Object>> gaps = new ArrayList<>();
        List<List<@Nullable Object>> declines = new ArrayList<>();
        for (Line line : report.lines()) {
            String id = line.health().account().accountId();
            for (Forecast.Unused each : line.health().expiring()) {
                LocalDate lastDay = report.businessDate().plusDays(each.inDays());
                expiring.add(
                        Arrays.asList(id, each.creditId(), lastDay, each.inDays(), each.amount(), line.currency()));
            }
            for (CreditGap each : line.health().account().gaps()) {
                gaps.add(Arrays.asList(
                        id, Instants.format(each.from()), each.isOpen() ? "" : Instants.format(each.to())));
            }
            for (TopUpDeclines each : line.health().account().declines()) {
                each.byCode()
                        .forEach((code, count) -> declines.add(Arrays.asList(
                                id,
                                each.method(),
                                code,
                                count,
                                each.declines(),
                                each.limit(),
                                breaker(each.isTripped()),
                                each.last())));
            }
        }
        return new ReportTables(
                "Credit health, night of " + report.businessDate(),
                report.businessDate(),
                summary,
                List.of(
                        accounts(report),
                        new Table("expiring", EXPIRING, expiring),
                        new Table("gaps", GAPS, gaps),
                        new Table("declines", DECLINES, declines)));
    }

    private static String breaker(boolean tripped) {
        return tripped ? "open" : "closed";
    }

    private static Table accounts(HealthReport report) {
        return Table.of("accounts", ACCOUNTS, report.lines(), HealthReportFiles::account);
    }

    private static List<@Nullable Object> account(Line line) {
        AccountHealth health = line.health();
        BurnRate burn = health.burn();
        RechargeAdvice advice = health.advice();
        Terms terms = health.account().terms();
        OveragePolicy policy = terms.overagePolicy();
        List<TopUpDeclines> declines = health.account().declines();
        boolean advised = advice.on() != null;
        return Arrays.asList(
                health.account().accountId(),
                line.name(),
                health.concerns().stream().map(Concern::word).collect(Collectors.joining("; ")),
                policy == null ? "" : policy.word(),
                line.currency(),
                health.balance(),
                health.scoped(),
                health.account().debt(),
                burn.days(),
                burn.total(),
                burn.slow(),
                burn.usual(),
                burn.fast(),
                burn.latest(),
                days(health.runwayShort()),
                days(health.runway()),
                days(health.runwayLong()),
                health.expiringUnused(),
                advice.state().word(),
                advice.on(),
                advised ? advice.amount() : null,
                advice.room(),
                advice.toLast(),
                terms.rechargeThreshold(),
                terms.rechargeMonthlyCap(),
                health.account().boughtThisMonth(),
                health.account().gaps().size(),
                health.account().gaps().stream()
                        .filter(CreditGap::isOpen)
                        .map(each -> Instants.format(each.from()))
                        .findFirst()
                        .orElse(""),
                health.account().servedWithoutCredit(),
                declines.stream().mapToInt(TopUpDeclines::declines).sum(),
                declines.isEmpty() ? "" : breaker(declines.stream().anyMatch(TopUpDeclines::isTripped)));
    }

    /** Empty where nobody looks so far ahead. */
    private static @Nullable Integer days(int days) {
        return days == Forecast.BEYOND ? null : days;
    }
}
