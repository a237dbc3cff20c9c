package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.OnEveryDatabase;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a close keeps of its accounts spares later runs the statements of closed months, and changes nothing else. */
@OnEveryDatabase
class KeptAccountsTest {
    private static final String KEPT = "SELECT account_id, month, run_id FROM frozen_account ORDER BY account_id";
    private static final String STATEMENTS =
            "SELECT account_id, month, revision, run_id, result_sha256, dependency_sha256, content FROM statement_revision"
                    + " ORDER BY account_id, month, revision";

    @TempDir
    Path folder;

    /** Months with late usage, a close that is reopened, and one without a statement. */
    private SmallHome months(String name, boolean forgetful) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve(name), List.of("a-1", "a-2"));
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,0,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,12000",
                "o-2,2026-10-10T00:00:00Z,a-2,,openai,m,3000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01", forgetful);
        home.deliverUsage(
                "november.csv",
                "n-1,2026-11-10T00:00:00Z,a-1,,openai,m,1000",
                "late-1,2026-10-11T00:00:00Z,a-1,,openai,m,2000");
        home.night("2026-11-30");
        close(home, "2026-11", "2026-12-01", forgetful);
        home.deliverUsage("later.csv", "late-2,2026-10-12T00:00:00Z,a-1,,openai,m,4000");
        home.night("2026-12-02");
        assertThat(home.run(
                                "invoices",
                                "reject",
                                "--month",
                                "2026-11",
                                "--account",
                                "a-1",
                                "--by",
                                "M. Weber",
                                "--note",
                                "late usage came",
                                "--date",
                                "2026-12-02")
                        .code())
                .isZero();
        home.night("2026-12-03");
        close(home, "2026-11", "2026-12-03", forgetful);
        home.deliverUsage("december.csv", "d-1,2026-12-10T00:00:00Z,a-1,,openai,m,500");
        home.night("2026-12-31");
        close(home, "2026-12", "2027-01-01", forgetful);
        home.night("2027-01-01");
        return home;
    }

    private static void close(SmallHome home, String month, String date, boolean forgetful) throws IOException {
        Program close = home.run("close", "--month", month, "--date", date);
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        if (forgetful) {
            home.books("DELETE FROM frozen_account");
        }
    }

    @Test
    void withAndWithoutIt() throws IOException {
        SmallHome home = months("keeps", false);
        assertThat(home.books(KEPT)).hasSize(2).allMatch(row -> row.contains(" 2026-12 "));
        assertThat(home.books(STATEMENTS)).hasSizeGreaterThan(5);
        assertThat(home.books(STATEMENTS)).isEqualTo(months("forgets", true).books(STATEMENTS));
        assertThat(home.run("verify").out()).contains("everything that is stored was proved again");
    }

    @Test
    void laterRunsGoOnFromIt() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,12000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01", false);
        home.books("UPDATE statement_revision SET content = 'not read again'");
        home.deliverUsage("november.csv", "n-1,2026-11-10T00:00:00Z,a-1,,openai,m,1000");
        assertThat(home.run("nightly", "--date", "2026-12-31").code()).isZero();
    }

    @Test
    void aCloseDoesNotBelieveIt() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,0,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,2000",
                "o-2,2026-10-10T00:00:00Z,a-2,,openai,m,3000");
        home.night("2026-10-31");
        close(home, "2026-10", "2026-11-01", false);
        home.books(
                "UPDATE frozen_account SET content = (SELECT o.content FROM frozen_account o WHERE o.account_id = 'a-2')");
        home.deliverUsage(
                "november.csv",
                "n-1,2026-11-10T00:00:00Z,a-1,,openai,m,1000",
                "n-2,2026-11-10T00:00:00Z,a-2,,openai,m,1000");
        home.night("2026-11-30");
        Program close = home.run("close", "--month", "2026-11", "--date", "2026-12-01");
        assertThat(close.code()).as(close.out() + close.err()).isEqualTo(3);
        assertThat(Files.readString(home.root().resolve("out/closes/2026-11/open-accounts.csv")))
                .contains("a-1", "STM-001")
                .doesNotContain("a-2");

        home.books("DELETE FROM frozen_account");
        home.night("2026-12-01");
        close(home, "2026-11", "2026-12-02", false);
        assertThat(home.books("SELECT account_id, closing_balance FROM statement_revision s WHERE month = '2026-11' AND"
                        + " revision = (SELECT MAX(revision) FROM statement_revision l WHERE l.account_id = s.account_id"
                        + " AND l.month = s.month) ORDER BY account_id"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("a-1 7.0");
    }
}
