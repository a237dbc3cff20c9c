package io.saldo.app.command;

import io.saldo.app.run.RunConfiguration;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The close of a month. */
@Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = {
            "Closes a month account by account and drafts the invoices.",
            "An account with a blocking break or an incomplete statement stays open and is listed; the others close.",
            "Run it again when the breaks are decided: it takes the accounts that are still open."
        })
final class CloseCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month.")
    YearMonth month = YearMonth.of(1970, 1);

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The date of the close (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    @Option(
            names = "--waive",
            paramLabel = "CODE[:ACCOUNT]",
            description = "Close in spite of breaks of this code, for all accounts or one. It is kept who was waived.")
    List<String> waivers = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        for (String waiver : waivers) {
            String code = waiver.contains(":") ? waiver.substring(0, waiver.indexOf(':')) : waiver;
            try {
                BreakCode.valueOf(code);
            } catch (IllegalArgumentException unknown) {
                throw new ProblemException(
                        ProblemCode.USAGE, Place.NOWHERE, "--waive " + waiver + ": no break code " + code);
            }
        }
        return new ToldRuns(saldo).during((session, nights) -> {
            RunConfiguration configuration = session.configuration();
            LocalDate on = saldo.on(date, session);
            saldo.requireOver(month, session);
            nights.warn(configuration);
            nights.resume();
            return ExitCode.of(nights.close(configuration, on, month, waivers));
        });
    }
}
