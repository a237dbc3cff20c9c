package io.saldo.app.close;

import io.saldo.app.config.Account;
import io.saldo.app.invoice.Drafts;
import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.StatementPartition;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTask;
import io.saldo.app.statement.StatementWork;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.StatementStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.StatementCheck;
import io.saldo.reconcile.Verdicts;
import io.saldo.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Closes account-months one by one: an account that cannot be closed holds up only itself. */
public final class MonthClose {
    private final RunConfiguration configuration;
    private final StatementWork work;
    private final StatementStore statements;
    private final ComputationStore computations;
    private final CloseStore closes;
    private final BreakStore breaks;
    private final FeedStore feeds;
    private final JournalStore journal;
    private final InvoiceBook invoices;

    /** For a run with that configuration. */
    public MonthClose(
            RunConfiguration configuration,
            StatementWork work,
            StatementStore statements,
            ComputationStore computations,
            CloseStore closes,
            BreakStore breaks,
            FeedStore feeds,
            JournalStore journal,
            InvoiceBook invoices) {
        this.configuration = configuration;
        this.work = work;
        this.statements = statements;
        this.computations = computations;
        this.closes = closes;
        this.breaks = breaks;
        this.feeds = feeds;
        this.journal = journal;
        this.invoices = invoices;
    }

    /**
     * What the gate says of an account.
     *
     * @param revision the revision that the close freezes; 0 where the month has no statement
     * @param statement the frozen statement; null where there is none, or the account stays open
     * @param waived breaks in spite of which it closes
     * @param reasons why it stays open; none when it closes
     */
    public record Decision(
            String accountId,
            int revision,
            @Nullable Statement statement,
            List<BreakCase> waived,
            List<String> reasons) {
        /** Whether the account-month closes. */
        public boolean closes() {
            return reasons.isEmpty();
        }
    }

    /** The accounts whose oldest open month is not after the run's, and which have not closed it. */
    public List<String> candidates(Run run) {
        Map<String, CloseStore.Closed> closed = closes.closedOfMonth(run.month().toString());
        return work.accounts().stream()
                .filter(account -> !closed.containsKey(account))
                .toList();
    }

    /** Decides on one account; null where it has nothing to close. */
    public @Nullable Decision decide(Run run, String accountId) throws IOException {
        StatementPartition alone = work.alone(run, accountId);
        if (alone == null) {
            return null;
        }
        StatementTask task = alone.tasks().get(0);
        List<String> reasons = new ArrayList<>();
        List<BreakCase> waived = new ArrayList<>();
        if (task.months().size() > 1) {
            reasons.add("an earlier month is open: " + task.months().get(0).month());
        }
        String problem = computations.problems(run.id()).get(accountId);
        if (problem != null) {
            reasons.add(problem);
        }
        List<BreakCase> concerning = breaks.concerning(run, accountId);
        for (BreakCase each : concerning) {
            if (Verdicts.concerns(accountId, each) && each.blocksClose()) {
                if (isWaived(run, accountId, each)) {
                    waived.add(each);
                } else {
                    reasons.add(each.code() + " " + each.id() + " (" + each.subject() + ")");
                }
            }
        }
        if (!reasons.isEmpty()) {
            return new Decision(accountId, 0, null, List.of(), reasons);
        }
        Statement statement = alone.statements(configuration).get(0);
        if (!statement.exists()) {
            return new Decision(accountId, 0, null, waived, List.of());
        }
        Optional<StatementRevision> latest =
                statements.latest(accountId, run.month().toString());
        if (latest.isEmpty() || !latest.get().resultSha256().equals(StatementRevision.resultSha256(statement))) {
            throw new ProblemException(
                    ProblemCode.PROOF_FAILED,
                    Place.NOWHERE,
                    accountId + " " + run.month() + ": the statement that was stored cannot be computed again");
        }
        List<String> undecided = undecided(run, statement, concerning);
        if (!undecided.isEmpty()) {
            return new Decision(accountId, 0, null, List.of(), undecided);
        }
        Statement closed = statement.closed();
        List<String> incomplete = Drafts.problems(configuration.configuration(), account(run, accountId), closed);
        if (!incomplete.isEmpty()) {
            return new Decision(accountId, 0, null, List.of(), incomplete);
        }
        return new Decision(accountId, latest.get().revision(), closed, waived, List.of());
    }

    /** What the statement has that blocks its close, and that nobody waived as it is: no night may have seen it yet. */
    private static List<String> undecided(Run run, Statement statement, List<BreakCase> concerning) {
        List<String> undecided = new ArrayList<>();
        for (Finding each : StatementCheck.findings(subject(statement), run.businessDate())) {
            boolean decided = concerning.stream()
                    .anyMatch(known -> known.id().equals(each.id())
                            && (isWaived(run, statement.accountId(), known) || known.isSettledAs(each)));
            if (each.code().blocksClose() && !decided) {
                undecided.add(each.code() + " " + each.id() + " (" + each.subject() + "), not seen by a night yet");
            }
        }
        return undecided;
    }

    private static StatementCheck.Subject subject(Statement statement) {
        return new StatementCheck.Subject(
                statement.accountId(),
                statement.month().toString(),
                statement.currency().getCurrencyCode(),
                statement.unpriced(),
                statement.unfunded(),
                statement.withdrawalsAfterUse(),
                statement.backdatedEntries());
    }

    private static boolean isWaived(Run run, String accountId, BreakCase each) {
        return run.waivers().contains(each.code().name())
                || run.waivers().contains(each.code().name() + ":" + accountId);
    }

    /** Freezes the account-month, posts the journal and drafts the invoice, in the caller's transaction. */
    public void commit(Run run, Decision decision) {
        if (!decision.closes()) {
            return;
        }
        String month = run.month().toString();
        decision.waived().forEach(each -> closes.addWaiver(run.id(), decision.accountId(), month, each.id()));
        closes.close(
                run.id(), new CloseStore.Closed(decision.accountId(), month, decision.revision(), run.businessDate()));
        Statement statement = decision.statement();
        if (statement == null) {
            return;
        }
        new Postings(configuration.configuration().ledgerAccounts())
                .ofClose(
                        statement,
                        feeds.entries(decision.accountId()),
                        run.businessDate(),
                        closes.closes(decision.accountId(), month))
                .forEach(journal::add);
        Account account = account(run, decision.accountId());
        invoices.draft(run, configuration.configuration(), account, statement, decision.revision());
    }

    /** The account as it is at the month's end. */
    private Account account(Run run, String accountId) {
        Account account = configuration
                .configuration()
                .accounts()
                .at(
                        accountId,
                        configuration.configuration().settings().billingZone().endOf(run.month()) - 1);
        if (account == null) {
            throw new IllegalStateException(accountId + " has no row in " + run.month());
        }
        return account;
    }
}
