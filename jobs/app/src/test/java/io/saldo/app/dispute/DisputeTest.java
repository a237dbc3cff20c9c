package io.saldo.app.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.PreparedHome;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * October of an account: 8 EUR on the 10th and 5 EUR on the 20th, of which 10 EUR are paid by credit and 3 EUR are
 * invoiced; what disputes make of it.
 */
class DisputeTest {
    private static final String JOURNAL_SUMS =
            "SELECT entry FROM journal GROUP BY entry HAVING SUM(debit) <> SUM(credit)";

    private static final Duration DAY = Duration.ofDays(1);

    private static final Map<String, PreparedHome> BY_EXPIRY = new HashMap<>();

    @TempDir
    Path folder;

    private SmallHome home(String expiresAt) throws IOException {
        return BY_EXPIRY
                .computeIfAbsent(expiresAt, any -> new PreparedHome(List.of("a-1"), home -> prepare(home, expiresAt)))
                .copyTo(folder.resolve("home"));
    }

    private static void prepare(SmallHome home, String expiresAt) throws IOException {
        home.deliverCredits(
                "credits.csv", "e-1,c-1,a-1,grant,purchase,10,1.9,EUR,2026-10-01T00:00:00Z,," + expiresAt + ",50,");
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000",
                "o-2,2026-10-20T00:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01");
        issue(home, "2026-10", "2026-11-02");
    }

    private static void done(Program program) {
        assertThat(program.code()).as(program.out() + program.err()).isZero();
    }

    private static void close(SmallHome home, String month, String date) {
        done(home.run("close", "--month", month, "--date", date, "--waive", "PAYMENT_MISSING"));
    }

    private static void issue(SmallHome home, String month, String date) {
        done(home.run("invoices", "approve", "--month", month, "--by", "W", "--date", date));
        done(home.run("invoices", "issue", "--month", month, "--date", date));
    }

    private static Program rerun(SmallHome home, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "rerun", "--account", "a-1", "--month", "2026-10", "--reason", "ticket", "--date", "2026-11-03"));
        arguments.addAll(List.of(more));
        return home.run(arguments.toArray(String[]::new));
    }

    private static Program approve(SmallHome home, int dispute, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("rerun", "approve", String.valueOf(dispute), "--by", "M. Weber", "--date", "2026-11-04"));
        arguments.addAll(List.of(more));
        return home.run(arguments.toArray(String[]::new));
    }

    private static List<String> rows(SmallHome home, String month, String file, String... columns) {
        Path export = home.root().resolve("out/exports/" + month);
        done(home.run("export", "--month", month, "--to", export.toString()));
        return DemoRun.rows(export.resolve(file + ".csv")).stream()
                .map(row -> Arrays.stream(columns).map(row::get).collect(Collectors.joining(" ")))
                .toList();
    }

    private static List<String> grants(SmallHome home, String month) {
        return rows(
                home,
                month,
                "grants",
                "credit_id",
                "drawn_amount",
                "restored_amount",
                "expired_amount",
                "remaining_amount");
    }

    private static List<String> corrections(SmallHome home) {
        return rows(home, "2026-10", "invoices", "number", "net_document", "tax_document", "corrects").stream()
                .filter(row -> !row.startsWith("INV-2026-000001"))
                .toList();
    }

    @Test
    void anExcludedEventIsCreditedAndItsCreditGoesBackToTheGrant() throws IOException {
        SmallHome home = home("");
        List<String> closed = rows(home, "2026-10", "statements", "usage_amount", "closing_balance");
        done(rerun(home, "--exclude", "o-1"));
        assertThat(home.run("rerun", "list").out()).contains("computed", "-8", "-5", "-3");
        Path report = home.root().resolve("out/disputes/dispute-000001");
        assertThat(report.resolve("lines.csv")).content().contains("openai,m,standard,input,1,1000,13000,5000,13,5,-8");
        assertThat(report.resolve("grants.csv")).content().contains("c-1,10,5,-5");
        assertThat(report.resolve("days.csv")).content().contains("2026-10-10,8,0,-8", "2026-10-20,5,5,0");
        assertThat(report.resolve("events.csv"))
                .content()
                .contains("excluded,usage,o-1,2026-10-10T00:00:00.000000Z,openai,m,\"input 8000, request 1\"");
        assertThat(report.resolve("difference.pdf")).isNotEmptyFile();
        assertThat(report.resolve("difference.xlsx")).isNotEmptyFile();

        done(approve(home, 1));
        assertThat(corrections(home)).containsExactly("CN-2026-000001 3 0.57 INV-2026-000001");
        home.night("2026-11-10");
        assertThat(grants(home, "2026-11")).containsExactly("c-1 10 5 0 5");
        assertThat(rows(home, "2026-11", "statements", "opening_balance", "restored_amount", "closing_balance"))
                .containsExactly("0 5 5");
        assertThat(rows(home, "2026-10", "statements", "usage_amount", "closing_balance"))
                .as("nothing that is closed moves")
                .isEqualTo(closed);
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        assertThat(rows(home, "2026-11", "journal", "entry", "account", "debit", "credit"))
                .contains("2026-11/a-1/restored/c-1 4400 5 0", "2026-11/a-1/restored/c-1 3250 0 5")
                .anyMatch(row -> row.startsWith("CN-2026-000001") && row.endsWith("0 3.57"));
        assertThat(home.books(JOURNAL_SUMS)).isEmpty();
        done(home.run("report", "--month", "2026-11"));
        assertThat(DemoRun.rows(home.root().resolve("out/finance/2026-11/tax.csv")))
                .as("the tax of the journal's month")
                .extracting(row -> row.get("document") + " " + row.get("tax"))
                .containsExactly("CN-2026-000001 -0.57");
        Path focus = folder.resolve("focus");
        done(home.run("export", "--month", "2026-11", "--what", "focus", "--to", focus.toString()));
        assertThat(DemoRun.rows(focus.resolve("focus.csv")))
                .as("8 of usage less, of which credit had paid 5")
                .extracting(row -> String.join(
                        " ",
                        row.get("x_Record"),
                        row.get("InvoiceId"),
                        row.get("BilledCost"),
                        row.get("EffectiveCost")))
                .containsExactly("dispute CN-2026-000001 -3 -8", "tax CN-2026-000001 -0.57 -0.57");
        done(home.run("rerun", "--account", "a-1", "--month", "2026-11", "--as-known-on", "2026-12-02T00:00:00Z"));
    }

    @Test
    void approveTwiceAndDiscardThenApproveAreRefused() throws IOException {
        SmallHome home = home("");
        done(rerun(home, "--exclude", "o-1"));
        done(rerun(home, "--exclude", "o-2"));
        done(approve(home, 1));
        assertThat(approve(home, 1).code()).isEqualTo(2);
        assertThat(approve(home, 1).err()).contains("is approved on 2026-11-04 by M. Weber");
        assertThat(approve(home, 2).err())
                .as("of two disputes of one month the second was computed without the first")
                .contains("since dispute 2 was computed, more was invoiced or corrected");
        done(home.run("rerun", "discard", "2", "--by", "W", "--note", "stale", "--date", "2026-11-04"));
        assertThat(approve(home, 2).err()).contains("is discarded on 2026-11-04 by W");
        assertThat(corrections(home)).containsExactly("CN-2026-000001 3 0.57 INV-2026-000001");
    }

    @Test
    void aDisputeOfADisputedMonthComparesWithWhatTheFirstCorrected() throws IOException {
        SmallHome home = home("");
        done(rerun(home, "--exclude", "o-1"));
        done(approve(home, 1));
        assertThat(rerun(home).out()).as("exclusions hold on").contains("nothing differs");
        assertThat(approve(home, 2).err()).contains("differs in nothing");
        done(rerun(home, "--exclude", "o-2"));
        done(approve(home, 3));
        assertThat(corrections(home)).as("credit had paid all that was left").hasSize(1);
        home.night("2026-11-10");
        assertThat(grants(home, "2026-11")).containsExactly("c-1 10 10 0 10");
    }

    @Test
    void lateUsageThatWasBilledIsNotBilledAgainAndLateUsageAfterAnApprovalIsBilledOnce() throws IOException {
        SmallHome home = home("");
        home.deliverUsage("late.csv", "l-1,2026-10-05T00:00:00Z,a-1,,openai,m,2000");
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        issue(home, "2026-11", "2026-12-02");
        assertThat(rerun(home).out())
                .as("billed by November's late section; only the days on which credit paid differ")
                .contains("usage 0, of it credit 0, due 0");
        home.deliverUsage("later.csv", "l-2,2026-10-06T00:00:00Z,a-1,,openai,m,4000");
        home.night("2026-12-03");
        done(rerun(home, "--exclude", "o-1"));
        done(approve(home, 2));
        home.night("2026-12-04");
        assertThat(rows(home, "2026-12", "statement_lines", "usage_month", "meter", "amount"))
                .as("what the dispute counted is late usage no more")
                .isEmpty();
        home.deliverUsage("latest.csv", "l-3,2026-10-07T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-12-05");
        assertThat(rows(home, "2026-12", "statement_lines", "usage_month", "meter", "amount"))
                .containsExactly("2026-10 input 1");
        assertThat(home.books("SELECT state FROM break_case WHERE code = 'USAGE_LATE' AND state <> 'RESOLVED'"))
                .hasSize(1);
    }

    @Test
    void creditThatExpiredMeanwhileExpiresAtOnceOrIsExtended() throws IOException {
        SmallHome home = home("2026-11-01T00:00:00Z");
        done(rerun(home, "--exclude", "o-1"));
        done(approve(home, 1));
        home.night("2026-11-10");
        assertThat(grants(home, "2026-11")).containsExactly("c-1 10 5 5 0");
        assertThat(rows(home, "2026-11", "statements", "restored_amount", "expired_amount"))
                .containsExactly("5 5");
        done(rerun(home, "--exclude", "o-2"));
        done(approve(home, 2, "--extend-days", "30"));
        home.deliverUsage("november.csv", "n-1,2026-11-20T00:00:00Z,a-1,,openai,m,3000");
        home.night("2026-11-30");
        assertThat(grants(home, "2026-11")).as("both wait in November").containsExactly("c-1 13 10 0 7");
    }

    @Test
    void whatADecisionIsStillToChargeIsNoMatterOfADispute() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure(
                "terms.csv",
                "account_id,billing_mode,price_book,overage_policy,monthly_overage_cap\na-1,prepaid,list,invoice,1\n");
        prepare(home, "");
        done(home.run(
                "breaks",
                "charge",
                "--code",
                "OVERAGE_CAP_EXCEEDED",
                "--by",
                "W",
                "--note",
                "agreed",
                "--date",
                "2026-11-03"));
        assertThat(rerun(home).out()).as("November is to charge it").contains("nothing differs");
        home.night("2026-11-05");
        assertThat(rows(home, "2026-11", "statement_lines", "usage_month", "amount"))
                .containsExactly("2026-10 2");
        done(rerun(home, "--exclude", "o-1"));
        done(approve(home, 2));
        home.night("2026-11-06");
        assertThat(rows(home, "2026-11", "statement_lines", "usage_month", "amount"))
                .as("by now credit pays all of it")
                .isEmpty();
    }

    @Test
    void aDisputeStillOpenBlocksNoCloseAndIsApprovedAfterItWhereNothingMoreWasInvoiced() throws IOException {
        SmallHome home = home("");
        done(rerun(home, "--exclude", "o-1"));
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        done(approve(home, 1));
        home.night("2026-12-02");
        assertThat(grants(home, "2026-12")).containsExactly("c-1 10 5 0 5");
    }

    @Test
    void aSupplementaryInvoiceChargesWhatCameLateOnTheDateOfItsApproval() throws IOException {
        SmallHome home = home("");
        home.deliverUsage("late.csv", "l-1,2026-10-05T00:00:00Z,a-1,,openai,m,2000");
        home.night("2026-11-03");
        done(rerun(home));
        Iterator<Instant> looks = Stream.iterate(Instant.parse("2026-11-05T13:00:00Z"), each -> each.plus(DAY))
                .iterator();
        done(Program.at(looks::next, "--home", home.root().toString(), "rerun", "approve", "1", "--by", "M. Weber"));
        assertThat(home.books("SELECT d.decided_on, n.issued_on FROM dispute_decision d"
                        + " JOIN invoice i ON i.dispute_id = d.dispute_id"
                        + " JOIN invoice_number n ON n.invoice_id = i.invoice_id"))
                .containsExactly("2026-11-04 2026-11-04");
        assertThat(corrections(home)).containsExactly("INV-2026-000002 2 0.38 INV-2026-000001");
        home.night("2026-11-10");
        assertThat(rows(home, "2026-11", "statement_lines", "amount")).isEmpty();
    }

    @Test
    void anotherPriceBookChargesLessByFileOrId() throws IOException {
        SmallHome home = home("");
        home.configure("price-books.csv", "price_book,extends,currency,description\nlist,,EUR,\nhalf,list,EUR,\n");
        Path prices = folder.resolve("half.csv");
        Files.writeString(
                prices,
                "price_book,provider,model,meter,unit_price,per_units,effective_from\nhalf,*,m,input,0.5,1000,2026-01-01\n");
        assertThat(rerun(home, "--price-book", "half").out()).contains("nothing differs");
        assertThat(rerun(home, "--price-book", prices.toString()).out())
                .contains("usage -6.5, of it credit -3.5, due -3");
        assertThat(rerun(home, "--price-book", "nobody").err()).contains("neither a file nor a price book nobody");
    }

    @Test
    void whatCannotBeDisputedIsRefusedWithARemedyAndHistoryIsRepeatedAsItWasKnown() throws IOException {
        SmallHome home = home("");
        assertThat(rerun(home, "--exclude", "o-9").err()).contains("a-1 has no event o-9 in 2026-10");
        Program open = home.run("rerun", "--account", "a-1", "--month", "2026-11", "--reason", "r");
        assertThat(open.err()).contains("2026-11 of a-1 is not closed: each night computes it anew");
        assertThat(home.run("rerun", "--account", "a-2", "--month", "2026-10", "--reason", "r")
                        .err())
                .contains("there is no account a-2");
        assertThat(home.run("rerun", "show", "7").err()).contains("there is no dispute 7");
        assertThat(home.run("rerun", "--account", "a-1").err()).contains("name --account and --month");
        assertThat(home.books("SELECT * FROM dispute")).isEmpty();

        home.deliverUsage("late.csv", "l-1,2026-10-05T00:00:00Z,a-1,,openai,m,2000");
        home.night("2026-11-30");
        Program repeated =
                home.run("rerun", "--account", "a-1", "--month", "2026-10", "--as-known-on", "2026-11-02T00:00:00Z");
        done(repeated);
        assertThat(repeated.out()).contains("reproduced to the last digit, and it is what was invoiced");
    }

    @Test
    void aTaxRateAndAnAccountThatChangedMeanwhileLeaveTheCorrectionAsTheOriginalWas() throws IOException {
        SmallHome home = home("");
        Path tax = home.root().resolve("config/tax.yml");
        Files.writeString(tax, Files.readString(tax).replaceAll("rate: 19", "rate: 25"));
        home.configure("accounts.csv", """
                account_id,name,country,currency,tax_profile,locale,closed_on
                a-1,Name,DE,EUR,standard,en,2026-11-02
                """);
        done(rerun(home, "--exclude", "o-1"));
        done(approve(home, 1));
        assertThat(corrections(home)).containsExactly("CN-2026-000001 3 0.57 INV-2026-000001");
        home.night("2026-11-10");
        assertThat(grants(home, "2026-11")).as("a closed account too").containsExactly("c-1 10 5 0 5");
    }
}
