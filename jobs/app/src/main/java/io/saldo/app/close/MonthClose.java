package io.saldo.app.close;

import io.saldo.app.config.Account;
import io.saldo.app.home.Home;
import io.saldo.app.invoice.Drafts;
import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.run.Workers;
import io.saldo.app.statement.AccountHistories;
import io.saldo.app.statement.StatementPartition;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTask;
import io.saldo.app.statement.StatementTasks;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.LakeStore;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.StatementCheck;
import io.saldo.statement.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Closes a month account by account: one that cannot be closed holds up only itself. */
public final class MonthClose {
    private final Run run;
    private final Home home;
    private final RunConfiguration configuration;
    private final LakeStore lake;
    private final AccountHistories histories;
    private final ComputationStore computations;
    private final CloseStore closes;
    private final BreakStore breaks;
    private final FeedStore feeds;
    private final JournalStore journal;
    private final InvoiceBook invoices;
    private @Nullable Gate gate;

    /** For that run. */
    public MonthClose(
            Run run,
            Home home,
            RunConfiguration configuration,
            LakeStore lake,
            AccountHistories histories,
            ComputationStore computations,
            CloseStore closes,
            BreakStore breaks,
            FeedStore feeds,
            JournalStore journal,
            InvoiceBook invoices) {
        this.run = run;
        this.home = home;
        this.configuration = configuration;
        this.lake = lake;
        this.histories = histories;
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

    /** What the books say of all accounts, read once: closing one changes nothing of another. */
    private record Gate(StatementTasks tasks, Map<String, String> problems, BreakStore.OfMonth breaks) {}

    private Gate gate() {
        if (gate == null) {
            gate = new Gate(
                    new StatementTasks(run, home, configuration, histories.ofStatements(run), lake),
                    computations.problems(run.id()),
                    breaks.ofMonth(run));
        }
        return gate;
    }

    /** The accounts that have not closed the run's month, in order. */
    public List<String> candidates() {
        Map<String, CloseStore.Closed> closed = closes.closedOfMonth(run.month().toString());
        return gate().tasks().accounts().stream()
                .filter(account -> !closed.containsKey(account))
                .toList();
    }

    /**
     * Decides on accounts, in their order; those without a month to close are left out. Each shard is read once for all of
     * them, several shards at a time, so that many accounts are cheaper than the same ones one by one; their statements are all
     * in memory then. An account whose stored statement cannot be computed again stays open.
     */
    public List<Decision> decide(List<String> accountIds) throws IOException {
        Map<String, Decision> decisions = new HashMap<>();
        SortedMap<Integer, List<StatementTask>> byShard = new TreeMap<>();
        StatementTasks tasks = gate().tasks();
        for (String accountId : accountIds) {
            StatementTask task = tasks.of(accountId, List.of());
            if (task != null) {
                List<String> reasons = reasons(task);
                if (reasons.isEmpty()) {
                    byShard.computeIfAbsent(tasks.shard(accountId), shard -> new ArrayList<>())
                            .add(task);
                } else {
                    decisions.put(accountId, open(accountId, reasons));
                }
            }
        }
        List<Callable<List<Decision>>> shards = new ArrayList<>();
        for (Map.Entry<Integer, List<StatementTask>> shard : byShard.entrySet()) {
            StatementPartition partition = tasks.partition(run.name(), shard.getKey(), shard.getValue(), null)
                    .in(home.root());
            shards.add(() -> decide(partition));
        }
        try (Workers workers =
                new Workers(configuration.configuration().settings().threads())) {
            for (List<Decision> shard : workers.results(shards)) {
                shard.forEach(decision -> decisions.put(decision.accountId(), decision));
            }
        }
        return accountIds.stream().map(decisions::get).filter(Objects::nonNull).toList();
    }

    /** What of the books alone keeps an account open. */
    private List<String> reasons(StatementTask task) {
        List<String> reasons = new ArrayList<>();
        if (task.months().size() > 1) {
            reasons.add("an earlier month is open: " + task.months().get(0).month());
        }
        if (row(task.accountId()) == null) {
            reasons.add("accounts.csv has no row of it that holds in " + run.month()
                    + ": let its first row begin earlier (effective_from)");
        }
        String problem = gate().problems().get(task.accountId());
        if (problem != null) {
            reasons.add(problem);
        }
        for (BreakCase each : gate().breaks().concerning(task.accountId())) {
            if (each.blocksClose() && !isWaived(task.accountId(), each)) {
                reasons.add(each.code() + " " + each.id() + " (" + each.subject() + ")");
            }
        }
        return reasons;
    }

    private List<Decision> decide(StatementPartition partition) throws IOException {
        List<Decision> decisions = new ArrayList<>();
        partition.compute(configuration, new StatementPartition.Computed() {
            @Override
            public void statements(StatementTask task, List<Statement> statements) {
                decisions.add(decide(task, statements.get(0)));
            }

            @Override
            public void problem(StatementTask task, ProblemException problem) {
                decisions.add(open(
                        task.accountId(),
                        problem.problems().stream().map(Problem::toString).toList()));
            }
        });
        return decisions;
    }

    private static Decision open(String accountId, List<String> reasons) {
        return new Decision(accountId, 0, null, List.of(), reasons);
    }

    private Decision decide(StatementTask task, Statement statement) {
        String accountId = task.accountId();
        List<BreakCase> concerning = gate().breaks().concerning(accountId);
        List<BreakCase> waived =
                concerning.stream().filter(BreakCase::blocksClose).toList();
        if (!statement.exists()) {
            return new Decision(accountId, 0, null, waived, List.of());
        }
        StatementTask.Month month = task.months().get(0);
        if (!month.resultSha256().equals(StatementRevision.resultSha256(statement))) {
            return open(
                    accountId,
                    List.of(Problem.of(
                                    ProblemCode.PROOF_FAILED,
                                    Place.NOWHERE,
                                    accountId + " " + run.month()
                                            + ": the statement that was stored cannot be computed again")
                            .toString()));
        }
        List<String> undecided = undecided(statement, concerning);
        if (!undecided.isEmpty()) {
            return open(accountId, undecided);
        }
        Statement closed = statement.closed();
        List<String> incomplete = Drafts.problems(configuration.configuration(), account(accountId), closed);
        if (!incomplete.isEmpty()) {
            return open(accountId, incomplete);
        }
        return new Decision(accountId, month.revision(), closed, waived, List.of());
    }

    /** What the statement has that blocks its close, and that nobody waived as it is: no night may have seen it yet. */
    private List<String> undecided(Statement statement, List<BreakCase> concerning) {
        List<String> undecided = new ArrayList<>();
        for (Finding each : StatementCheck.findings(subject(statement), run.businessDate())) {
            boolean decided = concerning.stream()
                    .anyMatch(known -> known.id().equals(each.id())
                            && (isWaived(statement.accountId(), known) || known.isSettledAs(each)));
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

    private boolean isWaived(String accountId, BreakCase each) {
        return run.waivers().contains(each.code().name())
                || run.waivers().contains(each.code().name() + ":" + accountId);
    }

    /** Freezes the account-month, posts the journal and drafts the invoice, in the caller's transaction. */
    public void commit(Decision decision) {
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
        Account account = account(decision.accountId());
        invoices.draft(run, configuration.configuration(), account, statement, decision.revision());
    }

    private Account account(String accountId) {
        return Objects.requireNonNull(row(accountId));
    }

    /** The account as it is at the month's end; null where its first row begins later. */
    private @Nullable Account row(String accountId) {
        return configuration
                .configuration()
                .accounts()
                .at(
                        accountId,
                        configuration.configuration().settings().billingZone().endOf(run.month()) - 1);
    }
}
