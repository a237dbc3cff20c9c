package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What persons decide about breaks, in a home whose account is served without credit and uses a model without price. */
class BreakDecisionTest {
    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void servedWithoutCredit() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("terms.csv", "account_id,billing_mode,price_book,overage_policy\na-1,prepaid,list,block\n");
        home.deliverUsage("one.csv", "e-1,2026-10-05T10:00:00Z,a-1,,p,m,1000");
        home.night("2026-10-05");
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
                "accept | --note x | there is no 'accept'; there is ack, resolve, waive",
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
