package io.saldo.app.home;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each folder of a home, and each folder in these, may be a link to another disk. */
class LinkedFoldersTest {
    private static final List<String> FOLDERS = List.of(
            "inbox/usage",
            "inbox",
            "lake/deliveries",
            "lake/rejected",
            "lake/usage",
            "lake",
            "out/nights",
            "out",
            "work",
            "checkpoints",
            "db");

    @TempDir
    Path folder;

    @Test
    void aHomeOfLinksGoesOnIsProvedAndIsBackedUpWhole() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        for (String each : FOLDERS) {
            Path target = folder.resolve("disk").resolve(each.replace('/', '-'));
            Files.createDirectories(target.getParent());
            if (Files.exists(home.root().resolve(each))) {
                Files.move(home.root().resolve(each), target);
            } else {
                Files.createDirectory(target);
            }
            Files.createSymbolicLink(home.root().resolve(each), target);
        }
        home.deliverCredits("c.csv", "e-1,c-1,a-1,grant,promo,3,,EUR,2026-10-01T00:00:00Z,,,50,");
        home.deliverUsage("u.csv", "r-1,2026-10-03T08:00:00Z,a-1,,openai,m,5000", "bad,x,a-1,,openai,m,1");
        home.night("2026-10-03");
        home.deliverUsage("v.csv", "r-2,2026-10-04T08:00:00Z,a-1,,openai,m,700");
        home.night("2026-10-04");
        home.deliverUsage("waits.csv", "r-3,2026-10-05T08:00:00Z,a-1,,openai,m,1");
        for (String each : FOLDERS) {
            assertThat(home.root().resolve(each)).isSymbolicLink();
        }
        assertThat(folder.resolve("disk/work")).isEmptyDirectory();
        assertDone(home.run("init"));
        assertDone(home.run("verify"));

        Path backup = folder.resolve("backup");
        Path link = Files.createSymbolicLink(folder.resolve("linked"), Files.createDirectory(backup));
        assertDone(home.run("backup", "--to", link.toString()));
        assertThat(backup.resolve("home/inbox/usage/waits.csv")).exists();
        assertThat(backup.resolve("home/out/nights/2026-10-04/night-report.pdf"))
                .exists();
        Path restored = folder.resolve("restored");
        assertDone(Program.in(restored, "restore", "--from", link.toString()));
        assertDone(Program.in(restored, "verify"));
    }

    private static void assertDone(Program program) {
        assertThat(program.code()).as(program.out() + program.err()).isZero();
    }
}
