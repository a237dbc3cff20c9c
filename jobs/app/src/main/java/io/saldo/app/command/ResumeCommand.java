package io.saldo.app.command;

import io.saldo.app.run.Run;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Continues interrupted runs. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Continues an interrupted run where it stopped; it sees nothing newer than when it began.")
final class ResumeCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The run (default: every interrupted one).")
    @Nullable
    Long runId;

    @Override
    public Integer call() throws Exception {
        return new ToldRuns(saldo).during((session, nights) -> {
            RunStore runs = session.get(RunStore.class);
            List<Run> unfinished = runs.unfinished();
            if (runId != null && unfinished.stream().noneMatch(run -> run.id() == runId)) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND, Place.NOWHERE, "run " + runId + " is not an interrupted run");
            }
            if (unfinished.isEmpty()) {
                saldo.say("nothing to resume");
                return ExitCode.DONE;
            }
            // Runs build on each other, so an older interrupted one is always finished first.
            nights.resume();
            return ExitCode.of(
                    runs.verdict(unfinished.get(unfinished.size() - 1).id()));
        });
    }
}
