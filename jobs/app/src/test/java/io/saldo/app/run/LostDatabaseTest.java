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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that loses its books in the middle ends, commits nothing more, and can be resumed. */
class LostDatabaseTest {
    private static final List<String> ACCOUNTS = List.of("a-1", "a-2", "a-3");

    @TempDir
    Path folder;

    private static void deliver(SmallHome home) throws IOException {
        String[] events = new String[300];
        for (int event = 0; event < events.length; event++) {
            events[event] = "e-%d,2026-10-05T%02d:00:00Z,%s,,openai,m,%d"
                    .formatted(event, event % 24, ACCOUNTS.get(event % 3), 100 + event);
        }
        home.deliverUsage("usage.csv", events);
        home.deliverCredits("credits.csv", "g-1,c-1,a-1,grant,purchase,1,0.19,EUR,2026-10-05T03:00:00Z,,,,");
    }

    /** Runs the night in a process of its own, and does something to its database when a line begins so. */
    private static String night(SmallHome home, String line, Consumer<String> harm, String url) throws Exception {
        Process process = ProgramProcess.of(home.root(), List.of(), List.of("nightly", "--date", "2026-10-05"))
                .start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String each = lines.readLine(); each != null; each = lines.readLine()) {
                printed.add(each);
                if (each.startsWith(line)) {
                    harm.accept(url);
                }
            }
        }
        String all = String.join("\n", printed);
        assertThat(process.waitFor()).as(all).isEqualTo(1);
        return all;
    }

    @Test
    void whoLosesItsConnectionsOrItsPlaceCommitsNothingMoreAndResumes() throws Exception {
        SmallHome undisturbed = SmallHome.create(folder.resolve("undisturbed"), ACCOUNTS);
        deliver(undisturbed);
        undisturbed.night("2026-10-05");

        SmallHome home = SmallHome.create(folder.resolve("home"), ACCOUNTS);
        String url = TestPostgresql.newBooks();
        Files.writeString(
                home.root().resolve("config/application.yml"),
                "\n" + TestPostgresql.section(url),
                StandardOpenOption.APPEND);
        deliver(home);
        String cut = night(home, "  scatter", TestPostgresql::cutConnections, url);
        assertThat(cut).contains("DBS-006", "saldo resume").doesNotContain("  reconcile");

        String taken = night(
                home, "  identity", each -> TestPostgresql.execute(each, "UPDATE home SET holder = 'other'"), url);
        assertThat(taken).contains("resuming run 1", "DBS-006", "another process has taken the books");
        assertThat(TestPostgresql.execute(url, "SELECT step FROM partition_manifest WHERE step = 'prove'"))
                .isEmpty();

        Program resumed = home.run("resume");
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        Folders.assertSame(Folders.bytes(home.export()), Folders.bytes(undisturbed.export()));
        assertThat(home.run("status").out()).doesNotContain("interrupted");
    }
}
