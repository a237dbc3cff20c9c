package io.saldo.bench;

import io.saldo.sample.Arguments;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.sample.Options;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The whole night against DuckDB: the program as a user starts it, by its launcher, from {@code saldo nightly} to its exit, and
 * the same usage, prices and credit in SQL ({@code night.sql}); each in a process of its own, in turn, from a cold start, but
 * with the archive of classes that the launcher's first start makes. Statements, lines and
 * daily balances of both are compared row by row before a time is told.
 *
 * <p>The night takes a month of deliveries, one of them seen before, into a home whose month before is closed. DuckDB does what the
 * SQL says; Saldo also checks and archives, keeps evidence and proofs, books into its database, judges credit health,
 * reconciles and writes its reports.
 */
public final class NightComparison {
    private static final LocalDate MONTH = LocalDate.of(2026, 10, 1);
    private static final LocalDate CHANGE_OF_PRICES = LocalDate.of(2026, 10, 15);
    private static final long SEED = 1;
    private static final long SEED_OF_HISTORY = 1_000_000_000_001L;

    private static final String ENGINE = "--engine";
    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "what is compared; made where it is not there yet")
            .and("--events", "N", "10000000", "of the night, and as many of the history")
            .and("--accounts", "N", "5000", "how many have usage")
            .and("--rounds", "N", "5", "how often both engines run; 0 prepares alone")
            .and("--threads", "N", "2", "of DuckDB, and how many generate")
            .and(ENGINE, "both|duckdb", "both", "duckdb: once, in this process, what is there");

    private final Arguments arguments;
    private final Path out;
    private final ShippedProgram saldo;
    private final long events;
    private final int accounts;
    private final int threads;

    private NightComparison(Arguments arguments) {
        this.arguments = arguments;
        out = arguments.path("--out");
        saldo = new ShippedProgram(arguments.path(ShippedProgram.OPTION), out);
        events = arguments.count("--events");
        accounts = arguments.number("--accounts");
        threads = arguments.number("--threads");
    }

    /**
     * {@code --help} tells the options. Generates where the folder is not there yet, the history as many events as the night;
     * then runs each engine so many times.
     */
    public static void main(String[] arguments) throws Exception {
        ShippedProgram.withLauncher(OPTIONS).start(arguments, given -> {
            NightComparison comparison = new NightComparison(given);
            if (given.text(ENGINE).equals("duckdb")) {
                comparison.duckDb();
            } else {
                comparison.compare(given.number("--rounds"));
            }
        });
    }

    private void compare(int rounds) throws Exception {
        saldo.startOnce();
        if (!Files.exists(out.resolve("night"))) {
            prepare();
        }
        if (rounds == 0) {
            return;
        }
        List<EngineRun> ours = new ArrayList<>();
        List<EngineRun> duckDb = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Path home = home();
            ours.add(saldo.run("saldo", home, "nightly", "--date", lastDay().toString()));
            duckDb.add(duckDbAlone());
            Path export = emptied("export");
            saldo.run("export", home, "export", "--month", "2026-10", "--to", export.toString());
            long rows = DuckDbNight.compare(export, out.resolve("duckdb"));
            System.out.println(String.format(
                    Locale.ROOT,
                    "round %d: saldo %.2f s, duckdb %.2f s; %,d rows are the same",
                    round + 1,
                    ours.get(round).seconds(),
                    duckDb.get(round).seconds(),
                    rows));
        }
        tell("saldo", ours);
        tell("duckdb", duckDb);
        double seconds = EngineRun.median(ours, EngineRun::seconds);
        double theirs = EngineRun.median(duckDb, EngineRun::seconds);
        System.out.println(String.format(
                Locale.ROOT,
                "night %,d, %,d accounts: saldo %.2f s, duckdb %.2f s, ratio %.2f",
                events,
                accounts,
                seconds,
                theirs,
                seconds / theirs));
    }

    /** DuckDB in a process of its own; where that breaks it is told and tried once more, so that other rounds are not lost. */
    private EngineRun duckDbAlone() throws Exception {
        List<String> command = new ArrayList<>(EngineRun.java(NightComparison.class));
        command.addAll(arguments.given());
        command.addAll(List.of(ENGINE, "duckdb"));
        Path log = out.resolve("duckdb.log");
        try {
            return EngineRun.of(command, log, Set.of(0));
        } catch (IllegalStateException broken) {
            System.out.println("duckdb broke, once more: " + EngineRun.firstWords(Files.readString(log)));
            return EngineRun.of(command, log, Set.of(0));
        }
    }

    private void tell(String engine, List<EngineRun> runs) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-7s medians of %d: %.2f s, %.2f CPU s, %.0f MiB resident, %.2f microseconds of CPU an event",
                engine,
                runs.size(),
                EngineRun.median(runs, EngineRun::seconds),
                EngineRun.median(runs, EngineRun::cpuSeconds),
                EngineRun.median(runs, EngineRun::residentMebibytes),
                EngineRun.median(runs, EngineRun::cpuSeconds) * 1e6 / events));
    }

    private void duckDb() throws Exception {
        DuckDbNight.run(out, deliveries(), credits(), emptied("duckdb"), threads);
    }

    private static LocalDate lastDay() {
        return MONTH.plusMonths(1).minusDays(1);
    }

    // ---- preparation ----

    private void prepare() throws Exception {
        Path history = out.resolve("history");
        Path night = out.resolve("night");
        LocalDate before = MONTH.minusMonths(1);
        LoadGenerator.generate(new LoadPlan(
                SEED_OF_HISTORY, accounts, events, before, before.lengthOfMonth(), "csv", threads, history));
        LoadGenerator.generate(
                new LoadPlan(SEED, accounts, events, MONTH, MONTH.lengthOfMonth(), "csv", threads, night));
        Path config = night.resolve("config");
        changePrices(config.resolve("prices/standard-usd.csv"));
        Path template = out.resolve("template");
        Files.createDirectories(template);
        copy(config, template.resolve("config"), false);
        copy(config, out.resolve("config"), false);
        Path inbox = Files.createDirectories(template.resolve("inbox/usage"));
        List<Path> files = Folders.usage(history);
        for (Path file : files) {
            Files.createLink(inbox.resolve(file.getFileName()), file);
        }
        saldo.run("init", template, "init");
        saldo.run("history", template, "nightly", "--date", MONTH.minusDays(1).toString());
        saldo.run("close", template, "close", "--month", "2026-09");
        Path export = emptied("export");
        saldo.run("export", template, "export", "--month", "2026-09", "--to", export.toString());
        Files.copy(export.resolve("statements.csv"), out.resolve("opening.csv"));
        DuckDbNight.history(out.resolve("history.duckdb"), threads, files);
        again(files.get(0));
        Folders.delete(history);
    }

    /** From the middle of the month on some tokens cost another price. */
    private static void changePrices(Path prices) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String row : Files.readAllLines(prices)) {
            String ofModel = "standard-usd,*,gpt-4o-mini,,";
            if (row.startsWith(ofModel)) {
                String[] fields = row.split(",", -1);
                fields[8] = CHANGE_OF_PRICES.toString();
                rows.add(String.join(",", fields));
                fields[5] = fields[5] + "5";
                fields[7] = CHANGE_OF_PRICES.toString();
                fields[8] = "";
                rows.add(String.join(",", fields));
            } else {
                rows.add(row);
            }
        }
        Files.write(prices, rows);
    }

    /** All of a delivery but its last record: other bytes, and nothing new. */
    private void again(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file);
                BufferedWriter writer = Files.newBufferedWriter(out.resolve("again.csv"))) {
            String held = reader.readLine();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                writer.write(held + "\n");
                held = line;
            }
        }
    }

    /** A home as it was before the night: lake files are never written again, so they may be the same ones. */
    private Path home() throws IOException {
        Path home = emptied("home");
        Path template = out.resolve("template");
        try (Stream<Path> folders = Files.list(template)) {
            for (Path folder : folders.toList()) {
                copy(folder, home.resolve(folder.getFileName()), folder.endsWith("lake"));
            }
        }
        Path usage = Files.createDirectories(home.resolve("inbox/usage"));
        for (Path file : deliveries()) {
            Files.createLink(usage.resolve(file.getFileName()), file);
        }
        Path billing = Files.createDirectories(home.resolve("inbox/billing-credits"));
        Files.createLink(billing.resolve(credits().getFileName()), credits());
        return home;
    }

    private List<Path> deliveries() throws IOException {
        List<Path> files = new ArrayList<>(Folders.usage(out.resolve("night")));
        files.add(out.resolve("again.csv"));
        return files;
    }

    private Path credits() {
        return out.resolve("night/deliveries/" + MONTH + "/billing-credits/credits-" + MONTH + ".csv");
    }

    private Path emptied(String name) throws IOException {
        Path folder = out.resolve(name);
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        return Files.createDirectories(folder);
    }

    private static void copy(Path from, Path to, boolean linked) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(from)) {
            paths = walk.toList();
        }
        for (Path path : paths) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else if (linked) {
                Files.createLink(target, path);
            } else {
                Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
