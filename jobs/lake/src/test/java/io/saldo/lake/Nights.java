package io.saldo.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.compaction.CompactionManifest;
import io.saldo.lake.compaction.CompactionPartition;
import io.saldo.lake.compaction.CompactionRule;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.gather.GatherPartition;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.identity.IdentityPartition;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.intake.AccountDirectory;
import io.saldo.lake.intake.AccountDirectory.KeyAssignment;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.intake.ScatterPartition;
import io.saldo.lake.source.SourceFormat;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.usage.AccountEventsCursor;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs nights of a small lake as the application would, and keeps what its books would. */
final class Nights {
    static final long AS_OF = micros("2026-10-06T00:00:00Z");
    static final long HORIZON = micros("2025-09-01T00:00:00Z");
    static final AccountDirectory ACCOUNTS = new AccountDirectory(
            Set.of("acme", "beta", "gamma", "zürich"),
            Map.of(
                    "key-acme",
                    List.of(new KeyAssignment("acme", Long.MIN_VALUE, Long.MAX_VALUE)),
                    "key-moved",
                    List.of(
                            new KeyAssignment("beta", Long.MIN_VALUE, micros("2026-10-02T00:00:00Z")),
                            new KeyAssignment("gamma", micros("2026-10-02T00:00:00Z"), Long.MAX_VALUE)),
                    "key-lost",
                    List.of(new KeyAssignment("nobody", Long.MIN_VALUE, Long.MAX_VALUE))));

    final Path home;
    final Path lake;
    final List<IndexSegment> index = new ArrayList<>();
    final List<UsageSegment> usage = new ArrayList<>();
    final List<ScatterManifest> scattered = new ArrayList<>();
    final List<GatherManifest> gathered = new ArrayList<>();
    /** By delivery: records, accepted, duplicate, conflict, rejected, held, not billable. */
    final TreeMap<Long, long[]> counts = new TreeMap<>();

    AccountDirectory accounts = ACCOUNTS;
    int accountShards = 3;
    int identityShards = 2;
    long budget = 1 << 20;
    long horizon = HORIZON;
    private int night;

    record Input(long delivery, SourceFormat format, Path file, ScatterPartition.Input kind) {}

    Nights(Path home) throws IOException {
        this.home = home;
        lake = Files.createDirectories(home.resolve("lake"));
    }

