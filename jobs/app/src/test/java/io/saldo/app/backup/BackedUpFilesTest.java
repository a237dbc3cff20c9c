package io.saldo.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a home are in its backup, and what a home that was made of it has. */
class BackedUpFilesTest {
    @TempDir
    Path folder;

    private SmallHome home;

    @BeforeEach
    void make() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
    }

    private static void done(Program program) {
        assertThat(program.code()).as(program.out() + program.err()).isZero();
    }

    private Path restored() {
        Path backup = folder.resolve("backup");
        Path restored = folder.resolve("restored");
        done(home.run("backup", "--to", backup.toString()));
        done(Program.in(restored, "restore", "--from", backup.toString()));
        return restored;
    }

    @Test
    void filesOfAnyNameAreThereAgain() throws IOException {
        home.deliverUsage("u\\v\rw\nx.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000");
        home.night("2026-10-03");
        home.deliverUsage("waits\\\r\n.csv", "r-2,2026-10-04T08:00:00Z,a-1,,openai,m,700");
        Path restored = restored();
        assertThat(restored.resolve("inbox/usage/waits\\\r\n.csv"))
                .hasSameBinaryContentAs(home.root().resolve("inbox/usage/waits\\\r\n.csv"));
        done(Program.in(restored, "verify"));
    }

    @Test
    void deliveriesHaveTheirFoldersAgain() {
        done(home.run("status"));
        assertThat(home.root().resolve("inbox/usage")).doesNotExist();
        Path restored = restored();
        for (String source : List.of("usage", "credits")) {
            assertThat(restored.resolve("inbox").resolve(source)).isEmptyDirectory();
        }
    }

    @Test
    void onlyTheLogsOfTheHomeAreLeftOut() throws IOException {
        done(home.run("status"));
        Path out = home.root().resolve("out");
        for (String log : List.of("saldo.log", "saldo.log.2026-10-03.0.gz", "error.log")) {
            Files.writeString(out.resolve(log), "what the program did");
        }
        for (String file : List.of("saldo.logs", "exports/saldo.log", "exports/error.log")) {
            Files.createDirectories(out.resolve(file).getParent());
            Files.writeString(out.resolve(file), "somebody's");
        }
        home.deliverFile("usage", "saldo.log", SmallHome.usage("r-1,2026-10-03T08:00:00Z,a-1,,openai,m,1"));
        home.deliverFile("usage", "error.log", SmallHome.usage("r-2,2026-10-03T08:00:00Z,a-1,,openai,m,1"));
        home.deliverFile("usage", "log.unfinished", SmallHome.usage("r-3,2026-10-03T08:00:00Z,a-1,,openai,m,1"));
        Path restored = restored();
        assertThat(Folders.bytes(restored.resolve("out")).keySet())
                .containsExactlyInAnyOrder("saldo.logs", "exports/saldo.log", "exports/error.log");
        assertThat(Folders.bytes(restored.resolve("inbox")).keySet())
                .containsExactlyInAnyOrder("usage/saldo.log", "usage/error.log", "usage/log.unfinished");
    }

    @Test
    void aConfigurationThatIsNotThatOfTheHomeIsSaidToBeLeftOut() throws IOException {
        done(home.run("status"));
        Path config = home.root().resolve("config");
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), config);
        Path inside = Files.move(config, home.root().resolve("settings"));
        for (Path each : List.of(inside, Files.createDirectory(folder.resolve("outside")))) {
            Program left = home.run("--config", each.toString(), "backup", "--to", backupNamed(each));
            done(left);
            assertThat(left.err()).contains(each + " is not in the backup");
        }
        Files.move(inside, config);
        Program whole = home.run("--config", linked.toString(), "backup", "--to", backupNamed(linked));
        done(whole);
        assertThat(whole.err()).doesNotContain("is not in the backup");
        assertThat(Path.of(backupNamed(linked)).resolve("home/config/application.yml"))
                .exists();
    }

    private String backupNamed(Path configuration) {
        return folder.resolve("backup-" + configuration.getFileName()).toString();
    }
}
