package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.table.TableWriter;
import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake as others read it: a folder of Parquet files, without our books and without our code. */
class DuckDbTest {
    private static final SourceFormat CSV = SourceFormat.saldo("gateway", LogFormat.CSV);

    @TempDir
    Path home;

    private static List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(String.join(" ", row));
            }
        }
        return rows;
    }

    private Nights nightsThatWereMerged() throws IOException {
        Nights nights = new Nights(home);
        nights.accountShards = 3;
        nights.identityShards = 1;
        for (int night = 0; night < 9; night++) {
            List<String> rows = new ArrayList<>();
            for (int record = 0; record < 12; record++) {
                rows.add(Logs.row(
                        "event_id=e" + night + "-" + record,
                        "occurred_at=" + (record % 4 == 0 ? "2026-09-30" : "2026-10-02") + "T10:00:00Z",
                        "account_id=" + List.of("acme", "beta", "zürich").get(record % 3),
                        "input_tokens=" + (100 + 7 * night + record),
                        "units=" + (record == 5 ? "" : "1")));
            }
            rows.add(Logs.row("event_id=bad" + night, "units=x"));
            rows.add(Logs.row("event_id=held" + night, "account_id=nobody"));
            nights.run(Nights.delivery(night, CSV, nights.file("n" + night, Logs.csv(rows.toArray(String[]::new)))));
            nights.compact(false);
        }
        return nights;
    }

    @Test
    void countsAndSumsAreOurs() throws IOException, SQLException {
        Nights nights = nightsThatWereMerged();
        assertThat(nights.segmentPaths()).anyMatch(path -> path.contains("-c"));
        StringBuilder sums = new StringBuilder();
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            sums.append(", sum(").append(Meter.at(meter).word()).append(")");
        }
        Map<String, List<BigInteger>> expected = new TreeMap<>();
        for (GatherManifest manifest : nights.gathered) {
            for (GatherManifest.AccountMonth month : manifest.accountMonths()) {
                List<BigInteger> figures = new ArrayList<>();
                figures.add(BigInteger.valueOf(month.events()));
                figures.addAll(month.quantities());
                expected.merge(
                        "%s %s %02d".formatted(month.accountId(), month.month(), manifest.shard()),
                        figures,
                        DuckDbTest::plus);
            }
        }
        assertThat(expected).hasSize(6);
        assertThat(query("select account_id, month, shard, sum(events)" + sums
                        + " from read_parquet('" + nights.lake + "/usage/**/*.parquet', hive_partitioning=true)"
                        + " group by all order by all"))
                .containsExactlyElementsOf(expected.entrySet().stream()
                        .map(each -> each.getKey() + " "
                                + String.join(
                                        " ",
                                        each.getValue().stream()
                                                .map(BigInteger::toString)
                                                .toList()))
                        .toList());
    }

    private static List<BigInteger> plus(List<BigInteger> left, List<BigInteger> right) {
        List<BigInteger> sums = new ArrayList<>();
        for (int index = 0; index < left.size(); index++) {
            sums.add(left.get(index).add(right.get(index)));
        }
        return sums;
    }

    @Test
    void rejectedAndHeldRecordsAreTables() throws IOException, SQLException {
        Nights nights = nightsThatWereMerged();
        assertThat(query("select delivery, line, code from read_parquet('" + nights.lake
                        + "/rejected/*.parquet') order by all limit 2"))
                .containsExactly("0 14 USG-003", "1 14 USG-003");
        assertThat(query("select count(*), min(line), max(line) from read_parquet('" + nights.lake
                        + "/held/*.parquet')"))
                .containsExactly("9 15 15");
    }

    /** As statement details lie: the month is in the folder and in the row. */
    @Test
    void aTableBelowAMonthIsReadWithItsMonthAndShard() throws IOException, SQLException {
        TableSchema lines = new TableSchema(
                "lines",
                List.of(
                        TableSchema.text("account_id"),
                        TableSchema.text("month"),
                        TableSchema.wholeNumber("revision"),
                        TableSchema.amount("amount")));
        for (int shard = 0; shard < 2; shard++) {
            try (TableWriter writer = new TableWriter(
                    home, "statements/month=2026-10/shard=0" + shard + "/run-000001-t0000-lines.parquet", lines)) {
                for (int revision = 1; revision <= 2; revision++) {
                    writer.add(List.of("a-" + shard, "2026-10", (long) revision, Amount.parse("0.0000012")));
                }
                writer.commit();
            }
        }
        assertThat(query("select account_id, month, shard, max(revision),"
                        + " sum(amount::decimal(38, 12)) from read_parquet('" + home
                        + "/statements/**/*-lines.parquet', hive_partitioning=true) group by all order by all"))
                .containsExactly("a-0 2026-10 00 2 0.000002400000", "a-1 2026-10 01 2 0.000002400000");
    }
}
