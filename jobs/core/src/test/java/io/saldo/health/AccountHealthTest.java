package io.saldo.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.BillingMode;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.problem.Place;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountHealthTest {
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 20);
    private static final HealthRules RULES = new HealthRules(7, 30);

    @ParameterizedTest
    @CsvSource({
        "block,   '',      10, 0,  interrupted",
        "invoice, '',      10, 0,  without credit",
        "carry,   '',      10, 0,  without credit",
        "block,   '',      0,  0,  ''",
        "block,   79.99,   10, 0,  at risk of interruption",
        "block,   80,      10, 0,  ''",
        "invoice, 79.99,   10, 0,  credit ends soon",
        "block,   500@30,  10, 0,  credit expires unused",
        "block,   500@31,  10, 0,  ''",
        "block,   500,     10, 16, top-ups declined",
        "block,   500,     10, 15, ''",
        "block,   50,      10, 16, at risk of interruption; top-ups declined",
        "block,   100@3,   10, 16, at risk of interruption; top-ups declined; credit expires unused",
    })
    void concerns(String policy, String credit, String perDay, int declines, String concerns) {
        assertThat(words(health("acme", policy, credit, perDay, declines))).isEqualTo(concerns);
    }

    @Test
    void scopedCreditCountsForTheUsualRunwayAndNotForTheShortOne() {
        CreditAccount account = new CreditAccount(
                "acme",
                RechargeAdviceTest.terms(null, null, null),
                List.of(
                        new RemainingCredit("any", Amount.of(20), RemainingCredit.FOR_EVER, false),
                        new RemainingCredit("one model", Amount.of(80), RemainingCredit.FOR_EVER, true)),
                Amount.ZERO,
                Collections.nCopies(28, Amount.of(10)),
                Amount.ZERO,
                List.of(),
                Amount.ZERO,
                List.of());
        AccountHealth health = AccountHealth.of(account, RULES, NIGHT);
        assertThat(health.balance()).isEqualTo(Amount.of(100));
        assertThat(health.scoped()).isEqualTo(Amount.of(80));
        assertThat(List.of(health.runwayShort(), health.runway(), health.runwayLong()))
                .containsExactly(2, 10, 10);
    }

    @Test
    void theRunwaysRangeIsThatOfThePace() {
        List<Amount> rising = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            rising.add(Amount.of(day));
        }
        AccountHealth health = AccountHealth.of(
                new CreditAccount(
                        "acme",
                        RechargeAdviceTest.terms(null, null, null),
                        ForecastTest.credit("400"),
                        Amount.ZERO,
                        rising,
                        Amount.ZERO,
                        List.of(),
                        Amount.ZERO,
                        List.of()),
                RULES,
                NIGHT);
        assertThat(List.of(
                        health.burn().slow(),
                        health.burn().usual(),
                        health.burn().fast()))
                .containsExactly(Amount.of(9), Amount.of(14), Amount.of(20));
        assertThat(List.of(health.runwayShort(), health.runway(), health.runwayLong()))
                .containsExactly(20, 28, 44);
    }

    @Test
    void accountsThatNeedAPersonComeFirst() {
        assertThat(Stream.of(
                                health("fine", "block", "500", "10", 0),
                                health("ends", "invoice", "40", "10", 0),
                                health("risk-5", "block", "50", "10", 0),
                                health("risk-2", "block", "20", "10", 0),
                                health("out", "block", "", "10", 0),
                                health("expires", "block", "500@30", "10", 0),
                                health("declined", "block", "500", "10", 16))
                        .sorted(AccountHealth.MOST_URGENT_FIRST)
                        .map(each -> each.account().accountId()))
                .containsExactly("out", "risk-2", "risk-5", "declined", "ends", "expires", "fine");
    }

    @Test
    void declinesAreCountedByMethodAndCodeWithinTheWindow() {
        List<TopUpDeclines.Decline> declines = List.of(
                new TopUpDeclines.Decline("card", "insufficient_funds", NIGHT),
                new TopUpDeclines.Decline("card", "insufficient_funds", NIGHT.minusDays(29)),
                new TopUpDeclines.Decline("card", "", NIGHT.minusDays(1)),
                new TopUpDeclines.Decline("card", "expired_card", NIGHT.minusDays(30)),
                new TopUpDeclines.Decline("card", "expired_card", NIGHT.plusDays(1)),
                new TopUpDeclines.Decline("paypal", "denied", NIGHT.minusDays(3)));
        assertThat(TopUpDeclines.of(declines, NIGHT, 30, 2))
                .containsExactly(
                        new TopUpDeclines("card", 3, 2, Map.of("", 1, "insufficient_funds", 2), NIGHT),
                        new TopUpDeclines("paypal", 1, 2, Map.of("denied", 1), NIGHT.minusDays(3)));
        assertThat(TopUpDeclines.of(declines, NIGHT, 30, 2).stream().map(TopUpDeclines::isTripped))
                .containsExactly(true, false);
    }

    private static String words(AccountHealth health) {
        return health.concerns().stream().map(Concern::word).collect(Collectors.joining("; "));
    }

    private static AccountHealth health(String id, String policy, String credit, String perDay, int declines) {
        Terms terms = new Terms(
                id,
                0,
                BillingMode.PREPAID,
                "book",
                OveragePolicy.valueOf(policy.toUpperCase(Locale.ROOT)),
                Amount.of(1),
                null,
                null,
                null,
                null,
                14,
                Place.line("terms.csv", 2));
        return AccountHealth.of(
                new CreditAccount(
                        id,
                        terms,
                        ForecastTest.credit(credit),
                        Amount.ZERO,
                        Collections.nCopies(28, Amount.parse(perDay)),
                        Amount.ZERO,
                        List.of(),
                        Amount.ZERO,
                        declines == 0
                                ? List.of()
                                : List.of(new TopUpDeclines(
                                        "card", declines, 15, Map.of("do_not_honor", declines), NIGHT))),
                RULES,
                NIGHT);
    }
}
