package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A balance that the live system recorded in a month, and that comes when the month is closed. */
class LateBalanceTest {
    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void octoberIsClosedWithNineLeft() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("sources/balances.yml", "profile: balances\nformat: csv\n");
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,10,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,1000");
        home.night("2026-10-31");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-10-31");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
    }

    private List<String> breaksWith(String asOf, String balance) throws IOException {
        home.deliverFile(
                "balances",
                "balances.csv",
                "account_id,as_of,balance,currency\na-1," + asOf + "," + balance + ",EUR\n");
        home.night("2026-11-01");
        return home.books("SELECT period, CAST(expected AS INT), CAST(actual AS INT) FROM break_case"
                + " WHERE code = 'BALANCE_DIFFERS'");
    }

    @Test
    void ofTheMonthsEndIsComparedWithWhatTheClosedStatementLeft() throws IOException {
        assertThat(breaksWith("2026-11-01T00:00:00Z", "9")).isEmpty();
    }

    @Test
    void ofTheMonthsEndThatDiffersIsABreakOfThatMonth() throws IOException {
        assertThat(breaksWith("2026-11-01T00:00:00Z", "7")).containsExactly("2026-10 9 7");
    }

    @Test
    void withinTheMonthIsComparedWithNothing() throws IOException {
        assertThat(breaksWith("2026-10-15T12:00:00Z", "9")).isEmpty();
    }
}
