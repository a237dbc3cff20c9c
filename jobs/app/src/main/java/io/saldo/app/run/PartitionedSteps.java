package io.saldo.app.run;

import io.saldo.app.store.Json;
import io.saldo.app.store.ManifestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Builds Spring Batch steps from {@link PartitionedWork}.
 *
 * <p>A partition's description travels in its execution context, so that another partition handler can send it to
 * another machine. A partition whose manifest the books have is not done again: the manifest and its effects commit in
 * one transaction, and a crash between that and Spring Batch's own mark of completion costs nothing.
 */
public final class PartitionedSteps {
    /**
     * A partition works outside of a transaction, so that its own, at its end, is short: books may have one writer at a time. Any
     * failure fails it; without that word Spring Batch would begin it again after a checked one, for ever.
     */
    private static final TransactionAttribute WITHOUT =
            new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED) {
                @Override
                public boolean rollbackOn(Throwable failure) {
                    return true;
                }
            };

    private static final String PARTITION = "partition";
    private static final String DESCRIPTION = "description";
    private static final String SIZE = "saldo.size";
    private static final String ALL = "all";
    private static final String DONE = "done";

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final ManifestStore manifests;
    private final Progress progress;

    /** Builds steps on that repository; every step commits through that transaction manager. */
    public PartitionedSteps(
            JobRepository repository,
            PlatformTransactionManager transactions,
            ManifestStore manifests,
            Progress progress) {
        this.repository = repository;
        this.transactions = transactions;
        this.manifests = manifests;
        this.progress = progress;
    }

    /**
     * A step of one piece of work, done in one transaction. It leaves a manifest as a partition does, so that it is not
     * done twice where the process was killed after the commit and before Spring Batch's own mark of completion.
     */
    public Step single(Run run, String name, Work work) {
        Tasklet tasklet = (contribution, chunk) -> {
            progress.requireGoingOn();
            if (!manifests.has(run.id(), name, ALL)) {
                work.execute();
                manifests.add(run.id(), name, ALL, DONE);
            }
            return RepeatStatus.FINISHED;
        };
        return new StepBuilder(name, repository)
                .tasklet(tasklet, transactions)
                .listener(progress)
                .build();
    }

    /** A step of partitions, of which {@code threads} run at a time. */
    public <D, M> Step partitioned(Run run, PartitionedWork<D, M> work, int threads) {
        Partitioner partitioner = gridSize -> {
            Map<String, ExecutionContext> contexts = new HashMap<>();
            work.describe(run).forEach((name, description) -> {
                ExecutionContext context = new ExecutionContext();
                context.putString(PARTITION, name);
                context.putString(DESCRIPTION, Json.write(description));
                context.putLong(SIZE, work.size(description));
                contexts.put(name, context);
            });
            progress.partitions(work.step(), contexts.size());
            return contexts;
        };
        Tasklet tasklet = (contribution, chunk) -> {
            ExecutionContext context = chunk.getStepContext().getStepExecution().getExecutionContext();
            String partition = context.getString(PARTITION);
            progress.requireGoingOn();
            if (!manifests.has(run.id(), work.step(), partition)) {
                M manifest = work.execute(Json.read(context.getString(DESCRIPTION), work.descriptionType()));
                commit(run, work, partition, manifest);
            }
            // Nobody reads it again, and books keep executions for ever.
            context.remove(DESCRIPTION);
            progress.partitionDone(work.step());
            return RepeatStatus.FINISHED;
        };
        Step worker = new StepBuilder(work.step() + "-partition", repository)
                .tasklet(tasklet, transactions)
                .transactionAttribute(WITHOUT)
                .build();
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(work.step() + "-");
        executor.setConcurrencyLimit(threads);
        LargestFirst handler = new LargestFirst(SIZE);
        handler.setStep(worker);
        handler.setTaskExecutor(executor);
        return new StepBuilder(work.step(), repository)
                .partitioner(worker.getName(), partitioner)
                .splitter(new PartitionSplitter(repository, worker.getName(), partitioner))
                .partitionHandler(handler)
                .listener(progress)
                .build();
    }

    private <D, M> void commit(Run run, PartitionedWork<D, M> work, String partition, M manifest) throws IOException {
        try {
            new TransactionTemplate(transactions).executeWithoutResult(status -> {
                manifests.add(run.id(), work.step(), partition, work.kept(manifest));
                try {
                    work.commit(run, partition, manifest);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /** What a single step does. */
    @FunctionalInterface
    public interface Work {
        /** Does it; an exception rolls the step back and fails the run. */
        void execute() throws Exception;
    }
}
