package io.saldo.app.statement;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.config.Settings;
import io.saldo.app.home.Home;
import io.saldo.app.run.PartitionedWork;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.Json;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.statement.OpeningPosition;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private final Home home;
    private final RunConfiguration configuration;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final StatementStore statements;

    /** For a run with that configuration. */
    public StatementWork(
            Home home, RunConfiguration configuration, LakeStore lake, FeedStore feeds, StatementStore statements) {
        this.home = home;
        this.configuration = configuration;
        this.lake = lake;
        this.feeds = feeds;
        this.statements = statements;
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
    public Class<StatementPartition.Manifest> manifestType() {
        return StatementPartition.Manifest.class;
    }

    @Override
    public SortedMap<String, StatementPartition> describe(Run run) {
        Settings settings = configuration.configuration().settings();
        Path folder = home.work(run.id()).resolve("configuration");
        try {
            configuration.snapshot().writeTo(folder);
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
        Map<Integer, List<StatementTask>> byShard = new TreeMap<>();
        Identity identity = new Identity();
        Map<String, List<Long>> probes = probes(run);
        for (String accountId : accounts()) {
            int shard = identity.shard(accountId, settings.accountShards());
            StatementTask task = task(run, accountId, shard, probes.getOrDefault(accountId, List.of()));
            if (task != null && !task.dependencySha256().equals(statements.dependency(accountId))) {
                byShard.computeIfAbsent(shard, each -> new ArrayList<>()).add(task);
            }
        }
        SortedMap<String, StatementPartition> partitions = new TreeMap<>();
        byShard.forEach((shard, tasks) -> {
            String name = run.name() + String.format(Locale.ROOT, "-t%04d", shard);
            partitions.put(
                    name,
                    new StatementPartition(
                            name,
                            shard,
                            run.asOf(),
                            folder.toString(),
                            home.lake().toString(),
                            tasks));
        });
        return partitions;
    }

    @Override
    public StatementPartition.Manifest execute(StatementPartition description) throws IOException {
        return description.run();
    }

    @Override
    public void commit(Run run, String partition, StatementPartition.Manifest manifest) {
        manifest.files().forEach(stored -> lake.addFile(run.id(), stored.kind(), stored.file()));
        for (StatementPartition.AccountResult account : manifest.accounts()) {
            if (!account.problemCode().isEmpty()) {
                statements.addProblem(
                        run.id(), account.accountId(), account.problemCode(), account.problemMessage());
                continue;
            }
            account.revisions().forEach(revision -> statements.add(run.id(), revision));
            account.probes()
                    .forEach(probe -> statements.setComputedBalance(
                            run.id(), account.accountId(), probe.asOf(), probe.balance()));
            statements.setDependency(run.id(), account.accountId(), run.asOf(), account.dependencySha256());
        }
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
    public @Nullable StatementTask task(Run run, String accountId, int shard, List<Long> probes) {
        Configuration settings = configuration.configuration();
        List<Account> rows = settings.accounts().rows(accountId);
        if (rows.isEmpty()) {
            return null;
        }
        Map<String, LakeStore.AccountMonthUsage> usage = new TreeMap<>();
        lake.usage(accountId).forEach(each -> usage.put(each.month(), each));
        List<CreditEntry> entries = feeds.entries(accountId);
        OpeningPosition opening = OpeningPosition.NONE;
        Set<String> applied = new HashSet<>();
        List<StatementStore.Closed> closed = statements.closed(accountId);
        @Nullable Opening golive = settings.openings().get(accountId);
        YearMonth first;
        if (!closed.isEmpty()) {
            for (StatementStore.Closed each : closed) {
                if (each.revision() > 0) {
                    StatementFacts facts = statements
                            .get(accountId, each.month(), each.revision())
                            .facts();
                    applied.addAll(facts.appliedEntries());
                    opening = facts.closing();
                }
            }
            first = YearMonth.parse(closed.get(closed.size() - 1).month()).plusMonths(1);
        } else if (golive != null) {
            opening = position(golive);
            first = golive.month();
        } else {
            first = firstMonth(usage, entries, run);
        }
        if (first.isAfter(run.month())) {
            return null;
        }
        List<StatementTask.Month> months = new ArrayList<>();
        List<UsageSegment> segments = lake.segments(shard, first.toString());
        for (YearMonth month = first; !month.isAfter(run.month()); month = month.plusMonths(1)) {
            months.add(month(accountId, month, usage.get(month.toString()), segments));
        }
        List<CreditEntry> open = entries.stream()
                .filter(entry -> !applied.contains(entry.entryId()))
                .toList();
        StatementTask task = new StatementTask(
                accountId,
                rows.get(0).currency(),
                rows.get(rows.size() - 1).closedOn(),
                opening,
                open,
                months,
                probes,
                "");
        return new StatementTask(
                task.accountId(),
                task.currency(),
                task.closedOn(),
                task.opening(),
                task.entries(),
                task.months(),
                task.probes(),
                dependency(run, task, segments));
    }

    private StatementTask.Month month(
            String accountId,
            YearMonth month,
            LakeStore.@Nullable AccountMonthUsage usage,
            List<UsageSegment> segments) {
        Optional<StatementRevision> latest = statements.latest(accountId, month.toString());
        return new StatementTask.Month(
                month,
                usage == null
                        ? List.of()
                        : segments.stream()
                                .filter(segment -> segment.month().equals(month.toString()))
                                .map(UsageSegment::path)
                                .toList(),
                usage == null ? 0 : usage.events(),
                usage == null ? java.math.BigInteger.ZERO : usage.quantity(),
                latest.map(StatementRevision::revision).orElse(0),
                latest.map(StatementRevision::resultSha256).orElse(""));
    }

    private YearMonth firstMonth(
            Map<String, LakeStore.AccountMonthUsage> usage, List<CreditEntry> entries, Run run) {
        YearMonth first = usage.keySet().stream()
                .map(YearMonth::parse)
                .min(YearMonth::compareTo)
                .orElse(run.month().plusMonths(1));
        for (CreditEntry entry : entries) {
            YearMonth month =
                    configuration.configuration().settings().billingZone().monthOf(entry.effectiveAt());
            first = month.isBefore(first) ? month : first;
        }
        return first;
    }

    private static OpeningPosition position(Opening golive) {
        return new OpeningPosition(
                golive.grants(),
                golive.debt().isZero()
                        ? List.of()
                        : List.of(new Debt(golive.asOf(), "", "", golive.debt())));
    }

    /**
     * The hash of everything that the result rests on. Time itself is an input only where it passes something: an
     * expiry, a beginning, a change of terms, the month's end, or an event that was delivered early.
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
        boolean early = segments.stream().anyMatch(segment -> segment.maxOccurredAtMicros() >= run.asOf());
        List<Object> months = new ArrayList<>();
        for (StatementTask.Month month : task.months()) {
            months.add(List.of(month.month().toString(), month.segments(), month.events(), month.quantity()));
        }
        return new Identity()
                .contentId(List.of(
                        run.programVersion(),
                        run.configurationSha256(),
                        task.accountId(),
                        Json.write(task.opening()),
                        Json.write(task.entries()),
                        Json.write(months),
                        Json.write(task.probes()),
                        String.valueOf(task.closedOn()),
                        Long.toString(passed),
                        early ? Long.toString(run.asOf()) : ""));
    }
}
