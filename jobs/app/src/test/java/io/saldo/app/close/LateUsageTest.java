package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.PreparedHome;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage that is delivered after its month was closed, through nights, closes and invoices. */
class LateUsageTest {
    private static final String LATE = "late-1,2026-10-20T00:00:00Z,a-1,,openai,m,5000";

    private static final PreparedHome CLOSED = new PreparedHome(List.of("a-1"), LateUsageTest::prepare);

    @TempDir
    Path folder;

    /** October is closed with 8 EUR of the 10 EUR credit spent. */
    private SmallHome home(String name) throws IOException {
        return CLOSED.copyTo(folder.resolve(name));
    }

    private static void prepare(SmallHome home) throws IOException {
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01");
    }

    private static void close(SmallHome home, String month, String date) {
        Program close = home.run("close", "--month", month, "--date", date);
        assertThat(close.code()).as(close.out() + close.err()).isZero();
    }

    private static List<String> rows(SmallHome home, String month, String file, String... columns) {
        Path export = home.root().resolve("out/exports/" + month);
        Program program = home.run("export", "--month", month, "--to", export.toString());
        assertThat(program.code()).as(program.err()).isZero();
        return DemoRun.rows(export.resolve(file + ".csv")).stream()
                .map(row -> Arrays.stream(columns).map(row::get).collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<String> lines(SmallHome home, String month) {
        return rows(
                home, month, "statement_lines", "usage_month", "quantity", "amount", "credit_amount", "overage_amount");
    }

    private static String explained(SmallHome home) {
        Program explain = home.run("explain", "--account", "a-1", "--month", "2026-11");
        assertThat(explain.code()).as(explain.err()).isZero();
        return explain.out();
    }

    private static List<String> breaks(SmallHome home) {
        return home.books("SELECT code, period, state FROM break_case WHERE code = 'USAGE_LATE' ORDER BY period");
    }

    @Test
    void itIsTaxedByTheProfileOfItsOwnMonth() throws IOException {
        SmallHome home = home("taxed");
        home.configure("accounts.csv", """
                account_id,effective_from,name,country,currency,tax_profile,locale,vat_id
                a-1,,Name,DE,EUR,standard,en,
                a-1,2026-11-01,Name,AT,EUR,reverse_charge,en,ATU00000000
                """);
        home.deliverUsage("november.csv", LATE, "n-1,2026-11-05T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-02");
        assertThat(rows(home, "2026-11", "invoice_taxes", "category", "rate", "net_document", "tax_document"))
                .containsExactlyInAnyOrder("S 19 3 0.57", "AE 0 1 0");
    }

    @Test
    void lateUsageIsChargedOnceWithTheOldestOpenMonth() throws IOException {
        SmallHome home = home("once");
        List<String> october = lines(home, "2026-10");
        home.deliverUsage("november.csv", LATE, "n-1,2026-11-05T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-30");

        assertThat(lines(home, "2026-11")).containsExactly("2026-10 5000 5 2 3", "2026-11 1000 1 0 1");
        assertThat(rows(home, "2026-11", "drawdowns", "credit_id", "usage_date", "amount"))
                .containsExactly("c-1 2026-10-20 2");
        assertThat(rows(home, "2026-11", "daily_balances", "date", "usage_amount"))
                .startsWith("2026-11-01 5", "2026-11-02 0");
        home.night("2026-12-01");
        assertThat(home.books("SELECT * FROM statement_revision WHERE month = '2026-11'"))
                .as("nothing new, no revision")
                .hasSize(1);

        close(home, "2026-11", "2026-12-02");
        assertThat(rows(home, "2026-11", "statements", "usage_amount", "credit_amount", "overage_amount"))
                .containsExactly("6 2 4");
        assertThat(rows(home, "2026-11", "invoice_lines", "kind", "usage_month", "quantity", "amount_document"))
                .containsExactly("usage 2026-11 1000 1", "late_usage 2026-10 5000 5", "credit_promo 2026-11  -2");
        assertThat(rows(home, "2026-11", "invoices", "net_document")).containsExactly("4");
        assertThat(rows(home, "2026-11", "journal", "entry", "debit"))
                .filteredOn(row -> row.contains("overage"))
                .anyMatch(row -> row.endsWith("overage 4"));
        assertThat(lines(home, "2026-10")).isEqualTo(october);
        assertThat(explained(home))
                .contains("late events           1", "- 2026-10: 1 event", "reproduced            yes");

        home.deliverUsage("december.csv", "d-1,2026-12-02T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-12-03");
        assertThat(lines(home, "2026-12")).as("charged once").containsExactly("2026-12 1000 1 0 1");

        home.deliverUsage(
                "later.csv",
                "late-2,2026-10-21T00:00:00Z,a-1,,openai,m,2000",
                "late-3,2026-09-21T00:00:00Z,a-1,,openai,m,3000");
        home.night("2026-12-04");
        assertThat(lines(home, "2026-12"))
                .as("also of a month before the first that was closed")
                .containsExactly("2026-09 3000 3 0 3", "2026-10 2000 2 0 2", "2026-12 1000 1 0 1");
    }

    @Test
    void reportOnlyLeavesItInNoStatement() throws IOException {
        SmallHome home = home("report");
        Folders.edit(
                home.root().resolve("config/application.yml"), "late-usage: next-invoice", "late-usage: report-only");
        home.deliverUsage("november.csv", LATE, "n-1,2026-11-05T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        assertThat(lines(home, "2026-11")).containsExactly("2026-11 1000 1 1 0");
        assertThat(breaks(home)).containsExactly("USAGE_LATE 2026-10 OPEN");

        Folders.edit(
                home.root().resolve("config/application.yml"), "late-usage: report-only", "late-usage: next-invoice");
        home.night("2026-12-01");
        assertThat(lines(home, "2026-12"))
                .as("what was only reported is charged once it may be")
                .containsExactly("2026-10 5000 5 1 4");
    }

    private static void reportOnly(SmallHome home) throws IOException {
        Folders.edit(
                home.root().resolve("config/application.yml"), "late-usage: next-invoice", "late-usage: report-only");
    }

    private static Program charge(SmallHome home, String date) {
        return home.run("breaks", "charge", "--code", "USAGE_LATE", "--by", "Ann", "--note", "agreed", "--date", date);
    }

    @Test
    void whatIsOnlyReportedIsChargedAsLateUsageOnceAPersonDecidesSo() throws IOException {
        SmallHome home = home("decided");
        reportOnly(home);
        home.deliverUsage("november.csv", LATE, "n-1,2026-11-05T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-10");
        assertThat(lines(home, "2026-11")).containsExactly("2026-11 1000 1 1 0");
        assertThat(breakDetails(home))
                .containsExactly("OPEN delivered after the close, in no statement until a person has it charged:"
                        + " 1 events and 0 restated figures, 5001 units together, brought by run 3");

        Program charge = charge(home, "2026-11-11");
        assertThat(charge.code()).as(charge.err()).isZero();
        home.night("2026-11-11");
        assertThat(lines(home, "2026-11"))
                .as("credit pays first, as for late usage that is charged without asking")
                .containsExactly("2026-10 5000 5 2 3", "2026-11 1000 1 0 1");
        assertThat(breaks(home)).containsExactly("USAGE_LATE 2026-10 RESOLVED");
        assertThat(explained(home)).contains("- 2026-10: 1 event", "reproduced            yes");

        home.deliverUsage("more.csv", "late-2,2026-10-21T00:00:00Z,a-1,,openai,m,2000");
        home.night("2026-11-12");
        assertThat(breaks(home)).as("nobody decided on this").containsExactly("USAGE_LATE 2026-10 OPEN");
        assertThat(lines(home, "2026-11"))
                .as("and a decision covers what it was made on, or nothing")
                .containsExactly("2026-11 1000 1 1 0");
        assertThat(charge(home, "2026-11-13").code()).isZero();
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        assertThat(lines(home, "2026-11")).containsExactly("2026-10 7000 7 2 5", "2026-11 1000 1 0 1");
        assertThat(rows(home, "2026-11", "invoice_lines", "kind", "usage_month", "amount_document"))
                .contains("late_usage 2026-10 7");
        assertThat(explained(home)).contains("- 2026-10: 2 events", "reproduced            yes");

        home.deliverUsage("december.csv", "late-3,2026-10-22T00:00:00Z,a-1,,openai,m,3000");
        home.night("2026-12-02");
        assertThat(rows(home, "2026-12", "statement_lines", "amount"))
                .as("what was charged is charged once, and what is new waits")
                .isEmpty();
        assertThat(breaks(home)).containsExactly("USAGE_LATE 2026-10 OPEN");
        assertThat(charge(home, "2026-12-03").code()).isZero();
        home.night("2026-12-03");
        assertThat(lines(home, "2026-12")).containsExactly("2026-10 3000 3 0 3");
    }

    private static List<String> breakDetails(SmallHome home) {
        return home.books("SELECT state || ' ' || cause || ': ' || evidence FROM break_case WHERE code = 'USAGE_LATE'");
    }

    @Test
    void whatWasUsedBeforeTheGoLiveIsNotChargedAndItsSpentCreditIsKnownForEver() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("golive"), List.of("a-1"));
        home.configure("openings.csv", """
                account_id,as_of,credit_id,kind,amount,currency,booked_at,remaining_amount
                a-1,2026-10-01,c-0,purchase,10,EUR,2026-09-01,0
                """);
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01");
        home.deliverUsage(
                "november.csv",
                "before-1,2026-09-20T00:00:00Z,a-1,,openai,m,5000",
                LATE,
                "n-1,2026-11-05T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-30");

        assertThat(lines(home, "2026-11")).containsExactly("2026-10 5000 5 0 5", "2026-11 1000 1 0 1");
        assertThat(rows(home, "2026-11", "grants", "credit_id", "drawn_amount")).containsExactly("c-0 10");
        assertThat(breaks(home)).containsExactly("USAGE_LATE 2026-09 OPEN", "USAGE_LATE 2026-10 OPEN");
        Program charge = charge(home, "2026-12-01");
        assertThat(charge.code()).isEqualTo(2);
        assertThat(charge.err()).contains("is of 2026-09, before the go-live of a-1: what was used then was settled");
    }
}
