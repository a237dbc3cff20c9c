package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} refuses before it waits for anything. */
class ServeCommandTest {
    @TempDir
    Path folder;

    /** It would wait for its first night. */
    @Test
    @Timeout(120)
    void aConfigurationWithAProblemIsRefusedAtOnceAndNotByTheFirstNight() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("reconciliation.yml", "tolerances:\n  balanc: 1\n");
        Program serve = home.run("serve");
        assertThat(serve.code()).isEqualTo(2);
        assertThat(serve.err()).contains("reconciliation.yml:", "Until then no run starts");
        assertThat(serve.out()).doesNotContain("health and metrics");
    }

    @Test
    @Timeout(120)
    void withoutAScheduleThereIsNothingToWaitFor() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.configure("application.yml", """
                billing-zone: UTC
                account-shards: 16
                identity-shards: 16
                """);
        Program serve = home.run("serve");
        assertThat(serve.code()).isEqualTo(2);
        assertThat(serve.err()).contains("nothing would begin by itself");
    }
}
