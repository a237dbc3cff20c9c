package io.saldo.app.statement;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.LateUsageReader;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakDecision;
import io.saldo.statement.DecidedCharge;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.StatementInput;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Brings together again what a stored revision was computed from: the configuration that its run fixed, the usage that
 * was known when the run ended, the credit entries that it applied, and the position that it began with. So any
 * revision can be computed again, whatever came since.
 */
@Component
public class RevisionInputs {
    private final RunStore runs;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final StatementStore statements;
    private final CloseStore closes;
    private final DecisionStore decisions;

    /** Over the books. */
    public RevisionInputs(
            RunStore runs,
            LakeStore lake,
            FeedStore feeds,
            StatementStore statements,
            CloseStore closes,
            DecisionStore decisions) {
        this.runs = runs;
        this.lake = lake;
        this.feeds = feeds;
        this.statements = statements;
        this.closes = closes;
        this.decisions = decisions;
    }

    /**
     * What a revision was computed from.
     *
     * @param run the run that computed it
     * @param configuration what that run fixed
     * @param segments of the statement's month and of the late ones, the segments that hold its usage now, relative to
     *     the lake; some rows of them may have come later
     * @param late closed months with usage that no statement had counted, oldest first
     * @param input everything that decides the statement
     */
    public record Inputs(
            Run run,
            RunConfiguration configuration,
            SortedMap<YearMonth, List<String>> segments,
            List<StatementTask.LateMonth> late,
            StatementInput input) {
        /** The segments of a month. */
        public List<String> segments(YearMonth month) {
            return segments.getOrDefault(month, List.of());
        }
    }

    /** Of that revision. */
    public Inputs of(Home home, StatementRevision revision) throws IOException {
        return of(home, revision, run -> RunConfiguration.of(run, runs));
    }

    /**
     * Of that revision.
     *
     * @param configurations what a run fixed, of whoever asks for many revisions and keeps what is loaded
     */
    public Inputs of(Home home, StatementRevision revision, Function<Run, RunConfiguration> configurations)
            throws IOException {
        Run run = runs.find(statements.runOf(revision)).orElseThrow();
        RunConfiguration loaded = configurations.apply(run);
        Configuration configuration = loaded.configuration();
        String accountId = revision.accountId();
        YearMonth month = YearMonth.parse(revision.month());
        List<UsageSegment> shard = lake.segments(revision.shard());
        Set<String> applied = new HashSet<>(revision.facts().appliedEntries());
        List<CreditEntry> entries = feeds.entries(accountId).stream()
                .filter(entry -> applied.contains(entry.entryId()))
                .toList();
        CloseStore.Frozen frozen = closes.frozenBefore(run.id(), accountId).orElse(null);
        boolean oldestOpen = frozen != null
                && YearMonth.parse(frozen.lastMonth()).plusMonths(1).equals(month);
        List<BreakDecision> decided = decisions.charges(run, accountId);
        List<LakeStore.UsageOfRun> came = lake.usageByRun(accountId).stream()
                .filter(usage -> usage.run() <= run.id())
                .toList();
        List<StatementTask.LateMonth> late = oldestOpen
                ? LateUsage.months(
                        configuration,
                        accountId,
                        lake.usage(accountId).values(),
                        frozen,
                        UncountedLateUsage.charged(UncountedLateUsage.of(came, frozen), decided))
                : List.of();
        SortedMap<YearMonth, List<String>> segments = new TreeMap<>();
        segments.put(month, paths(shard, month));
        late.forEach(each -> segments.put(each.month(), paths(shard, each.month())));
        List<DecidedCharge> charges = DecidedCharges.of(decided, frozen);
        List<Account> rows = configuration.accounts().rows(accountId);
        return new Inputs(
                run,
                loaded,
                segments,
                late,
                new StatementInput(
                        accountId,
                        month,
                        run.asOf(),
                        configuration.settings().billingZone(),
                        Currency.getInstance(revision.currency()),
                        opening(revision, run, configuration),
                        new AccountEventsReader(home.lake(), configuration.contextTiers())
                                .knownTo(run.id())
                                .read(segments.getOrDefault(month, List.of()), accountId),
                        entries,
                        LateUsage.read(
                                new LateUsageReader(home.lake(), configuration.contextTiers()).knownTo(run.id()),
                                accountId,
                                late,
                                each -> segments.getOrDefault(each, List.of())),
                        DecidedCharges.ofMonth(charges, month, oldestOpen),
                        configuration.terms().getOrDefault(accountId, List.of()),
                        configuration.priceBooks(),
                        rows.isEmpty() ? null : rows.get(rows.size() - 1).closedOn(),
                        new long[0]));
    }

    /**
     * The charges of a revision, with what persons decided about its own month until that run. Of its own month no more than
     * closed statements charged by then: the rest is still to be charged by an open one.
     */
    public List<DecidedCharge> charges(Inputs revision, Run run) {
        String accountId = revision.input().accountId();
        YearMonth month = revision.input().month();
        List<DecidedCharge> charges = new ArrayList<>();
        for (DecidedCharge each : revision.input().charges()) {
            if (!each.usageMonth().equals(month)) {
                charges.add(each);
            }
        }
        Map<String, Amount> charged = closes.frozenBefore(run.id(), accountId)
                .map(CloseStore.Frozen::charged)
                .orElse(Map.of());
        for (DecidedCharge each : DecidedCharges.of(
                decisions.charges(run, accountId),
                closes.frozenBefore(revision.run().id(), accountId).orElse(null))) {
            Amount amount = each.amount().min(charged.getOrDefault(each.breakId(), Amount.ZERO));
            if (each.usageMonth().equals(month) && amount.signum() > 0) {
                charges.add(new DecidedCharge(each.breakId(), month, each.reason(), amount));
            }
        }
        return charges;
    }

    private static List<String> paths(List<UsageSegment> shard, YearMonth month) {
        return shard.stream()
                .filter(segment -> segment.month().equals(month.toString()))
                .map(UsageSegment::path)
                .toList();
    }

    /** A month without a statement leaves a position as it was, so the latest statement before tells it. */
    private OpeningPosition opening(StatementRevision revision, Run run, Configuration configuration) {
        return statements
                .before(revision.accountId(), revision.month(), run.id())
                .map(before -> before.facts().closing())
                .orElseGet(() -> {
                    Opening golive = configuration.openings().get(revision.accountId());
                    return golive == null ? OpeningPosition.NONE : golive.position();
                });
    }
}
