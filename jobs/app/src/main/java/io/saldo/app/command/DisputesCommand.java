package io.saldo.app.command;

import io.saldo.app.dispute.DisputeApproval;
import io.saldo.app.dispute.RepeatedHistory;
import io.saldo.app.dispute.Rerun;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.app.store.InvoiceStore;
import io.saldo.dispute.UsageBill;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.StatementLine;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What can be done with disputes. */
final class DisputesCommand {
    private DisputesCommand() {}

    /** Lists. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all disputes with their difference.")
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        RerunCommand parent = new RerunCommand();

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                DisputeStore disputes = session.get(DisputeStore.class);
                Table table = new Table(
                        "id", "account", "month", "state", "opened", "usage", "credit", "due", "decided", "by",
                        "reason");
                for (Dispute each : disputes.all()) {
                    UsageBill difference = each.revision() == 0
                            ? UsageBill.none(each.request().month())
                            : disputes.outcome(each.id()).difference();
                    table.row(
                            each.id(),
                            each.request().accountId(),
                            each.request().month(),
                            each.state().word(),
                            each.openedOn(),
                            difference.sum(StatementLine::amount),
                            difference.sum(StatementLine::credit),
                            difference.due(),
                            each.decidedOn() == null ? "" : each.decidedOn(),
                            each.decidedBy(),
                            each.request().reason());
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
            description = "Shows a dispute: each line that differs, each grant, its documents and its decision.")
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        RerunCommand parent = new RerunCommand();

        @Parameters(paramLabel = "ID", description = "The id that 'rerun list' shows.")
        long id;

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Dispute dispute = find(session, id);
                parent.saldo.say("dispute " + id + " of " + dispute.request().accountId() + " "
                        + dispute.request().month() + ", " + dispute.state().word() + ": "
                        + Table.printable(dispute.request().reason()));
                dispute.request()
                        .excluded()
                        .forEach(each -> parent.saldo.say("excluded: " + Table.printable(each.eventId())));
                if (dispute.decidedOn() != null) {
                    parent.saldo.say(dispute.state().word() + " on " + dispute.decidedOn() + " by "
                            + Table.printable(dispute.decidedBy() + " " + dispute.note()));
                }
                if (dispute.revision() > 0) {
                    UsageBill difference =
                            session.get(DisputeStore.class).outcome(id).difference();
                    Table table = new Table("what", "quantity", "usage", "credit", "due");
                    for (StatementLine line : difference.lines()) {
                        table.row(
                                String.join(" ", line.provider(), line.model(), line.meterWord())
                                        .strip(),
                                line.quantity(),
                                line.amount(),
                                line.credit(),
                                line.payg().plus(line.overage()));
                    }
                    table.row("surcharge", "", "", "", difference.surcharge());
                    difference
                            .drawnByCredit()
                            .forEach((credit, amount) -> table.row("credit " + credit, "", "", amount, ""));
                    table.print(parent.saldo);
                    parent.saldo.say("the difference: " + Rerun.folder(session.home(), dispute));
                }
                session.get(InvoiceStore.class).ofMonth(dispute.request().month()).stream()
                        .filter(each -> each.dispute() == id)
                        .forEach(each -> parent.saldo.say("document: " + each.number() + " "
                                + each.state().word() + ", total "
                                + each.draft().invoice().total() + " " + each.fileName()));
                return ExitCode.DONE;
            }
        }
    }

    /** Which dispute, and who decides. */
    static final class Decision {
        @Parameters(paramLabel = "ID", description = "The id that 'rerun list' shows.")
        long id;

        @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides.")
        String by = "";

        @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "When (default: yesterday).")
        @Nullable
        LocalDate date;

