package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.command.Saldo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle, again and again, ends with the same bytes as an undisturbed one. */
@ExtendWith(DemoRun.Extension.class)
class KilledRunTest {
    private static final List<String> STEPS = List.of(
            "intake", "feeds", "scatter", "identity", "gather", "prove", "compact", "statement", "health", "reconcile");

    @TempDir
    Path folder;

    /** Kill when a line begins with {@code line}, after one that begins with {@code after}. */
    private record KillPoint(String after, String line) {}

    /** Another seed is tried with {@code -Dsaldo.seed=N}. */
    private static long seed() {
        long seed = Long.getLong("saldo.seed", 20261031);
        System.out.println("saldo.seed=" + seed);
        return seed;
    }

    /** One in the first nights, one while segments are merged, one in the last nights, one while the month closes, one while invoices are issued. */
    private static List<KillPoint> killPoints() throws IOException {
        Random random = new Random(seed());
        List<String> nights;
        try (Stream<Path> folders = Files.list(Program.repository("sample-data/deliveries"))) {
            nights = folders.map(each -> each.getFileName().toString()).sorted().toList();
        }
        List<KillPoint> points = new ArrayList<>();
        points.add(new KillPoint(
                "night " + nights.get(random.nextInt(6)) + ":", "  " + STEPS.get(random.nextInt(STEPS.size()))));
        // The next night brings a shard its eighth segment, and compact comes after prove.
        points.add(new KillPoint("night " + nights.get(7) + ":", "  prove"));
        points.add(new KillPoint(
                "night " + nights.get(nights.size() - 4 + random.nextInt(3)) + ":",
                "  " + STEPS.get(random.nextInt(STEPS.size()))));
        points.add(new KillPoint(
                "night " + nights.get(nights.size() - 1) + ":", "  " + (random.nextBoolean() ? "statement" : "close")));
        points.add(new KillPoint("close ", ""));
        return points;
    }

    @Test
    void endsWithTheBytesOfAnUndisturbedRun(DemoRun demo) throws Exception {
        Path home = folder.resolve("home");
        for (KillPoint point : killPoints()) {
            killedAt(point, home);
        }
        Program rest = DemoRun.start(home, Program.repository("sample-data"));
        assertThat(rest.code()).as(rest.err()).isEqualTo(3);
        assertThat(Program.in(home, "resume").out()).contains("nothing to resume");
        Folders.assertSame(DemoRun.publishedIn(home), demo.published());
        assertThat(Folders.bytes(home.resolve("inbox"))).isEmpty();
        assertThat(home.resolve("work"))
                .satisfiesAnyOf(work -> assertThat(work).doesNotExist(), work -> assertThat(work)
                        .isEmptyDirectory());
    }

    private void killedAt(KillPoint point, Path home) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-XX:TieredStopAtLevel=1",
                        "-Dfile.encoding=UTF-8",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Saldo.class.getName(),
                        "--home",
                        home.toString(),
                        "demo",
                        "--sample-data",
                        Program.repository("sample-data").toString())
                .redirectErrorStream(true)
                .start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            boolean after = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                printed.add(line);
                if (after && line.startsWith(point.line())) {
                    break;
                }
                after |= line.startsWith(point.after());
                if (after && point.line().isEmpty()) {
                    break;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor())
                .as("killed at " + point + " after\n" + String.join("\n", printed))
                .isEqualTo(128 + 9);
    }
}
