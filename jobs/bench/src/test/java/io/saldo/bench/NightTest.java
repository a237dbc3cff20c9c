package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.statement.StatementRevision;
import io.saldo.sample.LoadPlan;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightTest {
    @TempDir
    private Path folder;

    @Test
    void everyEventReachesAStatement() throws IOException {
        List<String> report = new ArrayList<>();
        List<StatementRevision> revisions = Night.run(plan("night", 1), report::add);
        assertThat(revisions.stream().mapToLong(StatementRevision::events).sum())
                .isEqualTo(2_000);
        assertThat(revisions)
                .allSatisfy(revision -> assertThat(revision.unpricedQuantity()).isEqualTo(BigInteger.ZERO));
        assertThat(report.stream().map(line -> line.split(" ")[0]))
                .containsExactly("2,000", "stage", "generate", "scatter", "identity", "gather", "statement", "night");
    }

    @Test
    void threadsChangeNothing() throws IOException {
        assertThat(Night.run(plan("two", 2), line -> {})).isEqualTo(Night.run(plan("one", 1), line -> {}));
    }

    @Test
    void aFolderThatIsThereIsLeftAlone() {
        LoadPlan plan = plan("", 1);
        assertThatThrownBy(() -> Night.run(plan, line -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    private LoadPlan plan(String out, int threads) {
        return new LoadPlan(1, 20, 2_000, LocalDate.of(2026, 10, 25), 14, "csv", threads, folder.resolve(out));
    }
}