        DisputeApproval.Decision of(Saldo saldo, Session session, String note, boolean noteRequired, int extendDays)
                throws IOException {
            DecideCommand.requireText("--by", by, true, DecideCommand.NAME_LENGTH_MAX);
            DecideCommand.requireText("--note", note, noteRequired, DecideCommand.NOTE_LENGTH_MAX);
            return new DisputeApproval.Decision(by, note, saldo.on(date, session), saldo.clock.instant(), extendDays);
        }
    }

    /** Approves. */
    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = {
                "Approves a dispute: a person's decision, kept with the name.",
                "Credit goes back to the grants that paid, or is drawn from them, in the oldest open month with the next"
                        + " night. Where something is due, a credit note or an invoice is issued against the original.",
                "Credit that expired meanwhile expires at once, or pays until so many days after the decision."
            })
    static final class ApproveCommand implements Callable<Integer> {
        @ParentCommand
        RerunCommand parent = new RerunCommand();

        @Mixin
        Decision decision = new Decision();

        @Option(names = "--note", paramLabel = "TEXT", description = "Kept with the decision.")
        String note = "";

        @Option(
                names = "--extend-days",
                paramLabel = "N",
                description = "Days after the decision on which credit that expired meanwhile still pays.")
        int extendDays;

        @Override
        public Integer call() throws IOException {
            if (extendDays < 0) {
                throw new ProblemException(ProblemCode.USAGE, Place.NOWHERE, "--extend-days counts from 0 on");
            }
            try (Session session = parent.saldo.open()) {
                Dispute dispute = find(session, decision.id);
                DisputeApproval.Decision decided = decision.of(parent.saldo, session, note, false, extendDays);
                boolean document = session.get(DisputeApproval.class)
                        .approve(session.home(), session.configuration().configuration(), dispute, decided);
                parent.saldo.say("dispute " + dispute.id() + " is approved by " + decision.by
                        + "; the next night moves the credit");
                if (document) {
                    InvoicesCommand.issue(
                            parent.saldo,
                            session,
                            dispute.request().month(),
                            dispute.request().accountId(),
                            decided.on());
                }
                session.get(InvoiceStore.class).ofMonth(dispute.request().month()).stream()
                        .filter(each -> each.dispute() == dispute.id())
                        .forEach(each -> parent.saldo.say(each.number() + ", total "
                                + each.draft().invoice().total() + ": "
                                + session.home().invoices().resolve(each.fileName())));
                return ExitCode.DONE;
            }
        }
    }

    /** Discards. */
    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Discards a dispute: its revision and its difference stay for the record, nothing moves.")
    static final class DiscardCommand implements Callable<Integer> {
        @ParentCommand
        RerunCommand parent = new RerunCommand();

        @Mixin
        Decision decision = new Decision();

        @Option(names = "--note", required = true, paramLabel = "TEXT", description = "Why; kept for ever.")
        String note = "";

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                Dispute dispute = find(session, decision.id);
                session.get(DisputeApproval.class).discard(dispute, decision.of(parent.saldo, session, note, true, 0));
                parent.saldo.say("dispute " + dispute.id() + " is discarded by " + decision.by);
                return ExitCode.DONE;
            }
        }
    }

    /** Repeats history, and says whether it comes to what is stored. */
    static int repeat(Saldo saldo, Session session, String account, YearMonth month, Instant asKnownOn)
            throws IOException {
        RepeatedHistory.Repeated repeated =
                session.get(RepeatedHistory.class).of(session.home(), account, month, asKnownOn);
        Table table = new Table("what", "stored", "repeated");
        repeated.figures().forEach(each -> table.row(each.name(), each.stored(), each.repeated()));
        table.print(saldo);
        saldo.say(account + " " + month + ", revision " + repeated.revision() + " of run " + repeated.run() + ": "
                + (repeated.isReproduced() ? "reproduced to the last digit" : "NOT reproduced")
                + (repeated.isInvoiced() ? ", and it is what was invoiced" : ", and it was never invoiced"));
        return repeated.isReproduced() ? ExitCode.DONE : ExitCode.VERIFICATION_FAILED;
    }

    private static Dispute find(Session session, long id) {
        return session.get(DisputeStore.class)
                .find(id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "there is no dispute " + id));
    }
}
