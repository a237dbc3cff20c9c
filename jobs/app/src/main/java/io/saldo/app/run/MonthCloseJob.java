package io.saldo.app.run;

import io.saldo.app.close.MonthClose;
import io.saldo.app.finance.FinanceReporting;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.statement.AccountHistories;
import io.saldo.app.statement.StatementWork;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.csv.CsvTable;
import io.saldo.reconcile.Verdict;
import java.io.IOException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The job {@code month-close}: statements brought up to date, then account by account the gate and the freeze. */
@Component
public class MonthCloseJob {
    private static final int ACCOUNTS_PER_TRANSACTION = 50;
    private static final int ACCOUNTS_AT_ONCE = 1_000;

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final ManifestStore manifests;
    private final RunStore runs;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final AccountHistories histories;
    private final StatementStore statements;
    private final CloseStore closes;
    private final ComputationStore computations;
    private final BreakStore breaks;
    private final JournalStore journal;
    private final InvoiceBook invoices;
    private final FinanceReporting finance;

    /** Over the books. */
    public MonthCloseJob(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ManifestStore manifests,
            RunStore runs,
            LakeStore lake,
            FeedStore feeds,
            AccountHistories histories,
            StatementStore statements,
            CloseStore closes,
            ComputationStore computations,
            BreakStore breaks,
            JournalStore journal,
            InvoiceBook invoices,
            FinanceReporting finance) {
        this.repository = repository;
        this.transactions = transactions;
        this.manifests = manifests;
        this.runs = runs;
        this.lake = lake;
        this.feeds = feeds;
        this.histories = histories;
        this.statements = statements;
        this.closes = closes;
        this.computations = computations;
        this.breaks = breaks;
        this.journal = journal;
        this.invoices = invoices;
        this.finance = finance;
    }

    /** The job of that run. */
    public Job of(Run run, Home home, RunConfiguration configuration, Progress progress, InstantSource clock) {
        PartitionedSteps steps = new PartitionedSteps(repository, transactions, manifests, progress);
        StatementWork work = new StatementWork(home, configuration, lake, feeds, histories, statements, computations);
        MonthClose close = new MonthClose(
                run, home, configuration, lake, histories, computations, closes, breaks, feeds, journal, invoices);
        return new JobBuilder(Run.Job.MONTH_CLOSE.word(), repository)
                .start(steps.partitioned(
                        run, work, configuration.configuration().settings().threads()))
                .next(accounts(close, progress))
                .next(steps.single(run, "report", () -> {
                    closes.keepFrozen(run.id());
                    List<MonthClose.Decision> open = report(run.month(), home, close);
                    finance.write(run.month(), home, configuration.configuration());
                    runs.end(
                            run.id(),
                            Run.Status.COMPLETED,
                            (open.isEmpty() ? Verdict.RECONCILED : Verdict.BREAKS).word(),
                            clock.instant());
                }))
                .build();
    }

    /** An item is what was decided on an account; those that closed before a restart are candidates no more. */
    private Step accounts(MonthClose close, Progress progress) {
        Decisions decided = new Decisions(close);
        return new StepBuilder("close", repository)
                .<MonthClose.Decision, MonthClose.Decision>chunk(ACCOUNTS_PER_TRANSACTION)
                .transactionManager(transactions)
                .reader(() -> {
                    progress.requireGoingOn();
                    return decided.next();
                })
                .writer(decisions -> decisions.forEach(close::commit))
                .listener(progress)
                .build();
    }

    /** What is decided on all candidates, in order, as many accounts at once as fit in memory. */
    private static final class Decisions {
        private final MonthClose close;
        private @Nullable List<String> candidates;
        private int taken;
        private final Deque<MonthClose.Decision> decided = new ArrayDeque<>();

        Decisions(MonthClose close) {
            this.close = close;
        }

        /** The next one; null after the last. */
        MonthClose.@Nullable Decision next() throws IOException {
            if (candidates == null) {
                candidates = close.candidates();
            }
            while (decided.isEmpty() && taken < candidates.size()) {
                int end = Math.min(taken + ACCOUNTS_AT_ONCE, candidates.size());
                decided.addAll(close.decide(candidates.subList(taken, end)));
                taken = end;
            }
            return decided.poll();
        }
    }

    /** Lists the accounts that stay open, with the reasons. */
    private static List<MonthClose.Decision> report(YearMonth month, Home home, MonthClose close) throws IOException {
        List<MonthClose.Decision> open = new ArrayList<>();
        Decisions decided = new Decisions(close);
        for (MonthClose.Decision each = decided.next(); each != null; each = decided.next()) {
            if (!each.closes()) {
                open.add(each);
            }
        }
        PublishedFile.write(home.openAccounts(month), out -> {
            try (CsvTable table = new CsvTable(out, List.of("account_id", "reason"))) {
                for (MonthClose.Decision decision : open) {
                    for (String reason : decision.reasons()) {
                        table.row(decision.accountId(), reason);
                    }
                }
            }
        });
        return open;
    }
}
