package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.SmallHome;
import io.saldo.app.reconcile.BreakMatrix.Life;
import io.saldo.app.reconcile.BreakMatrix.Row;
import io.saldo.reconcile.BreakCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every code of a break in real nights: what raises it, the nearest case that does not, its grace, its resolution by a
 * night, and that it reopens in place.
 */
class BreakMatrixTest {
    private static final BreakMatrix MATRIX = BreakMatrixRows.matrix();

    @TempDir
    static Path folder;

    /** Every break of the home as {@code code subject period: life}, in that order. */
    private static List<String> lives = List.of();

    @BeforeAll
    static void nights() throws IOException {
        SmallHome home = MATRIX.run(folder.resolve("home"));
        List<Long> nights = home.books("SELECT run_id FROM runs WHERE job = 'nightly' ORDER BY run_id").stream()
                .map(Long::valueOf)
                .toList();
        TreeMap<String, List<String>> byBreak = new TreeMap<>();
        for (String row : home.books("""
                SELECT c.code || ' ' || c.subject || ' ' || c.period || ': ', m.run_id, LOWER(m.what) FROM (
                  SELECT h.break_id, h.run_id, 1 AS place,
                    h.state || CASE WHEN h.resolution = 'NONE' THEN '' ELSE ' ' || h.resolution END AS what
                  FROM break_history h
                  UNION ALL
                  SELECT d.break_id, MIN(r.run_id), 0, 'by ' || d.decision FROM break_decision d
                  JOIN runs r ON r.job = 'nightly' AND r.last_decision >= d.decision_id
                  GROUP BY d.break_id, d.decision_id, d.decision) m
                JOIN break_case c ON c.break_id = m.break_id
                ORDER BY c.code, c.subject, c.period, m.run_id, m.place
                """)) {
            String[] parts = row.split(":  ", 2);
            String[] moved = parts[1].split(" ", 2);
            byBreak.computeIfAbsent(parts[0], absent -> new ArrayList<>())
                    .add(
                            moved[1].startsWith("by ")
                                    ? moved[1].substring(3)
                                    : nights.indexOf(Long.valueOf(moved[0])) + " " + moved[1]);
        }
        lives = byBreak.entrySet().stream()
                .map(each -> each.getKey() + ": " + String.join(", ", each.getValue()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void hasItsBreaksWithTheirLivesAndNoOther(BreakCode code) {
        assertThat(lives.stream().filter(each -> each.startsWith(code + " ")))
                .containsExactlyInAnyOrderElementsOf(row(code).lives.stream()
                        .map(each -> code + " " + each.subject() + " " + each.period() + ": " + each.life())
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void showsGraceResolutionAndReopening(BreakCode code) {
        Row row = row(code);
        String all = row.lives.stream().map(Life::life).collect(Collectors.joining("; "));
        assertThat(row.near).as("the nearest case that is no break").isNotEmpty();
        assertThat(all).as("its grace ends").contains("1 pending, 2 open");
        assertThat(all).as("it reopens").containsPattern("(resolved auto|resolve|accept), \\d (pending|open)");
        assertThat(all.contains("resolved auto"))
                .as("a night resolves what it judges anew, and nothing else")
                .isEqualTo(code.isStanding())
                .isEqualTo(row.staysBecause.isEmpty());
    }

    private static Row row(BreakCode code) {
        return assertThat(MATRIX.rows())
                .as("a row of " + code)
                .containsKey(code)
                .actual()
                .get(code);
    }
}
