package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.TestPostgresql;
import io.saldo.app.run.Lane.End;
import io.saldo.app.run.Lane.Moment;
import io.saldo.app.run.Lane.Point;
import java.io.IOException;
import java.nio.file.Path;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Takes homes through the {@link Course}, kills them on the way, and compares them with one that nobody killed. */
final class Kills {
    private static final int KILLS_TO_A_REPORT = 25;

    private final Path folder;
    private final long seed;
    private final List<String> killed;
    private final List<Lane> lanes = new ArrayList<>();

    /** What each command of the undisturbed run was, by its place in the course. */
    private final List<Undisturbed> undisturbed = new ArrayList<>();

    /** Points of commands at which no first kill was yet, by lane. */
    private final List<List<Point>> points = new ArrayList<>();

    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final boolean isLong;
    private long begin;
    private int done;
    private int lost;
    private int added;
    private int different;
    private int trials;

    /**
     * Makes the homes.
     *
     * @param killed the names of the commands that are killed
     * @param beside how many homes are killed at the same time; one on PostgreSQL, whose address is in a home's configuration
     */
    Kills(Path folder, long seed, List<String> killed, int beside) throws IOException {
        this.folder = folder;
        this.seed = seed;
        this.killed = killed;
        PreparedProgram program = new PreparedProgram(folder);
        isLong = beside > 1;
        for (int number = 0; number < beside && !(number > 0 && isOnPostgresql()); number++) {
            lanes.add(new Lane(folder.resolve("lane-" + number), program, seed + number));
            points.add(new ArrayList<>());
        }
    }

    private boolean isOnPostgresql() {
        return lanes.get(0).home().postgresql() != null;
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
    record Undisturbed(int code, int points, long millis, List<String> done, HomeState after) {}

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

    /** The command at that place of the course as it went. */
    Undisturbed undisturbed(int number) {
        return undisturbed.get(number);
    }

    /** Runs the commands without a kill, keeps what each left, and counts commit points and time of those to be killed. */
    void undisturbed() throws Exception {
        Lane lane = lanes.get(0);
        List<Point> all = new ArrayList<>();
        for (int number = 0; number < Course.until(killed); number++) {
            Course.Step step = Course.STEPS.get(number);
            keep(lane, number);
            step.delivery().to(lane.home());
            int code;
            int passed = 0;
            long millis = 0;
            if (killed.contains(step.name())) {
                if (tallies.isEmpty() && isLong) {
                    lane.archive(step.command(lane.home()));
                    lane.bringBack(this, number);
                    step.delivery().to(lane.home());
                }
                End end = lane.process(step.command(lane.home()), CommitPoints.LIST, Moment.NEVER);
                assertThat(end.code()).as(end.printed()).isNotNull();
                code = end.code();
                passed = end.told().size();
                millis = end.millis();
                for (int point = 1; point <= passed; point++) {
                    all.add(new Point(number, point, end.told().get(point - 1)));
                }
                tallies.put(step.name(), new Tally());
            } else {
                code = lane.run(step.command(lane.home())).code();
            }
            assertThat(code).as(step.name()).isIn(0, 3, 4);
            undisturbed.add(new Undisturbed(code, passed, millis, lane.done(step), HomeState.of(lane.home())));
        }
        Collections.shuffle(all, new Random(seed));
        share(all);
    }

    /** Points with the name of an earlier one come after all others, so that few kills see every kind. */
    private void share(List<Point> all) {
        Set<String> seen = new HashSet<>();
        List<Point> repeated = new ArrayList<>();
        List<Point> first = new ArrayList<>();
        for (Point point : all) {
            (seen.add(point.step() + point.name()) ? first : repeated).add(point);
        }
        repeated.addAll(first);
        for (int index = 0; index < repeated.size(); index++) {
            points.get(index % lanes.size()).add(repeated.get(index));
        }
    }

    /** Kills so often, and gives a report. */
    String run(int kills) throws Exception {
        begin = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(lanes.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int number = 0; number < lanes.size(); number++) {
                int lane = number;
                int share = (kills + lanes.size() - 1 - number) / lanes.size();
                running.add(threads.submit(() -> {
                    run(lane, share);
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        return report();
    }

    private void run(int number, int kills) throws Exception {
        Lane lane = lanes.get(number);
        List<Point> left = points.get(number);
        int mine = 0;
        while (mine < kills) {
            boolean atPoint = !left.isEmpty() && lane.random().nextBoolean();
            Point point = atPoint ? left.remove(left.size() - 1) : null;
            String command = killed.get(lane.random().nextInt(killed.size()));
            int step = point != null ? point.step() : Course.names().indexOf(command);
            int more = lane.trial(this, point, step, kills - mine);
            mine += more;
            count(more);
        }
    }

    private synchronized void count(int kills) {
        int before = done;
        done += kills;
        trials++;
        if (done / KILLS_TO_A_REPORT > before / KILLS_TO_A_REPORT) {
            System.out.println(report());
        }
    }

    /** A command was killed, or what continues it. */
    synchronized void killed(Course.Step step, String place, boolean atPoint, boolean resumed) {
        names.merge(place, 1, Integer::sum);
        Tally tally = tallies.get(step.name());
        tally.atPoints += atPoint ? 1 : 0;
        tally.atInstants += atPoint ? 0 : 1;
        tally.resumed += resumed ? 1 : 0;
    }

    /** A command had ended before its kill. */
    synchronized void cameTooLate(Course.Step step) {
        tallies.get(step.name()).tooLate++;
    }

    /** A home was compared after that command. */
    synchronized void compared(int last, List<String> history, HomeState.Difference difference) {
        System.out.println(Course.STEPS.get(last).name() + ": " + String.join(", ", history));
        if (!difference.isNone()) {
            lost += difference.lost();
            added += difference.added();
            different += difference.different();
            differences.add(String.join("\n", history) + "\n" + difference.text());
            System.out.println(differences.get(differences.size() - 1));
        }
    }

    private void keep(Lane lane, int number) throws IOException {
        Folders.copy(lane.home().root(), kept(number));
        if (lane.home().postgresql() != null) {
            TestPostgresql.copy(lane.home().postgresql(), TestPostgresql.url(keptDatabase(number)));
        }
    }

    /** The home before the command at that place of the course. */
    Path kept(int number) {
        return folder.resolve("before-" + number);
    }

    /** Its database, where it has one. */
    static String keptDatabase(int number) {
        return "kept_" + number;
    }

    private synchronized String report() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d kills in %d homes, %d s: %d lost, %d added, %d with other bytes%n",
                done,
                trials,
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin),
                lost,
                added,
                different));
        for (Map.Entry<String, Tally> each : tallies.entrySet()) {
            int number = Course.names().indexOf(each.getKey());
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
