package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.ProgramProcess;
import io.saldo.app.SmallHome;
import io.saldo.app.TestPostgresql;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes a home through the {@link Course}, kills it on the way, and compares it with one that nobody killed. */
final class Kills {
    private static final int SIGKILL = 128 + 9;
    private static final int AT_MOST_IN_A_ROW = 5;
    private static final int KILLS_TO_A_REPORT = 25;
    private static final List<String> RESUME = List.of("resume");

    private final Path folder;
    private final SmallHome home;
    private final PreparedProgram program;
    private final Random random;
    private final List<String> killed;

    /** What each command of the undisturbed run was, by its place in the course. */
    private final List<Undisturbed> undisturbed = new ArrayList<>();

    /** Points of commands at which no first kill was yet. */
    private final List<Point> points = new ArrayList<>();

    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private int lost;
    private int added;
    private int different;
    private int trials;

    /**
     * Makes the home.
     *
     * @param killed the names of the commands that are killed
     */
    Kills(Path folder, long seed, List<String> killed) throws IOException {
        this.folder = folder;
        this.random = new Random(seed);
        this.killed = killed;
        this.home = Course.home(folder.resolve("home"));
        this.program = new PreparedProgram(folder);
    }

    /**
     * A command as it went where nobody killed it.
     *
     * @param code its exit code
     * @param points how many commit points it passed
     * @param millis how long it took once the books were open
     * @param done what then tells that the books have it
     * @param after what the home held then
     */
    private record Undisturbed(int code, int points, long millis, List<String> done, HomeState after) {}

    /** A commit point of a command; many have the same name. */
    private record Point(int step, int number, String name) {}

    /** When to kill: at a commit point, or some time after the books are open where {@code point} is 0. */
    private record Moment(int point, long millis) {}

    /** How a process ended: {@code code} is null where it was killed; then {@code place} says where. */
    private record End(@Nullable Integer code, String place, String printed, List<String> told, long millis) {}

    /** Kills of one command. */
    private static final class Tally {
        private int atPoints;
        private int atInstants;
        private int resumed;
        private int tooLate;
    }

    /** What differed, one text for each home. */
    List<String> differences() {
        return differences;
    }

    /** Runs all commands without a kill, keeps what each left, and counts commit points and time of those to be killed. */
    void undisturbed() throws Exception {
        for (int number = 0; number < Course.STEPS.size(); number++) {
            Course.Step step = Course.STEPS.get(number);
            keep(number);
            step.delivery().to(home);
            int code;
            int passed = 0;
            long millis = 0;
            if (killed.contains(step.name())) {
                End end = process(step.command(home), CommitPoints.LIST, new Moment(Integer.MAX_VALUE, 0));
                assertThat(end.code()).as(end.printed()).isNotNull();
                code = end.code();
                passed = end.told().size();
                millis = end.millis();
                for (int point = 1; point <= passed; point++) {
                    points.add(new Point(number, point, end.told().get(point - 1)));
                }
                tallies.put(step.name(), new Tally());
            } else {
                code = run(step.command(home)).code();
            }
            assertThat(code).as(step.name()).isIn(0, 3, 4);
            undisturbed.add(new Undisturbed(code, passed, millis, done(step), HomeState.of(home)));
        }
        Collections.shuffle(points, random);
        oneOfEachNameFirst();
    }

    /** Points with the name of an earlier one come after all others, so that few kills see every kind. */
    private void oneOfEachNameFirst() {
        Set<String> seen = new HashSet<>();
        List<Point> repeated = new ArrayList<>();
        List<Point> first = new ArrayList<>();
        for (Point point : points) {
            (seen.add(point.step() + point.name()) ? first : repeated).add(point);
        }
        points.clear();
        points.addAll(repeated);
        points.addAll(first);
    }

    /** Kills so often, and gives a report. */
    String run(int kills) throws Exception {
        long begin = System.nanoTime();
        int done = 0;
        while (done < kills) {
            int before = done;
            done += trial(kills - done);
            trials++;
            if (done / KILLS_TO_A_REPORT > before / KILLS_TO_A_REPORT) {
                System.out.println(report(done, begin));
            }
        }
        return report(done, begin);
    }

