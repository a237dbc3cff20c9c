package io.saldo.app.statement;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.Json;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.reconcile.BreakDecision;
import io.saldo.statement.OpeningPosition;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
    private final String figuresSha256;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final AccountHistories histories;
    private final StatementStore statements;
    private final ComputationStore computations;
    private final DecisionStore decisions;

    /** For a run with that configuration. */
    public StatementWork(
            Home home,
            RunConfiguration configuration,
            LakeStore lake,
            FeedStore feeds,
            AccountHistories histories,
            StatementStore statements,
            ComputationStore computations,
            DecisionStore decisions) {
        this.home = home;
        this.configuration = configuration;
        this.figuresSha256 = configuration.snapshot().figuresSha256();
        this.lake = lake;
        this.feeds = feeds;
        this.histories = histories;
        this.statements = statements;
        this.computations = computations;
        this.decisions = decisions;
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
        Map<Integer, List<StatementTask>> tasks = new TreeMap<>();
        Map<Integer, List<UsageSegment>> segments = new HashMap<>();
        AccountHistory.All all = histories.all();
        Map<String, String> dependencies = computations.dependencies();
        Map<String, List<Long>> probes = probes(run);
        Map<String, List<BreakDecision>> charges = decisions.charges(run);
        Identity identity = new Identity();
        for (String accountId : accounts()) {
            int shard = identity.shard(
                    accountId, configuration.configuration().settings().accountShards());
            StatementTask task = task(
                    run,
                    accountId,
                    all.of(accountId),
                    segments.computeIfAbsent(shard, lake::segments),
                    charges.getOrDefault(accountId, List.of()),
                    probes.getOrDefault(accountId, List.of()));
            if (task != null && !task.dependencySha256().equals(dependencies.get(accountId))) {
                tasks.computeIfAbsent(shard, each -> new ArrayList<>()).add(task);
            }
        }
        SortedMap<String, StatementPartition> partitions = new TreeMap<>();
        tasks.forEach((shard, each) -> {
            String name = run.name() + String.format(Locale.ROOT, "-t%04d", shard);
            CheckpointPlace checkpoints =
                    CheckpointPlace.of(home, shard, run.id(), run.programVersion(), figuresSha256);
            partitions.put(
                    name, partition(run, name, shard, segments.getOrDefault(shard, List.of()), each, checkpoints));
        });
        return partitions;
    }

    /** The partition of one account alone, computed whole; null where it has no open month up to the run's. */
    public @Nullable StatementPartition alone(Run run, String accountId) {
        int shard = new Identity()
                .shard(accountId, configuration.configuration().settings().accountShards());
        List<UsageSegment> segments = lake.segments(shard);
        StatementTask task = task(
                run,
                accountId,
                histories.of(accountId),
                segments,
                decisions.charges(run).getOrDefault(accountId, List.of()),
                List.of());
        return task == null
                ? null
                : partition(run, run.name(), shard, segments, List.of(task), null)
                        .in(home.root());
    }

    private StatementPartition partition(
            Run run,
            String name,
            int shard,
            List<UsageSegment> segments,
            List<StatementTask> tasks,
            @Nullable CheckpointPlace checkpoints) {
        SortedMap<YearMonth, List<StatementPartition.Segment>> paths = new TreeMap<>();
        for (StatementTask task : tasks) {
            task.months().forEach(month -> paths.put(month.month(), new ArrayList<>()));
            task.late().forEach(month -> paths.put(month.month(), new ArrayList<>()));
        }
        for (UsageSegment segment : segments) {
            List<StatementPartition.Segment> month = paths.get(YearMonth.parse(segment.month()));
            if (month != null) {
                month.add(new StatementPartition.Segment(segment.path(), segment.maxOccurredAtMicros()));
            }
        }
        List<StatementPartition.MonthSegments> months = new ArrayList<>();
        paths.forEach((month, each) -> {
            if (!each.isEmpty()) {
                months.add(new StatementPartition.MonthSegments(month, each));
            }
        });
        return new StatementPartition(
                name,
                shard,
                run.asOf(),
                configuration.snapshot().sha256(),
                home.place(home.lake()),
                months,
                tasks,
                checkpoints);
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

    /** Every account that has anything to compute and whose configuration is sound. */
    public Set<String> accounts() {
        Set<String> accounts = new TreeSet<>(lake.accountsWithUsage());
        accounts.addAll(feeds.accountsWithEntries());
        accounts.addAll(configuration.configuration().openings().keySet());
        accounts.removeAll(configuration.heldAccounts());
        return accounts;
    }

    private Map<String, List<Long>> probes(Run run) {
        Map<String, List<Long>> probes = new TreeMap<>();
        for (FeedStore.RecordedBalance balance : feeds.balances()) {
            if (balance.asOf() <= run.asOf()) {
                probes.computeIfAbsent(balance.accountId(), account -> new ArrayList<>())
                        .add(balance.asOf());
            }
        }
        return probes;
    }

    /** What is to be computed for an account; null where it has no open month up to the run's. */
    private @Nullable StatementTask task(
            Run run,
            String accountId,
            AccountHistory history,
            List<UsageSegment> segments,
            List<BreakDecision> charges,
            List<Long> probes) {
        Configuration settings = configuration.configuration();
        List<Account> rows = settings.accounts().rows(accountId);
        if (rows.isEmpty()) {
            return null;
        }
        OpeningPosition opening = OpeningPosition.NONE;
        Set<String> applied = Set.of();
        CloseStore.@Nullable Frozen frozen = history.frozen();
        @Nullable Opening golive = settings.openings().get(accountId);
        YearMonth first;
        if (frozen != null) {
            applied = frozen.appliedEntries();
            OpeningPosition closing = frozen.closing();
            // Months without a statement move nothing.
            opening = closing != null ? closing : golive != null ? golive.position() : OpeningPosition.NONE;
            first = YearMonth.parse(frozen.lastMonth()).plusMonths(1);
        } else if (golive != null) {
            opening = golive.position();
            first = golive.month();
        } else {
            first = firstMonth(history, run);
        }
        if (first.isAfter(run.month())) {
            return null;
        }
        List<StatementTask.Month> months = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(run.month()); month = month.plusMonths(1)) {
            months.add(month(month, history));
        }
        List<CreditEntry> open = new ArrayList<>();
        for (CreditEntry entry : history.entries()) {
            if (!applied.contains(entry.entryId())) {
                open.add(entry);
            }
        }
        StatementTask task = new StatementTask(
                accountId,
                rows.get(0).currency(),
                rows.get(rows.size() - 1).closedOn(),
                opening,
                open,
                LateUsage.months(
                        settings,
                        accountId,
                        history.usage().values(),
                        frozen,
                        UncountedLateUsage.charged(UncountedLateUsage.of(history.late(), frozen), charges)),
                DecidedCharges.of(charges, frozen),
                months,
                probes,
                history.last() == null ? 0 : history.last().run(),
                "");
        return new StatementTask(
                task.accountId(),
                task.currency(),
                task.closedOn(),
                task.opening(),
                task.entries(),
                task.late(),
                task.charges(),
                task.months(),
                task.probes(),
                task.computedBy(),
                dependency(run, task, segments));
    }

    private static StatementTask.Month month(YearMonth month, AccountHistory history) {
        LakeStore.AccountMonthUsage usage = history.usage().get(month.toString());
        StatementStore.Latest latest = history.latest().get(month.toString());
        Map<String, Long> changed =
                history.last() == null ? Map.of() : history.last().changedFrom();
        return new StatementTask.Month(
                month,
                usage == null ? 0 : usage.lastRun(),
                usage == null ? 0 : usage.events(),
                usage == null ? BigInteger.ZERO : usage.quantity(),
                changed.getOrDefault(month.toString(), Instants.MAX),
                latest == null ? 0 : latest.revision(),
                latest == null ? "" : latest.resultSha256());
    }

    private YearMonth firstMonth(AccountHistory history, Run run) {
        YearMonth first = history.usage().keySet().stream()
                .map(YearMonth::parse)
                .min(YearMonth::compareTo)
                .orElse(run.month().plusMonths(1));
        for (CreditEntry entry : history.entries()) {
            YearMonth month =
                    configuration.configuration().settings().billingZone().monthOf(entry.effectiveAt());
            first = month.isBefore(first) ? month : first;
        }
        return first;
    }

    /**
     * The hash of everything that the result rests on. Time itself is an input only where it passes something: an
     * expiry, a beginning, a change of terms, the month's end, or an event that was delivered early. Usage counts by
     * what arrived, not by the files that hold it: those change when segments are merged.
     */
    private String dependency(Run run, StatementTask task, List<UsageSegment> segments) {
        long passed = 0;
        for (CreditEntry entry : task.entries()) {
            passed += (entry.effectiveAt() < run.asOf() ? 1 : 0) + (entry.expiresAt() < run.asOf() ? 1 : 0);
        }
        for (GrantPosition grant : task.opening().grants()) {
            passed += grant.expiresAt() < run.asOf() ? 1 : 0;
        }
        for (Terms terms : configuration.configuration().terms().getOrDefault(task.accountId(), List.of())) {
            passed += terms.effectiveFrom() < run.asOf() ? 1 : 0;
        }
        String first = task.months().get(0).month().toString();
        boolean early = segments.stream()
                .anyMatch(segment ->
                        segment.month().compareTo(first) >= 0 && segment.maxOccurredAtMicros() >= run.asOf());
        List<Object> months = new ArrayList<>();
        for (StatementTask.Month month : task.months()) {
            months.add(List.of(month.month().toString(), month.lastRun(), month.events(), month.quantity()));
        }
        return new Identity()
                .contentId(List.of(
                        run.programVersion(),
                        figuresSha256,
                        task.accountId(),
                        Json.write(task.opening()),
                        Json.write(task.entries()),
                        Json.write(task.late()),
                        Json.write(task.charges()),
                        Json.write(months),
                        Json.write(task.probes()),
                        String.valueOf(task.closedOn()),
                        Long.toString(passed),
                        early ? Long.toString(run.asOf()) : ""));
    }
}
