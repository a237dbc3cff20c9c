package io.saldo.app.run;

import io.saldo.app.dispute.Rerun;
import io.saldo.app.home.Home;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.ManifestStore;
import io.saldo.app.store.RunStore;
import io.saldo.reconcile.Verdict;
import java.time.InstantSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** The job {@code rerun}: a closed account-month computed anew, and what differs. */
@Component
public class RerunJob {
    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final ManifestStore manifests;
    private final RunStore runs;
    private final DisputeStore disputes;
    private final Rerun rerun;

    /** Over the books. */
    public RerunJob(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ManifestStore manifests,
            RunStore runs,
            DisputeStore disputes,
            Rerun rerun) {
        this.repository = repository;
        this.transactions = transactions;
        this.manifests = manifests;
        this.runs = runs;
        this.disputes = disputes;
        this.rerun = rerun;
    }

    /** The job of that run. */
    public Job of(Run run, Home home, RunConfiguration configuration, Progress progress, InstantSource clock) {
        PartitionedSteps steps = new PartitionedSteps(repository, transactions, manifests, progress);
        return new JobBuilder(Run.Job.RERUN.word(), repository)
                .start(steps.single(run, "compute", () -> rerun.run(run, home, configuration)))
                .next(steps.single(run, "end", () -> {
                    boolean computed = disputes.ofRun(run.id()).state() == DisputeStore.State.COMPUTED;
                    Verdict verdict = computed ? Verdict.RECONCILED : Verdict.INCOMPLETE;
                    runs.end(run.id(), Run.Status.COMPLETED, verdict.word(), clock.instant());
                }))
                .build();
    }
}
