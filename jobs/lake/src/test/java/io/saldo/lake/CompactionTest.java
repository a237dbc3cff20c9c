package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.compaction.CompactionPartition;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merged segments hold what the segments held before. */
class CompactionTest {
    private static final SourceFormat EVENTS = SourceFormat.saldo("gateway", LogFormat.CSV);
    private static final SourceFormat BUCKETS = new SourceFormat(
            "provider",
            LogFormat.CSV,
            Map.of(UsageColumn.EVENT_ID, ""),
            TimestampFormat.Form.ISO,
            "",
            TokenSemantics.INCLUSIVE,
            "",
            false,
            IdentityRule.BUCKET,
            "provider",
            Set.of("ok"));

    @TempDir
    Path home;

    /** Events that are delivered once, and figures that are restated again and again. */
    private static List<Nights.Input> night(Random random, int number, Nights nights) throws IOException {
        List<String> events = new ArrayList<>();
        List<String> buckets = new ArrayList<>();
        int records = 5 + random.nextInt(40);
        for (int record = 0; record < records; record++) {
            String account = List.of("acme", "beta", "gamma", "zürich").get(random.nextInt(4));
            String day = random.nextInt(4) == 0 ? "09-30" : "10-0" + (1 + random.nextInt(3));
            events.add(Logs.row(
                    "event_id=e" + number + "-" + record,
                    "occurred_at=2026-" + day + "T10:0" + random.nextInt(3) + ":00Z",
                    "account_id=" + account,
                    "project_id=p" + random.nextInt(3),
                    "status=" + (random.nextBoolean() ? "ok" : "error"),
                    "model=" + List.of("gpt-4.1", "o3").get(random.nextInt(2)),
                    "reasoning_tokens=" + random.nextInt(6),
                    "input_tokens=" + (20 + random.nextInt(1000))));
            buckets.add(Logs.row(
                    "event_id=",
                    "occurred_at=2026-" + day + "T00:00:00Z",
                    "account_id=" + account,
                    "input_tokens=" + (20 + random.nextInt(1000)),
                    "requests=" + random.nextInt(90)));
        }
        return List.of(
                Nights.delivery(2L * number, EVENTS, nights.file("e" + number, Logs.csv(text(events)))),
                Nights.delivery(2L * number + 1, BUCKETS, nights.file("b" + number, Logs.csv(text(buckets)))));
    }

    private static String[] text(List<String> rows) {
        return rows.toArray(String[]::new);
    }

    @Test
    void nightsWithAndWithoutCompactionGiveTheSameLake() throws IOException, SQLException {
        for (int seed = 0; seed < 2; seed++) {
            Nights plain = new Nights(home.resolve(seed + "-plain"));
            Nights merged = new Nights(home.resolve(seed + "-merged"));
            for (Nights nights : List.of(plain, merged)) {
                nights.accountShards = 1;
                nights.identityShards = 1;
            }
            Random choices = new Random(seed);
            long rewritten = 0;
            List<List<String>> segmentsAfter = new ArrayList<>();
            for (int night = 0; night < 12; night++) {
                plain.run(night(new Random(31L * seed + night), night, plain));
                segmentsAfter.add(plain.segmentPaths());
                merged.run(night(new Random(31L * seed + night), night, merged));
                if (choices.nextInt(3) > 0) {
                    rewritten += merged.compact(choices.nextInt(6) == 0);
                }
            }
            assertThat(rewritten).as("seed %s", seed).isPositive();
            merged.compact(true);
            merged.compact(true);
            assertThat(merged.usage.size()).as("seed %s", seed).isLessThan(plain.usage.size() / 2);
            assertThat(merged.content()).as("seed %s", seed).isEqualTo(plain.content());
            for (String account : plain.content().keySet()) {
                AccountEvents expected =
                        new AccountEventsReader(plain.lake, ContextTiers.NONE).read(plain.segmentPaths(), account);
                AccountEvents found =
                        new AccountEventsReader(merged.lake, ContextTiers.NONE).read(merged.segmentPaths(), account);
                assertThat(origins(found)).as("seed %s %s", seed, account).isEqualTo(origins(expected));
            }
            assertKnownAgain(plain, segmentsAfter, merged, "seed " + seed);
            assertThat(rowsInOnlyOne(plain.lake, merged.lake))
                    .as("every column, seed %s", seed)
                    .isZero();
        }
    }

