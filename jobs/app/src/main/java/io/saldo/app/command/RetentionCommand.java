package io.saldo.app.command;

import io.saldo.app.config.Settings;
import io.saldo.app.retention.Retention;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lets go what is old. */
@Command(
        name = "retention",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what is older than the section 'retention' of application.yml keeps it; with --delete it goes.",
            "Usage, identity, statements, documents and the books never go. An archived delivery stays while records of it are"
                    + " held, a break about it or a month of it is not resolved, a month of it is open or disputed, or an"
                    + " invoice of such a month is not published or not paid. A copy of a file that came again goes by its"
                    + " age alone.",
            "What goes is listed in the books first: 'verify' tells it as dropped, not as damaged."
        },
        footer = {
            "",
            "Example:",
            "  saldo retention",
            "  saldo backup --to /backup/before-retention",
            "  saldo retention --delete"
        })
final class RetentionCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The date from which ages are counted (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    @Option(names = "--delete", description = "Let it go. Without this nothing is changed.")
    boolean delete;

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            Settings settings = session.configuration().configuration().settings();
            LocalDate on = saldo.on(date, session);
            Retention retention = session.get(Retention.class);
            List<Retention.Candidate> plan = retention.plan(session.home(), settings.retention(), on);
            if (delete) {
                retention.drop(session.home(), plan, on);
            }
            Table table = new Table("path", "night", "bytes", "rule", "stays_because");
            plan.forEach(each -> table.row(each.path(), each.night(), each.bytes(), each.rule(), each.keptFor()));
            table.print(saldo);
            long files = plan.stream().filter(Retention.Candidate::goes).count();
            long bytes = plan.stream()
                    .filter(Retention.Candidate::goes)
                    .mapToLong(Retention.Candidate::bytes)
                    .sum();
            saldo.say(files + " with " + bytes + " bytes " + (delete ? "went" : "would go; with --delete they do")
                    + ", " + (plan.size() - files) + " stay");
            return ExitCode.DONE;
        }
    }
}
