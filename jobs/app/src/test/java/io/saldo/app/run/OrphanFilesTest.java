package io.saldo.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Folders;
import io.saldo.app.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a crash left goes; what counts and what is evidence stays. */
class OrphanFilesTest {
    private static final String LISTED = "usage/month=2026-10/shard=00/run-000001-s0000.parquet";
    private static final String ARCHIVED = "deliveries/2026-10-05/usage/0123-log.csv";

    @TempDir
    Path root;

    private void put(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, path);
    }

    @Test
    void everyKindOfOrphanGoes() throws IOException {
        put("lake/" + LISTED);
        put("lake/" + ARCHIVED);
        // A listed file and the beginning of the same one: the run that wrote it again was killed.
        put("lake/" + LISTED + ".unfinished");
        put("lake/usage/month=2026-10/shard=01/run-000002-s0001.parquet.unfinished");
        put("lake/usage/month=2026-10/shard=00/run-000002-s0000.parquet");
        put("lake/identity/shard=00/run-000002-i0000.index");
        put("lake/rejected/run-000002-b-00000001.parquet");
        put("lake/statements/month=2026-10/shard=00/run-000002-t0000-lines.parquet");
        put("work/run-2/run-000002-b-00000001.records");
        put("work/run-2/deeper/accounts.directory");
        put("checkpoints/shard=00/run-000001.checkpoints");
        put("checkpoints/shard=00/run-000002.checkpoints");
        put("checkpoints/shard=00/run-000003.checkpoints.unfinished");
        put("checkpoints/shard=01/run-000001.checkpoints");
        put("inbox/usage/waits.csv");
        put("out/nights/2026-10-05/report.csv");

        assertThat(OrphanFiles.remove(new Home(root), Set.of(LISTED))).isEqualTo(6);

        assertThat(Folders.bytes(root).keySet())
                .containsExactlyInAnyOrder(
                        "lake/" + LISTED,
                        "lake/" + ARCHIVED,
                        "checkpoints/shard=00/run-000002.checkpoints",
                        "checkpoints/shard=01/run-000001.checkpoints",
                        "inbox/usage/waits.csv",
                        "out/nights/2026-10-05/report.csv");
        assertThat(root.resolve("work")).doesNotExist();
    }

    @Test
    void aHomeWithoutAnythingStaysAsItIs() throws IOException {
        assertThat(OrphanFiles.remove(new Home(root), Set.of())).isZero();
        Files.createDirectories(root.resolve("lake"));
        assertThat(OrphanFiles.remove(new Home(root), Set.of())).isZero();
        assertThat(root.resolve("lake")).isEmptyDirectory();
    }
}
