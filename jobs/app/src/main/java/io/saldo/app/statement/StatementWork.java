package io.saldo.app.statement;

import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.time.Instants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Step statement: a partition for each account shard with an account whose inputs changed since it was last computed.
 */
public final class StatementWork implements PartitionedWork<StatementPartition, StatementPartition.Manifest> {
    /** The step's name. */
    public static final String STEP = "statement";

    /** Of a manifest: its statements are revisions in the books. */
    private record Kept(int shard, int accounts, List<StatementTables.Stored> files) {}

    private final Home home;
    private final RunConfiguration configuration;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final AccountHistories histories;
    private final StatementStore statements;
    private final ComputationStore computations;

    /** For a run with that configuration. */
    public StatementWork(
            Home home,
            RunConfiguration configuration,
            LakeStore lake,
            FeedStore feeds,
            AccountHistories histories,
            StatementStore statements,
            ComputationStore computations) {
        this.home = home;
        this.configuration = configuration;
        this.lake = lake;
        this.feeds = feeds;
        this.histories = histories;
        this.statements = statements;
        this.computations = computations;
    }

    @Override
    public String step() {
        return STEP;
    }

    @Override
    public Class<StatementPartition> descriptionType() {
        return StatementPartition.class;
    }

    @Override
    public SortedMap<String, StatementPartition> describe(Run run) {
        StatementTasks tasks = new StatementTasks(run, home, configuration, histories.ofKept(run), lake);
        Map<String, String> dependencies = computations.dependencies();
        Map<String, List<Long>> probes = probes(run, tasks);
        SortedMap<Integer, List<StatementTask>> changed = new TreeMap<>();
        for (String accountId : tasks.accounts()) {
            StatementTask task = tasks.of(accountId, probes.getOrDefault(accountId, List.of()));
            if (task != null && !task.dependencySha256().equals(dependencies.get(accountId))) {
                changed.computeIfAbsent(tasks.shard(accountId), shard -> new ArrayList<>())
                        .add(task);
            }
        }
        SortedMap<String, StatementPartition> partitions = new TreeMap<>();
        changed.forEach((shard, ofShard) -> {
            String name = run.name() + String.format(Locale.ROOT, "-t%04d", shard);
            CheckpointPlace checkpoints = CheckpointPlace.of(
                    home,
                    shard,
                    run.id(),
                    run.programVersion(),
                    configuration.snapshot().figuresSha256());
            partitions.put(name, tasks.partition(name, shard, ofShard, checkpoints));
        });
        return partitions;
    }

    /** The events of its accounts. */
    @Override
    public long size(StatementPartition description) {
        return description.tasks().stream()
                .flatMap(task -> task.months().stream())
                .mapToLong(StatementTask.Month::events)
                .sum();
    }

    @Override
    public StatementPartition.Manifest execute(StatementPartition description) throws IOException {
        return description.in(home.root()).run(configuration);
    }

    @Override
    public Object kept(StatementPartition.Manifest manifest) {
        return new Kept(manifest.shard(), manifest.accounts().size(), manifest.files());
    }

    @Override
    public void commit(Run run, String partition, StatementPartition.Manifest manifest) {
        manifest.files().forEach(stored -> lake.addFile(run.id(), stored.kind(), stored.file()));
        List<StatementRevision> revisions = new ArrayList<>();
        List<ComputationStore.ComputedBalance> balances = new ArrayList<>();
        List<ComputationStore.Dependency> dependencies = new ArrayList<>();
        for (StatementPartition.AccountResult account : manifest.accounts()) {
            if (!account.problemCode().isEmpty()) {
                computations.addProblem(run.id(), account.accountId(), account.problemCode(), account.problemMessage());
                continue;
            }
            revisions.addAll(account.revisions());
            account.probes()
                    .forEach(probe -> balances.add(
                            new ComputationStore.ComputedBalance(account.accountId(), probe.asOf(), probe.balance())));
            dependencies.add(new ComputationStore.Dependency(account.accountId(), account.dependencySha256()));
        }
        statements.add(run.id(), revisions);
        computations.setComputedBalances(run.id(), balances);
        computations.setDependencies(run.id(), run.asOf(), dependencies);
    }

    /** The instants in open months at which balances were recorded. */
    private Map<String, List<Long>> probes(Run run, StatementTasks tasks) {
        Map<String, Long> opened = new HashMap<>();
        long earliest = Instants.MAX;
        for (String accountId : tasks.accounts()) {
            long ofAccount = tasks.opened(accountId);
            opened.put(accountId, ofAccount);
            earliest = Math.min(earliest, ofAccount);
        }
        Map<String, List<Long>> probes = new HashMap<>();
        feeds.forEachInstant(earliest, run.asOf(), (accountId, asOf) -> {
            if (asOf > opened.getOrDefault(accountId, Instants.MAX)) {
                probes.computeIfAbsent(accountId, account -> new ArrayList<>()).add(asOf);
            }
        });
        return probes;
    }
}
