package io.saldo.lake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.RawLog;
import io.saldo.lake.source.RecordLayout;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.Dimensions;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found by words are the dimensions that the texts say, in every row group, however many there are. */
class DimensionWordsTest {
    private static final List<UsageColumn> TEXTS = List.of(
            UsageColumn.ACCOUNT_ID,
            UsageColumn.PROJECT_ID,
            UsageColumn.API_KEY_ID,
            UsageColumn.PROVIDER,
            UsageColumn.MODEL,
            UsageColumn.SERVICE_TIER,
            UsageColumn.STATUS);

    @TempDir
    Path folder;

    @Test
    void wordsLeadToWhatTheTextsSay() throws Exception {
        Path file = folder.resolve("usage.parquet");
        // More than are remembered in a row group of 160,000, fewer in the others; each row group has other words.
        write(
                file,
                "SELECT 'e' || i AS event_id, TIMESTAMPTZ '2026-10-05 10:00:00Z' AS occurred_at, 1 AS input_tokens, 1 AS output_tokens, 'a' || (hash(i) % k) AS account_id, CASE WHEN hash(i * 3) % 5 > 0 THEN 'p' || (hash(i * 5) % k) END"
                        + " AS project_id, 'k' || (hash(i * 7) % k) AS api_key_id, 'openai' AS provider,"
                        + " 'm' || (i % 3) AS model, '' AS service_tier, NULL::VARCHAR AS status"
                        + " FROM (SELECT i, CASE WHEN i < 160000 THEN 60 ELSE 4 END AS k FROM range(400000) t(i)) ORDER BY i");
        DimensionWords words = new DimensionWords();
        List<String> dimensions = new ArrayList<>();
        int found = 0;
        try (RawLog log = RawLog.open(file, layout(), folder)) {
            while (log.next()) {
                String texts = TEXTS.stream().map(log::text).collect(Collectors.joining("|"));
                int known = words.find(log);
                if (known >= 0) {
                    found++;
                    assertThat(dimensions.get(known)).isEqualTo(texts);
                } else {
                    words.put(dimensions.size());
                    dimensions.add(texts);
                }
            }
        }
        assertThat(TEXTS).hasSize(Dimensions.TEXTS);
        assertThat(found).isPositive();
        assertThat(dimensions).hasSizeGreaterThan(1 << 16);
        // In row groups of few dimensions each is looked for by its texts once.
        assertThat(found + dimensions.size()).isEqualTo(400_000);
        assertThat(found).isGreaterThan(200_000);
    }

    private static void write(Path file, String query) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT parquet, ROW_GROUP_SIZE 160000)");
        }
    }

    private static RecordLayout layout() {
        return new SourceFormat(
                        "gateway",
                        LogFormat.PARQUET,
                        Map.of(),
                        TimestampFormat.Form.ISO,
                        "",
                        TokenSemantics.INCLUSIVE,
                        "",
                        false,
                        IdentityRule.EVENT_ID,
                        "gateway",
                        Set.of())
                .layout();
    }
}
