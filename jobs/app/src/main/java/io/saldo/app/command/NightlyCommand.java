package io.saldo.app.command;

import io.saldo.app.run.RunConfiguration;
import io.saldo.reconcile.Verdict;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** One night. */
@Command(
        name = "nightly",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the deliveries of the inbox, rates and draws down, reconciles, reports.",
            "Interrupted runs are finished first. The same date may run again, for example after a corrected price.",
            "The report lies in out/nights/DATE/."
        })
final class NightlyCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The business date (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    @Option(
            names = "--fail-on",
            paramLabel = "VERDICT",
            converter = VerdictConverter.class,
            description =
                    "Ends with 3 at this verdict or a worse one: warnings, pending, or breaks (default). With incomplete,"
                            + " open breaks end with 0 too. A night without a conclusion always ends with 4.")
    Verdict failOn = Verdict.BREAKS;

    @Override
    public Integer call() throws Exception {
        return new ToldRuns(saldo).during((session, nights) -> {
            RunConfiguration configuration = session.configuration();
            LocalDate night = saldo.on(date, session);
            nights.warn(configuration);
            nights.resume();
            String verdict = nights.night(configuration, night);
            saldo.say("report: " + session.home().nightReports(night).resolve("night-report.pdf"));
            return ExitCode.of(verdict, failOn);
        });
    }

    /** A verdict by its word; not the best one, on which nothing fails. */
    static final class VerdictConverter implements CommandLine.ITypeConverter<Verdict> {
        @Override
        public Verdict convert(String word) {
            for (Verdict verdict : Verdict.values()) {
                if (verdict.word().equals(word) && verdict != Verdict.RECONCILED) {
                    return verdict;
                }
            }
            throw new CommandLine.TypeConversionException("it is incomplete, breaks, warnings or pending");
        }
    }
}
