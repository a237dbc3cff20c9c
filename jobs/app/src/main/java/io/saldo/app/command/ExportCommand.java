package io.saldo.app.command;

import io.saldo.app.export.MonthExport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The export files of a month. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a month's statements, balances, breaks, deliveries, invoices and journal as CSV.")
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month.")
    YearMonth month = YearMonth.of(1970, 1);

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to; files there are replaced.")
    Path folder = Path.of("");

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            session.get(MonthExport.class)
                    .write(
                            month,
                            session.home(),
                            session.configuration().configuration().settings(),
                            folder);
            saldo.say(MonthExport.COLUMNS.size() + " files written to " + folder);
            return ExitCode.DONE;
        }
    }
}
