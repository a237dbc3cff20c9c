package io.saldo.app.command;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.dispute.InvoicedUsage;
import io.saldo.app.dispute.Rerun;
import io.saldo.app.run.JobRunner;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.run.Runs;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.DisputeStore.Dispute;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.dispute.UsageBill;
import io.saldo.lake.usage.AccountEventsReader;
import io.saldo.lake.usage.ContextTiers;
import io.saldo.lake.usage.EventName;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.StatementLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Disputes. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Computes a closed month of an account anew, from what is known now, and tells how that differs from"
                    + " everything invoiced for the month so far: late events, restated figures, events that are"
                    + " excluded, another price book. Nothing that is closed changes.",
            "The difference lies in out/disputes as PDF, XLSX, JSON and CSV. A person then approves or discards it.",
            "With --as-known-on it repeats history instead, and says whether that comes to the stored figures.",
            "",
            "  saldo rerun --account acc-1001 --month 2026-10 --reason \"ticket 4711\" --exclude req-17",
            "  saldo rerun list",
            "  saldo rerun approve 1 --by \"M. Weber\"",
            "  saldo rerun --account acc-1001 --month 2026-10 --as-known-on 2026-11-04T00:00:00Z"
        },
        subcommands = {
            DisputesCommand.ListCommand.class,
            DisputesCommand.ShowCommand.class,
            DisputesCommand.ApproveCommand.class,
            DisputesCommand.DiscardCommand.class
        })
final class RerunCommand implements Callable<Integer> {
    private static final String PRICE_FILE = "prices/rerun-price-book.csv";

    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Whose month it is.")
    String account = "";

    @Option(names = "--month", paramLabel = "YYYY-MM", description = "The closed month.")
    @Nullable
    YearMonth month;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept for ever.")
    String reason = "";

    @Option(
            names = "--exclude",
            paramLabel = "EVENT_ID",
            description = "An event that is not charged; may be given several times.")
    Set<String> excluded = new TreeSet<>();

    @Option(
            names = "--price-book",
            paramLabel = "FILE|ID",
            description = "Another price book for the month: one of price-books.csv, or a file of price rows of one of"
                    + " them, which are laid beside those of the configuration.")
    String priceBook = "";

