package io.saldo.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What DATEV's format cannot carry is refused, with the place that has it, and nothing is written. */
class DatevExportTest {
    private static final String DATEV = "\ndatev:\n  consultant: 29098\n  client: 55003\n";

    @TempDir
    Path folder;

    private Program export(SmallHome home) {
        return home.run(
                "export",
                "--month",
                "2026-10",
                "--what",
                "datev",
                "--to",
                folder.resolve("datev").toString());
    }

    @Test
    void aBatchNeedsItsPartOfTheLedgerAndAccountsOfDigits() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        // The journal keeps the numbers that accounts had when it was written.
        String ledger = Files.readString(home.root().resolve("config/ledger.yml")).replace("\"1215\"", "\"12150\"");
        home.configure("ledger.yml", ledger);
        home.deliverUsage("october.csv", "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,8000");
        home.night("2026-10-31");
        assertThat(home.run("close", "--month", "2026-10", "--date", "2026-11-01")
                        .code())
                .isZero();
        Program without = export(home);
        assertThat(without.code()).isEqualTo(2);
        assertThat(without.err())
                .contains("EXP-001  ledger.yml  there is no datev part with the numbers of consultant and client");

        home.configure("ledger.yml", ledger + DATEV);
        Program tooLong = export(home);
        assertThat(tooLong.code()).isEqualTo(2);
        assertThat(tooLong.err())
                .contains("EXP-001  ledger.yml  the account 12150 is no account of DATEV: digits, at most 4");
        assertThat(folder.resolve("datev"))
                .satisfiesAnyOf(path -> assertThat(path).doesNotExist(), path -> assertThat(path)
                        .isEmptyDirectory());
    }
}
