package io.saldo.app.intake;

import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.gather.GatherPartition;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.table.TableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Step gather: a partition for each account shard that got a record. */
public final class GatherWork implements PartitionedWork<GatherPartition, GatherManifest> {
    /** The step's name. */
    public static final String STEP = "gather";

    private static final int CONFLICTS_AT_ONCE = 10_000;

    private final Home home;
    private final Settings settings;
    private final ManifestStore manifests;
    private final ScatteredManifests scattered;
    private final LakeStore lake;
    private final UsageConflictStore usageConflicts;
    private final Map<Integer, Long> recordsOfShard = new HashMap<>();

    /** For a run with those settings. */
    public GatherWork(
            Home home,
            Settings settings,
            ManifestStore manifests,
            ScatteredManifests scattered,
            LakeStore lake,
            UsageConflictStore usageConflicts) {
        this.home = home;
        this.settings = settings;
        this.manifests = manifests;
        this.scattered = scattered;
        this.lake = lake;
        this.usageConflicts = usageConflicts;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<GatherPartition> descriptionType() {
        return GatherPartition.class;
    }

    @Override
    public SortedMap<String, GatherPartition> describe(Run run) {
        List<ScatterManifest> taken = scattered.taken(run);
        List<RunFile> runFiles = taken.stream()
                .map(ScatterManifest::runFile)
                .filter(Objects::nonNull)
                .toList();
        List<String> outcomes = manifests.all(run.id(), IdentityWork.STEP, IdentityManifest.class).stream()
                .map(IdentityManifest::outcomeFile)
                .toList();
        SortedMap<String, GatherPartition> partitions = new TreeMap<>();
        for (int shard = 0; shard < settings.accountShards(); shard++) {
            int each = shard;
            long records = taken.stream()
                    .filter(manifest -> manifest.runFile() != null)
                    .mapToLong(manifest -> manifest.accountShardRecords().get(each))
                    .sum();
            recordsOfShard.put(shard, records);
            if (records > 0) {
                String name = run.name() + String.format(Locale.ROOT, "-s%04d", shard);
                partitions.put(
                        name,
                        new GatherPartition(
                                name,
                                run.id(),
                                shard,
                                runFiles,
                                outcomes,
                                home.place(home.work(run.id())),
                                home.place(home.lake()),
                                settings.memoryBudgetBytes() / settings.threads()));
            }
        }
        return partitions;
    }

    @Override
    public long size(GatherPartition description) {
        return recordsOfShard.getOrDefault(description.shard(), 0L);
    }

    @Override
    public GatherManifest execute(GatherPartition description) throws IOException {
        return description.in(home.root()).run();
    }

    @Override
    public void commit(Run run, String partition, GatherManifest manifest) throws IOException {
        manifest.segments().forEach(segment -> lake.addSegment(run.id(), segment));
        lake.addUsage(run.id(), manifest.shard(), manifest.accountMonths());
        manifest.repeats()
                .forEach(segment -> lake.addFile(
                        run.id(),
                        GatherManifest.REPEATS,
                        new StoredFile(segment.path(), segment.bytes(), segment.sha256())));
        if (manifest.conflictFile() != null) {
            lake.addFile(run.id(), "conflicts", manifest.conflictFile());
            try (TableReader rows =
                    TableReader.open(home.lake().resolve(manifest.conflictFile().path()), GatherManifest.CONFLICTS)) {
                List<UsageConflictStore.Conflict> conflicts = new ArrayList<>();
                for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                    conflicts.add(new UsageConflictStore.Conflict(
                            (Long) Objects.requireNonNull(row.get(0)),
                            (Long) Objects.requireNonNull(row.get(1)),
                            String.valueOf(row.get(2)),
                            String.valueOf(row.get(3)),
                            String.valueOf(row.get(4)),
                            String.valueOf(row.get(5)),
                            (Long) Objects.requireNonNull(row.get(6)),
                            (Long) Objects.requireNonNull(row.get(7))));
                    if (conflicts.size() == CONFLICTS_AT_ONCE) {
                        usageConflicts.add(run.id(), conflicts);
                        conflicts.clear();
                    }
                }
                usageConflicts.add(run.id(), conflicts);
            }
        }
    }
}
