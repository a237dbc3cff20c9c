package io.saldo.app.command;

import io.saldo.app.database.DatabaseLoss;
import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.run.JobRunner;
import io.saldo.app.run.Progress;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line. */
@Command(
        name = "saldo",
        mixinStandardHelpOptions = true,
        versionProvider = Saldo.Version.class,
        description = "Turns raw AI-API usage logs into reconciled prepaid balances, overage and invoices.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            CheckCommand.class,
            NightlyCommand.class,
            CloseCommand.class,
            InvoicesCommand.class,
            BreaksCommand.class,
            ReassignCommand.class,
            RerunCommand.class,
            DeliveriesCommand.class,
            ExplainCommand.class,
            ExportCommand.class,
            ReportCommand.class,
            VerifyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            RetentionCommand.class,
            PricesCommand.class,
            StatusCommand.class,
            RunsCommand.class,
            ResumeCommand.class,
            BooksCommand.class,
            ServeCommand.class
        },
        footer = {
            "",
            "Exit codes:",
            "  0  done: reconciled, pending or warnings",
            "  1  internal error",
            "  2  wrong usage or configuration",
            "  3  done, breaks are open",
            "  4  done, but no conclusion can be drawn (a delivery is missing, a proof failed)",
            "  5  another run holds the lock",
            "  6  verification failed",
            "  143  stopped by a signal in the middle of a run, which can be continued (serve)",
            "",
            "Begin with:  saldo demo"
        })
