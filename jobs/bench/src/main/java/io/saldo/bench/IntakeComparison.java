package io.saldo.bench;

import com.sun.management.OperatingSystemMXBean;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.run.RunConfiguration;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.identity.IdentityManifest;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.intake.ScatterManifest;
import io.saldo.lake.source.LogFormat;
import io.saldo.lake.source.SourceFormat;
import io.saldo.sample.Arguments;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.sample.Options;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Intake against DuckDB: both read the same deliveries, leave out what the same history or the deliveries themselves
 * have already, and write Parquet; each in a process of its own, in turn. The results are compared, account by account
 * and sum by sum, before a time is told.
 *
 * <p>Saldo does all that its night does: every check of a record, evidence, ids into the index, segments sorted by
 * account and instant, files forced to the disk and hashed, every proof. DuckDB does what the sentence above says; with
 * {@code --sorted true} it also sorts and adds the new ids to its history.
 */
public final class IntakeComparison {
    private static final String NIGHT = "night";
    private static final int DAYS = 31;
    private static final long EVENTS_OF_A_HISTORY_NIGHT = 10_000_000;
    private static final LocalDate FROM = LocalDate.of(2026, 10, 1);
    private static final String METERS = "input_tokens, cached_input_tokens, output_tokens";

    private static final String ENGINE = "--engine";
    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "what is compared; made where it is not there yet")
            .and("--events", "N", "10000000", "of the night")
            .and("--history", "N", "100000000", "of the nights before it")
            .and("--accounts", "N", "1000", "how many have usage")
            .and("--rounds", "N", "3", "how often both engines run")
            .and("--threads", "N", "2", "of either engine")
            .and("--format", "csv|parquet", "csv", "of the deliveries")
            .and("--sorted", "true|false", "false", "true: DuckDB sorts, too, and adds to its history")
            .and(ENGINE, "both|saldo|duckdb", "both", "one: once, in this process, what is there");

    private final Arguments arguments;
    private final Path out;
    private final long events;
    private final long history;
    private final int accounts;
    private final int threads;
    private final LogFormat logFormat;
    private final boolean sorted;
    private final Consumer<String> report;

    private IntakeComparison(Arguments arguments, Consumer<String> report) {
        this.arguments = arguments;
        out = arguments.path("--out");
        events = arguments.count("--events");
        history = arguments.count("--history");
        accounts = arguments.number("--accounts");
        threads = arguments.number("--threads");
        logFormat = LogFormat.of(arguments.text("--format"));
        sorted = arguments.isSet("--sorted");
        this.report = report;
    }

    /** {@code --help} tells the options. Generates where the folder is not there yet, then runs each engine so many times. */
    public static void main(String[] arguments) throws Exception {
        OPTIONS.start(arguments, given -> {
            IntakeComparison comparison = new IntakeComparison(given, System.out::println);
            switch (given.text(ENGINE)) {
                case "saldo" -> comparison.saldo();
                case "duckdb" -> comparison.duckDb();
                default -> comparison.compare(given.number("--rounds"));
            }
        });
    }

    private void compare(int rounds) throws Exception {
        if (!Files.exists(out)) {
            prepare();
        }
        List<Map<String, String>> saldo = new ArrayList<>();
        List<Map<String, String>> duckDb = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            saldo.add(process("saldo"));
            duckDb.add(process("duckdb"));
            requireSameResult();
        }
        report.accept(String.format(
                Locale.ROOT,
                "%,d events and %,d of history, %d threads: same result; medians of %d",
                events,
                history,
                threads,
                rounds));
        for (String figure : List.of("seconds", "cpu", "scatter", "identity", "gather", "resident MiB")) {
            if (saldo.get(0).containsKey(figure)) {
                report.accept(String.format(
                        Locale.ROOT,
                        "%-12s saldo %8.2f %s",
                        figure,
                        median(saldo, figure),
                        duckDb.get(0).containsKey(figure)
                                ? String.format(Locale.ROOT, "duckdb %8.2f", median(duckDb, figure))
                                : ""));
            }
        }
        report.accept(String.format(Locale.ROOT, "ratio %.2f", median(saldo, "seconds") / median(duckDb, "seconds")));
    }

    private static double median(List<Map<String, String>> runs, String figure) {
        List<Double> values = runs.stream()
                .map(run -> Double.parseDouble(run.get(figure)))
                .sorted()
                .toList();
        return values.get(values.size() / 2);
    }

    private Map<String, String> process(String engine) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(EngineRun.java(IntakeComparison.class));
        command.addAll(arguments.given());
        command.addAll(List.of(ENGINE, engine));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, String> figures = new TreeMap<>();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                report.accept("  " + engine + ": " + line);
                int equals = line.indexOf('=');
                if (equals > 0) {
                    figures.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(engine + " failed");
        }
        return figures;
    }

    // ---- preparation ----

    /** Nights of history go into the index as any night does, and into a table of DuckDB; their files do not stay. */
    private void prepare() throws IOException, SQLException {
        Files.createDirectories(out);
        List<IndexSegment> index = new ArrayList<>();
        long delivery = 1;
        try (Connection connection = DuckDbNight.open(out.resolve("history.duckdb"), threads);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE history (event_id VARCHAR)");
            long left = history;
            for (int night = 1; left > 0; night++) {
                long count = Math.min(left, EVENTS_OF_A_HISTORY_NIGHT);
                left -= count;
                String name = "history" + night;
                Path folder = out.resolve(name);
                generate(folder, count, night);
                List<Path> files = Folders.usage(folder);
                BulkIntake intake = intake(name, folder, out.resolve("work"));
                List<ScatterManifest> scattered = BulkIntake.run(intake.scatter(files, delivery), threads);
                delivery += files.size();
                for (IdentityManifest manifest : BulkIntake.run(intake.identity(scattered, index), threads)) {
                    index.removeIf(segment -> manifest.merged().contains(segment.path()));
                    index.addAll(manifest.added());
                }
                statement.execute("INSERT INTO history SELECT event_id FROM " + csv(files));
                if (night == 1) {
                    // A delivery that comes again: its records are duplicates.
                    Files.createDirectories(out.resolve("again"));
                    Files.copy(files.get(0), out.resolve("again/again.csv"), StandardCopyOption.REPLACE_EXISTING);
                }
                Folders.delete(folder);
                Folders.delete(out.resolve("work"));
                report.accept("history " + (history - left));
            }
        }
        try (ObjectOutputStream output = new ObjectOutputStream(Files.newOutputStream(out.resolve("index")))) {
            output.writeObject(new ArrayList<>(index));
            output.writeLong(delivery);
        }
        generate(out.resolve(NIGHT), events, 0);
        if (logFormat == LogFormat.PARQUET) {
            toParquet();
        }
    }

    /** DuckDB writes the deliveries, so that neither engine reads what it has written. */
    private void toParquet() throws IOException, SQLException {
        List<Path> files = deliveries();
        try (Connection connection = DuckDbNight.open(out.resolve("convert.duckdb"), threads);
                Statement statement = connection.createStatement()) {
            for (Path file : files) {
                statement.execute("COPY (SELECT * FROM " + csv(List.of(file)) + ") TO '" + parquet(file)
                        + "' (FORMAT parquet, COMPRESSION zstd)");
                Files.delete(file);
            }
        }
    }

    private static Path parquet(Path csv) {
        return csv.resolveSibling(String.valueOf(csv.getFileName()).replace(".csv", ".parquet"));
    }

    private String table(List<Path> files) {
        return logFormat == LogFormat.CSV
                ? csv(files)
                : "read_parquet(["
                        + files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", ")) + "])";
    }

    private void generate(Path folder, long count, int night) {
        LoadGenerator.generate(
                new LoadPlan(1 + night * 1_000_000_000_000L, accounts, count, FROM, DAYS, "csv", threads, folder));
    }

    private List<Path> deliveries() throws IOException {
        List<Path> files = new ArrayList<>(Folders.usage(out.resolve(NIGHT)));
        for (String again : List.of("again/again.csv", "again/again.parquet")) {
            if (Files.exists(out.resolve(again))) {
                files.add(out.resolve(again));
            }
        }
        return files;
    }

    private BulkIntake intake(String name, Path generated, Path work) throws IOException {
        Configuration configuration = RunConfiguration.load(ConfigurationSnapshot.read(generated.resolve("config")))
                .configuration();
        SourceFormat csv = Objects.requireNonNull(
                Objects.requireNonNull(configuration.sources().get("usage")).usage());
        SourceFormat format = name.equals(NIGHT) && logFormat == LogFormat.PARQUET ? asParquet(csv) : csv;
        return new BulkIntake(
                name,
                1,
                configuration,
                format,
                configuration.settings().billingZone().endOf(FROM.plusDays(DAYS - 1)),
                out.resolve("lake"),
                work,
                threads);
    }

    private static SourceFormat asParquet(SourceFormat csv) {
        return new SourceFormat(
                csv.name(),
                LogFormat.PARQUET,
                csv.mapping(),
                csv.timestampForm(),
                csv.timestampZone(),
                csv.tokenSemantics(),
                csv.provider(),
                csv.accountByKeyOnly(),
                csv.identity(),
                csv.namespace(),
                csv.billableStatuses());
    }

    // ---- the engines ----

    @SuppressWarnings("unchecked")
    private void saldo() throws IOException, ClassNotFoundException {
        List<IndexSegment> index;
        long delivery;
        try (ObjectInputStream input = new ObjectInputStream(Files.newInputStream(out.resolve("index")))) {
            index = (List<IndexSegment>) input.readObject();
            delivery = input.readLong();
        }
        Path usage = out.resolve("lake/usage");
        if (Files.exists(usage)) {
            Folders.delete(usage);
        }
        BulkIntake intake = intake(NIGHT, out.resolve(NIGHT), out.resolve("work"));
        List<Path> files = deliveries();
        long start = System.nanoTime();
        List<ScatterManifest> scattered = BulkIntake.run(intake.scatter(files, delivery), threads);
        long afterScatter = System.nanoTime();
        List<IdentityManifest> compared = BulkIntake.run(intake.identity(scattered, index), threads);
        long afterIdentity = System.nanoTime();
        List<GatherManifest> gathered = BulkIntake.run(intake.gather(scattered, compared), threads);
        long end = System.nanoTime();
        report.accept("seconds=" + (end - start) / 1e9);
        report.accept("scatter=" + (afterScatter - start) / 1e9);
        report.accept("identity=" + (afterIdentity - afterScatter) / 1e9);
        report.accept("gather=" + (end - afterIdentity) / 1e9);
        report.accept("accepted="
                + gathered.stream()
                        .flatMap(manifest -> manifest.deliveries().stream())
                        .mapToLong(GatherManifest.DeliveryCount::accepted)
                        .sum());
        report.accept("duplicate="
                + compared.stream().mapToLong(IdentityManifest::duplicate).sum());
        report.accept("index segments=" + index.size());
        process();
        Folders.delete(out.resolve("work"));
        for (IdentityManifest manifest : compared) {
            for (IndexSegment segment : manifest.added()) {
                Files.delete(out.resolve("lake").resolve(segment.path()));
            }
        }
    }

    private void duckDb() throws IOException, SQLException {
        Path target = out.resolve("duckdb.parquet");
        Files.deleteIfExists(target);
        List<Path> files = deliveries();
        long start = System.nanoTime();
        try (Connection connection = DuckDbNight.open(out.resolve("history.duckdb"), threads);
                Statement statement = connection.createStatement()) {
            String fresh = "(SELECT * FROM (SELECT DISTINCT ON (event_id) * FROM " + table(files)
                    + ") ANTI JOIN history USING (event_id))";
            if (!sorted) {
                statement.execute("COPY " + fresh + " TO '" + target + "' (FORMAT parquet, COMPRESSION zstd)");
            } else {
                // Rolled back, which favours it: nothing is forced to the disk.
                connection.setAutoCommit(false);
                statement.execute("CREATE TEMP TABLE fresh AS SELECT * FROM " + fresh);
                statement.execute("INSERT INTO history SELECT event_id FROM fresh");
                statement.execute("COPY (SELECT * FROM fresh ORDER BY account_id, occurred_at, event_id) TO '" + target
                        + "' (FORMAT parquet, COMPRESSION zstd)");
                connection.rollback();
            }
        }
        report.accept("seconds=" + (System.nanoTime() - start) / 1e9);
        process();
    }

    /** What the process took: CPU with compiler and collector, and the most memory it had at once. */
    private void process() throws IOException {
        report.accept("cpu="
                + ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getProcessCpuTime()
                        / 1e9);
        report.accept("resident MiB="
                + EngineRun.mostResidentMebibytes(ProcessHandle.current().pid()));
    }

    private static String csv(List<Path> files) {
        String list = files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
        String quantities = Stream.of(
                        "input_tokens",
                        "cached_input_tokens",
                        "cache_write_tokens",
                        "output_tokens",
                        "reasoning_tokens",
                        "audio_input_tokens",
                        "audio_output_tokens",
                        "units",
                        "requests")
                .map(column -> "'" + column + "': 'BIGINT'")
                .collect(Collectors.joining(", "));
        String texts = Stream.of(
                        "account_id", "project_id", "api_key_id", "provider", "model", "service_tier", "status")
                .map(column -> "'" + column + "': 'VARCHAR'")
                .collect(Collectors.joining(", "));
        return "read_csv([" + list
                + "], header = true, columns = {'event_id': 'VARCHAR', 'occurred_at': 'TIMESTAMPTZ', " + texts + ", "
                + quantities + "})";
    }

    private void requireSameResult() throws SQLException, IOException {
        String ours = "SELECT account_id, sum(events) AS events, sum(input + cached_input + cache_write + audio_input)"
                + " AS input_tokens, sum(cached_input) AS cached_input_tokens, sum(output + audio_output) AS"
                + " output_tokens FROM read_parquet('" + out
                + "/lake/usage/**/*.parquet', hive_partitioning = true) GROUP BY account_id";
        String theirs = "SELECT account_id, count(*) AS events, "
                + Stream.of(METERS.split(", "))
                        .map(column -> "coalesce(sum(" + column + "), 0) AS " + column)
                        .collect(Collectors.joining(", "))
                + " FROM '" + out + "/duckdb.parquet' GROUP BY account_id";
        try (Connection connection = DuckDbNight.open(out.resolve("compare.duckdb"), threads);
                Statement statement = connection.createStatement();
                ResultSet different = statement.executeQuery("SELECT count(*) FROM ((" + ours + " EXCEPT " + theirs
                        + ") UNION ALL (" + theirs + " EXCEPT " + ours + "))")) {
            different.next();
            if (different.getLong(1) != 0) {
                throw new IllegalStateException(different.getLong(1) + " accounts differ");
            }
        }
    }
}
