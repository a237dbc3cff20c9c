package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How usage of a closed month that came late burns in the oldest open month, which is October 2026. */
class LateUsageTest {
    private static List<String> drawdowns(Statement statement) {
        return statement.drawdowns().stream()
                .map(each -> each.creditId() + " " + each.usageDate() + " " + each.amount())
                .toList();
    }

    private static List<String> lines(Statement statement) {
        return statement.lines().stream()
                .map(line -> line.usageMonth() + " " + line.meterWord() + " " + line.quantity() + " x "
                        + line.unitPrice() + " = " + line.amount())
                .toList();
    }

    @Test
    void itBurnsBeforeTheMonthsOwnUsageAndKeepsItsDate() {
        Statement statement = new AccountMonth()
                .overage("", "1", null)
                .grant("a", CreditKind.PURCHASE, "2026-09-01 00:00", "10")
                .useLate("2026-09-20 08:00", 4)
                .useLate("2026-09-20 09:00", 3)
                .useLate("2026-08-31 23:59", 0)
                .use("01 00:00", 5)
                .compute();

        assertThat(drawdowns(statement)).containsExactly("a 2026-09-20 7", "a 2026-10-01 3");
        assertThat(lines(statement)).containsExactly("2026-09 input 7 x 1 = 7", "2026-10 input 5 x 1 = 5");
        assertThat(statement.events().late()).isEqualTo(3);
        assertThat(statement.events().total()).isEqualTo(4);
        assertThat(statement.dailyBalances().get(0).usage())
                .as("on the first day")
                .hasToString("12");
        assertThat(statement.dailyBalances().get(0).closingBalance()).hasToString("0");
    }

    @Test
    void aGrantPaysIfItWasEffectiveAtTheEventsInstant() {
        Statement statement = new AccountMonth()
                .overage("", "1", null)
                .grant("later", CreditKind.PROMO, "2026-09-20 08:00", "10")
                .grant("october", CreditKind.PROMO, "01 00:00", "10")
                .useLate("2026-09-20 07:59", 1)
                .useLate("2026-09-20 08:00", 2)
                .compute();

        assertThat(drawdowns(statement)).containsExactly("later 2026-09-20 2");
        assertThat(statement.totals().overage()).hasToString("1");
    }

    @Test
    void aGrantThatExpiredWhenTheMonthBeganPaysNothing() {
        Statement statement = new AccountMonth()
                .overage("", "1", null)
                .grant("ended", CreditKind.PROMO, "2026-09-01 00:00", "01 00:00", "10", 50, "", "")
                .grant("lives", CreditKind.PROMO, "2026-09-01 00:00", "01 00:01", "1", 50, "", "")
                .useLate("2026-09-20 08:00", 3)
                .compute();

        assertThat(drawdowns(statement)).containsExactly("lives 2026-09-20 1");
        assertThat(statement.totals().overage()).hasToString("2");
        assertThat(statement.totals().expired()).hasToString("10");
    }

    @Test
    void theFirstInstantsEntriesComeBeforeIt() {
        Statement statement = new AccountMonth()
                .overage("", "1", null)
                .grant("a", CreditKind.PURCHASE, "2026-09-01 00:00", "10")
                .withdraw("w", "a", "01 00:00", "8", "refund")
                .useLate("2026-09-20 08:00", 5)
                .compute();

        assertThat(statement.totals().credit()).hasToString("2");
        assertThat(statement.totals().withdrawn()).hasToString("8");
    }

    @Test
    void theTermsOfItsOwnInstantHold() {
        Statement statement = new AccountMonth()
                .payg("2026-09-01 00:00")
                .prepaid("2026-09-15 00:00", OveragePolicy.BLOCK)
                .overage("01 00:00", "1", null)
                .useLate("2026-09-14 08:00", 3)
                .useLate("2026-09-15 00:00", 4)
                .use("02 00:00", 5)
                .compute();

        assertThat(statement.totals().payg()).hasToString("3");
        assertThat(statement.totals().unfunded()).hasToString("4");
        assertThat(statement.totals().overage()).hasToString("5");
    }

