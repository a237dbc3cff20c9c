package io.saldo.app.command;

import io.saldo.app.export.ExportFormat;
import io.saldo.app.export.MonthExport;
import io.saldo.app.finance.FinanceReporting;
import io.saldo.app.home.Home;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.InvoiceStore.State;
import io.saldo.app.store.InvoiceStore.Stored;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.invoice.Invoice;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.BreakCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The whole way on real traces. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Sets up a home from the sample data, runs its nights, closes its month, issues its invoices.",
            "A demo that was interrupted goes on where it stopped. Ends with 3: the sample data has planted breaks."
        })
final class DemoCommand implements Callable<Integer> {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);

    @ParentCommand
    Saldo saldo = new Saldo();

    @Option(
            names = "--sample-data",
            paramLabel = "DIR",
            description = "The sample data (default: that of this checkout).",
            defaultValue = "${sys:saldo.sampleData:-sample-data}")
    Path sampleData = Path.of("sample-data");

    @Override
    public Integer call() throws Exception {
        Home home = saldo.home();
        Path deliveries = sampleData.resolve("deliveries");
        if (!Files.isDirectory(deliveries)) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    Place.NOWHERE,
                    "there is no sample data in " + sampleData + ": name it with --sample-data");
        }
        Path marker = home.root().resolve("demo");
        if (home.exists() && !Files.exists(marker)) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    home.root() + " is a home that no demo made: name another with --home");
        }
        home.create();
        Files.writeString(marker, "This home was made by 'saldo demo'.\n");
        copy(sampleData.resolve("config"), saldo.configuration());
        try (Session session = saldo.open()) {
            RunConfiguration configuration = session.configuration();
            Nights nights = new Nights(saldo, session);
            nights.resume();
            for (Path night : folders(deliveries)) {
                LocalDate date = LocalDate.parse(String.valueOf(night.getFileName()));
                Optional<LocalDate> last = session.get(RunStore.class).lastNight();
                if (last.isEmpty() || last.get().isBefore(date)) {
                    copy(night, home.inbox());
                    nights.night(configuration, date);
                }
            }
            nights.close(configuration, MONTH.atEndOfMonth(), MONTH, List.of());
            LocalDate issuedOn = MONTH.plusMonths(1).atDay(2);
            InvoiceStore invoices = session.get(InvoiceStore.class);
            InvoicesCommand.approve(saldo, session, invoices.ofMonth(MONTH), "demo", issuedOn);
            InvoicesCommand.issue(saldo, session, MONTH, null, issuedOn);
            Path exports = home.out().resolve("exports").resolve(MONTH.toString());
            session.get(MonthExport.class).write(MONTH, home, exports, ExportFormat.CSV);
            session.get(FinanceReporting.class).write(MONTH, home, configuration.configuration());
            return summary(session, exports);
        }
    }

    private int summary(Session session, Path exports) {
        Home home = session.home();
        List<StatementRevision> statements = session.get(StatementStore.class).latestOfMonth(MONTH.toString());
        long events = statements.stream().mapToLong(StatementRevision::events).sum();
        List<BreakCase> breaks = session.get(BreakStore.class).select(BreakStore.Selection.UNRESOLVED);
        List<Stored> published = session.get(InvoiceStore.class).ofMonth(MONTH).stream()
                .filter(each -> each.state() == State.PUBLISHED)
                .toList();
        long invoices = published.stream()
                .filter(each -> each.draft().invoice().kind() == Invoice.Kind.INVOICE)
                .count();
        int closed =
                session.get(CloseStore.class).closedOfMonth(MONTH.toString()).size();
        saldo.say("");
        saldo.say("events      " + events + " in " + statements.size() + " statements of " + MONTH);
        saldo.say("breaks      " + breaks.size() + " open        saldo --home " + home.root() + " breaks list");
        saldo.say("closed      " + closed + " accounts; the others wait for a decision on their breaks");
        saldo.say(
                "invoices    " + invoices + ", and " + (published.size() - invoices) + " statements with nothing due");
        saldo.say("            " + home.invoices().resolve(MONTH.toString()));
        saldo.say("report      " + home.nightReports(MONTH.atEndOfMonth()).resolve("night-report.pdf"));
        saldo.say("credit      " + home.nightReports(MONTH.atEndOfMonth()).resolve("credit-health.pdf"));
        saldo.say("finance     "
                + home.out().resolve("finance").resolve(MONTH.toString()).resolve("finance-report.pdf"));
        saldo.say("exports     " + exports);
        return breaks.isEmpty() ? ExitCode.DONE : ExitCode.BREAKS_OPEN;
    }

    private static List<Path> folders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Copies a tree; each file appears under its name only when it is complete. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            @Nullable Path parent = target.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Path unfinished = target.resolveSibling(target.getFileName() + ".part");
            Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