    /** Kills one command, then what continues it, brings it to its end, and compares. Gives how many kills that were. */
    private int trial(int left) throws Exception {
        boolean atPoint = !points.isEmpty() && random.nextBoolean();
        Point point = atPoint ? points.remove(points.size() - 1) : null;
        int number = point != null ? point.step() : indexOf(killed.get(random.nextInt(killed.size())));
        Course.Step step = Course.STEPS.get(number);
        Undisturbed model = undisturbed.get(number);
        Moment first = point != null ? new Moment(point.number(), 0) : instant(model);
        int most = Math.min(left, 1 + random.nextInt(AT_MOST_IN_A_ROW));
        List<String> history = new ArrayList<>();
        bringBack(number);
        step.delivery().to(home);
        int kills = 0;
        for (Moment moment = first; kills < most; moment = random.nextBoolean() ? anyPoint(model) : instant(model)) {
            List<String> command = next(step);
            if (command.isEmpty()) {
                break;
            }
            End end = process(command, moment.point() == 0 ? "" : Integer.toString(moment.point()), moment);
            Tally tally = tallies.get(step.name());
            if (end.code() != null) {
                assertThat(end.code()).as(history + "\n" + end.printed()).isEqualTo(model.code());
                tally.tooLate++;
                compare(number, history);
                return kills;
            }
            kills++;
            history.add(String.join(" ", command) + " killed " + end.place());
            names.merge(end.place(), 1, Integer::sum);
            tally.atPoints += moment.point() > 0 ? 1 : 0;
            tally.atInstants += moment.point() > 0 ? 0 : 1;
            tally.resumed += command.equals(RESUME) ? 1 : 0;
        }
        compare(finish(number, history), history);
        return kills;
    }

    /** Brings the command to its end, and those that must follow before the home can be compared; gives the last one. */
    private int finish(int number, List<String> history) throws Exception {
        Course.Step step = Course.STEPS.get(number);
        List<String> command = next(step);
        int last = number;
        boolean over = command.isEmpty();
        // The next run continues one that was interrupted, and removes what one left that was killed at its very end.
        if (step.isRun()) {
            boolean byNextRun =
                    command.equals(RESUME) && Course.STEPS.get(number + 1).isRun() && random.nextInt(3) == 0;
            while (over || byNextRun) {
                last++;
                Course.Step following = Course.STEPS.get(last);
                following.delivery().to(home);
                Program program = run(following.command(home));
                history.add(following.name());
                assertThat(program.code())
                        .as(history + "\n" + program.out() + program.err())
                        .isEqualTo(undisturbed.get(last).code());
                if (following.isRun()) {
                    return last;
                }
            }
        }
        if (!over) {
            Program program = run(command);
            history.add(String.join(" ", command));
            assertThat(program.code())
                    .as(history + "\n" + program.out() + program.err())
                    .isEqualTo(undisturbed.get(number).code());
        }
        return last;
    }

    /** What a person does after a kill: continue a run that was interrupted, else give the command again; empty where it is done. */
    private List<String> next(Course.Step step) throws IOException, SQLException {
        if (!HomeState.query(home, "SELECT run_id FROM runs WHERE status <> 'COMPLETED'")
                .isEmpty()) {
            return RESUME;
        }
        boolean over = !step.done().isEmpty()
                && done(step).equals(undisturbed.get(indexOf(step.name())).done());
        return over ? List.of() : step.command(home);
    }

    private List<String> done(Course.Step step) throws IOException, SQLException {
        return step.done().isEmpty() ? List.of() : HomeState.query(home, step.done());
    }

    private static int indexOf(String name) {
        return Course.names().indexOf(name);
    }

    private Moment anyPoint(Undisturbed model) {
        return new Moment(1 + random.nextInt(model.points()), 0);
    }

    private Moment instant(Undisturbed model) {
        return new Moment(0, random.nextLong(Math.max(1, model.millis())));
    }

