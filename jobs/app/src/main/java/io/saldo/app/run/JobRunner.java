package io.saldo.app.run;

import io.saldo.app.database.DatabaseLoss;
import io.saldo.app.store.RunStore;
import io.saldo.problem.ProblemException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Starts the job of a run, or continues it where it was interrupted. */
@Component
public class JobRunner {
    private final JobOperator operator;
    private final JobRepository repository;
    private final RunStore runs;

    /** Over the books, which hold the job repository too. */
    public JobRunner(JobOperator operator, JobRepository repository, RunStore runs) {
        this.operator = operator;
        this.repository = repository;
        this.runs = runs;
    }

    /** A run ended with an error; its cause says which. */
    public static class FailedRun extends Exception {
        private static final long serialVersionUID = 1;

        private final transient Run run;

        /** That run, for that reason. */
        public FailedRun(Run run, Throwable cause) {
            super(
                    "run " + run.id() + " (" + run.job().word() + " " + run.businessDate() + ") failed: "
                            + cause.getMessage(),
                    cause);
            this.run = run;
        }

        /** Which run. */
        public Run run() {
            return run;
        }
    }

    /** A run stopped because it was asked to; it can be continued. */
    public static final class StoppedRun extends FailedRun {
        private static final long serialVersionUID = 1;

        private StoppedRun(Run run, Throwable cause) {
            super(run, cause);
        }
    }

    /**
     * Runs the job to its end. The caller holds the lock of the home, so an execution that the repository believes to
     * be running is one whose process died.
     *
     * @throws StoppedRun when it was asked to stop
     * @throws FailedRun when a step failed; what had committed stays, and the run can be continued
     */
    public void run(Run run, Job job, InstantSource clock) throws FailedRun {
        JobParameters identity =
                new JobParametersBuilder().addLong("runId", run.id()).toJobParameters();
        JobInstance instance = repository.getJobInstance(job.getName(), identity);
        if (instance != null) {
            List<JobExecution> executions = repository.getJobExecutions(instance);
            if (executions.isEmpty()) {
                // Spring Batch stores it in one transaction and its execution in the next, and starts none without one.
                repository.deleteJobInstance(instance);
            }
            for (JobExecution execution : executions) {
                failUndecided(execution);
                if (execution.isRunning()) {
                    operator.recover(execution);
                }
            }
        }
        JobExecution execution;
        try {
            execution = operator.start(job, identity);
        } catch (Exception refused) {
            throw new FailedRun(run, refused);
        }
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            List<Throwable> causes = execution.getAllFailureExceptions();
            Optional<ProblemException> lost = causes.stream()
                    .flatMap(each -> DatabaseLoss.in(each).stream())
                    .findFirst();
            if (lost.isPresent()) {
                // The books may be another process's by now: nothing more is written. A run without an end can be
                // resumed.
                throw new FailedRun(run, lost.get());
            }
            if (isStopped(execution)) {
                throw new StoppedRun(run, new JobInterruptedException("it was stopped"));
            }
            runs.end(run.id(), Run.Status.FAILED, "", clock.instant());
            throw new FailedRun(run, cause(causes, execution));
        }
    }

    /** Of several partitions that failed always the same one, and not what Spring Batch says of their step as a whole. */
    private static Throwable cause(List<Throwable> causes, JobExecution execution) {
        return causes.stream()
                .map(JobRunner::root)
                .min(Comparator.comparing((Throwable each) -> each instanceof JobExecutionException)
                        .thenComparing(String::valueOf))
                .orElseGet(() -> new IllegalStateException("the job ended as " + execution.getStatus()));
    }

    /**
     * Spring Batch goes on with nothing of which it does not know how it ended, or whose end it could not write, as after a
     * connection lost during a commit. Here the manifests say what was committed, so it counts as failed and is looked at
     * again.
     */
    private void failUndecided(JobExecution execution) {
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
                step.setStatus(BatchStatus.FAILED);
                LocalDateTime lastUpdated = step.getLastUpdated();
                if (lastUpdated != null) {
                    step.setEndTime(lastUpdated);
                }
                repository.update(step);
            }
        }
        if (execution.getStatus() == BatchStatus.UNKNOWN) {
            execution.setStatus(BatchStatus.FAILED);
            repository.update(execution);
        }
    }

    private static boolean isStopped(JobExecution execution) {
        return execution.getStatus() == BatchStatus.STOPPED
                || execution.getAllFailureExceptions().stream()
                        .anyMatch(each -> root(each) instanceof JobInterruptedException);
    }

    private static Throwable root(Throwable failure) {
        Throwable each = failure;
        while (each.getCause() != null && each.getCause() != each) {
            each = each.getCause();
        }
        return each;
    }
}
