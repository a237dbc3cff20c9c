package io.saldo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Exhaustion;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreditGapTest {
    private static final BillingZone ZONE = new BillingZone(ZoneOffset.UTC);
    private static final GrantPosition FIRST = grant("first", 1, 31, "0");

    @Test
    void fromTheLastOfAllCreditToTheNextGrant() {
        assertThat(gaps(List.of(exhausted(5, "first", 0)), List.of(FIRST, grant("second", 8, 31, "0"))))
                .containsExactly(new CreditGap(day(5), day(8)));
    }

    @Test
    void whileAnotherGrantHasCreditThereIsNone() {
        assertThat(gaps(List.of(exhausted(5, "first", 3)), List.of(FIRST))).isEmpty();
    }

    @Test
    void withoutANewGrantItLasts() {
        List<CreditGap> gaps = gaps(List.of(exhausted(5, "first", 0)), List.of(FIRST));
        assertThat(gaps).containsExactly(new CreditGap(day(5), CreditGap.OPEN));
        assertThat(gaps.get(0).isOpen()).isTrue();
    }

    @Test
    void whenTheLastCreditExpires() {
        assertThat(gaps(List.of(), List.of(grant("first", 1, 6, "7"))))
                .containsExactly(new CreditGap(day(6), CreditGap.OPEN));
    }

    @Test
    void whenOtherCreditOutlivesAnExpiryThereIsNone() {
        List<DailyBalance> days =
                List.of(new DailyBalance(LocalDate.of(2026, 10, 6), Amount.ZERO, Amount.of(4), Amount.ZERO));
        assertThat(CreditGap.of(List.of(), List.of(grant("first", 1, 6, "7")), days, ZONE, day(1)))
                .isEmpty();
    }

    @Test
    void aGrantThatDebtTakesAtOnceEndsOneGapAndBeginsTheNext() {
        assertThat(gaps(
                        List.of(exhausted(5, "first", 0), exhausted(8, "second", 0)),
                        List.of(FIRST, grant("second", 8, 31, "0"), grant("third", 9, 31, "0"))))
                .containsExactly(new CreditGap(day(5), day(8)), new CreditGap(day(8), day(9)));
    }

    @Test
    void whatEndedBeforeTheDaysLookedAtIsLeftOut() {
        assertThat(CreditGap.of(
                        List.of(exhausted(2, "first", 0)),
                        List.of(FIRST, grant("second", 3, 31, "0")),
                        List.of(),
                        ZONE,
                        day(3)))
                .isEmpty();
    }

    private static List<CreditGap> gaps(List<Exhaustion> exhaustions, List<GrantPosition> grants) {
        List<DailyBalance> days =
                List.of(new DailyBalance(LocalDate.of(2026, 10, 6), Amount.ZERO, Amount.ZERO, Amount.ZERO));
        return CreditGap.of(exhaustions, grants, days, ZONE, day(1));
    }

    private static Exhaustion exhausted(int day, String creditId, long rest) {
        return new Exhaustion(day(day), creditId, Amount.of(rest));
    }

    private static GrantPosition grant(String creditId, int from, int to, String expired) {
        return new GrantPosition(
                creditId,
                CreditKind.PURCHASE,
                50,
                day(from),
                day(from),
                day(to),
                "",
                "",
                "",
                Currency.getInstance("EUR"),
                Amount.of(10),
                Amount.ZERO,
                Amount.parse(expired),
                Amount.ZERO,
                Amount.ZERO,
                Amount.ZERO);
    }

    private static long day(int day) {
        return Instants.toMicros(
                LocalDate.of(2026, 10, day).atStartOfDay(ZoneOffset.UTC).toInstant());
    }
}
