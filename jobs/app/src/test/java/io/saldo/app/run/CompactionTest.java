package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments of a month that is over become one, whatever happens on the way. */
class CompactionTest {
    private static final List<String> ACCOUNTS = List.of("a-1", "a-2", "a-3");
    private static final String MERGED = "usage/month=2026-10/shard=00/run-000004-c0000-2026-10.parquet";

    @TempDir
    Path folder;

    /** Two nights with usage of all accounts, the first of November, and late usage of one account that waits. */
    private SmallHome home(String name) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve(name), ACCOUNTS);
        Folders.edit(home.root().resolve("config/application.yml"), "account-shards: 16", "account-shards: 1");
        deliver(home, "2026-10-30", 10, ACCOUNTS);
        home.night("2026-10-30");
        deliver(home, "2026-10-31", 10, ACCOUNTS);
        home.night("2026-10-31");
        home.night("2026-11-01");
        deliver(home, "2026-10-29", 31, List.of("a-1"));
        return home;
    }

    private static void deliver(SmallHome home, String date, int events, List<String> accounts) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String account : accounts) {
            for (int event = 0; event < events; event++) {
                rows.add("%s-%s-%d,%sT%02d:00:00Z,%s,,openai,m,%d"
                        .formatted(account, date, event, date, event % 24, account, 100 + event));
            }
        }
        home.deliverUsage("usage-" + date + ".csv", rows.toArray(String[]::new));
    }

    /** The run that computed each account last. */
    private static Map<String, Long> computedBy(SmallHome home) {
        Map<String, Long> runs = new TreeMap<>();
        for (String row : home.books("SELECT account_id, run_id FROM account_dependency")) {
            runs.put(row.split(" ")[0], Long.parseLong(row.split(" ")[1]));
        }
        return runs;
    }

    @Test
    void mergingComputesNoAccountAnewAndAFailureOnTheWayChangesNothing() throws IOException {
        SmallHome undisturbed = home("undisturbed");
        Path usage = undisturbed.root().resolve("lake/usage");
        assertThat(Folders.bytes(usage)).hasSize(2);
        assertThat(computedBy(undisturbed)).isEqualTo(Map.of("a-1", 3L, "a-2", 3L, "a-3", 3L));
        undisturbed.night("2026-11-02");
        assertThat(Folders.bytes(undisturbed.root().resolve("lake")).keySet().stream()
                        .filter(path -> path.startsWith("usage")))
                .containsExactly(MERGED);
        assertThat(computedBy(undisturbed)).as("only who got usage").isEqualTo(Map.of("a-1", 4L, "a-2", 3L, "a-3", 3L));
        Path exported = undisturbed.export();
        assertThat(SmallHome.statement(exported, "a-1")).containsEntry("events", "51");
        assertThat(SmallHome.statement(exported, "a-2")).containsEntry("events", "20");

        SmallHome disturbed = home("disturbed");
        Path blocked = disturbed.root().resolve("lake").resolve(MERGED);
        Files.createDirectories(blocked);
        Path stray = disturbed.root().resolve("lake/usage/stray.parquet");
        Files.writeString(stray, "left by a crash");
        assertThat(disturbed.run("nightly", "--date", "2026-11-02").code()).isEqualTo(1);
        // Begun again, it goes on with what is not done; nothing is removed while it is unfinished.
        Files.writeString(stray, "left by a crash");
        assertThat(disturbed.run("nightly", "--date", "2026-11-02").code()).isEqualTo(1);
        assertThat(stray).exists();
        assertThat(Folders.bytes(disturbed.root().resolve("work"))).isNotEmpty();
        Files.delete(blocked);
        Program resumed = disturbed.run("resume");
        assertThat(resumed.code()).as(resumed.out() + resumed.err()).isZero();
        assertThat(stray).doesNotExist();
        Folders.assertSame(Folders.bytes(disturbed.root().resolve("lake/usage")), Folders.bytes(usage));
        Folders.assertSame(Folders.bytes(disturbed.export()), Folders.bytes(exported));
    }
}