    static long micros(String instant) {
        Instant parsed = Instant.parse(instant);
        return parsed.getEpochSecond() * 1_000_000 + parsed.getNano() / 1000;
    }

    Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path file(String name, byte[] content) throws IOException {
        Path file = home.resolve("archive").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    static Input delivery(long number, SourceFormat format, Path file) {
        return new Input(number, format, file, ScatterPartition.Input.DELIVERY);
    }

    ScatterPartition scatterPartition(Input input, Path work, String name) {
        return new ScatterPartition(
                name,
                input.kind(),
                input.file().toString(),
                input.delivery(),
                input.format(),
                AS_OF,
                horizon,
                "UTC",
                work.resolve("accounts").toString(),
                accountShards,
                identityShards,
                work.toString(),
                lake.toString(),
                budget);
    }

    List<ScatterManifest> run(Input... inputs) throws IOException {
        return run(List.of(inputs));
    }

    List<ScatterManifest> run(List<Input> inputs) throws IOException {
        night++;
        Path work = Files.createDirectories(home.resolve("work-" + night));
        accounts.write(work, "accounts");
        List<ScatterManifest> scatters = new ArrayList<>();
        List<RunFile> runFiles = new ArrayList<>();
        for (int split = 0; split < inputs.size(); split++) {
            ScatterManifest manifest = scatterPartition(inputs.get(split), work, "n" + night + "-s" + split)
                    .run();
            scatters.add(manifest);
            long[] count = counts.computeIfAbsent(manifest.delivery(), number -> new long[7]);
            if (inputs.get(split).kind() == ScatterPartition.Input.DELIVERY) {
                count[0] += manifest.records();
            } else {
                count[5] -= manifest.records();
            }
            count[4] += manifest.rejected();
            count[5] += manifest.held();
            if (manifest.runFile() != null) {
                runFiles.add(manifest.runFile());
            }
        }
        scattered.addAll(scatters);
        List<String> outcomes = new ArrayList<>();
        for (int shard = 0; shard < identityShards; shard++) {
            int wanted = shard;
            IdentityManifest manifest = new IdentityPartition(
                            "n" + night + "-i" + shard,
                            shard,
                            accountShards,
                            runFiles,
                            index.stream()
                                    .filter(segment -> segment.shard() == wanted)
                                    .toList(),
                            horizon,
                            work.toString(),
                            lake.toString(),
                            budget)
                    .run();
            outcomes.add(manifest.outcomeFile());
            index.removeIf(segment -> manifest.merged().contains(segment.path()));
            index.addAll(manifest.added());
        }
        for (int shard = 0; shard < accountShards; shard++) {
            GatherManifest manifest = new GatherPartition(
                            "n" + night + "-g" + shard,
                            night,
                            shard,
                            runFiles,
                            outcomes,
                            work.toString(),
                            lake.toString(),
                            budget)
                    .run();
            gathered.add(manifest);
            usage.addAll(manifest.segments());
            for (GatherManifest.DeliveryCount delivery : manifest.deliveries()) {
                long[] count = counts.get(delivery.delivery());
                count[1] += delivery.accepted();
                count[2] += delivery.duplicate();
                count[3] += delivery.conflict();
                count[6] += delivery.notBillable();
            }
        }
        for (long[] count : counts.values()) {
            assertThat(count[1] + count[2] + count[3] + count[4] + count[5])
                    .as("accepted + duplicate + conflict + rejected + held")
                    .isEqualTo(count[0]);
        }
        return scatters;
    }

    /**
     * Merges what the rule chooses, as the step after gather does, and removes the replaced files.
     *
     * @return how many rows were rewritten
     */
    long compact(boolean monthIsOver) throws IOException {
        Map<String, List<UsageSegment>> groups = new TreeMap<>();
        for (UsageSegment segment : usage) {
            groups.computeIfAbsent(segment.month() + "-" + segment.shard(), key -> new ArrayList<>())
                    .add(segment);
        }
        long rewritten = 0;
        for (Map.Entry<String, List<UsageSegment>> group : groups.entrySet()) {
            List<UsageSegment> chosen = CompactionRule.chosen(group.getValue(), monthIsOver);
            if (!chosen.isEmpty()) {
                String name = "n" + night + "-c" + group.getKey();
                CompactionManifest manifest = new CompactionPartition(name, chosen, lake.toString(), budget).run();
                usage.removeAll(manifest.replaced());
                usage.add(manifest.merged());
                rewritten += manifest.merged().records();
                for (UsageSegment replaced : manifest.replaced()) {
                    Files.delete(lake.resolve(replaced.path()));
                }
            }
        }
        return rewritten;
    }

    List<String> segmentPaths() {
        return usage.stream().map(UsageSegment::path).toList();
    }

    /** Every event as text, by account in burn-down order, without where it was delivered. */
    Map<String, List<String>> content() throws IOException {
        return content(segmentPaths());
    }

    /** The same of the records that were known before. */
    Map<String, List<String>> repeats() throws IOException {
        return content(gathered.stream()
                .flatMap(manifest -> manifest.repeats().stream())
                .map(UsageSegment::path)
                .toList());
    }

    private Map<String, List<String>> content(List<String> paths) throws IOException {
        Map<String, List<String>> content = new HashMap<>();
        Set<String> seen = new TreeSet<>();
        try (AccountEventsCursor cursor = new AccountEventsReader(lake, ContextTiers.NONE).readAll(paths)) {
            while (cursor.next()) {
                assertThat(seen.add(cursor.accountId())).isTrue();
                content.put(cursor.accountId(), describe(cursor.events()));
            }
        }
        return content;
    }

    static List<String> describe(AccountEvents events) {
        List<String> lines = new ArrayList<>();
        for (int event = 0; event < events.size(); event++) {
            StringBuilder line = new StringBuilder();
            line.append(events.occurredAt()[event])
                    .append(' ')
                    .append(events.products().get(events.product()[event]))
                    .append(' ')
                    .append(events.billable()[event]);
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                line.append(' ').append(events.quantities()[meter][event]);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    List<List<Object>> conflicts() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (GatherManifest manifest : gathered) {
            if (manifest.conflictFile() != null) {
                try (TableReader reader =
                        TableReader.open(lake.resolve(manifest.conflictFile().path()), GatherManifest.CONFLICTS)) {
                    for (List<Object> row = reader.next(); row != null; row = reader.next()) {
                        rows.add(row);
                    }
                }
            }
        }
        return Collections.unmodifiableList(rows);
    }
}
