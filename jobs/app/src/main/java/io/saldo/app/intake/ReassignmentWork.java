package io.saldo.app.intake;

import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.ReassignmentStore;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.reassignment.Reassignment;
import io.saldo.lake.reassignment.ReassignmentManifest;
import io.saldo.lake.reassignment.ReassignmentPartition;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Step reassign: a partition for each month and account shard in which an event stands that a person moved. */
public final class ReassignmentWork implements PartitionedWork<ReassignmentPartition, ReassignmentManifest> {
    /** The step's name. */
    public static final String STEP = "reassign";

    private final Home home;
    private final Settings settings;
    private final ManifestStore manifests;
    private final LakeStore lake;
    private final ReassignmentStore reassignments;
    private final CloseStore closes;

    /** For a run with those settings. */
    public ReassignmentWork(
            Home home,
            Settings settings,
            ManifestStore manifests,
            LakeStore lake,
            ReassignmentStore reassignments,
            CloseStore closes) {
        this.home = home;
        this.settings = settings;
        this.manifests = manifests;
        this.lake = lake;
        this.reassignments = reassignments;
        this.closes = closes;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<ReassignmentPartition> descriptionType() {
        return ReassignmentPartition.class;
    }

    @Override
    public SortedMap<String, ReassignmentPartition> describe(Run run) {
        Identity identity = new Identity();
        Map<String, YearMonth> closed = closes.lastClosedMonths();
        TreeMap<String, List<Reassignment>> byPlace = new TreeMap<>();
        for (ReassignmentStore.Decision decision : reassignments.ofRun(run.id())) {
            if (isOpen(decision.month(), closed.get(decision.fromAccountId()))
                    && isOpen(decision.month(), closed.get(decision.toAccountId()))) {
                byPlace.computeIfAbsent(
                                String.format(
                                        Locale.ROOT,
                                        "-r%04d-%s",
                                        identity.shard(decision.fromAccountId(), settings.accountShards()),
                                        decision.month()),
                                key -> new ArrayList<>())
                        .add(new Reassignment(
                                decision.id(),
                                decision.namespace(),
                                decision.eventId(),
                                decision.fromAccountId(),
                                decision.toAccountId(),
                                identity.shard(decision.toAccountId(), settings.accountShards())));
            }
        }
        if (byPlace.isEmpty()) {
            return new TreeMap<>();
        }
        // What a partition that is done has added, the others do not see, whether the run was interrupted or not.
        List<ReassignmentManifest> done = manifests.all(run.id(), STEP, ReassignmentManifest.class);
        List<IndexSegment> index = new ArrayList<>();
        for (int shard = 0; shard < settings.identityShards(); shard++) {
            index.addAll(lake.index(shard));
        }
        done.forEach(manifest -> index.removeAll(manifest.index()));
        SortedMap<String, ReassignmentPartition> partitions = new TreeMap<>();
        byPlace.forEach((key, decisions) -> {
            String name = run.name() + key;
            int shard = identity.shard(decisions.get(0).fromAccountId(), settings.accountShards());
            String month = key.substring(key.length() - 7);
            partitions.put(
                    name,
                    new ReassignmentPartition(
                            name,
                            run.id(),
                            month,
                            shard,
                            decisions,
                            lake.segments(shard).stream()
                                    .filter(segment -> segment.month().equals(month)
                                            && done.stream().noneMatch(manifest -> manifest.segments()
                                                    .contains(segment)))
                                    .map(UsageSegment::path)
                                    .toList(),
                            settings.identityShards(),
                            index,
                            home.place(home.lake()),
                            settings.memoryBudgetBytes() / settings.threads()));
        });
        return partitions;
    }

    private static boolean isOpen(String month, @Nullable YearMonth lastClosed) {
        return lastClosed == null || lastClosed.isBefore(YearMonth.parse(month));
    }

    @Override
    public ReassignmentManifest execute(ReassignmentPartition description) throws IOException {
        return description.in(home.root()).run();
    }

    @Override
    public void commit(Run run, String partition, ReassignmentManifest manifest) {
        manifest.segments().forEach(segment -> lake.addSegment(run.id(), segment));
        manifest.index().forEach(segment -> lake.addIndex(run.id(), segment));
        manifest.accountMonths()
                .forEach(moved -> lake.addUsage(run.id(), moved.shard(), List.of(moved.accountMonth())));
        manifest.outcomes().forEach(outcome -> reassignments.addOutcome(outcome.id(), run.id(), outcome.events()));
    }
}
