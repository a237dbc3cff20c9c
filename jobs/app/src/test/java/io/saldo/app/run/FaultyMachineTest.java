package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.ProgramProcess;
import io.saldo.app.SmallHome;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the machine may do to a run but kill it: each ends with the files and rows of a run on a sound one. */
class FaultyMachineTest {
    private static final Course.Step FIRST = Course.STEPS.get(0);
    private static final Course.Step SECOND = Course.STEPS.get(1);

    private static final long FONT_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private SmallHome home;
    private Path before;

    @BeforeEach
    void firstNight() throws Exception {
        home = Course.home(folder.resolve("home"));
        FIRST.delivery().to(home);
        home.night("2026-10-05");
        SECOND.delivery().to(home);
        before = folder.resolve("before");
    }

    /** The state after an undisturbed second night; the home is as it was before it. */
    private HomeState undisturbed() throws Exception {
        Folders.copy(home.root(), before);
        Program night = home.run(SECOND.command(home).toArray(new String[0]));
        HomeState state = HomeState.of(home);
        assertThat(night.code()).as(night.err()).isEqualTo(3);
        Folders.remove(home.root());
        Folders.copy(before, home.root());
        return state;
    }

    private void assertSame(HomeState expected) throws Exception {
        assertThat(expected.to(HomeState.of(home)).text()).isEmpty();
    }

    @Test
    void aFullDiskFailsTheRunUntilThereIsRoom() throws Exception {
        HomeState expected = undisturbed();
        boolean isFile = home.postgresql() == null;
        // Fonts are made files too, and are no part of what is tried here.
        long least = isFile ? Math.max(FONT_BYTES, Files.size(home.root().resolve("db/books.mv.db"))) : 0;
        for (long more : isFile ? new long[] {16 << 10, 128 << 10} : new long[] {1 << 10, 4 << 10}) {
            Process night = limited("ulimit -f " + (least + more) / 512, next());
            String printed = new String(night.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(night.waitFor()).as(printed).isEqualTo(1);
            assertThat(printed).contains("File too large");
        }
        Program rest = home.run(next());
        assertThat(rest.code()).as(rest.err()).isEqualTo(3);
        assertSame(expected);
    }

    private String[] next() throws Exception {
        boolean waits = !HomeState.query(home, "SELECT run_id FROM runs WHERE status <> 'COMPLETED'")
                .isEmpty();
        return waits ? new String[] {"resume"} : SECOND.command(home).toArray(new String[0]);
    }

    /** The program under a limit of the shell: no file may be longer. */
    private Process limited(String limit, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$@\"", "sh"));
        command.addAll(ProgramProcess.of(home.root(), List.of("-XX:-UsePerfData"), List.of(arguments))
                .command());
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    @Test
    void aSecondRunTouchesNothingAndGoesOnWhereTheFirstDied() throws Exception {
        HomeState expected = undisturbed();
        Process first = ProgramProcess.of(home.root(), List.of(CommitPoints.option(folder, "40")), SECOND.command(home))
                .start();
        try (BufferedReader lines = first.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && (!line.contains(CommitPoints.MARK) || line.contains(CommitPoints.READY))) {
                line = lines.readLine();
            }
            assertThat(line).as("it stands at a commit point").isNotNull();
            var files = Folders.bytes(home.root());
            Program second = home.run("nightly", "--date", "2026-10-07");
            assertThat(second.code()).isEqualTo(5);
            assertThat(second.errLines()).singleElement().asString().startsWith("RUN-002");
            Folders.assertSame(Folders.bytes(home.root()), files);
        } finally {
            first.destroyForcibly().waitFor();
        }
        // What the dead process left of its lock holds nobody, on this machine or on another one.
        Path moved = Files.move(home.root(), folder.resolve("moved"));
        Files.writeString(moved.resolve("db/lock"), "4711@another-machine");
        assertThat(Program.in(moved, "status").out()).contains("an interrupted run waits");
        Files.move(moved, home.root());
        Program resumed = home.run("resume");
        assertThat(resumed.code()).as(resumed.err()).isEqualTo(3);
        assertSame(expected);
    }

    @Test
    void aClockThatWasSetBackBeginsNoEarlierNight() throws Exception {
        String later = "2026-12-03";
        home.night(later);
        HomeState state = HomeState.of(home);
        Program today = Program.at(
                () -> Instant.parse("2026-11-30T12:00:00Z"),
                "--home",
                home.root().toString(),
                "nightly");
        assertThat(today.code()).isEqualTo(2);
        assertThat(today.err()).contains("RUN-", "the night of " + later + " has already run");
        assertSame(state);
    }
}
