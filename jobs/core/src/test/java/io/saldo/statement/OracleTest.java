package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The kernel against SPEC 6 done by hand, over random histories of three months with late usage. */
class OracleTest {
    private static final int HISTORIES = 10_000;
    private static final long SEED = 20_260_301;

    @Test
    void everyFigureOfEveryHistoryIsTheOraclesToTheLastDigit() {
        Map<String, Integer> met = new HashMap<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            LateHistory late = new LateHistory(seed);
            History history = late.history;
            Statement march = compare(history, late.march(), seed, met);
            boolean aprilIsOpen = seed % 3 == 0;
            long asOf = aprilIsOpen
                    ? Math.max(History.ZONE.startOf(LateHistory.APRIL) + 1, history.at())
                    : History.ZONE.endOf(LateHistory.APRIL);
            Statement april = compare(history, late.april(march, asOf), seed, met);
            if (!aprilIsOpen) {
                compare(history, late.may(march, april), seed, met);
            }
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
                .hasEntrySatisfying("late line of " + StatementLine.Kind.USAGE, count -> assertThat(count)
                        .isGreaterThan(1_000))
                .hasEntrySatisfying("late line of " + StatementLine.Kind.FEE, count -> assertThat(count)
                        .isGreaterThan(100))
                .hasEntrySatisfying("late line of " + StatementLine.Kind.PACKAGE, count -> assertThat(count)
                        .isGreaterThan(100))
                .hasEntrySatisfying("declared context of several requests", count -> assertThat(count)
                        .isGreaterThan(1_000))
                .hasEntrySatisfying("late drawdown", count -> assertThat(count).isGreaterThan(500))
                .hasEntrySatisfying("blocked", count -> assertThat(count).isGreaterThan(200));
    }

    private static Statement compare(History history, StatementInput input, long seed, Map<String, Integer> met) {
        Map<String, String> expected = new StatementOracle(input, history.prices).figures();
        Statement statement = Statements.compute(input);
        assertThat(StatementFigures.of(statement))
                .as("history of seed %d, %s", seed, input.month())
                .isEqualTo(expected);
        AccountEvents events = input.events();
        for (int event = 0; event < events.size(); event++) {
            if (events.products().get(events.product()[event]).declaresContext()
                    && events.quantities()[Meter.REQUEST.ordinal()][event] > 1) {
                met.merge("declared context of several requests", 1, Integer::sum);
            }
        }
        expected.keySet().forEach(key -> met.merge(key, 1, Integer::sum));
        statement.lines().stream()
                .filter(line -> !line.usageMonth().equals(statement.month()))
                .forEach(line -> met.merge("late line of " + line.kind(), 1, Integer::sum));
        statement.drawdowns().stream()
                .filter(paid -> !YearMonth.from(paid.usageDate()).equals(statement.month()))
                .forEach(paid -> met.merge("late drawdown", 1, Integer::sum));
        statement.counters().forEach(month -> month.tiers().forEach(count -> met.merge("tiers", 1, Integer::sum)));
        statement.lines().forEach(line -> met.merge("line of " + line.kind(), 1, Integer::sum));
        return statement;
    }
}
