package io.saldo.app.intake;

import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.lake.compaction.CompactionManifest;
import io.saldo.lake.compaction.CompactionPartition;
import io.saldo.lake.compaction.CompactionRule;
import io.saldo.lake.usage.UsageSegment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Step compact: a partition for each month and account shard that has got too many small segments.
 *
 * <p>The replaced files stay where they are until the run has ended: only {@code OrphanFiles} removes them.
 */
public final class CompactionWork implements PartitionedWork<CompactionPartition, CompactionManifest> {
    /** The step's name. */
    public static final String STEP = "compact";

    private final Home home;
    private final Settings settings;
    private final ManifestStore manifests;
    private final LakeStore lake;

    /** For a run with those settings. */
    public CompactionWork(Home home, Settings settings, ManifestStore manifests, LakeStore lake) {
        this.home = home;
        this.settings = settings;
        this.manifests = manifests;
        this.lake = lake;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<CompactionPartition> descriptionType() {
        return CompactionPartition.class;
    }

    @Override
    public SortedMap<String, CompactionPartition> describe(Run run) {
        SortedMap<String, List<UsageSegment>> byShardAndMonth = new TreeMap<>();
        for (UsageSegment segment : segmentsBefore(run)) {
            byShardAndMonth
                    .computeIfAbsent(
                            String.format(Locale.ROOT, "-c%04d-%s", segment.shard(), segment.month()),
                            key -> new ArrayList<>())
                    .add(segment);
        }
        SortedMap<String, CompactionPartition> partitions = new TreeMap<>();
        byShardAndMonth.forEach((key, segments) -> {
            boolean monthIsOver = segments.get(0).month().compareTo(run.month().toString()) < 0;
            List<UsageSegment> mergeable = monthIsOver ? segments : withoutRecentUsage(run, segments);
            List<UsageSegment> chosen = CompactionRule.chosen(mergeable, monthIsOver);
            if (!chosen.isEmpty()) {
                String name = run.name() + key;
                partitions.put(
                        name,
                        new CompactionPartition(
                                name,
                                chosen,
                                home.place(home.lake()),
                                settings.memoryBudgetBytes() / settings.threads()));
            }
        });
        return partitions;
    }

    /**
     * Statements go on from the start of the business date before this one, and then open no segment that is older. One
     * with usage of these two days stays apart until they are older too.
     */
    private List<UsageSegment> withoutRecentUsage(Run run, List<UsageSegment> segments) {
        long recent = settings.billingZone().startOf(run.businessDate().minusDays(1));
        return segments.stream()
                .filter(segment -> segment.maxOccurredAtMicros() < recent)
                .toList();
    }

    /** The segments as this step found them: a resumed run must not merge what it has merged already. */
    private List<UsageSegment> segmentsBefore(Run run) {
        List<UsageSegment> segments = new ArrayList<>(lake.segments());
        for (CompactionManifest done : manifests.all(run.id(), STEP, CompactionManifest.class)) {
            segments.remove(done.merged());
            segments.addAll(done.replaced());
        }
        return segments;
    }

    @Override
    public CompactionManifest execute(CompactionPartition description) throws IOException {
        return description.in(home.root()).run();
    }

    @Override
    public void commit(Run run, String partition, CompactionManifest manifest) {
        manifest.replaced().forEach(lake::removeSegment);
        lake.addSegment(run.id(), manifest.merged());
    }
}
