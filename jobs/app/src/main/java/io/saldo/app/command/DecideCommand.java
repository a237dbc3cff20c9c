package io.saldo.app.command;

import io.saldo.app.config.Opening;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.RunStore;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.Decision;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A person's decision on breaks: all that are named, or none. */
abstract class DecideCommand implements Callable<Integer> {
    static final int NAME_LENGTH_MAX = 200;
    static final int NOTE_LENGTH_MAX = 2_000;

    @ParentCommand
    BreaksCommand parent = new BreaksCommand();

    @Parameters(paramLabel = "BREAK_ID", arity = "0..*", description = "As 'breaks list' shows them.")
    List<String> breakIds = List.of();

    @Mixin
    BreaksCommand.Filter filter = new BreaksCommand.Filter();

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decides.")
    String by = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept for ever.")
    String note = "";

    @Option(
            names = "--date",
            paramLabel = "YYYY-MM-DD",
            description = "The date that the decision counts for (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    private final Decision decision;

    DecideCommand(Decision decision) {
        this.decision = decision;
    }

    @Override
    public Integer call() throws IOException {
        requireText("--by", by, true, NAME_LENGTH_MAX);
        requireText("--note", note, decision.needsNote(), NOTE_LENGTH_MAX);
        if (breakIds.isEmpty() && filter.code == null) {
            throw usage("name the breaks, or all of a code with --code");
        }
        if (!breakIds.isEmpty() && (filter.code != null || filter.account != null || filter.month != null)) {
            throw usage("either name the breaks, or select them with --code, --account and --month");
        }
        Saldo saldo = parent.saldo;
        try (Session session = saldo.open()) {
            LocalDate on = saldo.on(date, session);
            BreakStore breaks = session.get(BreakStore.class);
            DecisionStore decisions = session.get(DecisionStore.class);
            List<BreakCase> chosen = chosen(breaks);
            requireDecidable(chosen, session.configuration().configuration().openings());
            Table table = new Table("decision", "break_id", "code", "account", "period", "was", "is", "by", "on");
            new TransactionTemplate(session.get(PlatformTransactionManager.class)).executeWithoutResult(status -> {
                for (BreakCase each : chosen) {
                    BreakDecision entered = decisions.decide(each, decision, on, saldo.clock.instant(), by, note);
                    BreakCase after = each.decided(entered);
                    table.row(
                            entered.number(),
                            each.id(),
                            each.code(),
                            each.accountId(),
                            each.period(),
                            each.state().word(),
                            after.isUnresolved()
                                    ? after.state().word()
                                    : after.resolution().word(),
                            by,
                            on);
                }
            });
            table.print(saldo);
            if (!session.get(RunStore.class).unfinished().isEmpty()) {
                saldo.say("A run was interrupted before this was decided. It does not know it; the next one does.");
            }
            return ExitCode.DONE;
        }
    }

    private List<BreakCase> chosen(BreakStore breaks) {
        if (breakIds.isEmpty()) {
            List<BreakCase> selected = breaks.select(filter.selection(true));
            if (selected.isEmpty()) {
                throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no such break is unresolved");
            }
            return selected;
        }
        List<BreakCase> named = new ArrayList<>();
        for (String breakId : new LinkedHashSet<>(breakIds)) {
            named.add(BreaksCommand.get(breaks, breakId));
        }
        return named;
    }

    private void requireDecidable(List<BreakCase> chosen, Map<String, Opening> openings) {
        List<Problem> problems = new ArrayList<>();
        for (BreakCase each : chosen) {
            Optional<String> refusal = each.refusal(decision).or(() -> settledElsewhere(each, openings));
            refusal.ifPresent(why ->
                    problems.add(Problem.of(ProblemCode.DECISION_NOT_POSSIBLE, Place.NOWHERE, Table.printable(why))));
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    /** Why late usage cannot be charged although its code can: the months before a go-live are another system's. */
    private Optional<String> settledElsewhere(BreakCase each, Map<String, Opening> openings) {
        Opening golive = openings.get(each.accountId());
        boolean before = decision == Decision.CHARGE
                && each.code() == BreakCode.USAGE_LATE
                && golive != null
                && YearMonth.parse(each.period()).isBefore(golive.month());
        return before
                ? Optional.of(each.id() + " is of " + each.period() + ", before the go-live of " + each.accountId()
                        + ": what was used then was settled elsewhere")
                : Optional.empty();
    }

    static void requireText(String option, String text, boolean required, int lengthMax) {
        if (required && text.isBlank()) {
            throw usage(
                    option + " is missing: a decision says who decided" + (option.equals("--note") ? " and why" : ""));
        }
        if (text.length() > lengthMax) {
            throw usage(option + " has " + text.length() + " characters; " + lengthMax + " are kept");
        }
    }

    private static ProblemException usage(String what) {
        return new ProblemException(ProblemCode.USAGE, Place.NOWHERE, what);
    }

    /** Acknowledges. */
    @Command(
            name = "ack",
            mixinStandardHelpOptions = true,
            description = {
                "Says that somebody works on a break. It stays open, and its grace is over.",
                "",
                "  saldo breaks ack B-10732b2f5ab9 --by \"M. Weber\" --note \"asked the bank\""
            })
    static final class Acknowledge extends DecideCommand {
        Acknowledge() {
            super(Decision.ACKNOWLEDGE);
        }
    }

    /** Resolves as fixed. */
    @Command(
            name = "resolve",
            mixinStandardHelpOptions = true,
            description = {
                "Says that what was wrong has been mended. A later night that finds it again reopens the break.",
                "",
                "  saldo breaks resolve B-10732b2f5ab9 --by \"M. Weber\" --note \"delivered again\""
            })
    static final class Resolve extends DecideCommand {
        Resolve() {
            super(Decision.RESOLVE);
        }
    }

    /** Accepts. */
    @Command(
            name = "accept",
            mixinStandardHelpOptions = true,
            description = {
                "Accepts a difference as it is. It blocks no close any more, and stays accepted while its figures stay:"
                        + " another figure, or another event of its kind, reopens the break.",
                "An accepted gap of a balance is no news in later months.",
                "Usage that nobody paid or that has no price is not accepted but waived.",
                "",
                "  saldo breaks accept B-10732b2f5ab9 --by \"M. Weber\" --note \"rounding of the live system\"",
                "  saldo breaks accept --code SOURCE_SILENT --month 2026-10 --by \"M. Weber\" --note \"holidays\""
            })
    static final class Accept extends DecideCommand {
        Accept() {
            super(Decision.ACCEPT);
        }
    }

    /** Charges. */
    @Command(
            name = "charge",
            mixinStandardHelpOptions = true,
            description = {
                "Charges usage that nobody paid: what was served without credit, overage above the cap, late usage.",
                "It covers the amount that the break shows, whatever the cap says, without a surcharge. The next run"
                        + " charges it as a line of its own: with the month itself while that is open, else with the"
                        + " account's oldest open month. Credit that is booked before the month is closed comes first.",
                "Late usage that 'late-usage: report-only' leaves out is charged as 'next-invoice' would do it: with the"
                        + " oldest open month, at the prices, terms, tiers and cap of its own. What comes later reopens the"
                        + " break, and nothing of it is charged until that is decided too.",
                "",
                "  saldo breaks charge B-10732b2f5ab9 --by \"M. Weber\" --note \"agreed with the customer\""
            })
    static final class Charge extends DecideCommand {
        Charge() {
            super(Decision.CHARGE);
        }
    }

    /** Waives. */
    @Command(
            name = "waive",
            mixinStandardHelpOptions = true,
            description = {
                "Leaves usage uncharged: what was served without credit, overage above the cap, usage without a price.",
                "Its account-month can be closed then. It covers the amount that the break shows.",
                "",
                "  saldo breaks waive B-10732b2f5ab9 --by \"M. Weber\" --note \"our outage, ticket 4711\""
            })
    static final class Waive extends DecideCommand {
        Waive() {
            super(Decision.WAIVE);
        }
    }
}