    @Option(
            names = "--as-known-on",
            paramLabel = "INSTANT",
            description = "Repeat what the last night or close before this instant knew, such as 2026-11-04T00:00:00Z.")
    @Nullable
    OffsetDateTime asKnownOn;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "When (default: yesterday in the billing zone).")
    @Nullable
    LocalDate date;

    @Override
    public Integer call() throws Exception {
        YearMonth disputed = month;
        if (account.isBlank() || disputed == null) {
            throw usage("name --account and --month, or what to do: list, show, approve or discard");
        }
        try (Session session = saldo.open()) {
            if (asKnownOn != null) {
                return DisputesCommand.repeat(saldo, session, account, disputed, asKnownOn.toInstant());
            }
            if (reason.isBlank()) {
                throw usage("--reason is missing: it is kept with the dispute");
            }
            DecideCommand.requireText("--reason", reason, true, DecideCommand.NOTE_LENGTH_MAX);
            LocalDate on = saldo.on(date, session);
            new Nights(saldo, session).resume();
            return run(session, disputed, on);
        }
    }

    private int run(Session session, YearMonth disputed, LocalDate on) throws JobRunner.FailedRun, IOException {
        RunConfiguration configuration = session.configuration();
        if (!configuration.configuration().accounts().ids().contains(account)) {
            throw notFound("there is no account " + Table.printable(account) + " in accounts.csv");
        }
        session.get(InvoicedUsage.class).requireClosed(account, disputed);
        String book = priceBook;
        Path file = Path.of(priceBook);
        if (!priceBook.isEmpty() && Files.isRegularFile(file)) {
            configuration = with(configuration.snapshot(), Files.readAllBytes(file));
            book = bookOfFile(configuration);
        }
        if (!book.isEmpty()
                && configuration.configuration().priceBooks().currency(book).isEmpty()) {
            throw notFound("there is neither a file nor a price book " + Table.printable(book));
        }
        DisputeStore.Request request =
                new DisputeStore.Request(account, disputed, reason, events(session, disputed), book);
        Runs runs = session.get(Runs.class);
        Run run = runs.beginRerun(session.home(), configuration, on, request, Saldo.programVersion(), saldo.clock);
        runs.finish(run, configuration, session.home(), saldo.progress(), saldo.clock);
        Dispute dispute = session.get(DisputeStore.class).ofRun(run.id());
        tell(saldo, session, dispute);
        return dispute.state() == DisputeStore.State.COMPUTED ? ExitCode.DONE : ExitCode.VERIFICATION_FAILED;
    }

    private static RunConfiguration with(ConfigurationSnapshot snapshot, byte[] prices) {
        Map<String, byte[]> files = new TreeMap<>();
        snapshot.files().forEach(name -> files.put(name, snapshot.content(name)));
        files.put(PRICE_FILE, prices);
        return RunConfiguration.load(ConfigurationSnapshot.of(files));
    }

    private static String bookOfFile(RunConfiguration configuration) {
        Set<String> books = new TreeSet<>();
        configuration.configuration().priceBooks().rows().stream()
                .filter(row -> row.place().file().equals(PRICE_FILE))
                .forEach(row -> books.add(row.priceBook()));
        if (books.size() != 1) {
            throw usage("the file of --price-book must have the rows of one price book of price-books.csv; it has "
                    + (books.isEmpty() ? "none" : String.join(", ", books))
                    + configuration.problems().stream()
                            .map(problem -> "; " + problem)
                            .reduce("", String::concat));
        }
        return books.iterator().next();
    }

    /** The excluded events by name; all of them are there, in one namespace each, or nothing is run. */
    private Set<EventName> events(Session session, YearMonth disputed) throws IOException {
        if (excluded.isEmpty()) {
            return Set.of();
        }
        StatementRevision revision = session.get(StatementStore.class)
                .latest(account, disputed.toString())
                .orElseThrow();
        List<String> segments = session.get(LakeStore.class).paths(revision.shard(), revision.month());
        Set<EventName> found =
                new AccountEventsReader(session.home().lake(), ContextTiers.NONE).named(segments, account, excluded);
        for (String wanted : excluded) {
            long names =
                    found.stream().filter(each -> each.eventId().equals(wanted)).count();
            if (names != 1) {
                throw notFound(
                        names == 0
                                ? account + " has no event " + Table.printable(wanted) + " in " + disputed
                                : "several namespaces have an event " + Table.printable(wanted) + " in " + disputed);
            }
        }
        return found;
    }

    /** Tells what a dispute came to. */
    static void tell(Saldo saldo, Session session, Dispute dispute) {
        if (dispute.state() == DisputeStore.State.DISCARDED && dispute.revision() == 0) {
            saldo.err.println("dispute " + dispute.id() + " could not be computed: " + dispute.note());
            return;
        }
        UsageBill difference =
                session.get(DisputeStore.class).outcome(dispute.id()).difference();
        saldo.say("dispute " + dispute.id() + " of " + dispute.request().accountId() + " "
                + dispute.request().month() + ": "
                + (difference.isZero()
                        ? "nothing differs from what was invoiced"
                        : "usage " + signed(difference.sum(StatementLine::amount)) + ", of it credit "
                                + signed(difference.sum(StatementLine::credit)) + ", due "
                                + signed(difference.due())));
        saldo.say("the difference: " + Rerun.folder(session.home(), dispute));
    }

    private static String signed(Amount amount) {
        return amount.signum() > 0 ? "+" + amount : amount.toString();
    }

    private static ProblemException usage(String what) {
        return new ProblemException(ProblemCode.USAGE, Place.NOWHERE, what);
    }

    private static ProblemException notFound(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, what);
    }
}
