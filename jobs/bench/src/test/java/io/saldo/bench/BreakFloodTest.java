package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.run.RunConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BreakFloodTest {
    @TempDir
    private Path folder;

    @Test
    void aHomeWithSoManyPaymentsForNothing() throws IOException {
        Path home = folder.resolve("home");
        BreakFlood.generate(home, 250, 7);
        RunConfiguration configuration = RunConfiguration.load(ConfigurationSnapshot.read(home.resolve("config")));
        assertThat(configuration.configuration().sources()).containsKeys("payments", "usage");
        assertThat(configuration.configuration().accounts().ids()).hasSize(7);
        assertThat(Files.readAllLines(home.resolve("inbox/payments/payments-2026-10-05.csv")))
                .hasSize(251)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> BreakFlood.generate(home, 1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
