package io.saldo.app.command;

import io.saldo.app.store.BreakStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.BreakState;
import io.saldo.reconcile.Decision;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Breaks. */
@Command(
        name = "breaks",
        mixinStandardHelpOptions = true,
        description = {
            "Lists and shows discrepancies, and takes what persons decide about them.",
            "",
            "A break is pending while its grace lasts, then open, acknowledged when somebody works on it, and resolved:"
                    + " auto (a night no longer finds it), fixed, accepted or waived (a person's decision).",
            "A break of a state, such as a missing payment, resolves by itself when the state is gone. One that tells of"
                    + " an event, such as a rejected record, stays until it is decided. A decided break is reopened"
                    + " when a night finds something that the decision did not cover: another figure, say.",
            "",
            "  saldo breaks list --account acc-1007 --month 2026-10",
            "  saldo breaks show B-10732b2f5ab9",
            "  saldo breaks accept B-10732b2f5ab9 --by \"M. Weber\" --note \"rounding of the live system, ticket 4711\""
        },
        subcommands = {
            BreaksCommand.ListCommand.class,
            BreaksCommand.ShowCommand.class,
            DecideCommand.Acknowledge.class,
            DecideCommand.Resolve.class,
            DecideCommand.Accept.class,
            DecideCommand.Charge.class,
            DecideCommand.Waive.class
        })
final class BreaksCommand implements Runnable {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Override
    public void run() {
        throw new ProblemException(
                ProblemCode.USAGE,
                Place.NOWHERE,
                "name what to do: list, show, "
                        + Arrays.stream(Decision.values()).map(Decision::word).collect(Collectors.joining(", ")));
    }

    /** Which breaks a command is about. */
    static final class Filter {
        @Option(names = "--code", paramLabel = "CODE", description = "Only this code, such as PAYMENT_MISSING.")
        @Nullable
        BreakCode code;

        @Option(names = "--account", paramLabel = "ACCOUNT", description = "Only this account.")
        @Nullable
        String account;

        @Option(
                names = "--month",
                paramLabel = "YYYY-MM",
                description = "Only this month, and the days and windows in it.")
        @Nullable
        YearMonth month;

        BreakStore.Selection selection(boolean unresolved) {
            return new BreakStore.Selection(unresolved, code, account, month == null ? null : month.toString());
        }
    }

    /** Lists. */
    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the breaks that are not resolved. * blocks the close of its account.")
    static final class ListCommand implements Callable<Integer> {
        @ParentCommand
        BreaksCommand parent = new BreaksCommand();

        @picocli.CommandLine.Mixin
        Filter filter = new Filter();

        @Option(names = "--all", description = "Resolved ones too.")
        boolean all;

        @Option(
                names = "--state",
                paramLabel = "STATE",
                description = "Only this state: pending, open, acknowledged or resolved.")
        @Nullable
        BreakState state;

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
                boolean unresolved = !all && state != BreakState.RESOLVED;
                for (BreakCase each : session.get(BreakStore.class).select(filter.selection(unresolved))) {
                    if (state == null || each.state() == state) {
                        table.row(
                                each.id(),
                                each.code() + (each.code().blocksClose() ? "*" : ""),
                                stateOf(each),
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

    private static String stateOf(BreakCase each) {
        return each.isUnresolved() ? each.state().word() : each.resolution().word();
    }

    /** Shows one. */
    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = {
                "Shows a break: figures, cause, evidence, what can be decided, and its history.",
                "The history has each state in which a run left it, and each decision with the figures and the evidence"
                        + " that it was made on."
            })
    static final class ShowCommand implements Callable<Integer> {
        @ParentCommand
        BreaksCommand parent = new BreaksCommand();

        @Parameters(paramLabel = "BREAK_ID", description = "As 'breaks list' shows it.")
        String breakId = "";

        @Override
        public Integer call() throws IOException {
            try (Session session = parent.saldo.open()) {
                BreakStore breaks = session.get(BreakStore.class);
                DecisionStore decisions = session.get(DecisionStore.class);
                BreakCase each = get(breaks, breakId);
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
                table.row(
                        "decisions",
                        Arrays.stream(Decision.values())
                                .filter(decision -> each.refusal(decision).isEmpty())
                                .map(Decision::word)
                                .collect(Collectors.joining(", ")));
                history(table, breaks.history(each.id()), decisions.ofBreak(each.id()));
                table.print(parent.saldo);
                return ExitCode.DONE;
            }
        }

        /** A decision stands before the first run that knew it. */
        private static void history(Table table, List<BreakStore.Change> changes, List<BreakDecision> decisions) {
            int next = 0;
            for (BreakStore.Change change : changes) {
                while (next < decisions.size() && decisions.get(next).number() <= change.lastDecision()) {
                    table.row("history", told(decisions.get(next++)));
                }
                String resolution = change.resolution().word();
                table.row(
                        "history",
                        change.changedOn() + " " + change.state().word()
                                + (resolution.isEmpty() ? "" : " (" + resolution + ")") + " by run "
                                + change.runId());
            }
            while (next < decisions.size()) {
                table.row("history", told(decisions.get(next++)));
            }
        }

        private static String told(BreakDecision each) {
            BreakCase frozen = each.frozen();
            return each.decidedOn() + " " + each.decision().word() + " by " + each.decidedBy()
                    + (each.note().isEmpty() ? "" : ": " + each.note())
                    + " (decision " + each.number() + ", entered " + each.decidedAt()
                    + (frozen.difference() == null
                            ? ""
                            : ", difference " + frozen.difference()
                                    + (frozen.currency().isEmpty() ? "" : " " + frozen.currency()))
                    + ", evidence: " + frozen.evidence() + ")";
        }
    }

    static BreakCase get(BreakStore breaks, String breakId) {
        return breaks.find(breakId)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no break " + breakId));
    }
}
