package io.saldo.app.command;

import io.saldo.app.invoice.InvoiceBook;
import io.saldo.app.run.Run;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Rejects what was drafted for an account-month. */
@Command(
        name = "reject",
        mixinStandardHelpOptions = true,
        description = {
            "Rejects the draft of an account-month and opens the month again, while nothing of it is issued.",
            "What the close posted is posted the other way round. Correct what was wrong, run a night, close the month"
                    + " again: that makes a new draft. Waivers of the close have to be said again.",
            "",
            "  saldo invoices reject --month 2026-10 --account a-17 --by \"M. Weber\" --note \"price of gpt-5 is wrong\""
        })
final class RejectCommand implements Callable<Integer> {
    @ParentCommand
    InvoicesCommand parent = new InvoicesCommand();

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The service month.")
    YearMonth month = YearMonth.of(1970, 1);

    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", description = "Whose draft it is.")
    String account = "";

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who rejects.")
    String by = "";

    @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why; kept for ever.")
    String note = "";

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "When (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    @Override
    public Integer call() throws IOException {
        DecideCommand.requireText("--by", by, true, DecideCommand.NAME_LENGTH_MAX);
        DecideCommand.requireText("--note", note, true, DecideCommand.NOTE_LENGTH_MAX);
        try (Session session = parent.saldo.open()) {
            List<Run> unfinished = session.get(RunStore.class).unfinished();
            if (!unfinished.isEmpty()) {
                throw new ProblemException(
                        ProblemCode.WRONG_STATE,
                        Place.NOWHERE,
                        "run " + unfinished.get(0).id() + " was interrupted: 'saldo resume' first");
            }
            List<Stored> ofMonth = session.get(InvoiceStore.class).ofAccountMonth(account, month).stream()
                    .filter(invoice -> invoice.dispute() == 0)
                    .toList();
            if (ofMonth.isEmpty()) {
                throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, account + " has no draft of " + month);
            }
            Stored latest = ofMonth.get(ofMonth.size() - 1);
            session.get(InvoiceBook.class).reject(latest, by, note, parent.saldo.on(date, session));
            parent.saldo.say(account + " " + month + " is " + State.REJECTED.word() + " and open again");
            return ExitCode.DONE;
        }
    }
}
