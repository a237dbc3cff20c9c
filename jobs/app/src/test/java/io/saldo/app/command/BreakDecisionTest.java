package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.PreparedHome;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What persons decide about breaks, in a home whose account is served without credit and uses a model without price. */
class BreakDecisionTest {
    private static final PreparedHome SERVED_WITHOUT_CREDIT = new PreparedHome(List.of("a-1"), home -> {
        home.configure("terms.csv", "account_id,billing_mode,price_book,overage_policy\na-1,prepaid,list,block\n");
        home.deliverUsage("one.csv", "e-1,2026-10-05T10:00:00Z,a-1,,p,m,1000");
        home.night("2026-10-05");
    });

    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void servedWithoutCredit() throws IOException {
        home = SERVED_WITHOUT_CREDIT.copyTo(folder.resolve("home"));
    }

    private String id(String code) {
        List<String> ids = home.books("SELECT break_id FROM break_case WHERE code = '" + code + "'");
        assertThat(ids).as(code).hasSize(1);
        return ids.get(0).strip();
    }

    private Program decide(String decision, String code, String... more) {
        List<String> words =
                new ArrayList<>(List.of("breaks", decision, id(code), "--by", "Ann", "--date", "2026-10-06"));
        words.addAll(List.of(more));
        return home.run(words.toArray(String[]::new));
    }

    private Program close() {
        home.night("2026-10-31");
        return home.run("close", "--month", "2026-10", "--date", "2026-11-01");
    }

    private List<String> closedAccounts() {
        return home.books("SELECT account_id FROM account_month_close");
    }

    @Test
    void withoutADecisionTheAccountStaysOpen() {
        assertThat(close().code()).isEqualTo(3);
        assertThat(closedAccounts()).isEmpty();
    }

    @Test
    void whatIsWaivedBlocksNoCloseAndIsKeptWithItsEvidence() {
        Program waive = decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "our outage");
        assertThat(waive.code()).as(waive.err()).isZero();
        assertThat(waive.out()).contains("SERVED_WITHOUT_CREDIT", "open", "waived", "Ann");
        assertThat(home.run("breaks", "list").out()).doesNotContain("SERVED_WITHOUT_CREDIT");

