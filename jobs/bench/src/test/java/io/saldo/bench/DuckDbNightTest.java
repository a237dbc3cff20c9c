package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The night in SQL takes each event once, and one figure that is another fails the comparison. */
class DuckDbNightTest {
    private static final long EVENTS = 3_000;

    @TempDir
    Path folder;

    @Test
    void aFigureThatDiffersFailsTheComparison() throws Exception {
        LoadGenerator.generate(new LoadPlan(1, 20, EVENTS, LocalDate.of(2026, 10, 1), 31, "csv", 2, folder));
        List<Path> deliveries = Folders.usage(folder);
        Files.writeString(folder.resolve("opening.csv"), "account_id,closing_debt\n");
        // The first delivery was there before, and the second comes twice.
        DuckDbNight.history(folder.resolve("history.duckdb"), 1, deliveries.subList(0, 1));
        List<Path> delivered = Stream.concat(deliveries.stream(), deliveries.subList(1, 2).stream())
                .toList();
        Path out = Files.createDirectories(folder.resolve("out"));
        Path credits = folder.resolve("deliveries/2026-10-01/billing-credits/credits-2026-10-01.csv");
        DuckDbNight.run(folder, delivered, credits, out, 1);
        Path export = Files.createDirectories(folder.resolve("export"));
        try (Connection connection = DuckDbNight.open(folder.resolve("export.duckdb"), 1);
                Statement statement = connection.createStatement()) {
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM '" + out + "/usage.parquet'")) {
                count.next();
                assertThat(count.getLong(1)).isEqualTo(EVENTS - records(deliveries.get(0)));
            }
            export(statement, out, export, "balance");
            assertThat(DuckDbNight.compare(export, out)).isGreaterThan(20 * 31);
            export(
                    statement,
                    out,
                    export,
                    "balance + CASE WHEN account_id = 'acc-0000007' AND day = '2026-10-20' THEN 1 ELSE 0 END");
        }
        assertThatThrownBy(() -> DuckDbNight.compare(export, out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("daily balances differ")
                .hasMessageContaining("acc-0000007");
    }

    private static long records(Path file) throws Exception {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count() - 1;
        }
    }

    // In the columns of the contract, what the SQL came to.
    private static void export(Statement statement, Path out, Path export, String balance) throws Exception {
        String amount = " * 0.000000000001::DECIMAL(12, 12)";
        statement.execute("COPY (SELECT account_id, usage::DECIMAL(26, 0)" + amount + " AS usage_amount,"
                + " credit_paid::DECIMAL(26, 0)" + amount + " AS credit_amount,"
                + " (CASE WHEN billing_mode = 'payg' THEN uncovered ELSE 0 END)::DECIMAL(26, 0)" + amount
                + " AS payg_amount, (CASE WHEN overage_policy = 'invoice' THEN uncovered ELSE 0 END)::DECIMAL(26, 0)"
                + amount + " AS overage_amount,"
                + " (CASE WHEN overage_policy = 'invoice' THEN uncovered // 5 ELSE 0 END)::DECIMAL(26, 0)" + amount
                + " AS surcharge_amount, (CASE WHEN overage_policy = 'carry' THEN uncovered ELSE 0 END)::DECIMAL(26, 0)"
                + amount + " AS carried_amount, granted::DECIMAL(26, 0)" + amount + " AS granted_amount,"
                + " expired::DECIMAL(26, 0)" + amount + " AS expired_amount, debt::DECIMAL(26, 0)" + amount
                + " AS opening_debt, settled::DECIMAL(26, 0)" + amount + " AS settled_debt FROM '" + out
                + "/statements.parquet') TO '" + export + "/statements.csv' (HEADER)");
        statement.execute("COPY (SELECT account_id, provider, model, meter, price::DECIMAL(26, 0)" + amount
                + " AS unit_price, 1 AS per_units, quantity FROM '" + out
                + "/lines.parquet' WHERE meter <> 'request' OR price > 0) TO '" + export
                + "/statement_lines.csv' (HEADER)");
        statement.execute("COPY (SELECT account_id, day AS date, usage::DECIMAL(26, 0)" + amount
                + " AS usage_amount, (" + balance + ")::DECIMAL(26, 0)" + amount
                + " AS closing_balance, debt::DECIMAL(26, 0)" + amount + " AS closing_debt FROM '" + out
                + "/daily.parquet') TO '" + export + "/daily_balances.csv' (HEADER)");
    }
}
