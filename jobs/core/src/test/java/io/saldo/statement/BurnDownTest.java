package io.saldo.statement;

import static io.saldo.statement.AccountMonth.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.OveragePolicy;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceTier;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SPEC 6.2, 6.3 and 7, rule by rule, with figures that can be checked by eye. */
class BurnDownTest {
    @Test
    void aGrantPaysFromItsBeginningToJustBeforeItsEnd() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PROMO, "02 00:00", "03 00:00", "10", 50, "", "")
                .use("02 00:00", 3)
                .use("03 00:00", 4)
                .compute();

        assertThat(statement.totals().credit()).hasToString("3");
        assertThat(statement.totals().unfunded()).hasToString("4");
        assertThat(statement.totals().expired()).hasToString("7");
        assertThat(statement.dailyBalances().get(1).closingBalance()).hasToString("7");
        assertThat(statement.dailyBalances().get(2).closingBalance()).hasToString("0");
        assertThat(statement.dailyBalances()).hasSize(31);
    }

    @Test
    void oneEventIsSplitOverGrantsInBurnOrderAndOverage() {
        Statement statement = new AccountMonth()
                .overage("", "1.25", null)
                .grant("purchase", CreditKind.PURCHASE, "01 00:00", "10")
                .grant("promo", CreditKind.PROMO, "01 00:00", "10")
                .grant("early", CreditKind.PURCHASE, "01 00:00", "20 00:00", "10", 50, "", "")
                .grant("first", CreditKind.PURCHASE, "01 00:00", "", "10", 10, "", "")
                .use("05 12:00", 45)
                .compute();

        assertThat(statement.exhaustions())
                .extracting(Exhaustion::creditId)
                .containsExactly("first", "early", "promo", "purchase");
        assertThat(statement.exhaustions().get(3).balance().isZero()).isTrue();
        assertThat(statement.totals().overage()).hasToString("5");
        assertThat(statement.totals().surcharge()).hasToString("1.25");
        assertThat(statement.totals().usage()).hasToString("45");
        assertThat(statement.creditByKind(statement.month()))
                .containsEntry(CreditKind.PROMO, Amount.of(10))
                .containsEntry(CreditKind.PURCHASE, Amount.of(30));
    }

    @Test
    void theCapSplitsTheChargeThatCrossesIt() {
        Statement statement = new AccountMonth()
                .overage("", "2", "10")
                .use("05 12:00", 7)
                .use("06 12:00", 7)
                .use("07 12:00", 1)
                .compute();

        assertThat(statement.totals().overage()).hasToString("10");
        assertThat(statement.totals().surcharge()).hasToString("10");
        assertThat(statement.unfunded())
                .containsExactly(new UnfundedShare(UnfundedShare.Reason.ABOVE_CAP, Amount.of(5), 2, at("06 12:00")));
    }

    @Test
    void debtIsSettledFromTheNextGrantBeforeUsageOfThatInstant() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .openingDebt("2")
                .use("05 12:00", 7)
                .grant("a", CreditKind.PURCHASE, "06 12:00", "10")
                .use("06 12:00", 3)
                .compute();

        assertThat(statement.totals().carried()).hasToString("9");
        assertThat(statement.totals().settledDebt()).hasToString("9");
        assertThat(statement.totals().credit()).hasToString("1");
        assertThat(statement.totals().closingDebt()).hasToString("2");
        assertThat(statement.drawdowns())
                .containsExactly(
                        new Drawdown("a", LocalDate.of(2026, 10, 6), Drawdown.Purpose.DEBT, Amount.of(9)),
                        new Drawdown("a", LocalDate.of(2026, 10, 6), Drawdown.Purpose.USAGE, Amount.of(1)));
    }

    @Test
    void aScopedGrantPaysAndSettlesOnlyItsScope() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .openingDebt("1")
                .use("04 12:00", "azure", "gpt", 2)
                .use("05 12:00", "openai", "gpt", 3)
                .grant("a", CreditKind.PURCHASE, "06 12:00", "", "10", 50, "openai", "gpt")
                .use("07 12:00", "azure", "gpt", 4)
                .use("07 12:00", "openai", "gpt", 5)
                .compute();

        assertThat(statement.totals().settledDebt()).hasToString("3");
        assertThat(statement.totals().credit()).hasToString("5");
        assertThat(statement.totals().closingDebt()).hasToString("7");
        assertThat(statement.closing().debts()).hasSize(2);
    }

    /** Ever so many events may not make ever so many debts: they are stored, and carried on from month to month. */
    @Test
    void whatIsOpenOfADayWhenItEndsIsOneDebtForEachModel() {
        AccountMonth month = new AccountMonth().prepaid("", OveragePolicy.CARRY);
        for (int hour = 10; hour < 20; hour++) {
            for (String day : List.of("04 ", "05 ", "06 ")) {
                month.use(day + hour + ":00", "azure", "gpt", 1).use(day + hour + ":30", "openai", "gpt", 2);
            }
        }

        assertThat(month.compute().closing().debts())
                .extracting(debt -> debt.since() + " " + debt.provider() + " " + debt.amount())
                .containsExactly(
                        at("04 10:00") + " azure 10",
                        at("04 10:30") + " openai 20",
                        at("05 10:00") + " azure 10",
                        at("05 10:30") + " openai 20",
                        at("06 10:00") + " azure 10",
                        at("06 10:30") + " openai 20");
    }

    @ParameterizedTest
    @CsvSource({"04 13:00, azure", "05 13:00, openai"})
    void debtIsSettledByEventOnItsDayAndByModelOnLaterOnes(String granted, String left) {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .use("04 10:00", "azure", "gpt", 1)
                .use("04 11:00", "openai", "gpt", 1)
                .use("04 12:00", "azure", "gpt", 1)
                .grant("a", CreditKind.PURCHASE, granted, "2")
                .compute();

        assertThat(statement.closing().debts())
                .extracting(debt -> debt.provider() + " " + debt.amount())
                .containsExactly(left + " 1");
    }

    @Test
    void aChargebackAfterUseIsAReceivableOnceAndARefundIsNot() {
        AccountMonth month = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PURCHASE, "01 00:00", "10")
                .grant("b", CreditKind.PURCHASE, "01 00:00", "10")
                .use("05 12:00", 14)
                .withdraw("back", "a", "06 12:00", "", "chargeback")
                .withdraw("again", "a", "07 12:00", "", "void")
                .withdraw("refund", "b", "08 12:00", "8", "refund");
        Statement statement = month.compute();

        assertThat(statement.receivables()).containsExactly(new Receivable("a", "back", at("06 12:00"), Amount.of(10)));
        assertThat(statement.totals().withdrawn()).hasToString("6");
        assertThat(statement.withdrawalsAfterUse())
                .extracting(WithdrawalAfterUse::entryId, WithdrawalAfterUse::used, WithdrawalAfterUse::owed)
                .containsExactly(
                        tuple("back", Amount.of(10), Amount.of(10)), tuple("refund", Amount.of(2), Amount.ZERO));
    }

    @Test
    void aClaimedReceivableIsNotClaimedAgainInAnotherMonth() {
        Statement october = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PURCHASE, "01 00:00", "10")
                .use("05 12:00", 4)
                .withdraw("back", "a", "06 12:00", "8", "chargeback")
                .compute();
        Statement november = new AccountMonth()
                .month("2026-11")
                .opening(october.closing())
                .withdraw("rest", "a", "2026-11-06 12:00", "", "chargeback")
                .compute();

        assertThat(october.totals().receivable()).hasToString("2");
        assertThat(november.totals().receivable()).hasToString("2");
        assertThat(november.totals().openingBalance()).hasToString("0");
    }

    @Test
    void aChargebackClaimsNothingThatADisputeGaveBack() {
        Statement october = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PURCHASE, "01 00:00", "100")
                .use("05 12:00", 100)
                .compute();
        GrantPosition restored = october.closing().grants().get(0).restored(Amount.of(30));
        Statement november = new AccountMonth()
                .month("2026-11")
                .opening(new OpeningPosition(List.of(restored), List.of()))
                .withdraw("back", "a", "2026-11-06 12:00", "", "chargeback")
                .compute();

        assertThat(november.totals().withdrawn()).hasToString("30");
        assertThat(november.totals().receivable()).hasToString("70");
    }

    @Test
    void aWithdrawalNotLaterThanItsGrantIsAppliedRightAfterItBegins() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .use("02 12:00", 5)
                .withdraw("before", "a", "01 12:00", "3", "refund")
                .withdraw("same", "a", "03 12:00", "4", "refund")
                .grant("a", CreditKind.PURCHASE, "03 12:00", "10")
                .compute();

        assertThat(statement.totals().withdrawn()).hasToString("7");
        assertThat(statement.totals().settledDebt()).hasToString("3");
        assertThat(statement.appliedEntries()).containsExactly("grant-a", "before", "same");
    }

    @Test
    void aBackdatedEntryCountsFromTheStartOfTheMonthAndKeepsItsPlaceInTheOrder() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .openingDebt("1")
                .grant("new", CreditKind.PURCHASE, "01 00:00", "10")
                .grant("old", CreditKind.PURCHASE, "2026-09-20 00:00", "10")
                .grant("dead", CreditKind.PURCHASE, "2026-09-20 00:00", "2026-09-30 00:00", "10", 50, "", "")
                .withdraw("back", "dead", "2026-09-25 00:00", "4", "refund")
                .use("01 00:00", 5)
                .compute();

        assertThat(statement.backdatedEntries()).containsExactly("grant-dead", "back", "grant-old");
        assertThat(statement.totals().expired()).hasToString("6");
        assertThat(statement.grants())
                .extracting(GrantPosition::creditId, grant -> grant.drawn().toString())
                .containsExactly(tuple("dead", "0"), tuple("old", "6"), tuple("new", "0"));
    }

    @Test
    void termsHoldFromTheirOwnInstantAndWithoutTermsNothingHasAPrice() {
        Statement statement = new AccountMonth()
                .payg("05 00:00")
                .prepaid("12 00:00", OveragePolicy.BLOCK)
                .use("04 23:59", 1)
                .use("05 00:00", 2)
                .use("11 23:59", 3)
                .use("12 00:00", 4)
                .compute();

        assertThat(statement.status()).isEqualTo(Statement.Status.INCOMPLETE);
        assertThat(statement.events().withoutTerms()).isEqualTo(1);
        assertThat(statement.events().firstWithoutTerms()).isEqualTo(at("04 23:59"));
        assertThat(statement.totals().payg()).hasToString("5");
        assertThat(statement.totals().unfunded()).hasToString("4");
        assertThat(statement.lines().get(0).isPriced()).isFalse();
        assertThat(statement.lines().get(1).quantity()).isEqualTo(9);
    }

    @Test
    void aPriceThatChangesInTheMonthMakesTwoLinesAndAGapIsUnpriced() {
        Statement statement = new AccountMonth()
                .payg("")
                .price("dated", Meter.INPUT, "2", 1, Instants.MIN, at("10 00:00"), 0, PriceTier.FLAT)
                .price("dated", Meter.INPUT, "3", 1, at("20 00:00"), Instants.MAX, 0, PriceTier.FLAT)
                .use("09 23:59", "openai", "dated", 1)
                .use("10 00:00", "openai", "dated", 10)
                .use("20 00:00", "openai", "dated", 100)
                .compute();

        assertThat(statement.lines())
                .extracting(
                        line -> line.isPriced() ? line.unitPrice().toString() : "unpriced",
                        line -> line.quantity().intValue(),
                        line -> line.amount().toString())
                .containsExactly(tuple("unpriced", 10, "0"), tuple("2", 1, "2"), tuple("3", 100, "300"));
        assertThat(statement.status()).isEqualTo(Statement.Status.INCOMPLETE);
    }

    @Test
    void aGrantPaysUnderPaygTermsToo() {
        Statement statement = new AccountMonth()
                .payg("")
                .grant("a", CreditKind.PROMO, "01 00:00", "3")
                .use("02 00:00", 5)
                .compute();

        assertThat(statement.totals().credit()).hasToString("3");
        assertThat(statement.totals().payg()).hasToString("2");
    }

    @Test
    void debtOfAClosedAccountIsAReceivableAtTheMonthsEndAndNotBefore() {
        AccountMonth month = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .use("02 00:00", 5)
                .closedOn("2026-10-20");

        Statement closed = month.compute();
        Statement before = month.asOf("25 00:00").compute();

        assertThat(closed.totals().receivable()).hasToString("5");
        assertThat(closed.totals().closingDebt()).hasToString("5");
        assertThat(closed.closing().debts()).isEmpty();
        assertThat(before.totals().receivable().isZero()).isTrue();
        assertThat(before.dailyBalances()).hasSize(24);
    }

    @Test
    void aProbeSeesOnlyWhatIsStrictlyBefore() {
        Statement statement = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .probe("01 00:00")
                .probe("02 00:00")
                .probe("02 00:01")
                .probe("03 00:00")
                .grant("a", CreditKind.PROMO, "01 00:00", "02 00:00", "3", 50, "", "")
                .use("02 00:00", 5)
                .compute();

        assertThat(statement.probeBalances()).extracting(Amount::toString).containsExactly("0", "3", "-5", "-5");
    }

    @Test
    void whatHappensFromTheAsOfOnIsLeftForLater() {
        Statement statement = new AccountMonth()
                .payg("")
                .grant("a", CreditKind.PROMO, "05 00:00", "3")
                .use("04 23:59", 1)
                .use("05 00:00", 1)
                .asOf("05 00:00")
                .compute();

        assertThat(statement.totals().usage()).hasToString("1");
        assertThat(statement.appliedEntries()).isEmpty();
        assertThat(statement.grants()).isEmpty();
    }

    @Test
    void anAmountBeyondExactArithmeticIsAProblemAndNeverAWrongNumber() {
        AccountMonth month = new AccountMonth()
                .price("dear", "999999999.000001", 1)
                .payg("")
                .use("02 00:00", "openai", "dear", Long.MAX_VALUE);

        assertThatThrownBy(month::compute)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("STM-002")
                .hasMessageContaining("account acme, 2026-10");
    }

    @Test
    void sumsOfQuantitiesAreWiderThanAQuantity() {
        Statement statement = new AccountMonth()
                .price("gift", "0", 1)
                .payg("")
                .use("02 00:00", "openai", "gift", Long.MAX_VALUE)
                .use("03 00:00", "openai", "gift", Long.MAX_VALUE)
                .use("04 00:00", "openai", "gift", Long.MAX_VALUE)
                .compute();

        assertThat(statement.lines().get(0).quantity()).hasToString("27670116110564327421");
        assertThat(statement.totals().usage().isZero()).isTrue();
    }

    @Test
    void aFailedProofNamesTheIdentityAndBothFigures() {
        Proof proof = new Proof("acme", YearMonth.of(2026, 10));

        assertThatThrownBy(() -> proof.equal("drawn = credit + settled debt", Amount.of(1), Amount.of(2))
                        .conclude())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("STM-001  account acme, 2026-10: drawn = credit + settled debt: 1 is not 2");
    }
}
