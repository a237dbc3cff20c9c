package io.saldo.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From which verdict on a night ends as one that somebody has to look at. */
class FailOnTest {
    @Test
    void aNightFailsOnTheVerdictThatWasNamedAndOnWorseOnes(@TempDir Path folder) throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage("one.csv", "e-1,2026-10-05T10:00:00Z,a-1,,p,m,1000", "e-2,2026-10-05T10:00:00Z,a-1,,p,m,1.5");
        assertThat(code(home)).as("warnings").isZero();
        assertThat(code(home, "--fail-on", "warnings")).isEqualTo(3);
        assertThat(code(home, "--fail-on", "pending")).isEqualTo(3);

        home.deliverUsage("two.csv", "e-3,2026-10-05T10:00:00Z,a-1,,p,without-price,1000");
        assertThat(code(home)).as("breaks").isEqualTo(3);
        assertThat(code(home, "--fail-on", "incomplete")).isZero();
        assertThat(code(home, "--fail-on", "reconciled")).as("wrong usage").isEqualTo(2);
    }

    private static int code(SmallHome home, String... more) {
        String[] words = new String[3 + more.length];
        System.arraycopy(new String[] {"nightly", "--date", "2026-10-05"}, 0, words, 0, 3);
        System.arraycopy(more, 0, words, 3, more.length);
        return home.run(words).code();
    }
}
