package io.saldo.app.command;

import io.saldo.app.explanation.EventExplanation;
import io.saldo.app.explanation.Facts;
import io.saldo.app.explanation.StatementExplanation;
import io.saldo.app.explanation.Whereabouts;
import io.saldo.app.statement.RevisionInputs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.Json;
import io.saldo.app.store.StatementStore;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.Explanation;
import io.saldo.statement.Statements;
import java.io.IOException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Tells how an amount came to be. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells how the figures of an account's month came to be, step by step, down to the delivered line.",
            "Without --event: totals, each line with its price row and calculation, what grants paid on which day, what it"
                    + " was computed from, and how it was rounded into the invoice.",
            "With --event: the record as it was delivered, how its account and its price were found and which rows did"
                    + " not fit, each grant in the order of burn-down, and who pays the rest. An event of a closed month is"
                    + " told with the month whose statement has it as late usage, with what each close knew of it.",
            "The statement is computed again from what its run knew and must come to the stored result. Nothing is"
                    + " written."
        },
        footer = {
            "",
            "Examples:",
            "  saldo explain --account acc-1001 --month 2026-10",
            "  saldo explain --account acc-1001 --month 2026-10 --event req-17",
            "  saldo --json explain --account acc-1001 --month 2026-10 --revision 3"
        })
final class ExplainCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--account", required = true, paramLabel = "ACCOUNT", description = "The account.")
    String account = "";

    @Option(names = "--month", required = true, paramLabel = "YYYY-MM", description = "The month of the statement.")
    YearMonth month = YearMonth.of(1970, 1);

    @Option(names = "--event", paramLabel = "EVENT_ID", description = "One event of it.")
    @Nullable
    String event;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of the id, where several have it (default: the one that has it).")
    @Nullable
    String namespace;

    @Option(names = "--revision", paramLabel = "N", description = "The statement's revision (default: the latest).")
    @Nullable
    Integer revision;

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            Facts facts = facts(session);
            if (saldo.json) {
                saldo.out.println(Json.write(facts.values()));
            } else {
                saldo.out.print(Outline.of(facts.values()));
                saldo.out.flush();
            }
            return ExitCode.DONE;
        }
    }

    private Facts facts(Session session) throws IOException {
        StatementRevision stored = revision(session.get(StatementStore.class));
        RevisionInputs.Inputs inputs = session.get(RevisionInputs.class).of(session.home(), stored);
        StatementExplanation statement = session.get(StatementExplanation.class);
        if (event == null) {
            return statement.of(stored, inputs, Statements.explain(inputs.input(), Map.of()));
        }
        EventExplanation events = session.get(EventExplanation.class);
        List<StoredEvent> rows = inOneNamespace(events.rows(session.home(), inputs, event));
        Map<YearMonth, Set<Integer>> indexes = events.indexes(rows, inputs.input());
        if (indexes.isEmpty()) {
            throw elsewhere(session, inputs, event);
        }
        Explanation explanation = Statements.explain(inputs.input(), indexes);
        Facts facts = statement.header(stored, inputs, explanation.statement());
        events.tell(session.home(), inputs, explanation, rows, facts);
        return facts;
    }

    private StatementRevision revision(StatementStore statements) {
        Optional<StatementRevision> found = revision == null
                ? statements.latest(account, month.toString())
                : statements.find(account, month.toString(), revision);
        return found.orElseThrow(() -> {
            List<String> months = statements.months(account);
            String shown = Table.printable(account);
            return notFound(
                    months.isEmpty()
                            ? "account " + shown + " has no statement"
                            : !months.contains(month.toString())
                                    ? "account " + shown + " has no statement of " + month + "; it has those of "
                                            + String.join(", ", months)
                                    : "the statement of " + shown + " of " + month + " has no revision " + revision
                                            + "; the latest is "
                                            + statements
                                                    .latest(account, month.toString())
                                                    .map(StatementRevision::revision)
                                                    .orElse(0));
        });
    }

    private List<StoredEvent> inOneNamespace(List<StoredEvent> rows) {
        Set<String> namespaces = new TreeSet<>();
        rows.forEach(row -> namespaces.add(row.namespace()));
        if (namespace != null) {
            return rows.stream()
                    .filter(row -> row.namespace().equals(namespace))
                    .toList();
        }
        if (namespaces.size() > 1) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "several namespaces have event " + Table.printable(String.valueOf(event))
                            + ": name one with --namespace, " + Table.printable(String.join(", ", namespaces)));
        }
        return rows;
    }

    private ProblemException elsewhere(Session session, RevisionInputs.Inputs inputs, String wanted)
            throws IOException {
        List<String> told = session.get(Whereabouts.class)
                .of(
                        session.home(),
                        account,
                        month.toString(),
                        wanted,
                        inputs.run().id());
        return notFound("the statement of " + Table.printable(account) + " of " + month + " has no event "
                + Table.printable(wanted) + ": "
                + (told.isEmpty()
                        ? "nothing that was delivered has that id"
                        : Table.printable(String.join("; ", told))));
    }

    private static ProblemException notFound(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, what);
    }
}
