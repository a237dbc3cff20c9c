package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that uses something before its first row begins. */
class NewAccountTest {
    @TempDir
    Path folder;

    @Test
    void staysOpenUntilItHasARowAndHoldsUpNobodyElse() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.configure("accounts.csv", """
                account_id,effective_from,name,country,currency,tax_profile,locale
                a-1,2026-11-01,Name,DE,EUR,standard,en
                a-2,,Name,DE,EUR,standard,en
                """);
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-31T10:00:00Z,a-1,,openai,m,5000",
                "o-2,2026-10-31T10:00:00Z,a-2,,openai,m,5000");
        home.night("2026-10-31");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-11-01");
        assertThat(close.code()).as(close.out() + close.err()).isIn(3, 4);
        assertThat(home.root().resolve("out/closes/2026-10/open-accounts.csv"))
                .content()
                .contains("a-1", "accounts.csv has no row of it that holds in 2026-10")
                .doesNotContain("a-2");
        home.configure("accounts.csv", """
                account_id,effective_from,name,country,currency,tax_profile,locale
                a-1,,Name,DE,EUR,standard,en
                a-2,,Name,DE,EUR,standard,en
                """);
        home.night("2026-11-02");
        Program again = home.run("close", "--month", "2026-10", "--date", "2026-11-03");
        assertThat(again.code()).as(again.out() + again.err()).isZero();
    }
}
