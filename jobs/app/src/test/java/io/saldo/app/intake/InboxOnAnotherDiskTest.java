package io.saldo.app.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.file.NewFile;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An inbox from which nothing can be renamed into the archive; here it is one in a zip file. */
class InboxOnAnotherDiskTest {
    private static final String TEXT = "request_id,occurred_at\nr-1,2026-10-03T08:00:00Z\n";

    @TempDir
    Path folder;

    @Test
    void aDeliveryIsInTheArchiveWholeBeforeItLeavesTheInbox() throws IOException {
        try (FileSystem disk = disk()) {
            Path delivered = Files.writeString(disk.getPath("/log.csv"), TEXT);
            Path archived = folder.resolve("deliveries/2026-10-03/usage/0123-log.csv");
            assertThat(Registration.move(delivered, archived, NewFile.sha256(delivered)))
                    .isTrue();
            assertThat(archived).hasContent(TEXT);
            assertThat(archived.getParent()).isDirectoryContaining(archived::equals);
            assertThat(delivered).doesNotExist();
        }
    }

    @Test
    void oneThatChangedStaysInTheInbox() throws IOException {
        try (FileSystem disk = disk()) {
            Path delivered = Files.writeString(disk.getPath("/log.csv"), TEXT);
            String sha256 = NewFile.sha256(delivered);
            Files.writeString(delivered, TEXT + "r-2,2026-10-03T08:00:01Z\n");
            Path archived = folder.resolve("0123-log.csv");
            assertThat(Registration.move(delivered, archived, sha256)).isFalse();
            assertThat(archived).doesNotExist();
            assertThat(delivered).exists();
        }
    }

    private FileSystem disk() throws IOException {
        return FileSystems.newFileSystem(folder.resolve("disk.zip"), Map.of("create", "true"));
    }
}
