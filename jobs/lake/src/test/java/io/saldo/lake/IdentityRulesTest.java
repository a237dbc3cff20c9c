package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.intake.AccountDirectory.KeyAssignment;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Identity;
import io.saldo.usage.IdentityRule;
import io.saldo.usage.Meter;
import io.saldo.usage.TokenSemantics;
import io.saldo.usage.UsageColumn;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs without event ids: equal records are counted, restated figures are appended as differences. */
class IdentityRulesTest {
    /** The columns of {@link Logs#row} but the event id, as SPEC 6.2 wants them. */
    private static final List<String> CONTENT_OF_A_ROW = List.of(
            "2026-10-05T10:00:00.000000Z",
            "acme",
            "",
            "",
            "openai",
            "gpt-4.1",
            "",
            "ok",
            "100",
            "20",
            "0",
            "30",
            "5",
            "0",
            "0",
            "0",
            "1");

    @TempDir
    Path home;

    private static SourceFormat source(IdentityRule identity, TokenSemantics semantics) {
        return new SourceFormat(
                "provider",
                LogFormat.CSV,
                Map.of(UsageColumn.EVENT_ID, ""),
                TimestampFormat.Form.ISO,
                "",
                semantics,
                "",
                false,
                identity,
                "provider",
                Set.of("ok"));
    }

    private static String row(String... fields) {
        return Logs.row(fields);
    }

    @Test
    void equalRecordsOfOneDeliveryAreSeveralEventsAndOfTwoDeliveriesAreNot() throws IOException {
        SourceFormat source = source(IdentityRule.CONTENT, TokenSemantics.INCLUSIVE);
        Nights nights = new Nights(home);
        nights.run(
                Nights.delivery(1, source, nights.file("a", Logs.csv(row(), row(), row("output_tokens=31")))),
                Nights.delivery(2, source, nights.file("b", Logs.csv(row(), row()))));
        nights.run(Nights.delivery(3, source, nights.file("c", Logs.csv(row(), row("input_tokens=100.0"), row()))));
        assertThat(nights.counts.get(1L)).containsExactly(3, 3, 0, 0, 0, 0, 0);
        assertThat(nights.counts.get(2L)).containsExactly(2, 0, 2, 0, 0, 0, 0);
        assertThat(nights.counts.get(3L)).containsExactly(3, 1, 2, 0, 0, 0, 0);
        assertThat(nights.content().get("acme")).hasSize(4);
        List<StoredEvent> stored = StoredEvent.find(
                nights.lake, nights.segmentPaths(), "acme", Set.of(new Identity().contentId(CONTENT_OF_A_ROW)));
        assertThat(stored).hasSize(3);
    }

