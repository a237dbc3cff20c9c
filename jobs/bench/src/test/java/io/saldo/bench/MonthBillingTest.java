package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.command.Saldo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonthBillingTest {
    @TempDir
    private Path folder;

    @Test
    void everyAccountGetsItsInvoiceOfSoManyLines() throws IOException {
        Path home = folder.resolve("home");
        List<String> report = new ArrayList<>();
        MonthBilling.run(home, 5, 7, report::add);
        assertThat(report.stream().map(line -> line.substring(0, line.indexOf(" in "))))
                .containsExactly(
                        "rated and stored: 5 accounts of 7 lines",
                        "closed to drafts: 5 accounts of 7 lines",
                        "approved: 5 accounts of 7 lines",
                        "issued and published: 5 accounts of 7 lines");
        assertThat(Saldo.run("--home", home.toString(), "export", "--month", "2026-10", "--to", home + "/export"))
                .isZero();
        assertThat(Files.readAllLines(home.resolve("export/invoice_lines.csv"))).hasSize(1 + 5 * 7);
        assertThatThrownBy(() -> MonthBilling.run(home, 1, 1, line -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
