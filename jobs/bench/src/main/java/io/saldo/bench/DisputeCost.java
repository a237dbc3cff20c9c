package io.saldo.bench;

import io.saldo.sample.Arguments;
import io.saldo.sample.LoadGenerator;
import io.saldo.sample.LoadPlan;
import io.saldo.sample.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a dispute costs in a large lake: {@code saldo rerun} of one account-month with an event that is left out, as it is
 * shipped, from its start to its exit, beside {@code saldo rerun list}, which opens the same home and reads nothing of the lake.
 *
 * <p>The home has so many closed months, each taken in one night, since a rerun does not care in how many a month came.
 */
public final class DisputeCost {
    private static final YearMonth DISPUTED = YearMonth.of(2026, 10);
    private static final long SEED = 1;
    private static final long SEEDS_APART = 1_000_000_000_001L;

    private static final Options OPTIONS = Options.NONE
            .and("--out", "DIR", "", "the home and what is printed; made where it is not there yet")
            .and("--events", "N", "100000000", "of all months together")
            .and("--months", "N", "10", "how many, the last of them disputed")
            .and("--accounts", "N", "5000", "how many have usage")
            .and("--rounds", "N", "5", "how often each command is measured; 0 prepares alone")
            .and("--threads", "N", "2", "how many generate");

    private final Path out;
    private final ShippedProgram saldo;
    private final long events;
    private final int months;
    private final int accounts;
    private final int threads;
    private final int rounds;

    private DisputeCost(Arguments arguments) {
        out = arguments.path("--out");
        saldo = new ShippedProgram(arguments.path(ShippedProgram.OPTION), out);
        events = arguments.count("--events");
        months = arguments.number("--months");
        accounts = arguments.number("--accounts");
        threads = arguments.number("--threads");
        rounds = arguments.number("--rounds");
    }

    /** {@code --help} tells the options. Measures the largest account, one of the middle and the smallest. */
    public static void main(String[] arguments) throws Exception {
        ShippedProgram.withLauncher(OPTIONS).start(arguments, given -> new DisputeCost(given).run());
    }

    private void run() throws Exception {
        saldo.startOnce();
        if (!Files.exists(out.resolve("home"))) {
            prepare();
        }
        if (rounds > 0) {
            measure();
        }
    }

    private void prepare() throws Exception {
        Path home = Files.createDirectories(out.resolve("home"));
        for (int number = 0; number < months; number++) {
            YearMonth month = DISPUTED.minusMonths(months - 1L - number);
            Path load = out.resolve("load");
            LoadGenerator.generate(new LoadPlan(
                    SEED + number * SEEDS_APART,
                    accounts,
                    events / months,
                    month.atDay(1),
                    month.lengthOfMonth(),
                    "csv",
                    threads,
                    load));
            if (number == 0) {
                Files.move(load.resolve("config"), home.resolve("config"));
                saldo.run("init", home, "init");
                Files.createDirectories(home.resolve("inbox/usage"));
                move(load, "billing-credits", home);
            }
            move(load, "usage", home);
            if (month.equals(DISPUTED)) {
                Files.write(out.resolve("events"), firstOfEach(home.resolve("inbox/usage")));
            }
            tell(
                    month + " nightly",
                    saldo.run(
                            "nightly",
                            home,
                            "nightly",
                            "--date",
                            month.atEndOfMonth().toString()));
            tell(
                    month + " close",
                    saldo.run(
                            "close",
                            home,
                            "close",
                            "--month",
                            month.toString(),
                            "--date",
                            month.atEndOfMonth().toString()));
            Folders.delete(load);
        }
    }

    private static void move(Path load, String source, Path home) throws IOException {
        Path inbox = Files.createDirectories(home.resolve("inbox").resolve(source));
        for (Path day : in(load.resolve("deliveries"))) {
            for (Path file : in(day.resolve(source))) {
                Files.move(file, inbox.resolve(file.getFileName()));
            }
        }
    }

    private static List<Path> in(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }

    /** Account and id of the first billable event of each account that is measured. */
    private List<String> firstOfEach(Path usage) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> files = in(usage);
        for (int account : new int[] {1, Math.max(1, accounts / 2), accounts}) {
            String column = "," + LoadGenerator.accountId(account - 1) + ",";
            for (Path file : files) {
                try (Stream<String> lines = Files.lines(file)) {
                    List<String> first = lines.filter(line -> line.contains(column) && line.contains(",ok,"))
                            .limit(1)
                            .map(line ->
                                    LoadGenerator.accountId(account - 1) + " " + line.substring(0, line.indexOf(',')))
                            .toList();
                    found.addAll(first);
                    if (!first.isEmpty()) {
                        break;
                    }
                }
            }
        }
        return found;
    }

    private void measure() throws Exception {
        Path home = out.resolve("home");
        List<EngineRun> opened = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            opened.add(saldo.run("list", home, "rerun", "list"));
        }
        tell("rerun list", opened, opened);
        for (String line : Files.readAllLines(out.resolve("events"))) {
            String[] words = line.split(" ");
            List<EngineRun> runs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                runs.add(saldo.run(
                        "rerun",
                        home,
                        "rerun",
                        "--account",
                        words[0],
                        "--month",
                        DISPUTED.toString(),
                        "--reason",
                        "benchmark",
                        "--exclude",
                        words[1],
                        "--date",
                        DISPUTED.plusMonths(1).atDay(1).toString()));
            }
            tell("rerun " + words[0], runs, opened);
        }
    }

    private static void tell(String name, EngineRun run) {
        System.out.println(
                String.format(Locale.ROOT, "%-20s %9.2f s %9.2f CPU s", name, run.seconds(), run.cpuSeconds()));
    }

    private static void tell(String name, List<EngineRun> runs, List<EngineRun> opened) {
        double seconds = EngineRun.median(runs, EngineRun::seconds);
        double read = EngineRun.median(runs, EngineRun::readMebibytes);
        System.out.println(String.format(
                Locale.ROOT,
                "%-20s %6.2f s, beyond opening the home %6.2f s; read %8.1f MiB, beyond that %8.1f MiB; %6.2f CPU s",
                name,
                seconds,
                seconds - EngineRun.median(opened, EngineRun::seconds),
                read,
                read - EngineRun.median(opened, EngineRun::readMebibytes),
                EngineRun.median(runs, EngineRun::cpuSeconds)));
    }
}