public final class Saldo implements Runnable {
    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "Where inbox, lake, books and output lie (default: ${DEFAULT-VALUE}).",
            defaultValue = "saldo-home")
    Path homeFolder = Path.of("saldo-home");

    @Option(
            names = "--config",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description = "The configuration folder (default: config in the home).")
    @Nullable
    Path configurationFolder;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print results as JSON.")
    boolean json;

    @Option(names = "--quiet", scope = ScopeType.INHERIT, description = "Print no progress.")
    boolean quiet;

    @Option(
            names = "--log-format",
            scope = ScopeType.INHERIT,
            paramLabel = "text|json",
            description = "How the log is written, on the terminal and in out/saldo.log (default: text).")
    LogFormat logFormat = LogFormat.TEXT;

    /** The time: the only place that reads a clock is a command, and only to say when a run happened. */
    InstantSource clock = InstantSource.system();

    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);

    /** Takes what tells of work that goes as it should. */
    private @Nullable PrintWriter log;

    private final boolean terminal = isTerminal();

    @CommandLine.Spec
    CommandLine.Model.@Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(new CommandLine(this), "Name a command.");
    }

    /** Starts the program. */
    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /** Runs one command and gives its exit code. */
    public static int run(String... arguments) {
        return run(InstantSource.system(), arguments);
    }

    /** The same at the time of another clock. */
    public static int run(InstantSource clock, String... arguments) {
        Saldo saldo = new Saldo();
        saldo.clock = clock;
        CommandLine line = new CommandLine(saldo);
        line.setOut(saldo.out);
        line.setErr(saldo.err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        // A home may be called as a command is: saldo --home demo status.
        line.setAllowSubcommandsAsOptionParameters(true);
        line.registerConverter(YearMonth.class, text -> date(text, "a month YYYY-MM", YearMonth::parse));
        line.registerConverter(LocalDate.class, text -> date(text, "a date YYYY-MM-DD", LocalDate::parse));
        line.setExecutionExceptionHandler((failure, each, parsed) -> saldo.failed(failure));
        line.setExecutionStrategy(parsed -> {
            saldo.chooseLogFormat();
            return new CommandLine.RunLast().execute(parsed);
        });
        int code = line.execute(arguments);
        saldo.out.flush();
        saldo.err.flush();
        return code;
    }

    private void chooseLogFormat() {
        if (logFormat == LogFormat.JSON) {
            log = new PrintWriter(new JsonLines(err, "INFO", clock), true);
            err = new PrintWriter(new JsonLines(err, "WARN", clock), true);
        }
    }

    private static <T> T date(String text, String form, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException notDate) {
            throw new CommandLine.TypeConversionException("'" + Table.printable(text) + "' is not " + form);
        }
    }

    /** Tells a failure, and gives the exit code that it deserves. */
    int failed(Exception failure) {
        Optional<ProblemException> lost = DatabaseLoss.in(failure);
        if (lost.isPresent()) {
            lost.get().problems().forEach(err::println);
            details(failure);
            return ExitCode.of(lost.get());
        }
        if (failure instanceof ProblemException stopped) {
            stopped.problems().forEach(err::println);
            return ExitCode.of(stopped);
        }
        if (failure instanceof JobRunner.FailedRun) {
            Throwable cause = failure.getCause();
            if (cause instanceof ProblemException stopped) {
                stopped.problems().forEach(err::println);
                return ExitCode.of(stopped);
            }
            err.println(failure.getMessage());
            err.println("What had been done stays. Mend the cause, then: saldo resume");
            details(failure);
            return ExitCode.INTERNAL_ERROR;
        }
        err.println("internal error: " + failure);
        details(failure);
        return ExitCode.INTERNAL_ERROR;
    }

    private void details(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root != failure && root.getMessage() != null) {
            err.println("Cause: " + Table.printable(root.getMessage()));
        }
        Path log = home().out().resolve("error.log");
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Folder.create(home().out());
            Files.writeString(log, trace.toString());
            err.println("Details: " + log);
        } catch (IOException cannotWrite) {
            err.println("The details could not be written to " + log + ": " + cannotWrite.getMessage());
        }
    }

    Home home() {
        return new Home(homeFolder);
    }

    Path configuration() {
        Path folder = configurationFolder;
        return folder == null ? homeFolder.resolve("config") : folder;
    }

    Session open() throws IOException {
        return Session.open(home(), configuration(), logFormat);
    }

    /**
     * The date that a person named, at most a day ahead, since the person may live in a zone where it is later; else yesterday in
     * the billing zone.
     */
    LocalDate on(@Nullable LocalDate named, Session session) throws IOException {
        ZoneId zone = billingZone(session);
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        if (named != null && named.isAfter(today.plusDays(1))) {
            throw new ProblemException(
                    ProblemCode.DATE_AHEAD,
                    Place.NOWHERE,
                    "--date " + named + ": in the billing zone " + zone + " it is " + today);
        }
        return named != null ? named : today.minusDays(1);
    }

    /**
     * Refuses to close a month whose last day still lasts in the billing zone, whatever date a person named: usage and entries of
     * it are still to come, and would be late as soon as they do.
     */
    void requireOver(YearMonth month, Session session) throws IOException {
        ZoneId zone = billingZone(session);
        LocalDate today = clock.instant().atZone(zone).toLocalDate();
        if (!today.isAfter(month.atEndOfMonth())) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.NOWHERE,
                    month + " is not over: in the billing zone " + zone + " it is " + today);
        }
    }

    private static ZoneId billingZone(Session session) throws IOException {
        return session.configuration().configuration().settings().billingZone().id();
    }

    Progress progress() {
        if (quiet) {
            return Progress.silent();
        }
        PrintWriter events = log;
        if (events != null) {
            return new Progress(events::println, line -> {});
        }
        return new Progress(line -> err.println(terminal ? "\r\u001B[K" + line : line), line -> {
            if (terminal) {
                err.print("\r\u001B[K  " + line);
                err.flush();
            }
        });
    }

    void say(String line) {
        if (!quiet && log != null) {
            log.println(line);
        } else if (!quiet && !json) {
            out.println(line);
        }
    }

    /** From JDK 22 on a console is there without a terminal too, so the terminal's own variable decides as well. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        String kind = System.getenv("TERM");
        return System.console() != null && kind != null && !kind.equals("dumb") && System.getenv("SALDO_LOG") == null;
    }

    /** The version that the build wrote into the jar. */
    static String programVersion() {
        String version = Saldo.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"saldo " + programVersion() + " (Java " + Runtime.version() + ")"};
        }
    }
}
