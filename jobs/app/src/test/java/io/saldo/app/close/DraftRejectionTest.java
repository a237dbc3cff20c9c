package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.PreparedHome;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A draft that is rejected opens its account-month again. */
class DraftRejectionTest {
    private static final String SUMS =
            "SELECT entry, SUM(debit) - SUM(credit) FROM journal GROUP BY entry" + " HAVING SUM(debit) <> SUM(credit)";
    private static final String ACCOUNTS =
            "SELECT account, SUM(debit) - SUM(credit) FROM journal WHERE account_id = 'a-1' GROUP BY account"
                    + " HAVING SUM(debit) <> SUM(credit) ORDER BY account";
    private static final String STATES = "SELECT s.invoice_id, s.state FROM invoice_state s"
            + " JOIN invoice i ON i.invoice_id = s.invoice_id WHERE i.account_id = 'a-1' ORDER BY 1, s.sequence";

    private static final PreparedHome CLOSED = new PreparedHome(List.of("a-1", "a-1/2"), DraftRejectionTest::prepare);

    @TempDir
    Path folder;

    private static SmallHome home(Path root) throws IOException {
        return CLOSED.copyTo(root);
    }

    private static void prepare(SmallHome home) throws IOException {
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,purchase,10,1.9,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,12000",
                "o-2,2026-10-10T00:00:00Z,a-1/2,,openai,m,3000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01");
    }

    private static void close(SmallHome home, String month, String date) {
        Program close = home.run("close", "--month", month, "--date", date, "--waive", "PAYMENT_MISSING");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
    }

    private static Program reject(SmallHome home, String month, String date) {
        return home.run(
                "invoices",
                "reject",
                "--month",
                month,
                "--account",
                "a-1",
                "--by",
                "M. Weber",
                "--note",
                "wrong price",
                "--date",
                date);
    }

    @Test
    void aRejectedDraftOpensItsMonthAndWhatItPostedIsTakenBack() throws IOException {
        SmallHome home = home(folder.resolve("rejected"));
        List<String> neighbour = home.books("SELECT * FROM journal WHERE account_id = 'a-1/2' ORDER BY entry, line");
        assertThat(neighbour).isNotEmpty();

        Program rejected = reject(home, "2026-10", "2026-11-02");
        assertThat(rejected.code()).as(rejected.err()).isZero();
        assertThat(rejected.out()).contains("a-1 2026-10 is rejected and open again");
        assertThat(home.books(STATES)).containsExactly("1 DRAFT", "1 REJECTED");
        assertThat(home.books(SUMS)).isEmpty();
        assertThat(home.books(ACCOUNTS)).as("nothing is left of the close").isEmpty();
        assertThat(home.books("SELECT * FROM journal WHERE account_id = 'a-1/2' ORDER BY entry, line"))
                .isEqualTo(neighbour);
        assertThat(reject(home, "2026-10", "2026-11-02").err()).contains("is rejected, not draft or approved");

        home.deliverUsage("late.csv", "o-3,2026-10-11T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-11-02");
        assertThat(home.books("SELECT code FROM break_case WHERE code = 'USAGE_LATE'"))
                .as("the month is open, so nothing is late")
                .isEmpty();
        close(home, "2026-10", "2026-11-03");
        assertThat(home.books(STATES)).containsExactly("1 DRAFT", "1 REJECTED", "3 DRAFT");
        assertThat(home.books("SELECT net_document FROM invoice WHERE invoice_id = 3"))
                .containsExactly("3.0000000000000000000000000000000000000000");
        assertThat(home.books(SUMS)).isEmpty();

        SmallHome straight = SmallHome.create(folder.resolve("straight"), List.of("a-1", "a-1/2"));
        straight.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,purchase,10,1.9,EUR,2026-10-01T00:00:00Z,,,50,");
        straight.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,12000",
                "o-3,2026-10-11T00:00:00Z,a-1,,openai,m,1000",
                "o-2,2026-10-10T00:00:00Z,a-1/2,,openai,m,3000");
        straight.night("2026-11-02");
        close(straight, "2026-10", "2026-11-03");
        assertThat(home.books(ACCOUNTS))
                .as("as if it had never been closed before")
                .isEqualTo(straight.books(ACCOUNTS));
        assertThat(home.run("invoices", "approve", "--month", "2026-10", "--by", "M. Weber")
                        .out())
                .contains("2 invoices approved");
        Program issued = home.run("invoices", "issue", "--month", "2026-10", "--date", "2026-11-04");
        assertThat(issued.code()).as(issued.err()).isZero();
        assertThat(home.books("SELECT number FROM invoice_number ORDER BY number"))
                .containsExactly("INV-2026-000001", "INV-2026-000002");
        assertThat(reject(home, "2026-10", "2026-11-05").err())
                .contains("is published, not draft or approved: only a credit note corrects it");
    }

    @Test
    void aMonthReopensAgainAndAgainAndUnchangedUsageMakesNoRevision() throws IOException {
        SmallHome home = home(folder.resolve("again"));
        for (int time = 2; time <= 3; time++) {
            assertThat(reject(home, "2026-10", "2026-11-02").code()).isZero();
            assertThat(home.books(ACCOUNTS)).as("before close " + time).isEmpty();
            close(home, "2026-10", "2026-11-03");
        }
        assertThat(home.books("SELECT revision FROM account_month_close WHERE account_id = 'a-1'"))
                .containsExactly("1", "1", "1");
        assertThat(home.books("SELECT revision FROM statement_revision WHERE account_id = 'a-1'"))
                .containsExactly("1");
        assertThat(home.books(SUMS)).isEmpty();
        assertThat(home.books(ACCOUNTS)).isNotEmpty();
        Program explained = home.run("explain", "--account", "a-1", "--month", "2026-10");
        assertThat(explained.out()).as(explained.err()).contains("reproduced            yes");
    }

    @Test
    void aMonthBeforeAClosedOneStaysClosedUnlessThatHasNoStatement() throws IOException {
        SmallHome home = home(folder.resolve("later"));
        home.deliverUsage("november.csv", "n-1,2026-11-10T00:00:00Z,a-1/2,,openai,m,3000");
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01");
        String[] payg = {"invoices", "reject", "--month", "2026-10", "--account", "a-1/2", "--by", "W", "--note", "n"};
        Program refused = home.run(payg);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("a later month of a-1/2 is closed: 2026-11");

        assertThat(reject(home, "2026-10", "2026-12-02").code()).isZero();
        assertThat(home.books("SELECT account_id, month FROM account_month_closed ORDER BY 1, 2"))
                .containsExactly("a-1/2 2026-10", "a-1/2 2026-11");
        assertThat(home.books(ACCOUNTS)).isEmpty();
        home.night("2026-12-02");
        close(home, "2026-10", "2026-12-03");
        close(home, "2026-11", "2026-12-03");
        assertThat(home.books("SELECT account_id, month FROM account_month_closed ORDER BY 1, 2"))
                .hasSize(4);
    }
}
