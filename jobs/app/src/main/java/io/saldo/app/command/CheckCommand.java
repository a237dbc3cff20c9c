package io.saldo.app.command;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.intake.Inbox;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Validates configuration, reference data and inbox. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Validates configuration, reference data and inbox; changes nothing.",
            "All problems are told at once, each with its place and remedy."
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public Integer call() throws IOException {
        LoadedConfiguration loaded = ConfigurationLoader.load(ConfigurationSnapshot.read(saldo.configuration()));
        List<Problem> problems = new ArrayList<>(loaded.problems());
        Configuration configuration = loaded.configuration();
        if (configuration != null) {
            for (String folder : Inbox.unknownFolders(saldo.home(), configuration.sources())) {
                problems.add(Problem.of(
                        ProblemCode.UNKNOWN_SOURCE,
                        Place.file("inbox/" + folder),
                        "no sources/" + folder + ".yml describes it"));
            }
        }
        problems.forEach(problem -> saldo.err.println(Table.printable(problem.toString())));
        if (configuration == null) {
            return ExitCode.WRONG_USAGE;
        }
        saldo.say(configuration.sources().size() + " sources, "
                + configuration.accounts().ids().size() + " accounts, "
                + loaded.heldAccounts().size()
                + " of them held up by problems");
        Inbox inbox = Inbox.look(saldo.home(), configuration.sources());
        long files =
                inbox.entries().stream().filter(each -> each.file() != null).count();
        saldo.say(files + " files wait in the inbox");
        inbox.waiting()
                .forEach(each -> saldo.say(Table.printable(
                        "  not complete: " + each.source() + "/" + each.name() + ": " + each.reason())));
        return problems.isEmpty() ? ExitCode.DONE : ExitCode.WRONG_USAGE;
    }
}
