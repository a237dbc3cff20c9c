package io.saldo.app.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last month of an account that carries its debt. */
class ClosedAccountTest {
    @TempDir
    Path folder;

    @Test
    void owesItsDebtAtTheMonthsEndWithoutAnyMoreUsage() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("accounts.csv", """
                account_id,name,country,currency,tax_profile,locale,closed_on
                a-1,Name,DE,EUR,standard,en,2026-10-20
                """);
        home.configure("terms.csv", """
                account_id,billing_mode,price_book,overage_policy
                a-1,prepaid,list,carry
                """);
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-20");
        home.night("2026-10-31");
        Program close = home.run("close", "--month", "2026-10", "--date", "2026-10-31");
        assertThat(close.code()).as(close.out() + close.err()).isZero();
        assertThat(home.books("SELECT net_document = 5 FROM invoice")).containsExactly("TRUE");
        home.night("2026-11-01");
    }
}
