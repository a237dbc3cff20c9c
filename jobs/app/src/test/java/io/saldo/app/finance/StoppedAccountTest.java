package io.saldo.app.finance;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer who uses nothing any more is the change that finance looks for. */
class StoppedAccountTest {
    @TempDir
    Path folder;

    @Test
    void standsInTheChangeToLastMonth() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.deliverUsage(
                "october.csv",
                "o-1,2026-10-10T00:00:00Z,a-1,,openai,m,5000",
                "o-2,2026-10-10T00:00:00Z,a-2,,openai,m,3000");
        home.night("2026-10-31");
        home.deliverUsage("november.csv", "n-2,2026-11-10T00:00:00Z,a-2,,openai,m,4000");
        home.night("2026-11-30");
        Program report = home.run("report", "--month", "2026-11");
        assertThat(report.code()).as(report.err()).isZero();
        assertThat(DemoRun.rows(home.root().resolve("out/finance/2026-11/change.csv")))
                .extracting(row -> String.join(
                        " ",
                        row.get("account_id"),
                        row.get("status"),
                        row.get("usage"),
                        row.get("usage_last_month"),
                        row.get("charged"),
                        row.get("charged_last_month")))
                .containsExactly("a-1 no statement 0 5 0 5", "a-2 open 4 3 4 3");
    }
}
