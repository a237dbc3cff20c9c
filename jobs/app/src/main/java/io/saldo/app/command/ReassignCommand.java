package io.saldo.app.command;

import io.saldo.app.config.Settings;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.ReassignmentStore;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.EventName;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.usage.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Moves events to another account. */
@Command(
        name = "reassign",
        mixinStandardHelpOptions = true,
        description = {
            "Moves named events of an open month from one account to another.",
            "Correcting the account of an API key counts from then on and moves nothing that was taken; this does. The"
                    + " next night takes the events from the one account and gives them to the other, by appending.",
            "",
            "  saldo reassign --from acc-1001 --to acc-1002 --month 2026-10 --event req-17 --event req-18 \\",
            "                 --reason \"key k-7 belonged to acc-1002, ticket 4711\"",
            "  saldo reassign --list"
        })
final class ReassignCommand implements Callable<Integer> {
    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--list", description = "Lists the decisions so far and what became of them.")
    boolean list;

    @Option(names = "--from", paramLabel = "ACCOUNT", description = "The account where the events stand.")
    @Nullable
    String from;

    @Option(names = "--to", paramLabel = "ACCOUNT", description = "The account where they belong.")
    @Nullable
    String to;

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "Their usage month; open for both accounts.")
    @Nullable
    YearMonth month;

    @Option(names = "--event", paramLabel = "EVENT_ID", description = "An event; may be given several times.")
    List<String> events = List.of();

    @Option(names = "--events-from", paramLabel = "FILE", description = "A file with an event id on each line.")
    @Nullable
    Path eventsFrom;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of the ids (default: the one in which they are found, if it is only one).")
    @Nullable
    String namespace;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the decision for ever.")
    @Nullable
    String reason;

    @Override
    public Integer call() throws IOException {
        try (Session session = saldo.open()) {
            if (list) {
                print(session.get(ReassignmentStore.class).all());
                return ExitCode.DONE;
            }
            decide(session);
            return ExitCode.DONE;
        }
    }

    private void print(List<ReassignmentStore.Decision> decisions) {
        Table table = new Table("id", "month", "event", "namespace", "from", "to", "events", "run", "reason");
        for (ReassignmentStore.Decision each : decisions) {
            table.row(
                    each.id(),
                    each.month(),
                    each.eventId(),
                    each.namespace(),
                    each.fromAccountId(),
                    each.toAccountId(),
                    each.runId() == null ? "waits" : each.events() == null ? "not moved" : each.events(),
                    each.runId() == null ? "" : each.runId(),
                    each.reason());
        }
        table.print(saldo);
    }

    private void decide(Session session) throws IOException {
        String source = required(from, "--from");
        String target = required(to, "--to");
        String why = required(reason, "--reason");
        if (month == null) {
            throw usage("--month is missing");
        }
        Set<String> wanted = new TreeSet<>(events);
        if (eventsFrom != null) {
            Files.readAllLines(eventsFrom).stream()
                    .filter(line -> !line.isBlank())
                    .forEach(wanted::add);
        }
        if (wanted.isEmpty()) {
            throw usage("name the events with --event or --events-from");
        }
        if (source.equals(target)) {
            throw usage("--from and --to are the same account");
        }
        RunConfiguration configuration = session.configuration();
        for (String accountId : List.of(source, target)) {
            if (!configuration.configuration().accounts().ids().contains(accountId)) {
                throw notFound("there is no account " + accountId + " in accounts.csv");
            }
            YearMonth closed = session.get(CloseStore.class).lastClosedMonths().get(accountId);
            if (closed != null && !closed.isBefore(month)) {
                throw new ProblemException(
                        ProblemCode.WRONG_STATE,
                        Place.NOWHERE,
                        month + " is closed for " + accountId + ": nothing of it moves any more");
            }
        }
        Map<String, String> namespaces = namespaces(session, configuration, source, wanted);
        ReassignmentStore store = session.get(ReassignmentStore.class);
        new TransactionTemplate(session.get(PlatformTransactionManager.class))
                .executeWithoutResult(status -> namespaces.forEach((eventId, name) -> store.decide(
                        String.valueOf(month), name, eventId, source, target, why, saldo.clock.instant())));
        saldo.say(namespaces.size() + (namespaces.size() == 1 ? " event moves" : " events move") + " from " + source
                + " to " + target + " with the next night");
    }

    /** The namespace of each event; all of them are there, or nothing is decided. */
    private Map<String, String> namespaces(
            Session session, RunConfiguration configuration, String source, Set<String> wanted) throws IOException {
        Settings settings = configuration.configuration().settings();
        int shard = new Identity().shard(source, settings.accountShards());
        List<String> segments = session.get(LakeStore.class).paths(shard, String.valueOf(month));
        Map<String, TreeSet<String>> found = new AccountEventsReader(
                        session.home().lake(), ContextTiers.NONE)
                .named(segments, source, wanted).stream()
                        .filter(event -> namespace == null || namespace.equals(event.namespace()))
                        .collect(Collectors.groupingBy(
                                EventName::eventId,
                                Collectors.mapping(EventName::namespace, Collectors.toCollection(TreeSet::new))));
        Map<String, String> namespaces = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (String eventId : wanted) {
            TreeSet<String> standing = found.getOrDefault(eventId, new TreeSet<>());
            if (standing.size() == 1) {
                namespaces.put(eventId, standing.first());
            } else {
                problems.add(Problem.of(
                        ProblemCode.NOT_FOUND,
                        Place.NOWHERE,
                        standing.isEmpty()
                                ? source + " has no event " + Table.printable(eventId) + " in " + month
                                : Table.printable(eventId) + " is an event of several namespaces ("
                                        + String.join(", ", standing) + "): say which with --namespace"));
            }
        }
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return namespaces;
    }

    private static String required(@Nullable String value, String option) {
        if (value == null || value.isBlank()) {
            throw usage(option + " is missing");
        }
        return value;
    }

    private static ProblemException usage(String what) {
        return new ProblemException(ProblemCode.USAGE, Place.NOWHERE, what);
    }

    private static ProblemException notFound(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, what);
    }
}
