package io.saldo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    /** Credit is {@code amount@days}, in the order in which it is spent; without days it does not expire. */
    @ParameterizedTest
    @CsvSource({
        "100,          10,   0, 10,   ''",
        "99.99,        10,   0, 9,    ''",
        "100,          10,  30, 7,    ''",
        "20,           10,  30, 0,    ''",
        "100,          0,    0, never, ''",
        "100@30,       0,    0, 30,   'c0 30 100'",
        "100@30,       0,   50, 30,   'c0 30 100'",
        "100@30 5,     0,    0, never, 'c0 30 100'",
        "100@5,        10,   0, 5,    'c0 5 50'",
        "100@5 100,    10,   0, 15,   'c0 5 50'",
        "100 100@5,    10,   0, 10,   'c1 5 100'",
        "100@10,       10,   0, 10,   ''",
        "100@11,       10,   0, 10,   ''",
        "50@0 20,      10,   0, 2,    'c0 0 50'",
        "'',           10,   0, 0,    ''",
        "'',           0,    0, 0,    ''",
        "50@0,         0,    0, 0,    'c0 0 50'",
        "4000,         10,   0, never, ''",
        "3649.99,      10,   0, 364,  ''",
        "30@3 30@6 9,  10,   0, 6,    ''",
        "60@3 30@6,    10,   0, 6,    'c0 3 30'",
    })
    void creditBurnsDown(String credit, String perDay, String level, String days, String unused) {
        Forecast forecast = Forecast.of(credit(credit), Amount.parse(perDay), Amount.parse(level));
        assertThat(forecast.days()).isEqualTo(days.equals("never") ? Forecast.BEYOND : Integer.parseInt(days));
        assertThat(forecast.unused().stream()
                        .map(each -> each.creditId() + " " + each.inDays() + " " + each.amount())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(unused);
    }

    @Test
    void inStridesItIsTheSameAsDayByDay() {
        long seed = 20261005;
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<RemainingCredit> credit = new ArrayList<>();
            for (int index = random.nextInt(4); index > 0; index--) {
                int days = random.nextInt(3) == 0 ? RemainingCredit.FOR_EVER : random.nextInt(40);
                credit.add(new RemainingCredit("c" + index, Amount.of(1 + random.nextInt(90)), days, false));
            }
            Amount perDay = Amount.ofUnscaled(random.nextInt(80), 1);
            Amount level = Amount.of(random.nextInt(3) * 10L);
            assertThat(Forecast.of(credit, perDay, level))
                    .as("seed %s round %s: %s, %s a day, %s kept", seed, round, credit, perDay, level)
                    .isEqualTo(dayByDay(credit, perDay, level));
        }
    }

    private static Forecast dayByDay(List<RemainingCredit> credit, Amount perDay, Amount level) {
        Amount[] left = credit.stream().map(RemainingCredit::amount).toArray(Amount[]::new);
        List<Forecast.Unused> unused = new ArrayList<>();
        int kept = -1;
        for (int day = 0; day <= Forecast.HORIZON_DAYS; day++) {
            Amount total = Amount.ZERO;
            for (int index = 0; index < left.length; index++) {
                if (credit.get(index).usableDays() == day && left[index].signum() > 0) {
                    unused.add(new Forecast.Unused(credit.get(index).creditId(), day, left[index]));
                    left[index] = Amount.ZERO;
                }
                total = total.plus(left[index]);
            }
            boolean over = total.isZero() || total.minus(perDay).compareTo(level) < 0;
            if (kept < 0 && day < Forecast.HORIZON_DAYS && over) {
                kept = day;
            }
            Amount open = perDay;
            for (int index = 0; index < left.length; index++) {
                Amount taken = left[index].min(open);
                left[index] = left[index].minus(taken);
                open = open.minus(taken);
            }
        }
        return new Forecast(kept < 0 ? Forecast.BEYOND : kept, unused);
    }

    static List<RemainingCredit> credit(String text) {
        List<RemainingCredit> credit = new ArrayList<>();
        for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
            String[] parts = each.split("@");
            credit.add(new RemainingCredit(
                    "c" + credit.size(),
                    Amount.parse(parts[0]),
                    parts.length == 1 ? RemainingCredit.FOR_EVER : Integer.parseInt(parts[1]),
                    false));
        }
        return credit;
    }
}
