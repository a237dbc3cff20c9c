package io.saldo.app.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.file.NewFile;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of a backup is one that {@code sha256sum} writes and checks, whatever its files are called. */
class BackupFolderTest {
    private static final String SHA256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

    @TempDir
    Path folder;

    private BackupFolder backup;

    @BeforeEach
    void begin() throws IOException {
        backup = new BackupFolder(folder.resolve("backup"));
        backup.begin();
    }

    @Test
    void eachNameIsOneLineAndIsReadAsItWas() throws IOException {
        Map<String, String> files = new TreeMap<>();
        for (String name : new String[] {"plain.csv", "a\\b", "c\nd", "e\rf", "g\r", "h\\n", " i ", "\\\\\r\n"}) {
            Path file = backup.home().resolve("lake").resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            files.put("lake/" + name, SHA256);
        }
        assertThat(NewFile.sha256(backup.home().resolve("lake/plain.csv"))).isEqualTo(SHA256);
        backup.complete(files);
        assertThat(Files.readString(backup.root().resolve("SHA256SUMS")).split("\n"))
                .containsExactlyInAnyOrder(
                        SHA256 + "  home/lake/plain.csv",
                        "\\" + SHA256 + "  home/lake/a\\\\b",
                        "\\" + SHA256 + "  home/lake/c\\nd",
                        "\\" + SHA256 + "  home/lake/e\\rf",
                        "\\" + SHA256 + "  home/lake/g\\r",
                        "\\" + SHA256 + "  home/lake/h\\\\n",
                        SHA256 + "  home/lake/ i ",
                        "\\" + SHA256 + "  home/lake/\\\\\\\\\\r\\n");
        assertThat(backup.sums()).isEqualTo(files);
        for (String name : files.keySet()) {
            assertThat(backup.home().resolve(name)).as(name).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "home/a",
                SHA256 + " home/a",
                SHA256 + "  home/",
                SHA256 + "  elsewhere/a",
                SHA256 + "  home/../a",
                SHA256 + "  home//a",
                "\\" + SHA256 + "  home/a\\",
                "\\" + SHA256 + "  home/a\\t",
            })
    void aLineThatNamesNoFileOfAHomeIsRefused(String line) throws IOException {
        Files.createDirectories(backup.home());
        backup.complete(Map.of("a", SHA256));
        Files.writeString(backup.root().resolve("SHA256SUMS"), line + "\n" + SHA256 + "  home/a\n");
        assertThatThrownBy(backup::sums)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("names no file of a home");
    }
}