    private void compare(int last, List<String> history) throws IOException, SQLException {
        System.out.println(Course.STEPS.get(last).name() + ": " + String.join(", ", history));
        HomeState.Difference difference = undisturbed.get(last).after().to(HomeState.of(home));
        if (!difference.isNone()) {
            lost += difference.lost();
            added += difference.added();
            different += difference.different();
            differences.add(String.join("\n", history) + "\n" + difference.text());
            System.out.println(differences.get(differences.size() - 1));
        }
    }

    /** Runs a command that nobody kills. */
    private Program run(List<String> command) throws Exception {
        if (!ProgramProcess.isJar()) {
            return home.run(command.toArray(new String[0]));
        }
        Process process = ProgramProcess.of(home.root(), List.of(), command).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program(process.waitFor(), printed, "");
    }

    /** Runs a command in a process of its own and kills it at that moment, if it has not ended before. */
    private End process(List<String> command, String mode, Moment moment) throws Exception {
        Process process = program.of(home.root(), mode, command)
                .directory(folder.toFile())
                .start();
        List<String> printed = Collections.synchronizedList(new ArrayList<>());
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        CompletableFuture<Long> opened = new CompletableFuture<>();
        CompletableFuture<String> stopped = new CompletableFuture<>();
        Thread reading = new Thread(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int mark = line.indexOf(CommitPoints.MARK);
                    String name = mark < 0 ? "" : line.substring(mark + CommitPoints.MARK.length());
                    if (mark < 0) {
                        printed.add(line);
                    } else if (name.equals(CommitPoints.READY)) {
                        opened.complete(System.nanoTime());
                    } else {
                        told.add(name);
                        if (!mode.equals(CommitPoints.LIST)) {
                            stopped.complete(name);
                        }
                    }
                }
            } catch (IOException ended) {
                printed.add(ended.toString());
            }
        });
        reading.start();
        try {
            CompletableFuture.anyOf(opened, process.onExit()).get(1, TimeUnit.HOURS);
            if (moment.point() == 0) {
                process.waitFor(moment.millis(), TimeUnit.MILLISECONDS);
            } else {
                CompletableFuture.anyOf(stopped, process.onExit()).get(1, TimeUnit.HOURS);
            }
        } finally {
            process.destroyForcibly();
        }
        int code = process.waitFor();
        if (home.postgresql() != null) {
            TestPostgresql.awaitNobodyIn(home.postgresql());
        }
        long end = System.nanoTime();
        reading.join();
        long millis = opened.isDone() ? TimeUnit.NANOSECONDS.toMillis(end - opened.get()) : 0;
        String place = stopped.isDone() ? "at " + stopped.get() : "after " + moment.millis() + " ms";
        return new End(code == SIGKILL ? null : code, place, String.join("\n", printed), told, millis);
    }

    private void keep(int number) throws IOException {
        Folders.copy(home.root(), folder.resolve("before-" + number));
        if (home.postgresql() != null) {
            TestPostgresql.copy(home.postgresql(), TestPostgresql.url(kept(number)));
        }
    }

    private void bringBack(int number) throws IOException {
        Folders.remove(home.root());
        Folders.copy(folder.resolve("before-" + number), home.root());
        if (home.postgresql() != null) {
            TestPostgresql.copy(TestPostgresql.url(kept(number)), home.postgresql());
        }
    }

    private static String kept(int number) {
        return "kept_" + number;
    }

    private String report(int kills, long begin) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d kills in %d homes, %d s: %d lost, %d added, %d with other bytes%n",
                kills,
                trials,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                lost,
                added,
                different));
        for (Map.Entry<String, Tally> each : tallies.entrySet()) {
            int number = indexOf(each.getKey());
            Tally tally = each.getValue();
            text.append(String.format(
                    Locale.ROOT,
                    "  %-28s %4d points, %5d ms: %4d kills at points, %4d at instants, of which %4d while resumed; %d came too late%n",
                    each.getKey(),
                    undisturbed.get(number).points(),
                    undisturbed.get(number).millis(),
                    tally.atPoints,
                    tally.atInstants,
                    tally.resumed,
                    tally.tooLate));
        }
        names.forEach((name, count) -> {
            if (name.startsWith("at ")) {
                text.append(String.format(Locale.ROOT, "  %5d %s%n", count, name));
            }
        });
        return text.toString();
    }
}
