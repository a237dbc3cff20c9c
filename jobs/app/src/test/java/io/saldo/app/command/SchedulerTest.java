package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.saldo.app.SmallHome;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import io.saldo.app.monitor.Monitor;
import io.saldo.app.run.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler on a real home, with a clock that is moved by hand whenever it waits. */
class SchedulerTest {
    @TempDir
    Path folder;

    private SmallHome home;
    private Instant now = Instant.parse("2026-10-03T12:00:00Z");
    private Duration passing = Duration.ZERO;
    private final StringWriter printed = new StringWriter();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Monitor monitor = new Monitor(() -> now);

    @BeforeEach
    void make() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a"));
        String settings = Files.readString(home.root().resolve("config/application.yml"))
                .replaceAll("(?m)^schedule:\\n(  .*\\n)*", "");
        Files.writeString(
                home.root().resolve("config/application.yml"),
                settings + "\nschedule:\n  nightly: 0 30 3 * * *\n  close: 0 0 6 3 * *\n");
        monitor.bindTo(metrics);
    }

    /** Works through these; each is what happens while the scheduler waits. The last one is followed by a request to stop. */
    private int serve(StopRequest stop, PrintWriter out, List<Consumer<Instant>> whileWaiting) throws Exception {
        Deque<Consumer<Instant>> rest = new ArrayDeque<>(whileWaiting);
        Saldo saldo = new Saldo();
        saldo.homeFolder = home.root();
        saldo.clock = this::look;
        saldo.out = out;
        saldo.err = out;
        return new Scheduler(saldo, stop, monitor, until -> {
                    rest.remove().accept(until);
                    if (rest.isEmpty()) {
                        stop.request();
                    }
                })
                .run();
    }

    private Instant look() {
        Instant seen = now;
        now = now.plus(passing);
        return seen;
    }

    private List<String> lines(String beginning) {
        return printed.toString()
                .lines()
                .filter(line -> line.startsWith(beginning))
                .toList();
    }

    private double metric(String name, String... tags) {
        return metrics.get(name).tags(tags).gauge().value();
    }

    @Test
    void makesUpForWhatWasMissedWaitsForOthersAndDoesNothingTwice() throws Exception {
        assertThat(home.run("close", "--month", "2026-08", "--date", "2026-09-02")
                        .code())
                .isZero();
        home.night("2026-10-01");
        home.deliverUsage("u.csv", "e1,2026-10-02T10:00:00Z,a,,p,m,1000");
        HomeLock another = HomeLock.take(new Home(home.root()));
        int code = serve(
                new StopRequest(),
                new PrintWriter(printed, true),
                List.of(
                        until -> {
                            assertThat(lines(""))
                                    .containsExactly(
                                            "another command holds the home; tried again at 2026-10-03T12:00:30Z");
                            assertThat(until).isEqualTo("2026-10-03T12:00:30Z");
                            close(another);
                            now = until;
                        },
                        until -> {
                            assertThat(home.books(
                                            "SELECT job, business_date, month, verdict FROM runs ORDER BY run_id"))
                                    .containsExactly(
                                            "month-close 2026-09-02 2026-08 reconciled",
                                            "nightly 2026-10-01 2026-10 reconciled",
                                            "nightly 2026-10-02 2026-10 reconciled",
                                            "month-close 2026-10-02 2026-09 reconciled");
                            assertThat(until).isEqualTo("2026-10-04T03:30:00Z");
                            assertThat(metric("saldo.records", "outcome", "accepted"))
                                    .isEqualTo(1);
                            assertThat(metric("saldo.nights.missed")).isZero();
                            assertThat(metrics.get("saldo.runs")
                                            .tags("job", "nightly", "verdict", "reconciled")
                                            .functionCounter()
                                            .count())
                                    .isEqualTo(2);
                            assertThat(metric("saldo.step.duration", "job", "nightly", "step", "scatter"))
                                    .isPositive();
                            // The home is free while it waits, and what is done by hand is not done again.
                            home.night("2026-10-03");
                            now = until;
                        },
                        until -> {
                            assertThat(home.books("SELECT COUNT(*) FROM runs")).containsExactly("5");
                            assertThat(until).isEqualTo("2026-10-05T03:30:00Z");
                        }));
        assertThat(code).isZero();
        assertThat(lines("next: "))
                .containsExactly(
                        "next: nightly of 2026-10-03 at 2026-10-04T03:30:00Z",
                        "next: nightly of 2026-10-04 at 2026-10-05T03:30:00Z");
        assertThat(lines("stopped")).containsExactly("stopped; nothing was running");
    }

    @Test
    void aNightThatIsMadeUpForLeavesWhatCameLaterToItsOwnNight() throws Exception {
        home.night("2026-10-01");
        deliver("u-02.csv", "e2,2026-10-02T10:00:00Z,a,,p,m,1000", "2026-10-03T01:00:00Z");
        deliver("u-03.csv", "e3,2026-10-03T10:00:00Z,a,,p,m,1000", "2026-10-04T01:00:00Z");
        now = Instant.parse("2026-10-04T12:00:00Z");
        serve(new StopRequest(), new PrintWriter(printed, true), List.of(until -> {}));
        assertThat(home.books("SELECT file_name, night FROM delivery ORDER BY file_name"))
                .containsExactly("u-02.csv 2026-10-02", "u-03.csv 2026-10-03");
        assertThat(home.books("SELECT COUNT(*) FROM rejected_file")).containsExactly("0");
    }

    private void deliver(String name, String row, String at) throws IOException {
        home.deliverUsage(name, row);
        Files.setLastModifiedTime(home.root().resolve("inbox/usage").resolve(name), FileTime.from(Instant.parse(at)));
    }

    private static void close(HomeLock lock) {
        try {
            lock.close();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void stopsBetweenTwoCommitsAndGoesOnWithThatRunFirst() throws Exception {
        home.night("2026-10-01");
        home.deliverUsage("u.csv", "e1,2026-10-02T10:00:00Z,a,,p,m,1000");
        StopRequest stop = new StopRequest();
        PrintWriter stopping = new PrintWriter(printed, true) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.startsWith("  scatter")) {
                    stop.request();
                }
            }
        };
        assertThat(serve(stop, stopping, List.of())).isEqualTo(ExitCode.STOPPED);
        assertThat(lines("stopped")).singleElement().asString().startsWith("stopped in the middle of run 2;");
        assertThat(home.run("status").out()).contains("an interrupted run waits");

        assertThat(serve(new StopRequest(), new PrintWriter(printed, true), List.of(until -> {})))
                .isZero();
        assertThat(lines("resuming")).containsExactly("resuming run 2 (nightly 2026-10-02)");
        assertThat(lines("  scatter"))
                .as("what had committed is not done again")
                .hasSize(1);
        assertThat(home.books("SELECT job, status FROM runs ORDER BY run_id"))
                .containsExactly("nightly COMPLETED", "nightly COMPLETED");
        assertThat(home.books("SELECT accepted FROM delivery_outcome")).containsExactly("1");
    }

    @Test
    void whatBecomesDueWhileItLooksBeginsAtItsTime() throws Exception {
        home.night("2026-10-02");
        now = Instant.parse("2026-10-04T03:20:00Z");
        passing = Duration.ofMinutes(6);
        serve(
                new StopRequest(),
                new PrintWriter(printed, true),
                List.of(
                        until -> {
                            assertThat(until).isEqualTo("2026-10-04T03:30:00Z");
                            passing = Duration.ZERO;
                            now = until;
                        },
                        until -> assertThat(until).isEqualTo("2026-10-05T03:30:00Z")));
        assertThat(home.books("SELECT business_date FROM runs ORDER BY run_id"))
                .containsExactly("2026-10-02", "2026-10-03");
    }

    @Test
    void triesAgainWhatFailed() throws Exception {
        home.night("2026-10-01");
        Path accounts = home.root().resolve("config/accounts.csv");
        String right = Files.readString(accounts);
        home.configure("accounts.csv", "account,name\n");
        serve(
                new StopRequest(),
                new PrintWriter(printed, true),
                List.of(
                        until -> {
                            assertThat(until).isEqualTo("2026-10-03T12:05:00Z");
                            assertThat(lines("CFG-")).isNotEmpty();
                            assertThat(monitor.health().getStatus().getCode()).isEqualTo("DOWN");
                            assertThat(metric("saldo.nights.missed")).isEqualTo(1);
                            write(accounts, right);
                            now = until;
                        },
                        until -> assertThat(monitor.health().getStatus().getCode())
                                .isEqualTo("UP")));
        assertThat(home.books("SELECT COUNT(*) FROM runs WHERE status = 'COMPLETED'"))
                .containsExactly("2");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