        Program close = close();
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        assertThat(closedAccounts()).containsExactly("a-1");
        assertThat(home.run("breaks", "show", id("SERVED_WITHOUT_CREDIT")).out())
                .contains("2026-10-05 open by run 1", "2026-10-06 waive by Ann: our outage", "difference 1 EUR")
                .contains("evidence: 1 events from 2026-10-05T10:00:00");
    }

    private List<String> lines(String month) {
        return rows(month, "statement_lines", "usage_month", "meter", "amount", "overage_amount", "unfunded_amount");
    }

    private List<String> rows(String month, String file, String... columns) {
        Path export = home.root().resolve("out/exports/" + month);
        Program program = home.run("export", "--month", month, "--to", export.toString());
        assertThat(program.code()).as(program.err()).isZero();
        return DemoRun.rows(export.resolve(file + ".csv")).stream()
                .map(row -> Arrays.stream(columns).map(row::get).collect(Collectors.joining(" ")))
                .toList();
    }

    @Test
    void whatIsChargedIsALineOfItsMonthWhileThatIsOpen() {
        Program charge = decide("charge", "SERVED_WITHOUT_CREDIT", "--note", "agreed");
        assertThat(charge.code()).as(charge.err()).isZero();
        Program close = close();
        assertThat(close.code()).as(close.out() + close.err()).isZero();

        assertThat(lines("2026-10")).containsExactly("2026-10 charge 1 1 0", "2026-10 input 1 0 1");
        assertThat(rows("2026-10", "statements", "usage_amount", "overage_amount", "unfunded_amount"))
                .containsExactly("2 1 1");
        assertThat(rows("2026-10", "invoice_lines", "kind", "amount_document"))
                .containsExactly("usage 1", "charge 1", "unfunded -1");
        assertThat(rows("2026-10", "invoices", "net_document")).containsExactly("1");
        assertThat(rows("2026-10", "journal", "entry", "debit")).anyMatch(row -> row.endsWith("overage 1"));
        assertThat(home.run("explain", "--account", "a-1", "--month", "2026-10").out())
                .contains("reproduced            yes", "1 charged by a decision");
        assertThat(home.run("breaks", "list", "--state", "resolved").out()).contains("charged");

        home.night("2026-11-02");
        assertThat(lines("2026-11")).as("charged once").isEmpty();
    }

    @Test
    void whatAClosedMonthLeftIsChargedWithTheOldestOpenMonthOnce() {
        home.night("2026-10-31");
        Program close =
                home.run("close", "--month", "2026-10", "--date", "2026-11-01", "--waive", "SERVED_WITHOUT_CREDIT");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        Program charge = decide("charge", "SERVED_WITHOUT_CREDIT", "--note", "agreed");
        assertThat(charge.code()).as(charge.err()).isZero();

        home.night("2026-11-30");
        assertThat(lines("2026-11")).containsExactly("2026-10 charge 1 1 0");
        close = home.run("close", "--month", "2026-11", "--date", "2026-12-01");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        assertThat(rows("2026-11", "invoice_lines", "kind", "usage_month", "amount_document"))
                .containsExactly("charge 2026-10 1");
        assertThat(home.run("explain", "--account", "a-1", "--month", "2026-11").out())
                .contains("reproduced            yes");
        home.night("2026-12-02");
        assertThat(lines("2026-12")).as("charged once").isEmpty();
        assertThat(lines("2026-10")).containsExactly("2026-10 input 1 0 1");
    }

    @Test
    void aChargeCoversWhatTheBreakShowedAndNotWhatCreditPaysMeanwhile() throws IOException {
        assertThat(decide("charge", "SERVED_WITHOUT_CREDIT", "--note", "agreed").code())
                .isZero();
        home.deliverUsage("two.csv", "e-2,2026-10-07T10:00:00Z,a-1,,p,m,500");
        home.night("2026-10-07");
        assertThat(lines("2026-10")).containsExactly("2026-10 charge 1 1 0", "2026-10 input 1.5 0 1.5");
        assertThat(home.books("SELECT state FROM break_case")).containsExactly("OPEN");

        home.deliverCredits("credits.csv", "g-1,c-1,a-1,grant,promo,1.25,,EUR,2026-10-05T08:00:00Z,,,50,");
        home.night("2026-10-08");
        assertThat(lines("2026-10")).containsExactly("2026-10 charge 0.25 0.25 0", "2026-10 input 1.5 0 0.25");
    }

    @Test
    void aDecisionHoldsForItsFiguresAndAnotherFigureReopensTheBreak() throws IOException {
        assertThat(decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "our outage")
                        .code())
                .isZero();
        home.night("2026-10-06");
        assertThat(home.books("SELECT state, resolution FROM break_case")).containsExactly("RESOLVED WAIVED");

        home.deliverUsage("two.csv", "e-2,2026-10-07T10:00:00Z,a-1,,p,m,500");
        home.night("2026-10-07");

        assertThat(home.books("SELECT state, resolution FROM break_case")).containsExactly("OPEN NONE");
        assertThat(decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "again").code())
                .isZero();
        assertThat(home.books("SELECT decision_id, decision, decided_by, note FROM break_decision ORDER BY 1"))
                .containsExactly("1 WAIVE Ann our outage", "2 WAIVE Ann again");
        assertThat(close().code()).isZero();
    }

    @Test
    void aRunKnowsTheDecisionsThatWereEnteredBeforeItBegan() {
        assertThat(decide("ack", "SERVED_WITHOUT_CREDIT").code()).isZero();
        home.night("2026-10-06");
        assertThat(decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "x").code())
                .isZero();
        home.night("2026-10-07");

        assertThat(home.books("SELECT run_id, last_decision FROM runs ORDER BY run_id"))
                .containsExactly("1 0", "2 1", "3 2");
        assertThat(home.books("SELECT state, resolution, decided_to FROM break_case"))
                .containsExactly("RESOLVED WAIVED 2");
    }

    @Test
    void whatIsSaidToBeFixedAndIsNotIsReopenedByTheNextNight() {
        assertThat(decide("resolve", "SERVED_WITHOUT_CREDIT").code()).isZero();
        assertThat(home.run("breaks", "list", "--state", "resolved").out()).contains("fixed");
        home.night("2026-10-06");
        assertThat(home.run("breaks", "list", "--state", "open").out()).contains("SERVED_WITHOUT_CREDIT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accept | --note x | there is no 'accept'; there is ack, resolve, charge, waive",
                "waive | --json | --note is missing",
            })
    void aDecisionThatDoesNotFitIsRefusedWithWhatDoes(String decision, String more, String message) {
        Program refused = decide(decision, "SERVED_WITHOUT_CREDIT", more.split(" "));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(message);
        assertThat(home.books("SELECT * FROM break_decision")).isEmpty();
    }

    @Test
    void whatIsResolvedCannotBeDecidedAgain() {
        assertThat(decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "x").code())
                .isZero();
        Program again = decide("resolve", "SERVED_WITHOUT_CREDIT", "--note", "x");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).startsWith("BRK-001").contains("is resolved (waived)");
    }

    @Test
    void allOfACodeAreDecidedAtOnceOrNone() throws IOException {
        home.deliverUsage("bad.csv", "e-9,yesterday,a-1,,p,m,1", "e-8,2026-10-06T10:00:00Z,a-1,,p,m,many");
        home.night("2026-10-06");
        Program accept = home.run(
                "breaks",
                "accept",
                "--code",
                "RECORDS_REJECTED",
                "--by",
                "Ann",
                "--note",
                "known",
                "--date",
                "2026-10-06");
        assertThat(accept.code()).as(accept.err()).isZero();
        assertThat(home.run("breaks", "list", "--code", "RECORDS_REJECTED", "--all")
                        .out())
                .contains("accepted")
                .doesNotContain("open");
        assertThat(home.run("breaks", "accept", "--code", "RECORDS_REJECTED", "--by", "Ann", "--note", "x")
                        .err())
                .contains("no such break is unresolved");
    }

    @Test
    void unpricedUsageIsWaivedAsItIs() throws IOException {
        home.deliverUsage("two.csv", "e-2,2026-10-07T10:00:00Z,a-1,,p,unknown,500");
        home.night("2026-10-07");
        assertThat(decide("waive", "SERVED_WITHOUT_CREDIT", "--note", "x").code())
                .isZero();
        assertThat(close().code()).isEqualTo(3);
        assertThat(decide("waive", "USAGE_UNPRICED", "--note", "a test model").code())
                .isZero();
        Program close = close();
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        assertThat(closedAccounts()).containsExactly("a-1");
    }
}
