package io.saldo.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was proved when a statement was made is proved again when it is read: figures that changed since are refused. */
class StoredIdentitiesTest {
    @TempDir
    Path folder;

    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverCredits("credits.csv", "e-1,c-1,a-1,grant,promo,3,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("usage.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-03");
        return home;
    }

    private static Program export(SmallHome home) {
        return home.run(
                "export",
                "--month",
                "2026-10",
                "--to",
                home.root().resolve("out/x").toString());
    }

    @Test
    void whatNobodyChangedIsExported() throws IOException {
        assertThat(export(home()).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            credit_amount = 4 | usage = credit + payg + overage + carried + unfunded: 5 is not 6
            credit_amount = 4, overage_amount = 1 | drawn = credit + settled debt: 3 is not 4
            expired_amount = 1 | opening + granted + restored - drawn - expired - withdrawn = closing: -1 is not 0
            closing_debt = 2 | opening debt + carried - settled = closing debt: 0 is not 2
            overage_amount = 1, payg_amount = 1 | payg_amount of the lines in the lake sum to 0, the books say 1
            granted_amount = 4, closing_balance = 1 | remaining_amount of the grants in the lake sum to 0, the books say 1
            """)
    void whatWasChangedInTheBooksIsRefused(String change, String message) throws IOException {
        SmallHome home = home();
        home.books("UPDATE statement_revision SET " + change);
        Program export = export(home);
        assertThat(export.code()).isEqualTo(6);
        assertThat(export.err()).contains("account a-1, 2026-10: " + message);
    }
}
