package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The kernel against SPEC 6 done by hand, over random histories of two months. */
class OracleTest {
    private static final int HISTORIES = 10_000;
    private static final long SEED = 20_260_301;

    @Test
    void everyFigureOfEveryHistoryIsTheOraclesToTheLastDigit() {
        Map<String, Integer> met = new HashMap<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            History history = new History(seed);
            YearMonth april = History.MARCH.plusMonths(1);
            Statement march = compare(
                    history,
                    history.input(History.MARCH, History.ZONE.endOf(History.MARCH), OpeningPosition.NONE, List.of()),
                    seed,
                    met);
            compare(
                    history,
                    history.input(
                            april,
                            seed % 3 == 0
                                    ? Math.max(History.ZONE.startOf(april) + 1, history.at())
                                    : History.ZONE.endOf(april),
                            march.closing(),
                            march.appliedEntries()),
                    seed,
                    met);
        }
        assertThat(met)
                .as("what the histories met, so that the comparison means something")
                .hasEntrySatisfying("credit", count -> assertThat(count).isGreaterThan(500))
                .hasEntrySatisfying("settled", count -> assertThat(count).isGreaterThan(200))
                .hasEntrySatisfying("above cap", count -> assertThat(count).isGreaterThan(100))
                .hasEntrySatisfying("expired", count -> assertThat(count).isGreaterThan(500))
                .hasEntrySatisfying("receivable", count -> assertThat(count).isGreaterThan(100))
                .hasEntrySatisfying("withdrawn", count -> assertThat(count).isGreaterThan(200))
                .hasEntrySatisfying("payg", count -> assertThat(count).isGreaterThan(200))
                .hasEntrySatisfying("tiers", count -> assertThat(count).isGreaterThan(5_000))
                .hasEntrySatisfying("line of " + StatementLine.Kind.FEE, count -> assertThat(count)
                        .isGreaterThan(1_000))
                .hasEntrySatisfying("line of " + StatementLine.Kind.PACKAGE, count -> assertThat(count)
                        .isGreaterThan(1_000))
                .hasEntrySatisfying("blocked", count -> assertThat(count).isGreaterThan(200));
    }

    private static Statement compare(History history, StatementInput input, long seed, Map<String, Integer> met) {
        Map<String, String> expected = new StatementOracle(input, history.prices).figures();
        Statement statement = Statements.compute(input);
        assertThat(StatementFigures.of(statement))
                .as("history of seed %d, %s", seed, input.month())
                .isEqualTo(expected);
        expected.keySet().forEach(key -> met.merge(key, 1, Integer::sum));
        statement.tierCounts().forEach(count -> met.merge("tiers", 1, Integer::sum));
        statement.lines().forEach(line -> met.merge("line of " + line.kind(), 1, Integer::sum));
        return statement;
    }
}
