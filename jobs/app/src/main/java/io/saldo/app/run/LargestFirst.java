package io.saldo.app.run;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.StepExecution;

/** Begins the partitions with most work first, so that at the end no thread stands still while another has a large one. */
final class LargestFirst extends TaskExecutorPartitionHandler {
    private final String size;

    /**
     * Orders partitions.
     *
     * @param size the name of the work's size in a partition's context
     */
    LargestFirst(String size) {
        this.size = size;
    }

    @Override
    protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> partitions) throws Exception {
        Set<StepExecution> ordered = new LinkedHashSet<>();
        partitions.stream()
                .sorted(Comparator.comparingLong((StepExecution each) ->
                                -each.getExecutionContext().getLong(size, 0))
                        .thenComparing(StepExecution::getStepName))
                .forEach(ordered::add);
        return super.doHandle(manager, ordered);
    }
}
