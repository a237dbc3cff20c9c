package io.saldo.app.statement;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.Json;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.statement.OpeningPosition;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Identity;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What there is to compute for each account up to a run, by the books as they were when its histories were read. */
public final class StatementTasks {
    private final Run run;
    private final Home home;
    private final RunConfiguration configuration;
    private final AccountHistory.All histories;
    private final LakeStore lake;
    private final Map<Integer, List<UsageSegment>> segments = new HashMap<>();
    private final Identity identity = new Identity();

    /** Of that run. */
    public StatementTasks(
            Run run, Home home, RunConfiguration configuration, AccountHistory.All histories, LakeStore lake) {
        this.run = run;
        this.home = home;
        this.configuration = configuration;
        this.histories = histories;
        this.lake = lake;
    }

    /** Every account that has anything to compute and whose configuration is sound. */
    public SortedSet<String> accounts() {
        SortedSet<String> accounts = new TreeSet<>(histories.accounts());
        accounts.addAll(configuration.configuration().openings().keySet());
        accounts.removeAll(configuration.heldAccounts());
        return accounts;
    }

    /** The shard of an account. */
    public int shard(String accountId) {
        return identity.shard(
                accountId, configuration.configuration().settings().accountShards());
    }

    /**
     * The partition of tasks of one shard, its files named by their place in the home.
     *
     * @param checkpoints what it goes on from; null where it computes every month whole
     */
    public StatementPartition partition(
            String name, int shard, List<StatementTask> tasks, @Nullable CheckpointPlace checkpoints) {
        SortedMap<YearMonth, List<StatementPartition.Segment>> paths = new TreeMap<>();
        for (StatementTask task : tasks) {
            task.months().forEach(month -> paths.put(month.month(), new ArrayList<>()));
            task.late().forEach(month -> paths.put(month.month(), new ArrayList<>()));
        }
        for (UsageSegment segment : segments(shard)) {
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

    /**
     * What is to be computed for an account; null where it has no open month up to the run's.
     *
     * @param probes instants in microseconds, rising, at which its balance is asked for; those within closed months are left
     *     out
     */
    public @Nullable StatementTask of(String accountId, List<Long> probes) {
        Configuration settings = configuration.configuration();
        AccountHistory history = histories.of(accountId);
        List<Account> rows = settings.accounts().rows(accountId);
        if (rows.isEmpty()) {
            return null;
        }
        CloseStore.@Nullable Frozen frozen = history.frozen();
        @Nullable Opening golive = settings.openings().get(accountId);
        YearMonth first = firstOpenMonth(accountId, history);
        if (first.isAfter(run.month())) {
            return null;
        }
        // Closed months without a statement move nothing.
        @Nullable OpeningPosition closing = frozen == null ? null : frozen.closing();
        OpeningPosition opening = closing != null ? closing : golive != null ? golive.position() : OpeningPosition.NONE;
        Set<String> applied = frozen == null ? Set.of() : frozen.appliedEntries();
        List<StatementTask.Month> months = new ArrayList<>();
        for (YearMonth month = first; !month.isAfter(run.month()); month = month.plusMonths(1)) {
            months.add(month(month, history));
        }
        long opened = settings.settings().billingZone().startOf(first);
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
                        UncountedLateUsage.charged(UncountedLateUsage.of(history.late(), frozen), history.charges())),
                DecidedCharges.of(history.charges(), frozen),
                months,
                probes.stream().filter(probe -> probe > opened).toList(),
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
                dependency(task));
    }

    private List<UsageSegment> segments(int shard) {
        return segments.computeIfAbsent(shard, lake::segments);
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

    /** From when on an account's balances are computed, in microseconds: the start of its oldest open month. */
    long opened(String accountId) {
        return configuration
                .configuration()
                .settings()
                .billingZone()
                .startOf(firstOpenMonth(accountId, histories.of(accountId)));
    }

    private YearMonth firstOpenMonth(String accountId, AccountHistory history) {
        CloseStore.@Nullable Frozen frozen = history.frozen();
        if (frozen != null) {
            return YearMonth.parse(frozen.lastMonth()).plusMonths(1);
        }
        @Nullable Opening golive = configuration.configuration().openings().get(accountId);
        return golive != null ? golive.month() : firstMonth(history);
    }

    private YearMonth firstMonth(AccountHistory history) {
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
    private String dependency(StatementTask task) {
        BillingZone zone = configuration.configuration().settings().billingZone();
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
        if (task.closedOn() != null) {
            for (StatementTask.Month month : task.months()) {
                // At the end of its last month what an account owes becomes due.
                passed += zone.endOf(month.month()) <= run.asOf() ? 1 : 0;
            }
        }
        String first = task.months().get(0).month().toString();
        boolean early = segments(shard(task.accountId())).stream()
                .anyMatch(segment ->
                        segment.month().compareTo(first) >= 0 && segment.maxOccurredAtMicros() >= run.asOf());
        List<Object> months = new ArrayList<>();
        for (StatementTask.Month month : task.months()) {
            months.add(List.of(month.month().toString(), month.lastRun(), month.events(), month.quantity()));
        }
        return new Identity()
                .contentId(List.of(
                        run.programVersion(),
                        configuration.snapshot().figuresSha256(),
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
