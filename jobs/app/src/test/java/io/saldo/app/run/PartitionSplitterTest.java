package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.saldo.app.SmallHome;
import io.saldo.app.command.Session;
import io.saldo.app.home.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Which partitions of a step are begun, and with which description. */
class PartitionSplitterTest {
    @TempDir
    Path folder;

    @Test
    void eachGoesOnWithWhatItWasBegunWith() throws Exception {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        try (Session session = Session.open(new Home(home.root()), home.root().resolve("config"))) {
            JobRepository repository = session.get(JobRepository.class);
            JobInstance job = repository.createJobInstance("job", new JobParameters());
            JobExecution killed = repository.createJobExecution(job, new JobParameters(), new ExecutionContext());
            ended(repository, killed, "complete", "old", BatchStatus.COMPLETED);
            ended(repository, killed, "failed", "old", BatchStatus.FAILED);
            ended(repository, killed, "unknown", "old", BatchStatus.UNKNOWN);
            // The process died before it stored the description.
            repository.createStepExecution("step:bare", killed);

            JobExecution resumed = repository.createJobExecution(job, new JobParameters(), new ExecutionContext());
            StepExecution manager = repository.createStepExecution("manager", resumed);
            Map<String, ExecutionContext> described = new TreeMap<>();
            for (String partition : List.of("bare", "complete", "failed", "new", "unknown")) {
                described.put(partition, context("new"));
            }
            Set<StepExecution> begun =
                    new PartitionSplitter(repository, "step", gridSize -> described).split(manager, 1);

            assertThat(begun)
                    .extracting(StepExecution::getStepName, each -> each.getExecutionContext()
                            .getString("description"))
                    .containsExactly(
                            tuple("step:bare", "new"),
                            tuple("step:failed", "old"),
                            tuple("step:new", "new"),
                            tuple("step:unknown", "old"));
            assertThat(repository.getLastStepExecution(job, "step:bare"))
                    .extracting(each -> each.getExecutionContext().getString("description"))
                    .isEqualTo("new");
        }
    }

    private static ExecutionContext context(String description) {
        ExecutionContext context = new ExecutionContext();
        context.putString("description", description);
        return context;
    }

    private static void ended(
            JobRepository repository, JobExecution job, String partition, String description, BatchStatus status) {
        StepExecution step = repository.createStepExecution("step:" + partition, job);
        step.setExecutionContext(context(description));
        repository.updateExecutionContext(step);
        step.setStatus(status);
        repository.update(step);
    }
}
