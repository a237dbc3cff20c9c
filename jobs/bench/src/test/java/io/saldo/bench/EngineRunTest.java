package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineRunTest {
    @TempDir
    private Path folder;

    @Test
    void whatAProcessReadIsCounted() throws IOException, InterruptedException {
        Path file = folder.resolve("eight");
        Files.write(file, new byte[8 << 20]);
        Path output = folder.resolve("output");
        EngineRun run =
                EngineRun.of(List.of("sh", "-c", "cat " + file + " > /dev/null; exec sleep 0.2"), output, Set.of(0));
        // What a child read counts for its parent once it has ended.
        assertThat(run.readMebibytes()).isBetween(8.0, 9.0);
        assertThatThrownBy(() -> EngineRun.of(List.of("sh", "-c", "echo broken; exit 7"), output, Set.of(0)))
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("broken");
    }

    @Test
    void aFrameSaysNothing() {
        String broken = "#\n# \n\n# A fatal error has been detected by the Java Runtime Environment:\n#\n";
        assertThat(EngineRun.firstWords(broken))
                .isEqualTo("# A fatal error has been detected by the Java Runtime Environment:");
        assertThat(EngineRun.firstWords("#\n\n")).isEqualTo("it said nothing");
        assertThat(EngineRun.firstWords("")).isEqualTo("it said nothing");
    }
}