    @Test
    void contentCountsTheMostThatOneDeliveryBrought() throws IOException {
        SourceFormat source = source(IdentityRule.CONTENT, TokenSemantics.INCLUSIVE);
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Nights nights = new Nights(home.resolve("content-" + seed));
            nights.budget = random.nextBoolean() ? 1 : 1 << 20;
            Map<String, Integer> expected = new HashMap<>();
            long delivery = 0;
            for (int night = 0; night < 6; night++) {
                List<Nights.Input> inputs = new ArrayList<>();
                for (int file = random.nextInt(3); file > 0; file--) {
                    List<String> rows = new ArrayList<>();
                    Map<String, Integer> counts = new HashMap<>();
                    for (int record = random.nextInt(60); record > 0; record--) {
                        String row = row(
                                "account_id=" + (random.nextBoolean() ? "acme" : "beta"),
                                "input_tokens=" + (20 + random.nextInt(8)));
                        rows.add(row);
                        counts.merge(row, 1, Integer::sum);
                    }
                    counts.forEach((row, count) -> expected.merge(row, count, Math::max));
                    delivery++;
                    inputs.add(Nights.delivery(
                            delivery, source, nights.file("f" + delivery, Logs.csv(rows.toArray(String[]::new)))));
                }
                nights.run(inputs);
            }
            assertThat(nights.content().values().stream().mapToInt(List::size).sum())
                    .as("seed %s", seed)
                    .isEqualTo(
                            expected.values().stream().mapToInt(count -> count).sum());
        }
    }

    @Test
    void newerFiguresReplaceOlderOnesByTheirDifference() throws IOException {
        SourceFormat source = source(IdentityRule.BUCKET, TokenSemantics.INCLUSIVE);
        Nights nights = new Nights(home);
        nights.run(Nights.delivery(
                1, source, nights.file("a", Logs.csv(row("requests=10"), row("requests=12"), row("model=o3")))));
        // Less than before, and of another month; the same figure again is a duplicate.
        nights.run(Nights.delivery(
                2,
                source,
                nights.file(
                        "b",
                        Logs.csv(
                                row("requests=11", "input_tokens=90", "reasoning_tokens=4"),
                                row("requests=11", "input_tokens=90", "reasoning_tokens=4"),
                                row("model=o3"),
                                row("occurred_at=2026-09-30T10:00:00Z")))));
        assertThat(nights.counts.get(1L)).containsExactly(3, 3, 0, 0, 0, 0, 0);
        assertThat(nights.counts.get(2L)).containsExactly(4, 2, 2, 0, 0, 0, 0);
        AccountEvents events =
                new AccountEventsReader(nights.lake, ContextTiers.NONE).read(nights.segmentPaths(), "acme");
        assertThat(events.size()).isEqualTo(3);
        List<String> latest = nights.content().get("acme");
        assertThat(latest)
                .anySatisfy(line -> assertThat(line).contains("gpt-4.1").endsWith(" 11"));
        // What is shown is where the latest figure came from.
        for (int event = 0; event < events.size(); event++) {
            if (events.quantities()[Meter.REQUEST.ordinal()][event] == 11) {
                assertThat(events.delivery()[event]).isEqualTo(2);
                assertThat(events.line()[event]).isEqualTo(2);
            }
        }
        BigInteger sum = BigInteger.ZERO;
        long counted = 0;
        for (GatherManifest manifest : nights.gathered) {
            for (GatherManifest.AccountMonth month : manifest.accountMonths()) {
                sum = sum.add(month.quantities().get(Meter.REQUEST.ordinal()));
                counted += month.events();
            }
        }
        assertThat(sum).isEqualTo(BigInteger.valueOf(13));
        assertThat(counted).isEqualTo(3);
    }

    @Test
    void aFigureOfAnotherAccountMovesNothing() throws IOException {
        SourceFormat source = source(IdentityRule.BUCKET, TokenSemantics.INCLUSIVE);
        Nights nights = new Nights(home);
        String byKey = row("account_id=", "api_key_id=key-acme");
        nights.run(Nights.delivery(1, source, nights.file("a", Logs.csv(byKey))));
        nights.accounts = new AccountDirectory(
                Nights.ACCOUNTS.accountIds(),
                Map.of("key-acme", List.of(new KeyAssignment("beta", Long.MIN_VALUE, Long.MAX_VALUE))));
        nights.run(Nights.delivery(
                2, source, nights.file("b", Logs.csv(row("account_id=", "api_key_id=key-acme", "units=9")))));
        assertThat(nights.counts.get(2L)).containsExactly(1, 0, 0, 1, 0, 0, 0);
        assertThat(nights.content()).containsOnlyKeys("acme");
        assertThat(nights.conflicts()).hasSize(1);
        // The figure that stands comes again: nothing new is said, whoever the key belongs to now.
        nights.run(Nights.delivery(3, source, nights.file("c", Logs.csv(byKey))));
        assertThat(nights.counts.get(3L)).containsExactly(1, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void anyNightsOfRestatementsComeToTheLatestFigures() throws IOException {
        SourceFormat source = source(IdentityRule.BUCKET, TokenSemantics.EXCLUSIVE);
        String[] statuses = {"ok", "failed", ""};
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Nights nights = new Nights(home.resolve("bucket-" + seed));
            nights.accountShards = 1 + random.nextInt(4);
            nights.identityShards = 1 + random.nextInt(3);
            nights.budget = random.nextBoolean() ? 1 : 1 << 20;
            TreeMap<String, String> latest = new TreeMap<>();
            long delivery = 0;
            for (int night = 0; night < 8; night++) {
                List<Nights.Input> inputs = new ArrayList<>();
                for (int file = random.nextInt(3); file > 0; file--) {
                    List<String> rows = new ArrayList<>();
                    for (int record = random.nextInt(40); record > 0; record--) {
                        String account = random.nextBoolean() ? "acme" : "zürich";
                        String hour = "0" + random.nextInt(4);
                        String status = statuses[random.nextInt(3)];
                        long input = random.nextInt(3) * 50L;
                        long requests = random.nextInt(3);
                        rows.add(row(
                                "account_id=" + account,
                                "occurred_at=2026-10-01T" + hour + ":00:00Z",
                                "status=" + status,
                                "input_tokens=" + input,
                                "requests=" + requests));
                        latest.put(account + " " + hour + " " + status, input + " " + requests);
                    }
                    delivery++;
                    inputs.add(Nights.delivery(
                            delivery, source, nights.file("f" + delivery, Logs.csv(rows.toArray(String[]::new)))));
                }
                nights.run(inputs);
            }
            List<String> found = new ArrayList<>();
            AccountEventsReader reader = new AccountEventsReader(nights.lake, ContextTiers.NONE);
            for (String account : List.of("acme", "zürich")) {
                AccountEvents events = reader.read(nights.segmentPaths(), account);
                for (int event = 0; event < events.size(); event++) {
                    long hour = events.occurredAt()[event] / 3_600_000_000L % 24;
                    found.add(account + " 0" + hour + " " + events.billable()[event] + " "
                            + events.quantities()[Meter.INPUT.ordinal()][event] + " "
                            + events.quantities()[Meter.REQUEST.ordinal()][event]);
                }
            }
            List<String> expected = new ArrayList<>();
            latest.forEach((key, figure) -> {
                String[] parts = key.split(" ", -1);
                expected.add(parts[0] + " " + parts[1] + " " + !parts[2].equals("failed") + " " + figure);
            });
            assertThat(found).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(expected);
            // Merged as it grows: never one for each night.
            assertThat(nights.index.stream()
                            .filter(segment -> segment.shard() == 0)
                            .count())
                    .isLessThan(8);
        }
    }

    @Test
    void idsAreForgottenBeyondTheHorizonWhetherMergedOrNot() throws IOException {
        SourceFormat gateway = SourceFormat.saldo("gateway", LogFormat.CSV);
        Nights nights = new Nights(home);
        nights.run(Nights.delivery(
                1,
                gateway,
                nights.file("a", Logs.csv(row("event_id=x", "occurred_at=2026-10-01T10:00:00Z"), row("event_id=y")))));
        nights.horizon = Nights.micros("2026-10-02T00:00:00Z");
        // So many more that the first night's segment is merged with theirs.
        List<String> rows = new ArrayList<>(List.of(
                row("event_id=x", "occurred_at=2026-10-01T10:00:00Z"),
                row("event_id=x", "occurred_at=2026-10-03T10:00:00Z"),
                row("event_id=y")));
        for (int more = 0; more < 40; more++) {
            rows.add(row("event_id=more" + more));
        }
        nights.run(Nights.delivery(2, gateway, nights.file("b", Logs.csv(rows.toArray(String[]::new)))));
        assertThat(nights.counts.get(2L)).containsExactly(43, 41, 1, 0, 1, 0, 0);
        assertThat(nights.index.stream().map(IndexSegment::knownFromMicros)).contains(nights.horizon);
    }

    @Test
    void aRestatementWithoutItsEventIsADamagedLake() throws IOException {
        SourceFormat source = source(IdentityRule.BUCKET, TokenSemantics.INCLUSIVE);
        Nights nights = new Nights(home);
        nights.run(Nights.delivery(1, source, nights.file("a", Logs.csv(row()))));
        nights.run(Nights.delivery(2, source, nights.file("b", Logs.csv(row("units=3")))));
        List<String> without = List.of(nights.segmentPaths().get(1));
        assertThatThrownBy(() -> new AccountEventsReader(nights.lake, ContextTiers.NONE).read(without, "acme"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a restatement without its event");
    }
}
