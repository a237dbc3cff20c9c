package io.saldo.app.statement;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.StatementInput;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

    /** Over the books. */
    public RevisionInputs(RunStore runs, LakeStore lake, FeedStore feeds, StatementStore statements) {
        this.runs = runs;
        this.lake = lake;
        this.feeds = feeds;
        this.statements = statements;
    }

    /**
     * What a revision was computed from.
     *
     * @param run the run that computed it
     * @param configuration what that run fixed
     * @param segments the segments of the month that hold its usage now, relative to the lake; some rows of them may
     *     have come later
     * @param input everything that decides the statement
     */
    public record Inputs(Run run, RunConfiguration configuration, List<String> segments, StatementInput input) {}

    /** Of that revision. */
    public Inputs of(Home home, StatementRevision revision) throws IOException {
        Run run = runs.find(statements.runOf(revision)).orElseThrow();
        RunConfiguration loaded = RunConfiguration.of(run, runs);
        Configuration configuration = loaded.configuration();
        String accountId = revision.accountId();
        List<String> segments = lake.segments(revision.shard()).stream()
                .filter(segment -> segment.month().equals(revision.month()))
                .map(UsageSegment::path)
                .toList();
        Set<String> applied = new HashSet<>(revision.facts().appliedEntries());
        List<CreditEntry> entries = feeds.entries(accountId).stream()
                .filter(entry -> applied.contains(entry.entryId()))
                .toList();
        List<Account> rows = configuration.accounts().rows(accountId);
        return new Inputs(
                run,
                loaded,
                segments,
                new StatementInput(
                        accountId,
                        YearMonth.parse(revision.month()),
                        run.asOf(),
                        configuration.settings().billingZone(),
                        Currency.getInstance(revision.currency()),
                        opening(revision, run, configuration),
                        new AccountEventsReader(home.lake()).knownTo(run.id()).read(segments, accountId),
                        entries,
                        configuration.terms().getOrDefault(accountId, List.of()),
                        configuration.priceBooks(),
                        rows.isEmpty() ? null : rows.get(rows.size() - 1).closedOn(),
                        new long[0]));
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
