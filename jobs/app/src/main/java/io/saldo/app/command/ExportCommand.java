package io.saldo.app.command;

import io.saldo.app.export.DatevExport;
import io.saldo.app.export.ExportFormat;
import io.saldo.app.export.FocusExport;
import io.saldo.app.export.MonthExport;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The export files of a month. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what the books say of a month, for other programs. Files of the same names are replaced.",
            "",
            "books  statements, lines, drawdowns, grants, daily balances, breaks, deliveries, invoices, journal",
            "focus  the month's charges of all accounts as FOCUS 1.2 rows",
            "datev  the journal as DATEV booking batches (EXTF 700, Buchungsstapel 13)",
            "",
            "In Parquet, amounts are plain decimal text: cast them, as in amount::decimal(38, 12)."
        })
final class ExportCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month.")
    YearMonth month = YearMonth.of(1970, 1);

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Where to.")
    Path folder = Path.of("");

    @Option(
            names = "--what",
            paramLabel = "books|focus|datev",
            description = "What is written (default: ${DEFAULT-VALUE}).")
    What what = What.books;

    @Option(
            names = "--format",
            paramLabel = "csv|parquet",
            description = "How (default: csv). A DATEV batch has a form of its own.")
    String format = "";

    /** Named as they are typed. */
    enum What {
        /** The books. */
        books,
        /** Charges in the form of the FinOps foundation. */
        focus,
        /** The journal for DATEV. */
        datev
    }

    @Override
    public Integer call() throws IOException {
        ExportFormat form = format();
        try (Session session = saldo.open()) {
            int files =
                    switch (what) {
                        case books -> session.get(MonthExport.class).write(month, session.home(), folder, form);
                        case focus -> {
                            session.get(FocusExport.class)
                                    .write(
                                            month,
                                            session.home(),
                                            session.configuration().configuration(),
                                            folder,
                                            form);
                            yield 1;
                        }
                        case datev ->
                            session.get(DatevExport.class)
                                    .write(month, session.configuration().configuration(), folder);
                    };
            saldo.say(files + (files == 1 ? " file" : " files") + " written to " + folder);
            return ExitCode.DONE;
        }
    }

    private ExportFormat format() {
        if (what == What.datev && !format.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.USAGE, Place.NOWHERE, "a DATEV batch has a form of its own: leave --format out");
        }
        String word = format.isEmpty() ? ExportFormat.CSV.word() : format.toLowerCase(Locale.ROOT);
        for (ExportFormat each : ExportFormat.values()) {
            if (each.word().equals(word)) {
                return each;
            }
        }
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "--format " + format + " is not csv or parquet");
    }
}
