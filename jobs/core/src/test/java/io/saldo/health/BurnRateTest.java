package io.saldo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurnRateTest {
    @ParameterizedTest
    @CsvSource({
        "5,                      1, 5, 5, 5, 5, 5",
        "5 6,                    2, 5.5, 5.5, 5.5, 5.5, 11",
        "7 7 7 7 7 0 0,          7, 5, 5, 5, 5, 35",
        "1 1 1 1 1 1 1 8,        8, 1, 1, 2, 2, 15",
        "0 0 0 0 0 0 0 0 0 7,   10, 0, 0, 0, 1, 7",
        "1 0 0 0 0 0 0,          7, 0.142857142857, 0.142857142857, 0.142857142857, 0.142857142857, 1",
    })
    void pacesAreQuartilesOfSevenDays(
            String daily, int days, String slow, String usual, String fast, String latest, String total) {
        assertThat(BurnRate.of(amounts(daily)))
                .isEqualTo(new BurnRate(
                        days,
                        Amount.parse(slow),
                        Amount.parse(usual),
                        Amount.parse(fast),
                        Amount.parse(latest),
                        Amount.parse(total)));
    }

    @Test
    void aWeekendIsInEverySample() {
        List<Amount> fourWeeks = amounts("7 7 7 7 7 0 0 7 7 7 7 7 0 0 7 7 7 7 7 0 0 7 7 7 7 7 0 0");
        BurnRate burn = BurnRate.of(fourWeeks);
        assertThat(List.of(burn.slow(), burn.usual(), burn.fast(), burn.latest()))
                .allMatch(each -> each.equals(Amount.of(5)));
    }

    @Test
    void olderDaysThanFourWeeksDoNotCount() {
        List<Amount> daily = new ArrayList<>(Collections.nCopies(30, Amount.of(1000)));
        daily.addAll(Collections.nCopies(28, Amount.of(2)));
        assertThat(BurnRate.of(daily)).isEqualTo(BurnRate.of(Collections.nCopies(28, Amount.of(2))));
        assertThat(BurnRate.of(List.of())).isEqualTo(BurnRate.NONE);
    }

    static List<Amount> amounts(String text) {
        return Arrays.stream(text.split(" ")).map(Amount::parse).toList();
    }
}
