package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.intake.ScatterPartition;
import io.saldo.lake.source.Compression;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.source.UntakenRecords;
import io.saldo.lake.table.TableReader;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of every format are kept as they were, and a held one is taken as if it had come later. */
class HeldFormatsTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @EnumSource(LogFormat.class)
    void isTakenOnceItsAccountIsKnown(LogFormat format) throws IOException, SQLException {
        Nights nights = new Nights(home);
        nights.accounts = new AccountDirectory(Set.of("acme"), Map.of());
        SourceFormat source = source(format);
        ScatterManifest first = nights.run(Nights.delivery(1, source, nights.file("usage", content(format))))
                .get(0);
        assertThat(first.deliveryProblem()).isNull();
        assertThat(nights.counts.get(1L)).containsExactly(3, 1, 0, 0, 1, 1, 0);
        assertThat(kept(nights, first.heldFile().path()))
                .containsExactly(
                        switch (format) {
                            case CSV -> "id,at,who,in,hit|e2,2026-10-05T10:00:00Z,later,100,40";
                            case JSONL ->
                                "null|{\"id\":\"e2\",\"at\":\"2026-10-05T10:00:00Z\",\"who\":\"later\",\"in\":100,\"hit\":40}";
                            case JSON ->
                                "[{\"at\":\"2026-10-05T10:00:00Z\"},{\"who\":\"x\"}]|{ \"id\":\"e2\", \"who\":\"later\",\"in\":100,\"hit\":40}";
                            case PARQUET ->
                                "null|{\"id\":\"e2\",\"at\":\"2026-10-05T10:00:00Z\",\"who\":\"later\",\"in\":100,\"hit\":40}";
                        });
        nights.accounts = new AccountDirectory(Set.of("acme", "later"), Map.of());
        nights.run(
                new Nights.Input(1, source, nights.lake.resolve(first.heldFile().path()), ScatterPartition.Input.HELD));
        assertThat(nights.counts.get(1L)).containsExactly(3, 2, 0, 0, 1, 0, 0);
        assertThat(nights.content().get("later")).isEqualTo(nights.content().get("acme"));
        assertThat(nights.content().get("later").get(0)).contains(" 60 40 0 0 0 0 0 1");
    }

    private List<String> kept(Nights nights, String path) throws IOException {
        List<String> kept = new ArrayList<>();
        try (TableReader reader = TableReader.open(nights.lake.resolve(path), UntakenRecords.SCHEMA)) {
            for (List<Object> row = reader.next(); row != null; row = reader.next()) {
                byte[] header = (byte[]) row.get(6);
                kept.add((header == null ? "null" : new String(header, StandardCharsets.UTF_8)) + "|"
                        + new String((byte[]) row.get(7), StandardCharsets.UTF_8));
            }
        }
        return kept;
    }

    /** One record to take, one to hold, one to reject. */
    private byte[] content(LogFormat format) throws IOException, SQLException {
        String csv = """
                id,at,who,in,hit
                e1,2026-10-05T10:00:00Z,acme,100,40
                e2,2026-10-05T10:00:00Z,later,100,40
                e3,2026-10-05T10:00:00Z,acme,30,40
                """;
        String json = """
                {"id":"e1","at":"2026-10-05T10:00:00Z","who":"acme","in":100,"hit":40}
                {"id":"e2","at":"2026-10-05T10:00:00Z","who":"later","in":100,"hit":40}
                {"id":"e3","at":"2026-10-05T10:00:00Z","who":"acme","in":30,"hit":40}
                """;
        String document = """
                {"data":[{"at":"2026-10-05T10:00:00Z","results":[
                { "id":"e1", "who":"acme","in":100,"hit":40},
                { "id":"e2", "who":"later","in":100,"hit":40},
                { "id":"e3", "who":"acme","in":30,"hit":40}]}],"who":"x"}
                """;
        return switch (format) {
            case CSV -> csv.getBytes(StandardCharsets.UTF_8);
            case JSONL -> json.getBytes(StandardCharsets.UTF_8);
            case JSON -> document.getBytes(StandardCharsets.UTF_8);
            case PARQUET -> {
                Path text = Files.writeString(home.resolve("text.csv"), csv);
                Path file = home.resolve("usage.parquet");
                try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                        Statement statement = connection.createStatement()) {
                    statement.execute("COPY (SELECT id, \"at\"::TIMESTAMPTZ AS \"at\", who, \"in\"::BIGINT AS \"in\","
                            + " hit::BIGINT AS hit FROM read_csv('" + text + "', all_varchar = true)) TO '" + file
                            + "' (FORMAT parquet)");
                }
                yield Files.readAllBytes(file);
            }
        };
    }

    private static SourceFormat source(LogFormat format) {
        boolean document = format == LogFormat.JSON;
        return new SourceFormat(
                "gateway",
                format,
                Map.of(
                        UsageColumn.EVENT_ID, "/id",
                        UsageColumn.OCCURRED_AT, document ? "../at" : "/at",
                        UsageColumn.PROJECT_ID, document ? "../../who" : "",
                        UsageColumn.ACCOUNT_ID, "/who",
                        UsageColumn.MODEL, "'m'",
                        UsageColumn.INPUT_TOKENS, "/in",
                        UsageColumn.CACHED_INPUT_TOKENS, "/hit | /cached"),
                TimestampFormat.Form.ISO,
                "",
                TokenSemantics.INCLUSIVE,
                "openai",
                false,
                IdentityRule.EVENT_ID,
                "gateway",
                Set.of(),
                Compression.ANY,
                document ? "/data/*/results/*" : "",
                true);
    }
}
