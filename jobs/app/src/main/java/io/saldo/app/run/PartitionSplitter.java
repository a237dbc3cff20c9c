package io.saldo.app.run;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.partition.StepExecutionSplitter;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Splits a step into those of its partitions that are not complete.
 *
 * <p>A partition goes on with the description that it was begun with. Spring Batch stores the partition first and its
 * description after it, in two transactions; its own splitter takes what a process that died between them left behind for a
 * description.
 */
final class PartitionSplitter implements StepExecutionSplitter {
    private final JobRepository repository;
    private final String stepName;
    private final Partitioner partitioner;

    /** Splits a step into partitions that run the step of that name. */
    PartitionSplitter(JobRepository repository, String stepName, Partitioner partitioner) {
        this.repository = repository;
        this.stepName = stepName;
        this.partitioner = partitioner;
    }

    @Override
    public String getStepName() {
        return stepName;
    }

    @Override
    public Set<StepExecution> split(StepExecution manager, int gridSize) {
        Set<StepExecution> partitions = new LinkedHashSet<>();
        Map<String, ExecutionContext> contexts = partitioner.partition(gridSize);
        contexts.forEach((partition, context) -> {
            String name = stepName + ":" + partition;
            StepExecution last =
                    repository.getLastStepExecution(manager.getJobExecution().getJobInstance(), name);
            if (last == null || last.getStatus() != BatchStatus.COMPLETED) {
                StepExecution begun = repository.createStepExecution(name, manager.getJobExecution());
                begun.setExecutionContext(
                        last == null || last.getExecutionContext().isEmpty() ? context : last.getExecutionContext());
                repository.updateExecutionContext(begun);
                partitions.add(begun);
            }
        });
        return partitions;
    }
}
