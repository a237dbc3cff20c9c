package io.saldo.app.command;

import io.saldo.app.finance.FinanceReporting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The finance report of a month. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the finance report of a month: deferred revenue, breakage, who pays for usage, tax, change to last month.",
            "It lies in out/finance/MONTH/ as finance-report.pdf, .xlsx and .json, and each table as CSV.",
            "'close' writes it too. Write it again after invoices were issued, so that it names their numbers."
        })
final class ReportCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month.")
    YearMonth month = YearMonth.of(1970, 1);

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            Path folder = session.get(FinanceReporting.class)
                    .write(month, session.home(), session.configuration().configuration());
            saldo.say("report: " + folder.resolve("finance-report.pdf"));
            return ExitCode.DONE;
        }
    }
}
