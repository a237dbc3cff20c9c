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
    void aLinkStaysAndBehindItGoesOnlyWhatARunLeftThere() throws IOException {
        Files.createDirectories(root.resolve("lake"));
        put("disk/usage/month=2026-10/shard=00/run-000001-s0000.parquet");
        put("disk/usage/month=2026-10/shard=00/run-000002-s0000.parquet");
        put("disk/usage/somebodys.csv");
        put("disk/deliveries/2026-10-05/usage/0123-log.csv");
        for (String each : new String[] {"usage", "deliveries"}) {
            Files.createSymbolicLink(root.resolve("lake").resolve(each), root.resolve("disk/" + each));
        }
        Files.createSymbolicLink(root.resolve("lake/the-same"), root.resolve("disk/usage"));
        Files.createSymbolicLink(root.resolve("lake/run-link"), root.resolve("disk/usage/somebodys.csv"));
        Files.createDirectories(root.resolve("disk/checkpoints"));
        Files.createSymbolicLink(root.resolve("checkpoints"), root.resolve("disk/checkpoints"));
        Files.createDirectories(root.resolve("disk/shard"));
        Files.createSymbolicLink(root.resolve("checkpoints/shard=00"), root.resolve("disk/shard"));
        put("disk/shard/run-000001.checkpoints");
        put("disk/shard/run-000002.checkpoints");

        assertThat(OrphanFiles.remove(new Home(root), Set.of(LISTED))).isEqualTo(1);

        assertThat(Folders.bytes(root.resolve("disk")).keySet())
                .containsExactlyInAnyOrder(LISTED, ARCHIVED, "usage/somebodys.csv", "shard/run-000002.checkpoints");
        for (String each : new String[] {"usage", "deliveries", "the-same", "run-link"}) {
            assertThat(root.resolve("lake").resolve(each)).isSymbolicLink().exists();
        }
        assertThat(root.resolve("checkpoints/shard=00")).isSymbolicLink();
    }

    @Test
    void aHomeWithoutAnythingStaysAsItIs() throws IOException {
        assertThat(OrphanFiles.remove(new Home(root), Set.of())).isZero();
        Files.createDirectories(root.resolve("lake"));
        assertThat(OrphanFiles.remove(new Home(root), Set.of())).isZero();
        assertThat(root.resolve("lake")).isEmptyDirectory();
    }
}
