package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that fails in one of its steps goes on with resume, and ends with the bytes of one that did not fail. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {
    private static final List<String> ACCOUNTS = List.of("a-1", "a-2", "a-3");

    private SmallHome undisturbed;
    private SortedMap<String, byte[]> exported;

    @BeforeAll
    void runUndisturbed(@TempDir Path folder) throws IOException {
        undisturbed = SmallHome.create(folder.resolve("home"), ACCOUNTS);
        deliver(undisturbed, 5);
        undisturbed.night("2026-10-05");
        deliver(undisturbed, 6);
        undisturbed.night("2026-10-06");
        exported = Folders.bytes(undisturbed.export());
    }

    private static void deliver(SmallHome home, int day) throws IOException {
        String[] events = new String[30];
        for (int event = 0; event < events.length; event++) {
            events[event] = "e-%d-%d,2026-10-%02dT%02d:00:00Z,%s,,openai,m,%d"
                    .formatted(day, event, day, event % 24, ACCOUNTS.get(event % 3), 100 + event);
        }
        home.deliverUsage("usage-" + day + ".csv", events);
        home.deliverCredits(
                "credits-" + day + ".csv",
                "g-%d,c-%d,a-1,grant,purchase,1,0.19,EUR,2026-10-%02dT03:00:00Z,,,,".formatted(day, day, day));
    }

    /** The first file of the second night whose path begins so, in the home where nothing failed. */
    private Path fileOfTheSecondNight(String beginning) throws IOException {
        Path lake = undisturbed.root().resolve("lake");
        String night = beginning.startsWith("deliveries") ? "2026-10-06" : "run-000002";
        return Folders.bytes(lake).keySet().stream()
                .filter(path -> path.startsWith(beginning) && path.contains(night))
                .findFirst()
                .map(Path::of)
                .orElseThrow(() -> new AssertionError("no file of the second night in " + beginning));
    }

    private SmallHome afterTheFirstNight(Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), ACCOUNTS);
        deliver(home, 5);
        home.night("2026-10-05");
        deliver(home, 6);
        return home;
    }

    private void resumes(SmallHome home) throws IOException {
        assertThat(home.run("status").out()).contains("an interrupted run waits: saldo resume");
        Program resumed = home.run("resume");
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        assertThat(home.run("status").out()).doesNotContain("interrupted");
        Folders.assertSame(Folders.bytes(home.export()), exported);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deliveries/2026-10-06/usage", "usage", "identity", "statements"})
    void aFileThatCannotBeWrittenFailsTheRunUntilItCan(String what, @TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path blocked = home.root().resolve("lake").resolve(fileOfTheSecondNight(what));
        Files.createDirectories(blocked);
        Program failed = home.run("nightly", "--date", "2026-10-06");
        assertThat(failed.code()).as(failed.err()).isEqualTo(1);
        assertThat(failed.err()).contains("FAILED", "saldo resume");
        Files.delete(blocked);
        resumes(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "statements"})
    void aHomeThatWasMovedMeanwhileGoesOnWithItsOwnFiles(String what, @TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path blocked = home.root().resolve("lake").resolve(fileOfTheSecondNight(what));
        Files.createDirectories(blocked);
        assertThat(home.run("nightly", "--date", "2026-10-06").code()).isEqualTo(1);
        Files.delete(blocked);
        Path moved = Files.move(home.root(), folder.resolve("moved"));
        Program resumed = Program.in(moved, "resume");
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        Path export = folder.resolve("export");
        assertThat(Program.in(moved, "export", "--month", "2026-10", "--to", export.toString())
                        .code())
                .isZero();
        Folders.assertSame(Folders.bytes(export), exported);
        assertThat(home.root()).doesNotExist();
    }

    /** So a kill leaves it between the two transactions in which Spring Batch stores an instance and its execution. */
    @Test
    void aJobWithoutAnExecutionIsBegunAnew(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("undone"), List.of("a-1"));
        home.deliverUsage("u.csv", "e-1,2026-10-05T10:00:00Z,a-1,,openai,m,10");
        Path inTheWay = home.root().resolve("out/nights");
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "");
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        Files.delete(inTheWay);
        for (String table : List.of(
                "batch_step_execution_context",
                "batch_step_execution",
                "batch_job_execution_context",
                "batch_job_execution_params",
                "batch_job_execution")) {
            home.books("DELETE FROM " + table);
        }
        assertThat(home.books("SELECT COUNT(*) FROM batch_job_instance")).containsExactly("1");
        Program resume = home.run("resume");
        assertThat(resume.code()).as(resume.err()).isZero();
        assertThat(home.books("SELECT account_id FROM statement_revision")).containsExactly("a-1");
    }

    /** What a partition is to do is as long as its accounts are many, and executions stay in the books for ever. */
    @Test
    void theBooksKeepNothingOfWhatAPartitionWasToDo() throws IOException {
        String partitions =
                "FROM batch_step_execution_context JOIN batch_step_execution USING (step_execution_id) WHERE step_name LIKE '%-partition:%'";
        assertThat(undisturbed.books("SELECT COUNT(*) > 0 " + partitions)).containsExactly("TRUE");
        assertThat(undisturbed.books("SELECT short_context " + partitions
                        + " AND (short_context LIKE '%description%' OR serialized_context IS NOT NULL)"))
                .isEmpty();
        assertThat(undisturbed.books(
                        "SELECT manifest FROM partition_manifest WHERE step = 'statement' AND manifest LIKE '%a-1%'"))
                .isEmpty();
    }

    @Test
    void aReportThatCannotBeWrittenFailsTheRunUntilItCan(@TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path blocked = home.root().resolve("out/nights/2026-10-06");
        Files.writeString(blocked, "in the way");
        assertThat(home.run("nightly", "--date", "2026-10-06").code()).isEqualTo(1);
        Files.delete(blocked);
        resumes(home);
    }

    @Test
    void aFailedRunIsFinishedBeforeTheNextNight(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), ACCOUNTS);
        deliver(home, 5);
        Path blocked =
                Files.createDirectories(home.root().resolve("out/nights")).resolve("2026-10-05");
        Files.writeString(blocked, "in the way");
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        deliver(home, 6);
        assertThat(home.run("nightly", "--date", "2026-10-06").code()).isEqualTo(1);
        Files.delete(blocked);
        home.night("2026-10-06");
        Folders.assertSame(Folders.bytes(home.export()), exported);
    }

    @Test
    void aResumedRunKeepsTheConfigurationThatItBeganWith(@TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path blocked = home.root().resolve("lake").resolve(fileOfTheSecondNight("usage"));
        Files.createDirectories(blocked);
        assertThat(home.run("nightly", "--date", "2026-10-06").code()).isEqualTo(1);
        Files.delete(blocked);
        Folders.edit(home.root().resolve("config/prices/list.csv"), "input,1,1000", "input,7,1000");
        resumes(home);
    }

    /** The same length with other bits, in every column, as not every run reads each. */
    private static byte[] damaged(byte[] sound) {
        byte[] damaged = sound.clone();
        for (int at = 8; at < damaged.length / 2; at += 16) {
            damaged[at] ^= 1;
        }
        return damaged;
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage", "identity"})
    void aDamagedLakeFileIsNamedAndNotUsed(String what, @TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path lake = home.root().resolve("lake").resolve(what);
        SortedMap<String, byte[]> sound = Folders.bytes(lake);
        for (Map.Entry<String, byte[]> file : sound.entrySet()) {
            Files.write(lake.resolve(file.getKey()), damaged(file.getValue()));
        }
        Program failed = home.run("nightly", "--date", "2026-10-06");
        assertThat(failed.code()).as(failed.out() + failed.err()).isEqualTo(1);
        assertThat(failed.err()).contains("run-000001", "is damaged or missing: put it back from a backup");
        for (Map.Entry<String, byte[]> file : sound.entrySet()) {
            Files.write(lake.resolve(file.getKey()), file.getValue());
        }
        resumes(home);
    }

    @Test
    void aDamagedDetailOfAStatementIsNotExported(@TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path statements = home.root().resolve("lake/statements");
        for (Map.Entry<String, byte[]> file : Folders.bytes(statements).entrySet()) {
            Files.write(statements.resolve(file.getKey()), damaged(file.getValue()));
        }
        Program export = home.run(
                "export", "--month", "2026-10", "--to", folder.resolve("export").toString());
        assertThat(export.code()).isEqualTo(1);
        assertThat(export.err()).contains("run-000001", "is damaged or missing: put it back from a backup");
    }

    @Test
    void aTruncatedLakeFileStopsTheNightUntilItIsRestored(@TempDir Path folder) throws IOException {
        SmallHome home = afterTheFirstNight(folder);
        Path lake = home.root().resolve("lake");
        Map<Path, Path> kept = new TreeMap<>();
        for (String name : Folders.bytes(lake.resolve("usage")).keySet()) {
            Path file = lake.resolve("usage").resolve(name);
            Path copy = folder.resolve("kept-" + kept.size());
            Files.copy(file, copy);
            kept.put(file, copy);
            try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                damaged.setLength(damaged.length() / 2);
            }
        }
        Program failed = home.run("nightly", "--date", "2026-10-06");
        assertThat(failed.code()).as(failed.out() + failed.err()).isEqualTo(1);
        for (Map.Entry<Path, Path> each : kept.entrySet()) {
            Files.copy(each.getValue(), each.getKey(), StandardCopyOption.REPLACE_EXISTING);
        }
        resumes(home);
    }
}
