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
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One home that is killed, brought to its end and compared, again and again. Lanes work beside each other; of what they run
 * within this process, which has one log and one standard output, one at a time.
 */
final class Lane {
    private static final int SIGKILL = 128 + 9;
    private static final int AT_MOST_IN_A_ROW = 5;
    private static final List<String> RESUME = List.of("resume");
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path folder;
    private final SmallHome home;
    private final PreparedProgram program;
    private final Random random;

    /** A lane with a home of its own. */
    Lane(Path folder, PreparedProgram program, long seed) throws IOException {
        this.folder = folder;
        this.program = program;
        random = new Random(seed);
        synchronized (IN_THIS_PROCESS) {
            home = Course.home(folder.resolve("home"));
        }
    }

    /** A commit point of a command; many have the same name. */
    record Point(int step, int number, String name) {}

    /** When to kill: at a commit point, or some time after the books are open where {@code point} is 0. */
    record Moment(int point, long millis) {
        static final Moment NEVER = new Moment(Integer.MAX_VALUE, 0);
    }

    /** How a process ended: {@code code} is null where it was killed; then {@code place} says where. */
    record End(@Nullable Integer code, String place, String printed, List<String> told, long millis) {}

    SmallHome home() {
        return home;
    }

    Random random() {
        return random;
    }

    /** Kills one command, then what continues it, brings it to its end, and compares. Gives how many kills that were. */
    int trial(Kills kills, @Nullable Point point, int number, int left) throws Exception {
        Course.Step step = Course.STEPS.get(number);
        Kills.Undisturbed model = kills.undisturbed(number);
        Moment first = point != null ? new Moment(point.number(), 0) : instant(model);
        int most = Math.min(left, 1 + random.nextInt(AT_MOST_IN_A_ROW));
        List<String> history = new ArrayList<>();
        bringBack(kills, number);
        step.delivery().to(home);
        int done = 0;
        for (Moment moment = first; done < most; moment = random.nextBoolean() ? anyPoint(model) : instant(model)) {
            List<String> command = next(kills, step);
            if (command.isEmpty()) {
                break;
            }
            End end = process(command, moment.point() == 0 ? "" : Integer.toString(moment.point()), moment);
            if (end.code() != null) {
                assertThat(end.code()).as(history + "\n" + end.printed()).isEqualTo(model.code());
                kills.cameTooLate(step);
                compare(kills, number, history);
                return done;
            }
            done++;
            history.add(String.join(" ", command) + " killed " + end.place());
            kills.killed(step, end.place(), moment.point() > 0, command.equals(RESUME));
        }
        compare(kills, finish(kills, number, history), history);
        return done;
    }

    /** Brings the command to its end, and those that must follow before the home can be compared; gives the last one. */
    private int finish(Kills kills, int number, List<String> history) throws Exception {
        Course.Step step = Course.STEPS.get(number);
        List<String> command = next(kills, step);
        int last = number;
        boolean over = command.isEmpty();
        // The next run continues one that was interrupted, and removes what one left that was killed at its very end.
        if (step.isRun() || step.isContinued()) {
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
                        .isEqualTo(kills.undisturbed(last).code());
                if (following.isRun() || step.isContinued()) {
                    return last;
                }
            }
        }
        if (!over) {
            Program program = run(command);
            history.add(String.join(" ", command));
            assertThat(program.code())
                    .as(history + "\n" + program.out() + program.err())
                    .isEqualTo(kills.undisturbed(number).code());
        }
        return last;
    }

    /** What a person does after a kill: continue a run that was interrupted, else give the command again; empty where it is done. */
    private List<String> next(Kills kills, Course.Step step) throws IOException, SQLException {
        if (!HomeState.query(home, "SELECT run_id FROM runs WHERE status <> 'COMPLETED'")
                .isEmpty()) {
            return RESUME;
        }
        boolean over = !step.done().isEmpty()
                && done(step)
                        .equals(kills.undisturbed(Course.names().indexOf(step.name()))
                                .done());
        return over ? List.of() : step.command(home);
    }

    /** What tells now whether the books have the command. */
    List<String> done(Course.Step step) throws IOException, SQLException {
        return step.done().isEmpty() ? List.of() : HomeState.query(home, step.done());
    }

    private Moment anyPoint(Kills.Undisturbed model) {
        return new Moment(1 + random.nextInt(model.points()), 0);
    }

    private Moment instant(Kills.Undisturbed model) {
        return new Moment(0, random.nextLong(Math.max(1, model.millis())));
    }

    private void compare(Kills kills, int last, List<String> history) throws IOException, SQLException {
        kills.compared(last, history, kills.undisturbed(last).after().to(HomeState.of(home)));
    }

    /** Runs a command that nobody kills. */
    Program run(List<String> command) throws Exception {
        if (!ProgramProcess.isJar()) {
            synchronized (IN_THIS_PROCESS) {
                return home.run(command.toArray(new String[0]));
            }
        }
        Process process = ProgramProcess.of(home.root(), List.of(), command).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program(process.waitFor(), printed, "");
    }

    /** Runs a command so that the processes after it start faster. */
    void archive(List<String> command) throws Exception {
        if (!ProgramProcess.isJar()) {
            Process process = program.archiving(home.root(), command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isIn(0, 3, 4);
            if (home.postgresql() != null) {
                TestPostgresql.awaitNobodyIn(home.postgresql());
            }
        }
    }

    /** Runs a command in a process of its own and kills it at that moment, if it has not ended before. */
    End process(List<String> command, String mode, Moment moment) throws Exception {
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

    /** Brings the home back to what it was before the command at that place of the course. */
    void bringBack(Kills kills, int number) throws IOException {
        Folders.remove(home.root());
        Folders.copy(kills.kept(number), home.root());
        if (home.postgresql() != null) {
            // A database is copied by one at a time.
            synchronized (IN_THIS_PROCESS) {
                TestPostgresql.copy(TestPostgresql.url(Kills.keptDatabase(number)), home.postgresql());
            }
        }
    }
}
