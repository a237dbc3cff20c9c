package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.gather.GatherPartition;
import io.saldo.lake.identity.IdentityPartition;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.usage.Meter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laws of a night: scatter, identity and gather together. */
class NightTest {
    private static final SourceFormat CSV = SourceFormat.saldo("gateway", LogFormat.CSV);
    /** More are tried with {@code -Dsaldo.seeds=N}. */
    private static final int SEEDS = Integer.getInteger("saldo.seeds", 80);

    private static final SourceFormat JSONL = SourceFormat.saldo("gateway", LogFormat.JSONL);

    @TempDir
    Path home;

    private static List<String> rows(Random random, int count) {
        String[] accounts = {"acme", "beta", "gamma", "zürich"};
        String[] models = {"gpt-4.1", "claude", "o3"};
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            rows.add(Logs.row(
                    "event_id=e" + row,
                    "occurred_at=2026-" + (random.nextInt(5) == 0 ? "09-30" : "10-0" + (1 + random.nextInt(3))) + "T1"
                            + random.nextInt(3) + ":00:0" + random.nextInt(3) + "Z",
                    "account_id=" + accounts[Math.min(3, random.nextInt(8) / 2)],
                    "model=" + models[random.nextInt(3)],
                    "service_tier=" + (random.nextBoolean() ? "" : "flex"),
                    "input_tokens=" + (20 + random.nextInt(1000)),
                    "requests=" + (random.nextInt(3) == 0 ? "2" : "")));
        }
        return rows;
    }

    @Test
    void anySplitInAnyOrderGivesTheSameLake() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<String> rows = rows(random, 40 + random.nextInt(200));
            Nights whole = new Nights(home.resolve(seed + "-whole"));
            whole.run(Nights.delivery(1, CSV, whole.file("all.csv", Logs.csv(rows.toArray(String[]::new)))));
            Map<String, List<String>> expected = whole.content();
            assertThat(expected.values().stream().mapToInt(List::size).sum()).isEqualTo(rows.size());

            // Duplicates, any order, any files, several nights, both formats, other shards and a budget that spills.
            List<String> delivered = new ArrayList<>(rows);
            int duplicates = random.nextInt(50);
            for (int duplicate = 0; duplicate < duplicates; duplicate++) {
                delivered.add(rows.get(random.nextInt(rows.size())));
            }
            Collections.shuffle(delivered, random);
            Nights split = new Nights(home.resolve(seed + "-split"));
            split.accountShards = 1 + random.nextInt(5);
            split.identityShards = 1 + random.nextInt(5);
            split.budget = random.nextBoolean() ? 1 << 13 : 1 << 22;
            int position = 0;
            long number = 0;
            while (position < delivered.size()) {
                List<Nights.Input> night = new ArrayList<>();
                for (int file = random.nextInt(4); file >= 0; file--) {
                    int end = Math.min(delivered.size(), position + random.nextInt(60));
                    String[] part = delivered.subList(position, end).toArray(String[]::new);
                    position = end;
                    boolean json = random.nextBoolean();
                    String text = json
                            ? String.join(
                                    "\n", Arrays.stream(part).map(Logs::json).toList())
                            : Logs.csv(part);
                    night.add(Nights.delivery(++number, json ? JSONL : CSV, split.file("f" + number, text)));
                }
                split.run(night);
            }
            assertThat(split.content()).as("seed %s", seed).isEqualTo(expected);
            assertThat(total(split, 1)).as("accepted, seed %s", seed).isEqualTo(rows.size());
            assertThat(total(split, 2)).as("duplicate, seed %s", seed).isEqualTo(duplicates);
            assertThat(total(split, 0)).as("records, seed %s", seed).isEqualTo(delivered.size());
            assertThat(accountMonths(split)).as("seed %s", seed).isEqualTo(accountMonths(whole));
            deleteRecursively(split.home);
        }
    }

    @Test
    void redeliveryChangesNothing() throws IOException {
        Nights nights = new Nights(home);
        String text = Logs.csv(rows(new Random(7), 500).toArray(String[]::new));
        nights.run(Nights.delivery(1, CSV, nights.file("a.csv", text)));
        Map<String, List<String>> before = nights.content();
        List<UsageSegment> segments = List.copyOf(nights.usage);
        assertThat(nights.repeats()).isEmpty();
        nights.run(Nights.delivery(2, CSV, nights.file("b.csv", text + "\n")));
        assertThat(nights.counts.get(2L)).containsExactly(500, 0, 500, 0, 0, 0, 0);
        assertThat(nights.usage).isEqualTo(segments);
        assertThat(nights.content()).isEqualTo(before);
        assertThat(nights.repeats()).isEqualTo(before);
        assertThat(nights.conflicts()).isEmpty();
    }

    @Test
    void theFirstTakenStandsAndOtherContentIsAConflict() throws IOException {
        Nights nights = new Nights(home);
        Path first = nights.file(
                "a.csv",
                Logs.csv(Logs.row("event_id=x"), Logs.row("event_id=y"), Logs.row("event_id=x", "input_tokens=101")));
        Path second = nights.file(
                "b.csv",
                Logs.csv(
                        Logs.row("event_id=x", "account_id=beta"),
                        Logs.row(
                                "event_id=x",
                                "input_tokens=100.0",
                                "requests=1",
                                "occurred_at=2026-10-05 12:00:00+02:00"),
                        Logs.row("event_id=x", "service_tier=standard"),
                        Logs.row("event_id=z")));
        nights.run(Nights.delivery(11, CSV, first), Nights.delivery(12, CSV, second));
        // The account logged instead of its key is other content; 100.0, 1 request and an offset are not.
        nights.run(Nights.delivery(
                13,
                CSV,
                nights.file(
                        "c.csv",
                        Logs.csv(
                                Logs.row("event_id=z"),
                                Logs.row("event_id=z", "account_id=", "api_key_id=key-acme"),
                                Logs.row("event_id=x", "output_tokens=31")))));
        assertThat(nights.counts.get(11L)).containsExactly(3, 2, 0, 1, 0, 0, 0);
        assertThat(nights.counts.get(12L)).containsExactly(4, 1, 1, 2, 0, 0, 0);
        assertThat(nights.counts.get(13L)).containsExactly(3, 0, 1, 2, 0, 0, 0);
        assertThat(nights.conflicts())
                .containsExactlyInAnyOrder(
                        List.of(11L, 4L, "gateway", "x", "acme", "2026-10", 11L, 2L),
                        List.of(12L, 2L, "gateway", "x", "beta", "2026-10", 11L, 2L),
                        List.of(12L, 4L, "gateway", "x", "acme", "2026-10", 11L, 2L),
                        List.of(13L, 3L, "gateway", "z", "acme", "2026-10", 12L, 5L),
                        List.of(13L, 4L, "gateway", "x", "acme", "2026-10", 11L, 2L));
        assertThat(nights.content().get("acme")).hasSize(3);
        assertThat(nights.content()).doesNotContainKey("beta");
        assertThat(nights.repeats().get("acme")).hasSize(6);
        assertThat(nights.repeats().get("beta")).hasSize(1);
    }

    @Test
    void namespacesKeepIdsApart() throws IOException {
        Nights nights = new Nights(home);
        Path file = nights.file("a.csv", Logs.csv(Logs.row()));
        nights.run(Nights.delivery(1, CSV, file), Nights.delivery(2, SourceFormat.saldo("azure", LogFormat.CSV), file));
        assertThat(total(nights, 1)).isEqualTo(2);
        assertThat(nights.content().get("acme")).hasSize(2);
    }

    @Test
    void runningAPartitionTwiceGivesTheSameBytes() throws Exception {
        Nights nights = new Nights(home);
        nights.accountShards = 1;
        nights.identityShards = 1;
        List<String> rows = rows(new Random(9), 3_000);
        rows.add(Logs.row("event_id=e5", "units=1"));
        rows.add(Logs.row("event_id=bad", "units=x"));
        rows.add(Logs.row("event_id=held", "account_id=nobody"));
        Path file = nights.file("a.csv", Logs.csv(rows.toArray(String[]::new)));
        Path work = Files.createDirectories(home.resolve("w"));
        nights.accounts.write(work, "accounts");
        Map<Path, byte[]> first = new HashMap<>();
        for (int attempt = 0; attempt < 2; attempt++) {
            ScatterManifest scatter = copy(nights.scatterPartition(Nights.delivery(1, CSV, file), work, "s"))
                    .run();
            List<RunFile> runFiles = List.of(scatter.runFile());
            var identity = copy(new IdentityPartition(
                            "i", 0, 1, runFiles, List.of(), Nights.HORIZON, work.toString(), nights.lake.toString(), 1))
                    .run();
            var gather = copy(new GatherPartition(
                            "g",
                            1,
                            0,
                            runFiles,
                            List.of(identity.outcomeFile()),
                            work.toString(),
                            nights.lake.toString(),
                            1))
                    .run();
            assertThat(copy(gather)).isEqualTo(gather);
            assertThat(copy(scatter)).isEqualTo(scatter);
            assertThat(gather.conflicts()).isEqualTo(1);
            try (var files = Files.walk(home)) {
                for (Path written : files.filter(Files::isRegularFile).toList()) {
                    byte[] bytes = Files.readAllBytes(written);
                    assertThat(written.toString()).doesNotEndWith(".unfinished");
                    if (attempt == 0) {
                        first.put(written, bytes);
                    } else {
                        assertThat(first.get(written)).as(written.toString()).isEqualTo(bytes);
                    }
                }
            }
        }
        assertThat(first).hasSizeGreaterThan(7);
    }

    @Test
    void duckDbReadsTheLakeAndCountsTheSame() throws IOException, SQLException {
        Nights nights = new Nights(home);
        List<String> rows = rows(new Random(3), 2_000);
        nights.run(Nights.delivery(1, CSV, nights.file("a.csv", Logs.csv(rows.toArray(String[]::new)))));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery("select account_id, month::varchar, count(*), sum(input),"
                        + " sum(cached_input), sum(output), sum(request), min(occurred_at), max(line),"
                        + " count(distinct shard) from read_parquet('" + nights.lake
                        + "/usage/**/*.parquet', hive_partitioning = true) group by all order by all")) {
            List<String> found = new ArrayList<>();
            while (result.next()) {
                assertThat(result.getInt(10)).isEqualTo(1);
                found.add(result.getString(1) + " " + result.getString(2).substring(0, 7) + " " + result.getLong(3)
                        + " " + result.getBigDecimal(4) + " " + result.getBigDecimal(5) + " "
                        + result.getBigDecimal(6) + " " + result.getBigDecimal(7));
            }
            List<String> expected = new ArrayList<>();
            for (GatherManifest.AccountMonth month : accountMonths(nights)) {
                List<BigInteger> sums = month.quantities();
                expected.add(month.accountId() + " " + month.month() + " " + month.events() + " " + sums.get(0) + " "
                        + sums.get(1) + " " + sums.get(3) + " " + sums.get(7));
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void oneAccountIsReadWithoutItsNeighbours() throws IOException {
        Nights nights = new Nights(home);
        for (int night = 0; night < 3; night++) {
            List<String> rows = new ArrayList<>();
            for (String row : rows(new Random(night), 300)) {
                rows.add(night + row);
            }
            nights.run(Nights.delivery(night, CSV, nights.file("n" + night, Logs.csv(rows.toArray(String[]::new)))));
        }
        AccountEventsReader reader = new AccountEventsReader(nights.lake, ContextTiers.NONE);
        Map<String, List<String>> all = nights.content();
        assertThat(all).hasSize(4);
        for (Map.Entry<String, List<String>> account : all.entrySet()) {
            var events = reader.read(nights.segmentPaths(), account.getKey());
            assertThat(Nights.describe(events)).isEqualTo(account.getValue());
            for (int event = 1; event < events.size(); event++) {
                assertThat(events.occurredAt()[event]).isGreaterThanOrEqualTo(events.occurredAt()[event - 1]);
            }
        }
        assertThat(reader.read(nights.segmentPaths(), "nobody").size()).isZero();
        assertThat(reader.read(List.of(), "acme").size()).isZero();
    }

    @Test
    void sumsPassSixtyThreeBits() throws IOException {
        Nights nights = new Nights(home);
        String most = "9223372036854775807";
        nights.run(Nights.delivery(
                1,
                CSV,
                nights.file(
                        "a.csv",
                        Logs.csv(
                                Logs.row("event_id=1", "input_tokens=" + most, "cached_input_tokens=0"),
                                Logs.row("event_id=2", "input_tokens=" + most, "cached_input_tokens=0"),
                                Logs.row("event_id=3", "input_tokens=" + most, "cached_input_tokens=0")))));
        BigInteger expected = new BigInteger(most).multiply(BigInteger.valueOf(3));
        assertThat(nights.scattered.get(0).inputTokens()).isEqualTo(expected);
        assertThat(accountMonths(nights).get(0).quantities().get(0)).isEqualTo(expected);
        assertThat(Meter.at(0)).isEqualTo(Meter.INPUT);
    }

    private static long total(Nights nights, int column) {
        return nights.counts.values().stream().mapToLong(count -> count[column]).sum();
    }

    private static List<GatherManifest.AccountMonth> accountMonths(Nights nights) {
        TreeMap<String, GatherManifest.AccountMonth> months = new TreeMap<>();
        for (GatherManifest manifest : nights.gathered) {
            for (GatherManifest.AccountMonth month : manifest.accountMonths()) {
                months.merge(month.accountId() + " " + month.month(), month, GatherManifest.AccountMonth::plus);
            }
        }
        return List.copyOf(months.values());
    }

    @SuppressWarnings("unchecked")
    private static <T> T copy(T value) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(value);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (T) input.readObject();
        }
    }

    private static void deleteRecursively(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