    @Test
    void theCapOfItsMonthGoesOn() {
        Statement september = new AccountMonth()
                .month("2026-09")
                .overage("", "2", "10")
                .use("2026-09-10 00:00", 7)
                .compute();
        Statement october = new AccountMonth()
                .overage("", "2", "10")
                .counted(september.counters())
                .useLate("2026-09-20 00:00", 5)
                .use("02 00:00", 9)
                .compute();
        Statement november = new AccountMonth()
                .month("2026-11")
                .overage("", "2", "10")
                .counted(october.counters())
                .useLate("2026-09-21 00:00", 1)
                .useLate("2026-10-21 00:00", 4)
                .compute();

        assertThat(october.totals().overage())
                .as("3 of September, 9 of October")
                .hasToString("12");
        assertThat(october.totals().unfunded()).hasToString("2");
        assertThat(october.overage())
                .extracting(share -> share.usageMonth() + " " + share.amount() + " " + share.surcharge())
                .containsExactly("2026-09 3 3", "2026-10 9 9");
        assertThat(november.totals().overage())
                .as("nothing of September, 1 of October")
                .hasToString("1");
        assertThat(november.totals().unfunded()).hasToString("4");
    }

    @Test
    void itsDebtArisesWhenTheMonthBegins() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .openingDebt("2")
                .useLate("2026-09-20 00:00", 5)
                .grant("a", CreditKind.PURCHASE, "03 00:00", "4")
                .compute();

        assertThat(statement.totals().carried()).hasToString("5");
        assertThat(statement.totals().settledDebt()).hasToString("4");
        assertThat(statement.closing().debts())
                .extracting(debt -> debt.since() + " " + debt.amount())
                .containsExactly(AccountMonth.at("01 00:00") + " 3");
    }

    @Test
    void graduatedTiersAndTheirFeesGoOnFromTheFrozenCount() {
        Statement october = after("graduated", TierMode.GRADUATED, 8, 5);

        assertThat(lines(october))
                .containsExactly("2026-09 input 3 x 1 = 3", "2026-09 input 2 x 2 = 4", "2026-09 input_fee 1 x 7 = 7");
    }

    @Test
    void volumeUnitsHaveTheTierOfTheTotalAndNoFeeAgain() {
        assertThat(lines(after("volume", TierMode.VOLUME, 8, 5))).containsExactly("2026-09 input 5 x 1 = 5");
        assertThat(lines(after("volume", TierMode.VOLUME, 0, 12)))
                .as("where the month had no usage there is a fee")
                .containsExactly("2026-09 input 12 x 1 = 12", "2026-09 input_fee 1 x 7 = 7");
    }

    @ParameterizedTest
    @EnumSource(
            value = TierMode.class,
            names = {"GRADUATED", "VOLUME"})
    void theCountOfAPriceThatWasEndedSinceGoesOn(TierMode mode) {
        AccountMonth september = twoTiers(new AccountMonth().month("2026-09"), "model", mode)
                .use("2026-09-10 00:00", "openai", "model", 12);
        Statement october = twoTiers(new AccountMonth(), "model", mode)
                .pricesEnd("2026-10-15 00:00")
                .counted(september.compute().counters())
                .useLate("2026-09-20 00:00", "model", 5)
                .compute();

        assertThat(lines(october)).containsExactly("2026-09 input 5 x 1 = 5");
        assertThat(october.counters().get(0).tiers())
                .extracting(count -> count.quantity().toString())
                .containsExactly("17");
    }

    @Test
    void aPackageThatTheMonthStartedIsFilledFirst() {
        AccountMonth september = new AccountMonth()
                .month("2026-09")
                .payg("")
                .tier("pack", TierMode.PACKAGE, "3", PriceTier.OPEN, "0", 10)
                .use("2026-09-10 00:00", "openai", "pack", 8);
        Statement october = new AccountMonth()
                .payg("")
                .tier("pack", TierMode.PACKAGE, "3", PriceTier.OPEN, "0", 10)
                .counted(september.compute().counters())
                .useLate("2026-09-20 00:00", "pack", 2)
                .useLate("2026-09-21 00:00", "pack", 1)
                .use("05 00:00", "openai", "pack", 1)
                .compute();

        assertThat(october.totals().usage())
                .as("one more of September, one of October")
                .hasToString("6");
    }

    /** Late usage after a month with that much: the second tier begins after the tenth unit, costs 1, and 7 to enter. */
    private static Statement after(String model, TierMode mode, long before, long late) {
        AccountMonth september = twoTiers(new AccountMonth().month("2026-09"), model, mode);
        if (before > 0) {
            september.use("2026-09-10 00:00", "openai", model, before);
        }
        return twoTiers(new AccountMonth(), model, mode)
                .counted(september.compute().counters())
                .useLate("2026-09-20 00:00", model, late)
                .compute();
    }

    private static AccountMonth twoTiers(AccountMonth month, String model, TierMode mode) {
        return month.payg("").tier(model, mode, "2", 10, "0", 0).tier(model, mode, "1", PriceTier.OPEN, "7", 0);
    }
}
