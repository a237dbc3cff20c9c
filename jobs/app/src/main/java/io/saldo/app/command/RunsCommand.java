package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.run.Run;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs, and the configuration that each of them fixed. */
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        description = "Lists runs, and shows the configuration that one of them used.",
        subcommands = {RunsCommand.ListCommand.class, RunsCommand.ShowCommand.class})
final class RunsCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: list or show");
    }

    /** Lists. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all runs, the newest first.")
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        RunsCommand parent = new RunsCommand();

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                RunStore runs = session.get(RunStore.class);
                Table table = new Table("run", "job", "date", "month", "status", "verdict", "configuration_sha256");
                for (Run run : runs.latest(Integer.MAX_VALUE)) {
                    table.row(
                            run.id(),
                            run.job().word(),
                            run.businessDate(),
                            run.month(),
                            run.status() == Run.Status.COMPLETED ? "completed" : "interrupted",
                            runs.verdict(run.id()),
                            run.configurationSha256());
                }
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows which version of each configuration file a run used, and which run used that version first.",
                "Every version that a run used is kept; --to writes them as they were."
            },
            footer = {
                "",
                "Example, the price books of run 12 beside those of today:",
                "  saldo runs show 12 --to run-12",
                "  diff run-12/prices saldo-home/config/prices"
            })
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        RunsCommand parent = new RunsCommand();

        @Parameters(paramLabel = "RUN", description = "As 'runs list' shows it.")
        long runId;

        @Option(
                names = "--to",
                paramLabel = "DIR",
                description = "Write the files into this folder, which must not be there yet.")
        @Nullable
        Path target;

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                RunStore runs = session.get(RunStore.class);
                if (runs.find(runId).isEmpty()) {
                    throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no run " + runId);
                }
                Path folder = target;
                if (folder != null && Files.exists(folder)) {
                    throw new ProblemException(
                            ProblemCode.WRONG_STATE, Place.file(folder.toString()), "the folder is there already");
                }
                Table table = new Table("file", "sha256", "first_run", "first_date", "runs");
                for (RunStore.Reference each : runs.references(runId)) {
                    table.row(
                            each.file(),
                            each.sha256(),
                            each.firstRun(),
                            runs.find(each.firstRun()).map(Run::businessDate).orElse(null),
                            each.runs());
                }
                table.print(parent.saldo);
                if (folder != null) {
                    ConfigurationSnapshot.of(runs.configuration(runId)).writeTo(folder);
                    parent.saldo.say("written to " + folder);
                }
                return ExitCode.DONE;
            }
        }
    }
}
