package io.saldo.app.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.command.Saldo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is taken while a night is at work in another process, which holds the books. */
class BackupWhileRunningTest {
    @TempDir
    Path folder;

    @Test
    void theRestoredHomeEndsTheNightToTheSameBytes() throws Exception {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1", "a-2"));
        home.deliverUsage(
                "u.csv",
                IntStream.range(0, 50_000)
                        .mapToObj(number ->
                                "r-" + number + ",2026-10-05T10:00:00Z,a-" + (1 + number % 2) + ",,openai,m,10")
                        .toArray(String[]::new));
        Process night = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Saldo.class.getName(),
                        "--home",
                        home.root().toString(),
                        "nightly",
                        "--date",
                        "2026-10-05")
                .redirectErrorStream(true)
                .start();
        Path backup = folder.resolve("backup");
        Program taken;
        StringBuilder printed = new StringBuilder();
        try (BufferedReader lines = night.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("  scatter")) {
                printed.append(line).append('\n');
                line = lines.readLine();
            }
            taken = home.run("backup", "--to", backup.toString());
            while (line != null) {
                printed.append(line).append('\n');
                line = lines.readLine();
            }
        }
        assertThat(night.waitFor()).as(printed.toString()).isIn(0, 3, 4);
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(home.root().resolve("db")).isDirectoryNotContaining("glob:**snapshot*");
        Path restored = folder.resolve("restored");
        assertThat(Program.in(restored, "restore", "--from", backup.toString()).code())
                .isZero();
        assertThat(Program.in(restored, "resume").code()).isIn(0, 3, 4);
        assertSameExports(home.root(), restored);
    }

    private static void assertSameExports(Path home, Path restored) throws IOException {
        for (Path each : List.of(home, restored)) {
            Program night = Program.in(each, "nightly", "--date", "2026-10-06");
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
        Folders.assertSame(Folders.bytes(restored.resolve("out/x")), Folders.bytes(home.resolve("out/x")));
        assertThat(Files.exists(restored.resolve("inbox/usage/u.csv"))).isFalse();
    }
}
