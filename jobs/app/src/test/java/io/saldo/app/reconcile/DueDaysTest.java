package io.saldo.app.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class DueDaysTest {
    private static final LocalDate DAY = LocalDate.of(2026, 10, 31);

    @Test
    void theFirstNightOfASourceJudgesItsOwnDay() {
        assertThat(DueDays.of(DAY, null).all()).containsExactly(DAY);
    }

    @Test
    void everyDayAfterTheLastOneThatWasJudgedIsDue() {
        assertThat(DueDays.of(DAY, DAY.minusDays(1)).all()).containsExactly(DAY);
        DueDays afterTwoNightsThatDidNotRun = DueDays.of(DAY.plusDays(1), DAY.minusDays(2));
        assertThat(afterTwoNightsThatDidNotRun.all()).containsExactly(DAY.minusDays(1), DAY, DAY.plusDays(1));
        assertThat(afterTwoNightsThatDidNotRun.contains(DAY.minusDays(2))).isFalse();
        assertThat(afterTwoNightsThatDidNotRun.contains(DAY.minusDays(1))).isTrue();
        assertThat(afterTwoNightsThatDidNotRun.contains(DAY.plusDays(1))).isTrue();
        assertThat(afterTwoNightsThatDidNotRun.contains(DAY.plusDays(2))).isFalse();
    }

    @Test
    void aNightWhoseDayWasJudgedBeforeJudgesItAgain() {
        assertThat(DueDays.of(DAY, DAY).all()).containsExactly(DAY);
        assertThat(DueDays.of(DAY, DAY.plusDays(3)).all()).containsExactly(DAY);
    }
}
