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
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CreditGapTest {
    private static final BillingZone ZONE = new BillingZone(ZoneOffset.UTC);
    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
    private static final long HOUR = 3_600_000_000L;
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
        assertThat(CreditGap.of(List.of(), october(grant("first", 1, 6, "7")), days, ZONE, day(1)))
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
                        october(FIRST, grant("second", 3, 31, "0")),
                        List.of(),
                        ZONE,
                        day(3)))
                .isEmpty();
    }

    @Test
    void aGrantThatIsBackdatedIntoAClosedMonthEndsItWhenTheOpenMonthBegins() {
        GrantPosition late = grant("late", day(3), Instants.MAX, "0");
        assertThat(gaps(
                        List.of(exhausted(5, "first", 0)),
                        new TreeMap<>(Map.of(OCTOBER, List.of(FIRST), NOVEMBER, List.of(FIRST, late)))))
                .containsExactly(new CreditGap(day(5), ZONE.startOf(NOVEMBER)));
    }

    @Test
    void whatADisputeGivesBackEndsIt() {
        GrantPosition lasting = grant("first", day(1), Instants.MAX, "0");
        assertThat(gaps(
                        List.of(exhausted(5, "first", 0)),
                        new TreeMap<>(
                                Map.of(OCTOBER, List.of(lasting), NOVEMBER, List.of(lasting.restored(Amount.of(2)))))))
                .containsExactly(new CreditGap(day(5), ZONE.startOf(NOVEMBER)));
    }

    @Test
    void whatHasExpiredWhenItComesBackEndsNone() {
        GrantPosition expired = grant("first", 1, 25, "0");
        assertThat(gaps(
                        List.of(exhausted(5, "first", 0)),
                        new TreeMap<>(
                                Map.of(OCTOBER, List.of(expired), NOVEMBER, List.of(expired.restored(Amount.of(2)))))))
                .containsExactly(new CreditGap(day(5), CreditGap.OPEN));
    }

    @Test
    void whatIsRenewedAsItExpiresLeavesNone() {
        assertThat(gaps(
                        List.of(exhausted(6, "second", 0, 12)),
                        List.of(grant("first", 1, 6, "7"), grant("second", 6, 31, "0"))))
                .containsExactly(new CreditGap(day(6) + 12 * HOUR, CreditGap.OPEN));
    }

    @Test
    void otherCreditThatIsSpentLaterThatDayOutlivesAnExpiry() {
        assertThat(gaps(
                        List.of(exhausted(6, "second", 0, 12)),
                        List.of(grant("first", 1, 6, "7"), grant("second", 2, 31, "0"))))
                .containsExactly(new CreditGap(day(6) + 12 * HOUR, CreditGap.OPEN));
    }

    @Test
    void creditThatComesAfterAnExpiryAndIsSpentThatDayMakesTwo() {
        assertThat(gaps(
                        List.of(exhausted(6, "second", 0, 12)),
                        List.of(grant("first", 1, 6, "7"), grant("second", day(6) + HOUR, day(31), "0"))))
                .containsExactly(
                        new CreditGap(day(6), day(6) + HOUR), new CreditGap(day(6) + 12 * HOUR, CreditGap.OPEN));
    }

    private static List<CreditGap> gaps(List<Exhaustion> exhaustions, List<GrantPosition> grants) {
        return gaps(exhaustions, new TreeMap<>(Map.of(OCTOBER, grants)));
    }

    private static List<CreditGap> gaps(
            List<Exhaustion> exhaustions, SortedMap<YearMonth, List<GrantPosition>> closings) {
        List<DailyBalance> days =
                List.of(new DailyBalance(LocalDate.of(2026, 10, 6), Amount.ZERO, Amount.ZERO, Amount.ZERO));
        return CreditGap.of(exhaustions, closings, days, ZONE, day(1));
    }

    private static SortedMap<YearMonth, List<GrantPosition>> october(GrantPosition... grants) {
        return new TreeMap<>(Map.of(OCTOBER, List.of(grants)));
    }

    private static Exhaustion exhausted(int day, String creditId, long rest) {
        return exhausted(day, creditId, rest, 0);
    }

    private static Exhaustion exhausted(int day, String creditId, long rest, int hour) {
        return new Exhaustion(day(day) + hour * HOUR, creditId, Amount.of(rest));
    }

    private static GrantPosition grant(String creditId, int from, int to, String expired) {
        return grant(creditId, day(from), day(to), expired);
    }

    private static GrantPosition grant(String creditId, long from, long to, String expired) {
        return new GrantPosition(
                creditId,
                CreditKind.PURCHASE,
                50,
                from,
                from,
                to,
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
