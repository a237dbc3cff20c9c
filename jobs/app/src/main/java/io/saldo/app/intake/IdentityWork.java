package io.saldo.app.intake;

import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.store.LakeStore;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.identity.IdentityPartition;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.ScatterManifest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Step identity: a partition for each identity shard that got a record. */
public final class IdentityWork implements PartitionedWork<IdentityPartition, IdentityManifest> {
    /** The step's name. */
    public static final String STEP = "identity";

    private final Home home;
    private final Settings settings;
    private final ScatteredManifests scattered;
    private final LakeStore lake;

    /** For a run with those settings. */
    public IdentityWork(Home home, Settings settings, ScatteredManifests scattered, LakeStore lake) {
        this.home = home;
        this.settings = settings;
        this.scattered = scattered;
        this.lake = lake;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<IdentityPartition> descriptionType() {
        return IdentityPartition.class;
    }

    @Override
    public SortedMap<String, IdentityPartition> describe(Run run) {
        List<ScatterManifest> taken = scattered.taken(run);
        List<RunFile> runFiles = taken.stream()
                .map(ScatterManifest::runFile)
                .filter(Objects::nonNull)
                .toList();
        long horizonStart = Math.max(settings.horizonStart(run.businessDate()), lake.identityKnownFrom());
        SortedMap<String, IdentityPartition> partitions = new TreeMap<>();
        for (int shard = 0; shard < settings.identityShards(); shard++) {
            int each = shard;
            if (taken.stream()
                    .anyMatch(manifest -> manifest.runFile() != null
                            && manifest.identityShardRecords().get(each) > 0)) {
                String name = run.name() + String.format(Locale.ROOT, "-i%04d", shard);
                partitions.put(
                        name,
                        new IdentityPartition(
                                name,
                                shard,
                                settings.accountShards(),
                                runFiles,
                                lake.indexBefore(shard, run.id()),
                                horizonStart,
                                home.place(home.work(run.id())),
                                home.place(home.lake()),
                                settings.memoryBudgetBytes() / settings.threads()));
            }
        }
        return partitions;
    }

    @Override
    public IdentityManifest execute(IdentityPartition description) throws IOException {
        return description.in(home.root()).run();
    }

    @Override
    public void commit(Run run, String partition, IdentityManifest manifest) {
        manifest.merged().forEach(lake::removeIndex);
        manifest.added().forEach(segment -> lake.addIndex(run.id(), segment));
    }
}
