package io.saldo.app.command;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.config.OperationSettings;
import io.saldo.app.database.BooksDatabase;
import io.saldo.app.intake.Inbox;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Validates configuration, reference data and inbox. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Validates configuration, reference data, inbox and database; changes nothing.",
            "All problems are told at once, each with its place and remedy."
        })
final class CheckCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public Integer call() throws IOException {
        ConfigurationSnapshot snapshot = ConfigurationSnapshot.read(saldo.configuration());
        LoadedConfiguration loaded = ConfigurationLoader.load(snapshot);
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
        if (configuration != null) {
            problems.addAll(databaseProblems(snapshot));
            problems.addAll(
                    Channels.problems(OperationSettings.of(saldo.configuration()), saldo.configuration(), saldo.clock));
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

    private List<Problem> databaseProblems(ConfigurationSnapshot snapshot) throws IOException {
        Optional<DatabaseSettings> settings = DatabaseSettings.of(snapshot);
        try {
            if (settings.isPresent()) {
                BooksDatabase.check(
                        saldo.home(), settings.get(), DatabasePassword.of(settings.get(), saldo.configuration()));
            }
            return List.of();
        } catch (ProblemException refused) {
            return refused.problems();
        }
    }
}
