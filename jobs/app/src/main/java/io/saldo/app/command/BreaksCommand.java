package io.saldo.app.command;

import io.saldo.app.store.BreakStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Breaks. */
@Command(
        name = "breaks",
        mixinStandardHelpOptions = true,
        description = "Lists and shows discrepancies.",
        subcommands = {BreaksCommand.ListCommand.class, BreaksCommand.ShowCommand.class})
final class BreaksCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "name what to do: list or show");
    }

    /** Lists. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the breaks that are not resolved. * blocks the close of its account.")
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        BreaksCommand parent = new BreaksCommand();

        @Option(names = "--all", description = "Resolved ones too.")
        boolean all;

        @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.")
        @Nullable String account;

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Table table = new Table(
                        "break_id",
                        "code",
                        "state",
                        "account",
                        "subject",
                        "period",
                        "difference",
                        "currency",
                        "first_seen");
                for (BreakCase each : session.get(BreakStore.class).all()) {
                    if ((all || each.isUnresolved())
                            && (account == null || each.accountId().equals(account))) {
                        table.row(
                                each.id(),
                                each.code() + (each.code().blocksClose() ? "*" : ""),
                                each.state().word(),
                                each.accountId(),
                                each.subject(),
                                each.period(),
                                each.difference(),
                                each.currency(),
                                each.firstSeen());
                    }
                }
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }
    }

    /** Shows one. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Shows a break: figures, cause, evidence, history and what to do.")
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        BreaksCommand parent = new BreaksCommand();

        @Parameters(paramLabel = "BREAK_ID", description = "As 'breaks list' shows it.")
        String breakId = "";

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                BreakStore breaks = session.get(BreakStore.class);
                BreakCase each = breaks.find(breakId)
                        .orElseThrow(() ->
                                new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no break " + breakId));
                Table table = new Table("field", "value");
                table.row("break_id", each.id());
                table.row("code", each.code());
                table.row("meaning", each.code().meaning());
                table.row("subject", each.subject());
                table.row("period", each.period());
                table.row("account", each.accountId());
                table.row("severity", each.severity().word());
                table.row("state", each.state().word());
                table.row("resolution", each.resolution().word());
                table.row("expected", each.expected());
                table.row("actual", each.actual());
                table.row("difference", each.difference());
                table.row("currency", each.currency());
                table.row("cause", each.cause());
                table.row("evidence", each.evidence());
                table.row("first_seen", each.firstSeen());
                table.row("last_seen", each.lastSeen());
                table.row("occurrences", each.occurrences());
                table.row("grace_until", each.graceUntil());
                table.row("remedy", each.code().remedy());
                for (BreakStore.Change change : breaks.history(each.id())) {
                    table.row(
                            "history",
                            change.changedOn() + " " + change.state() + " " + change.resolution() + " "
                                    + change.decidedBy() + " " + change.note());
                }
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }
    }
}
