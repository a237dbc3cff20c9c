package io.saldo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.BillingMode;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RechargeAdviceTest {
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 20);

    /** Threshold, amount and cap; credit; pace; bought this month; what comes out. */
    @ParameterizedTest
    @CsvSource({
        "-,  -,  -,   100,   10, 0,   not agreed, -,          0,  -,   180",
        "20, -,  -,   100,   10, 0,   not agreed, -,          0,  -,   180",
        "20, 50, -,   100,   10, 0,   due later,  2026-10-29, 50, -,   180",
        "20, 50, -,   100,   0,  0,   not due,    -,          0,  -,   0",
        "20, 50, -,   20,    10, 0,   due later,  2026-10-21, 50, -,   260",
        "20, 50, -,   19.99, 10, 0,   due now,    2026-10-21, 50, -,   261",
        "20, 5,  -,   3,     1,  0,   due now,    2026-10-21, 20, -,   25",
        "20, 50, 500, 19,    10, 450, due now,    2026-10-21, 50, 50,  261",
        "20, 50, 500, 19,    10, 451, capped,     2026-10-21, 49, 49,  261",
        "20, 50, 500, 19,    10, 500, capped,     2026-10-21, 0,  0,   261",
        "20, 50, 500, 19,    10, 600, capped,     2026-10-21, 0,  0,   261",
        "20, 50, 500, 150,   10, 500, due later,  2026-11-03, 50, 500, 130",
        "20, 50, 500, 130,   10, 500, due later,  2026-11-01, 50, 500, 150",
        "20, 50, 500, 120,   10, 500, capped,     2026-10-31, 0,  0,   160",
        "20, 50, -,   60@3,  1,  0,   due later,  2026-10-24, 50, -,   0",
    })
    void whenAndHowMuch(
            String threshold,
            String amount,
            String cap,
            String credit,
            String perDay,
            String bought,
            String state,
            String on,
            String advised,
            String room,
            String toLast) {
        RechargeAdvice advice = RechargeAdvice.of(
                terms(optional(threshold), optional(amount), optional(cap)),
                ForecastTest.credit(credit),
                Amount.parse(perDay),
                Amount.parse(bought),
                NIGHT);
        assertThat(advice.state().word()).isEqualTo(state);
        assertThat(advice.on()).isEqualTo(on.equals("-") ? null : LocalDate.parse(on));
        assertThat(advice.amount()).isEqualTo(Amount.parse(advised));
        assertThat(advice.room()).isEqualTo(optional(room));
        assertThat(advice.toLast()).isEqualTo(Amount.parse(toLast));
    }

    private static @Nullable Amount optional(String text) {
        return text.equals("-") ? null : Amount.parse(text);
    }

    static Terms terms(@Nullable Amount threshold, @Nullable Amount amount, @Nullable Amount cap) {
        return new Terms(
                "acme",
                0,
                BillingMode.PREPAID,
                "book",
                OveragePolicy.BLOCK,
                Amount.of(1),
                null,
                threshold,
                amount,
                cap,
                14,
                Place.line("terms.csv", 2));
    }
}