    /** What a night left can be read again from segments that were merged since, rows of later nights left out. */
    private static void assertKnownAgain(
            Nights plain, List<List<String>> segmentsAfter, Nights merged, String description) throws IOException {
        for (int night = 0; night < segmentsAfter.size(); night++) {
            for (String account : plain.content().keySet()) {
                AccountEvents then =
                        new AccountEventsReader(plain.lake, ContextTiers.NONE).read(segmentsAfter.get(night), account);
                AccountEvents again = new AccountEventsReader(merged.lake, ContextTiers.NONE)
                        .knownTo(night + 1)
                        .read(merged.segmentPaths(), account);
                assertThat(figures(again))
                        .as("%s, night %s, %s", description, night + 1, account)
                        .isEqualTo(figures(then));
            }
        }
    }

    private static List<String> figures(AccountEvents events) {
        List<String> figures = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            StringBuilder figure = new StringBuilder(
                    events.occurredAt()[event] + " " + origins(events).get(event));
            for (long[] column : events.quantities()) {
                figure.append(' ').append(column[event]);
            }
            figures.add(figure.toString());
        }
        return figures;
    }

    private static List<String> origins(AccountEvents events) {
        List<String> origins = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            origins.add(events.delivery()[event] + ":" + events.line()[event]);
        }
        return origins;
    }

    private static long rowsInOnlyOne(Path left, Path right) throws SQLException {
        String both = "from read_parquet('%s/usage/**/*.parquet', hive_partitioning = true)";
        String first = "select * " + both.formatted(left);
        String second = "select * " + both.formatted(right);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery("select count(*) from ((" + first + " except all " + second
                        + ") union all (" + second + " except all " + first + "))")) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    @Test
    void mergingTwiceGivesTheSameBytes() throws IOException {
        Nights nights = new Nights(home);
        nights.accountShards = 1;
        for (int night = 0; night < 3; night++) {
            nights.run(night(new Random(night), night, nights));
        }
        CompactionPartition partition = october(nights);
        UsageSegment first = partition.run().merged();
        byte[] bytes = Files.readAllBytes(nights.lake.resolve(first.path()));
        assertThat(partition.run().merged()).isEqualTo(first);
        assertThat(Files.readAllBytes(nights.lake.resolve(first.path()))).isEqualTo(bytes);
        assertThat(first.records())
                .isEqualTo(partition.segments().stream()
                        .mapToLong(UsageSegment::records)
                        .sum());
        assertThat(first.minOccurredAtMicros())
                .isEqualTo(partition.segments().stream()
                        .mapToLong(UsageSegment::minOccurredAtMicros)
                        .min()
                        .getAsLong());
        assertThat(first.firstAccountId()).isEqualTo("acme");
        assertThat(first.lastAccountId()).isEqualTo("zürich");
    }

    @Test
    void whatIsDamagedIsNotMerged() throws IOException {
        Nights nights = new Nights(home);
        nights.accountShards = 1;
        for (int night = 0; night < 2; night++) {
            nights.run(night(new Random(night), night, nights));
        }
        CompactionPartition partition = october(nights);
        Path damaged = nights.lake.resolve(partition.segments().get(1).path());
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);
        assertThatThrownBy(partition::run)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(partition.segments().get(1).path());
        try (var files = Files.walk(nights.lake)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("merged")))
                    .isEmpty();
        }
    }

    private static CompactionPartition october(Nights nights) {
        return new CompactionPartition(
                "merged",
                nights.usage.stream()
                        .filter(segment -> segment.month().equals("2026-10"))
                        .toList(),
                nights.lake.toString(),
                1 << 20);
    }

    @Test
    void refusesSegmentsOfTwoMonthsAndNamesThatLeaveTheFolder() throws IOException {
        Nights nights = new Nights(home);
        nights.accountShards = 1;
        nights.run(night(new Random(1), 1, nights));
        assertThat(nights.usage).hasSize(2);
        for (CompactionArguments bad : Arrays.asList(
                new CompactionArguments("two-months", nights.usage),
                new CompactionArguments("../x", nights.usage.subList(0, 1)),
                new CompactionArguments("none", List.of()))) {
            assertThatThrownBy(() -> new CompactionPartition(bad.name(), bad.segments(), "lake", 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private record CompactionArguments(String name, List<UsageSegment> segments) {}
}
