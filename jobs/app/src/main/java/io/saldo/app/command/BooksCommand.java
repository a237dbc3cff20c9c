package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.database.BooksCopy;
import io.saldo.app.run.Run;
import io.saldo.app.run.Runs;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The database of the books. */
@Command(
        name = "books",
        mixinStandardHelpOptions = true,
        description = "Moves the books from H2 to PostgreSQL.",
        subcommands = BooksCommand.CopyCommand.class)
final class BooksCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: copy");
    }

    /** Copies them. */
    @Command(
            name = "copy",
            mixinStandardHelpOptions = true,
            description = {
                "Copies the books of a home from H2 to an empty PostgreSQL database, in one transaction, and compares"
                        + " every table by count and checksum.",
                "From then on the home takes only the books in PostgreSQL."
            },
            footer = {
                "",
                "Before it:",
                "  1. Make a role and a database; config/README.md has the statements.",
                "  2. Name them in config/application.yml:",
                "       database:",
                "         url: jdbc:postgresql://HOST:5432/DATABASE",
                "         user: ROLE",
                "     and give the password in SALDO_DATABASE_PASSWORD, or in the file that password-file names.",
                "  3. Finish what was interrupted: saldo resume (with that section taken out again).",
                "Then:  saldo books copy"
            })
    static final class CopyCommand implements Callable<Integer> {
        @ParentCommand
        BooksCommand parent = new BooksCommand();

        @Override
        public Integer call() throws IOException {
            Saldo saldo = parent.saldo;
            Path folder = saldo.configuration();
            DatabaseSettings settings = DatabaseSettings.of(ConfigurationSnapshot.read(folder))
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.KEY_MISSING,
                            Place.file("application.yml"),
                            "it names no database to copy the books to; 'saldo books copy --help' shows the lines"));
            try (Session session = Session.openH2(saldo.home(), folder)) {
                List<Run> unfinished = session.get(Runs.class).unfinished();
                if (!unfinished.isEmpty()) {
                    Run run = unfinished.get(0);
                    throw new ProblemException(
                            ProblemCode.INTERRUPTED_RUN,
                            Place.NOWHERE,
                            "run " + run.id() + " (" + run.job().word() + " " + run.businessDate()
                                    + ") is not finished. Take the section database out of application.yml until it is");
                }
                Map<String, Long> rows = session.get(BooksCopy.class)
                        .copy(saldo.home(), settings, DatabasePassword.of(settings, folder));
                Table table = new Table("table", "rows");
                rows.forEach(table::row);
                table.print(saldo);
                saldo.say("The books are in " + settings.url() + " now: all tables have the same rows as before.");
                saldo.say(saldo.home().database().resolve("books.mv.db")
                        + " is not used any more. Keep it until a night has run, then delete it.");
                return ExitCode.DONE;
            }
        }
    }
}
