package io.saldo.app.run;

import io.saldo.app.config.Settings;
import io.saldo.app.health.HealthReporting;
import io.saldo.app.home.Home;
import io.saldo.app.intake.Admission;
import io.saldo.app.intake.CompactionWork;
import io.saldo.app.intake.DeliveryProof;
import io.saldo.app.intake.FeedIntake;
import io.saldo.app.intake.GatherWork;
import io.saldo.app.intake.IdentityWork;
import io.saldo.app.intake.ReassignmentWork;
import io.saldo.app.intake.Registration;
import io.saldo.app.intake.ScatterWork;
import io.saldo.app.intake.ScatteredManifests;
import io.saldo.app.payment.PaymentBook;
import io.saldo.app.reconcile.NightReporting;
import io.saldo.app.statement.AccountHistories;
import io.saldo.app.statement.StatementWork;
import io.saldo.app.store.BooksCheckpoint;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.ReassignmentStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.app.store.UntakenStore;
import io.saldo.app.store.UsageConflictStore;
import io.saldo.reconcile.Verdict;
import java.time.InstantSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The job {@code nightly}: intake, feeds, scatter, admit, identity, gather, prove, reassign, compact, statement, payments, health and
 * reconcile.
 */
@Component
public class NightlyJob {
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final ManifestStore manifests;
    private final RunStore runs;
    private final DeliveryStore deliveries;
    private final UntakenStore untaken;
    private final UsageConflictStore usageConflicts;
    private final OutcomeStore outcomes;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final AccountHistories histories;
    private final StatementStore statements;
    private final CloseStore closes;
    private final ComputationStore computations;
    private final ReassignmentStore reassignments;
    private final Registration registration;
    private final FeedIntake feedIntake;
    private final PaymentBook payments;
    private final HealthReporting health;
    private final NightReporting reporting;
    private final BooksCheckpoint checkpoint;

    /** Over the books. */
    public NightlyJob(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ManifestStore manifests,
            RunStore runs,
            DeliveryStore deliveries,
            UntakenStore untaken,
            UsageConflictStore usageConflicts,
            OutcomeStore outcomes,
            LakeStore lake,
            FeedStore feeds,
            AccountHistories histories,
            StatementStore statements,
            CloseStore closes,
            ComputationStore computations,
            ReassignmentStore reassignments,
            Registration registration,
            FeedIntake feedIntake,
            PaymentBook payments,
            HealthReporting health,
            NightReporting reporting,
            BooksCheckpoint checkpoint) {
        this.repository = repository;
        this.transactions = transactions;
        this.manifests = manifests;
        this.runs = runs;
        this.deliveries = deliveries;
        this.untaken = untaken;
        this.usageConflicts = usageConflicts;
        this.outcomes = outcomes;
        this.lake = lake;
        this.feeds = feeds;
        this.histories = histories;
        this.statements = statements;
        this.closes = closes;
        this.computations = computations;
        this.reassignments = reassignments;
        this.registration = registration;
        this.feedIntake = feedIntake;
        this.payments = payments;
        this.health = health;
        this.reporting = reporting;
        this.checkpoint = checkpoint;
    }

    /** The job of that run. */
    public Job of(Run run, Home home, RunConfiguration configuration, Progress progress, InstantSource clock) {
        PartitionedSteps steps = new PartitionedSteps(repository, transactions, manifests, progress);
        Settings settings = configuration.configuration().settings();
        ScatteredManifests scattered = new ScatteredManifests(manifests, deliveries);
        int threads = settings.threads();
        return new JobBuilder(Run.Job.NIGHTLY.word(), repository)
                .start(steps.single(run, "intake", () -> {
                    checkpoint.force();
                    registration.archive(run, home);
                }))
                .next(steps.single(run, "feeds", () -> feedIntake.take(run, home, configuration.configuration())))
                .next(steps.partitioned(
                        run, new ScatterWork(home, configuration, deliveries, untaken, lake, runs), threads))
                .next(steps.single(
                        run, Admission.STEP, () -> new Admission(scattered, deliveries, untaken, lake).admit(run)))
                .next(steps.partitioned(run, new IdentityWork(home, settings, scattered, lake), threads))
                .next(steps.partitioned(
                        run, new GatherWork(home, settings, manifests, scattered, lake, usageConflicts), threads))
                .next(steps.single(
                        run, "prove", () -> new DeliveryProof(manifests, scattered, deliveries, untaken, outcomes)
                                .prove(run)))
                .next(steps.partitioned(
                        // One at a time: two may bring usage to the same account.
                        run, new ReassignmentWork(home, settings, manifests, lake, reassignments, closes), 1))
                .next(steps.partitioned(run, new CompactionWork(home, settings, manifests, lake), threads))
                .next(steps.partitioned(
                        run,
                        new StatementWork(home, configuration, lake, feeds, histories, statements, computations),
                        threads))
                .next(steps.single(run, "payments", () -> payments.book(run, configuration.configuration())))
                .next(steps.single(run, "health", () -> health.write(run, home, configuration)))
                .next(steps.single(run, "reconcile", () -> {
                    Verdict verdict = reporting.report(run, home, configuration);
                    runs.end(run.id(), Run.Status.COMPLETED, verdict.word(), clock.instant());
                }))
                .build();
    }
}
