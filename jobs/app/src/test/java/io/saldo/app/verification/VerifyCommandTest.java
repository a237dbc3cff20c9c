package io.saldo.app.verification;

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

/** What the command proves, wherever the books lie. */
@OnEveryDatabase
class VerifyCommandTest {
    @TempDir
    Path folder;

    @Test
    void lateUsageDisputableMonthsAndReopenedOnesAreProvedToTheirLastFigure() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.deliverCredits("c.csv", "e-1,c-1,a-1,grant,promo,3,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage(
                "u.csv",
                "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000",
                "r-2,2026-10-04T08:00:00Z,a-2,,openai,m,900",
                "r-3,2026-10-04T08:00:00Z,a-3,,openai,m,900");
        home.night("2026-10-31");
        done(home, "close --month 2026-10 --date 2026-11-01 --waive RECORDS_HELD");
        done(home, "invoices reject --month 2026-10 --account a-2 --by me --note wrong --date 2026-11-01");
        home.deliverUsage(
                "late.csv", "r-4,2026-10-05T08:00:00Z,a-1,,openai,m,700", "r-2,2026-10-04T08:00:00Z,a-2,,openai,m,900");
        home.night("2026-11-01");
        done(home, "close --month 2026-10 --date 2026-11-02 --waive RECORDS_HELD");
        done(home, "invoices approve --month 2026-10 --by me --date 2026-11-02");
        done(home, "invoices issue --month 2026-10 --date 2026-11-02");
        Program proved = home.run("verify", "--every-revision");
        assertThat(proved.code()).as(proved.err()).isZero();

        home.books(
                "UPDATE statement_revision SET drawn_amount = drawn_amount + 1, credit_amount = credit_amount + 1,"
                        + " usage_amount = usage_amount + 1, expired_amount = expired_amount - 1 WHERE account_id = 'a-1' AND month = '2026-10'");
        assertThat(home.run("verify", "--month", "2026-11").code()).isZero();
        assertThat(home.run("verify", "--account", "a-2").code()).isZero();
        Program found = home.run("verify", "--account", "a-1", "--month", "2026-10");
        assertThat(found.code()).isEqualTo(6);
        assertThat(found.err())
                .contains("VER-003  statement of a-1 of 2026-10", "drawn_amount: expected 3, found 4", "saldo explain");

        home.books("UPDATE reference_version SET content = '' WHERE sha256 = (SELECT MIN(sha256) FROM run_reference)");
        Program changed = home.run("verify");
        assertThat(changed.code()).isEqualTo(6);
        assertThat(changed.err()).contains("VER-004  reference_version ", "nothing else is proved");
    }

    private static void done(SmallHome home, String command) {
        Program program = home.run(command.split(" "));
        assertThat(program.code()).as(command + program.out() + program.err()).isIn(0, 3);
    }

    @Test
    void inTheMiddleOfARunNothingIsJudged() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        assertThat(home.run("verify").code()).isZero();
        Files.createDirectories(home.root().resolve("out"));
        Files.writeString(home.root().resolve("out/nights"), "in the way");
        home.deliverUsage("u.csv", "e-1,2026-10-05T10:00:00Z,a-1,,openai,m,10");
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        Program refused = home.run("verify");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("RUN-004", "saldo resume");
    }
}
