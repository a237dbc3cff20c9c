package io.saldo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.statement.StatementRevision;
import io.saldo.sample.LoadPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NightlyCostTest {
    @TempDir
    private Path folder;

    @Test
    void checkpointsChangeNothing() throws IOException {
        List<String> report = new ArrayList<>();
        SortedMap<String, StatementRevision> with = NightlyCost.run(plan("with"), true, report::add);
        assertThat(NightlyCost.run(plan("without"), false, line -> {})).isEqualTo(with);
        assertThat(with.values().stream().mapToLong(StatementRevision::events).sum())
                .isEqualTo(1_500);
        assertThat(report).hasSize(15).last().asString().startsWith("night 12 / night 2: statement ");
    }

    private LoadPlan plan(String out) {
        return new LoadPlan(1, 10, 1_500, LocalDate.of(2027, 3, 1), 12, "csv", 2, folder.resolve(out));
    }
}
