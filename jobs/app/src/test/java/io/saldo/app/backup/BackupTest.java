package io.saldo.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.OnEveryDatabase;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home that was made of a backup goes on as the one that it is a copy of. */
@OnEveryDatabase
class BackupTest {
    @TempDir
    Path folder;

    private SmallHome home() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.deliverCredits("c.csv", "e-1,c-1,a-1,grant,promo,3,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("u.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000", "bad,x,a-1,,openai,m,1");
        home.night("2026-10-03");
        return home;
    }

    private Path backup(SmallHome home, String name, String... options) {
        Path backup = folder.resolve(name);
        Program program = home.run(join(join(new String[] {"backup", "--to", backup.toString()}, options)));
        assertThat(program.code()).as(program.out() + program.err()).isZero();
        return backup;
    }

    private static String[] join(String[] first, String... rest) {
        String[] all = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        return all;
    }

    /** The restored home keeps its books in H2, wherever they were. */
    private Path restored(Path backup) throws IOException {
        Path root = folder.resolve("restored");
        Program program = Program.in(root, "restore", "--from", backup.toString());
        assertThat(program.code()).as(program.err()).isZero();
        assertThat(program.out()).contains("verify");
        Path settings = root.resolve("config/application.yml");
        Files.writeString(settings, Files.readString(settings).replaceAll("(?s)\ndatabase:.*", "\n"));
        return root;
    }

    private static void assertGoOnAlike(SmallHome home, Path restored) throws IOException {
        home.deliverUsage("next.csv", "r-2,2026-10-04T08:00:00Z,a-2,,openai,m,700");
        Folders.copy(home.root().resolve("inbox/usage"), restored.resolve("inbox/again"));
        Files.createDirectories(restored.resolve("inbox/usage"));
        Files.move(restored.resolve("inbox/again/next.csv"), restored.resolve("inbox/usage/next.csv"));
        Files.delete(restored.resolve("inbox/again"));
        for (Path each : List.of(home.root(), restored)) {
            Program night = Program.in(each, "nightly", "--date", "2026-10-04");
            assertThat(night.code()).as(night.err()).isIn(0, 3, 4);
            Program export = Program.in(
                    each,
                    "export",
                    "--month",
                    "2026-10",
                    "--to",
                    each.resolve("out/x").toString());
            assertThat(export.code()).as(export.err()).isZero();
        }
        Folders.assertSame(
                Folders.bytes(restored.resolve("out/x")),
                Folders.bytes(home.root().resolve("out/x")));
        Program verified = Program.in(restored, "verify");
        assertThat(verified.code()).as(verified.err()).isZero();
    }

    @Test
    void theNextNightOfTheRestoredHomeIsThatOfTheOther() throws IOException {
        SmallHome home = home();
        Path first = backup(home, "first");
        assertThat(first.resolve("INCOMPLETE")).doesNotExist();
        Path second = backup(home, "second", "--previous", first.toString());
        assertThat(Files.isSameFile(
                        first.resolve("home/lake/").resolve(archived(first)),
                        second.resolve("home/lake/").resolve(archived(first))))
                .isTrue();
        assertGoOnAlike(home, restored(second));
    }

    private static String archived(Path backup) throws IOException {
        return Folders.bytes(backup.resolve("home/lake")).keySet().stream()
                .filter(name -> name.endsWith("u.csv"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasInterruptedIsResumedFromTheBackupToTheSameEnd() throws IOException {
        SmallHome home = home();
        home.deliverUsage("more.csv", "r-9,2026-10-03T09:00:00Z,a-1,,openai,m,100");
        Path reports = home.root().resolve("out/nights");
        Folders.copy(reports, folder.resolve("reports"));
        remove(reports);
        Files.writeString(reports, "in the way");
        assertThat(home.run("nightly", "--date", "2026-10-03").code()).isEqualTo(1);
        Path restored = restored(backup(home, "backup"));
        for (Path each : List.of(home.root(), restored)) {
            Files.delete(each.resolve("out/nights"));
            Program resume = Program.in(each, "resume");
            assertThat(resume.code()).as(resume.err()).isIn(0, 3, 4);
        }
        assertGoOnAlike(home, restored);
    }

    private static void remove(Path folder) throws IOException {
        for (String name : Folders.bytes(folder).keySet()) {
            Files.delete(folder.resolve(name));
        }
        try (Stream<Path> rest = Files.walk(folder)) {
            for (Path each : rest.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void aBackupIsNeverChangedAndADamagedOneIsNotRestored() throws IOException {
        SmallHome home = home();
        Path backup = backup(home, "backup");
        Program again = home.run("backup", "--to", backup.toString());
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("RUN-005", "never changed");
        assertThat(home.run("backup", "--to", home.root().resolve("out/b").toString())
                        .err())
                .contains("it lies in the home");
        assertThat(Program.in(home.root(), "restore", "--from", backup.toString())
                        .err())
                .contains("something is there already");

        Path file = backup.resolve("home/lake").resolve(archived(backup));
        Files.writeString(file, "changed");
        Program refused = Program.in(folder.resolve("new"), "restore", "--from", backup.toString());
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err()).contains("BAK-001", file.toString());
        assertThat(folder.resolve("new")).doesNotExist();

        Files.writeString(home.root().resolve("lake").resolve(archived(backup)), "changed");
        Program hidden = home.run("backup", "--to", folder.resolve("other").toString());
        assertThat(hidden.code()).isEqualTo(6);
        assertThat(hidden.err()).contains("VER-001", "no backup was made");
        assertThat(Program.in(
                                folder.resolve("new"),
                                "restore",
                                "--from",
                                folder.resolve("other").toString())
                        .err())
                .contains("the backup in it was not finished");
    }

    @Test
    void aFileThatIsDamagedSinceThePreviousBackupIsFound() throws IOException {
        SmallHome home = home();
        Path first = backup(home, "first");
        Path file = home.root().resolve("lake").resolve(archived(first));
        Files.writeString(file, Files.readString(file).replace("5000", "9000"));
        Program second =
                home.run("backup", "--to", folder.resolve("second").toString(), "--previous", first.toString());
        assertThat(second.code()).isEqualTo(6);
        assertThat(second.err()).contains("VER-001", "no backup was made");
    }
}
