package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaymentCheckTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-10-31");
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);
    private static final PaymentRules RULES = new PaymentRules(3, 7, Amount.ZERO);

    // Paid: the nearest of everything that follows.

    @Test
    void aPurchasePaidInFullOfAmountAndTaxIsNoBreak() {
        assertThat(findings(List.of(purchase("c1", "ref1")), List.of(captured("p1", "ref1", "119"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"promo", "adjustment"})
    void creditThatNobodyBuysNeedsNoPayment(String kind) {
        assertThat(findings(List.of(credit("c1", kind, "", "")), List.of())).isEmpty();
    }

    // PAYMENT_MISSING

    @Test
    void aPurchaseWhosePaymentNobodyRecordedMissesIt() {
        Finding finding =
                only(findings(List.of(purchase("c1", "ref1")), List.of(captured("p1", "ref1 ", "119"))), 0, 2);

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_MISSING);
        assertThat(finding.subject()).isEqualTo("c1");
        assertThat(finding.period()).isEqualTo("2026-10");
        assertThat(finding.accountId()).isEqualTo("acme");
        assertThat(finding.expected()).isEqualTo(Amount.of(119));
        assertThat(finding.actual()).isEqualTo(Amount.ZERO);
        assertThat(finding.difference()).isEqualTo(Amount.of(-119));
        assertThat(finding.currency()).isEqualTo("EUR");
        assertThat(finding.cause()).isEqualTo("no payment has the reference");
        assertThat(finding.evidence()).isEqualTo("c1 (2026-10-05, 119 EUR, card ref1)");
    }

    @Test
    void aPurchaseThatNamesNoPaymentMissesIt() {
        assertThat(only(findings(List.of(purchase("c1", "")), List.of())).cause())
                .isEqualTo("the credit names no payment");
    }

    @Test
    void aPendingPaymentIsStillMissing() {
        Finding finding =
                only(findings(List.of(purchase("c1", "ref1")), List.of(payment("p1", "ref1", "pending", "119", 5))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_MISSING);
        assertThat(finding.cause()).isEqualTo("the payment is pending");
    }

    @Test
    void aPendingPaymentThatIsCapturedLaterIsNotMissing() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(payment("p1", "ref1", "pending", "119", 5), captured("p1", "ref1", "119"))))
                .isEmpty();
    }

    @Test
    void aPaymentPaysOnePurchaseOnly() {
        Finding finding = only(findings(
                List.of(purchase("c2", "ref1"), purchase("c1", "ref1")), List.of(captured("p1", "ref1", "119"))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_MISSING);
        assertThat(finding.subject()).isEqualTo("c2");
        assertThat(finding.cause()).isEqualTo("the payment of this reference paid for c1");
    }

    @Test
    void aPurchaseThatWasWithdrawnEntirelyNeedsNoPayment() {
        assertThat(findings(List.of(withdrawn("c1", "ref1", null, "void")), List.of()))
                .isEmpty();
        assertThat(findings(List.of(withdrawn("c1", "ref1", "100", "void")), List.of()))
                .isEmpty();
    }

    @Test
    void aPurchaseByInvoiceIsPaidWithItsInvoice() {
        assertThat(findings(List.of(credit("c1", "purchase", "invoice", "")), List.of()))
                .isEmpty();
        assertThat(PaymentCheck.findings(
                        List.of(credit("c1", "purchase", "invoice", "INV-1")),
                        List.of(captured("p1", "INV-1", "50")),
                        Set.of("INV-1"),
                        RULES,
                        NIGHT))
                .isEmpty();
    }

    @Test
    void aPurchaseByInvoiceThatNamesAPaymentNeedsIt() {
        assertThat(only(findings(List.of(credit("c1", "purchase", "invoice", "ref1")), List.of()))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_MISSING);
    }

    @Test
    void oneCreditIdInTwoAccountsAreTwoBreaks() {
        GrantedCredit other = new GrantedCredit(
                "c1",
                "beta",
                "purchase",
                Amount.of(100),
                Amount.of(19),
                "EUR",
                "ref2",
                "card",
                LocalDate.parse("2026-10-05"),
                List.of());

        assertThat(findings(List.of(purchase("c1", "ref1"), other), List.of()))
                .extracting(Finding::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    // CREDIT_MISSING

    @Test
    void moneyThatNoPurchaseAndNoInvoiceAskedForMissesItsCredit() {
        Finding finding = only(findings(List.of(), List.of(captured("p1", "ref1", "119"))));

        assertThat(finding.code()).isEqualTo(BreakCode.CREDIT_MISSING);
        assertThat(finding.subject()).isEqualTo("p1");
        assertThat(finding.actual()).isEqualTo(Amount.of(119));
        assertThat(finding.accountId()).isEqualTo("acme");
    }

    @Test
    void moneyForAnInvoiceMissesNoCreditAlsoWhenItComesInParts() {
        assertThat(PaymentCheck.findings(
                        List.of(),
                        List.of(captured("p1", "INV-1", "60"), captured("p2", "INV-1", "40")),
                        Set.of("INV-1"),
                        RULES,
                        NIGHT))
                .isEmpty();
    }

    @Test
    void moneyThatWentBackMissesNoCredit() {
        assertThat(findings(List.of(), List.of(captured("p1", "ref1", "119"), reversal("r1", "refunded", "119", "p1"))))
                .isEmpty();
    }

    @Test
    void moneyForAPromotionMissesItsPurchase() {
        assertThat(only(findings(
                                List.of(credit("c1", "promo", "card", "ref1")), List.of(captured("p1", "ref1", "119"))))
                        .code())
                .isEqualTo(BreakCode.CREDIT_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "declined", "failed"})
    void anAttemptThatTookNoMoneyMissesNoCredit(String status) {
        assertThat(findings(List.of(), List.of(payment("p1", "ref1", status, "119", 5))))
                .isEmpty();
    }

    // PAYMENT_AMOUNT_DIFFERS

    @ParameterizedTest
    @CsvSource({
        "118.99, -0.01, paid less than the credit",
        "119.01, 0.01, paid more than the credit",
        "100, -19, paid less than the credit",
    })
    void anyDifferenceOfTheAmountIsABreak(String paid, String difference, String cause) {
        Finding finding = only(findings(List.of(purchase("c1", "ref1")), List.of(captured("p1", "ref1", paid))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_AMOUNT_DIFFERS);
        assertThat(finding.subject()).isEqualTo("c1");
        assertThat(finding.expected()).isEqualTo(Amount.of(119));
        assertThat(finding.difference()).isEqualTo(Amount.parse(difference));
        assertThat(finding.cause()).isEqualTo(cause);
    }

    @Test
    void trailingZerosAreNoDifference() {
        assertThat(findings(List.of(purchase("c1", "ref1")), List.of(captured("p1", "ref1", "119.00"))))
                .isEmpty();
    }

    @Test
    void anOverpaymentThatWasPaidBackIsNoBreak() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(captured("p1", "ref1", "129"), reversal("r1", "refunded", "10", "p1"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund", "chargeback", "void"})
    void aWithdrawalThatReturnsMoneyNeedsTheProcessorsRecord(String reason) {
        Finding finding =
                only(findings(List.of(withdrawn("c1", "ref1", "100", reason)), List.of(captured("p1", "ref1", "119"))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_AMOUNT_DIFFERS);
        assertThat(finding.expected()).isEqualTo(Amount.ZERO);
        assertThat(finding.actual()).isEqualTo(Amount.of(119));
        assertThat(finding.cause()).isEqualTo("withdrawn, and the money was not paid back");
    }

    @Test
    void aWithdrawalThatReturnsNoMoneyNeedsNoRecord() {
        assertThat(findings(List.of(withdrawn("c1", "ref1", "100", "revoked")), List.of(captured("p1", "ref1", "119"))))
                .isEmpty();
    }

    // PAYMENT_CURRENCY_DIFFERS

    @Test
    void aPaymentInAnotherCurrencyIsABreakAndItsAmountIsNotCompared() {
        PaymentRecord dollars = new PaymentRecord(
                "p1", "stripe", "acme", "ref1", "card", "captured", Amount.of(119), "USD", at(5), day(5), "");

        Finding finding = only(findings(List.of(purchase("c1", "ref1")), List.of(dollars)));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_CURRENCY_DIFFERS);
        assertThat(finding.subject()).isEqualTo("c1");
        assertThat(finding.cause()).isEqualTo("granted in EUR, paid in USD");
        assertThat(finding.difference()).isNull();
    }

    // PAYMENT_DUPLICATE

    @Test
    void aSecondCaptureOfOneReferenceIsADuplicate() {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(captured("p1", "ref1", "119"), payment("p2", "ref1", "captured", "119", 6))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_DUPLICATE);
        assertThat(finding.subject()).isEqualTo("p2");
        assertThat(finding.actual()).isEqualTo(Amount.of(119));
        assertThat(finding.cause()).isEqualTo("the reference was paid by p1");
    }

    @Test
    void theCaptureOfTheRightAmountIsTheOneThatPays() {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(payment("p1", "ref1", "captured", "50", 4), captured("p2", "ref1", "119"))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_DUPLICATE);
        assertThat(finding.subject()).isEqualTo("p1");
    }

    @Test
    void aDuplicateThatWasRefundedIsNone() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(
                                captured("p1", "ref1", "119"),
                                payment("p2", "ref1", "captured", "119", 6),
                                reversal("r1", "refunded", "119", "p2"))))
                .isEmpty();
    }

    @Test
    void theFirstOfTwoCapturesWasRefundedSoTheSecondPays() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(
                                captured("p1", "ref1", "119"),
                                payment("p2", "ref1", "captured", "119", 6),
                                reversal("r1", "refunded", "119", "p1"))))
                .isEmpty();
    }

    @Test
    void theSameRowTwiceIsOnePayment() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(captured("p1", "ref1", "119"), captured("p1", "ref1", "119"))))
                .isEmpty();
    }

    @Test
    void twoCapturesForNoPurchaseAreOneMissingCreditAndOneDuplicate() {
        assertThat(findings(
                        List.of(), List.of(captured("p1", "ref1", "119"), payment("p2", "ref1", "captured", "119", 6))))
                .extracting(Finding::code)
                .containsExactly(BreakCode.CREDIT_MISSING, BreakCode.PAYMENT_DUPLICATE);
    }

    @Test
    void twoCapturesWithoutReferenceAreNoDuplicates() {
        assertThat(findings(List.of(), List.of(captured("p1", "", "119"), captured("p2", "", "119"))))
                .extracting(Finding::code)
                .containsExactly(BreakCode.CREDIT_MISSING, BreakCode.CREDIT_MISSING);
    }

    // PAYMENT_REVERSED

    @ParameterizedTest
    @ValueSource(strings = {"refunded", "disputed", "failed"})
    void aReversalWhileTheCreditStandsIsABreak(String status) {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(captured("p1", "ref1", "119"), reversal("r1", status, "119", "p1"))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_REVERSED);
        assertThat(finding.subject()).isEqualTo("c1");
        assertThat(finding.expected()).isEqualTo(Amount.of(119));
        assertThat(finding.actual()).isEqualTo(Amount.ZERO);
        assertThat(finding.evidence()).contains("p1 (stripe, captured").contains("r1 (stripe, " + status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refunded", "disputed", "failed"})
    void aReversalMayComeAsALaterStatusOfThePaymentItself(String status) {
        assertThat(only(findings(
                                List.of(purchase("c1", "ref1")),
                                List.of(captured("p1", "ref1", "119"), payment("p1", "ref1", status, "119", 9))))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_REVERSED);
    }

    @Test
    void aReversalWithoutParentIsFoundByItsReference() {
        assertThat(only(findings(
                                List.of(purchase("c1", "ref1")),
                                List.of(captured("p1", "ref1", "119"), payment("r1", "ref1", "refunded", "-119", 9))))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_REVERSED);
    }

    @Test
    void aRefundSaysThatThereWasACaptureAlsoWhereThatWasNotDelivered() {
        assertThat(only(findings(List.of(purchase("c1", "ref1")), List.of(payment("p1", "ref1", "refunded", "119", 9))))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_REVERSED);
    }

    @Test
    void aPartialRefundIsReversedByItsPart() {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(captured("p1", "ref1", "119"), reversal("r1", "refunded", "20", "p1"))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_REVERSED);
        assertThat(finding.difference()).isEqualTo(Amount.of(-20));
    }

    @Test
    void aDisputeAndItsRefundAreOneMoney() {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(
                        captured("p1", "ref1", "119"),
                        reversal("r1", "disputed", "119", "p1"),
                        reversal("r2", "refunded", "119", "p1"))));

        assertThat(finding.difference()).isEqualTo(Amount.of(-119));
    }

    @ParameterizedTest
    @CsvSource({"100, 119, refund", "'', 119, chargeback", "'', 40, refund"})
    void aReversalWhoseCreditWasWithdrawnIsNoBreak(String withdrawn, String refunded, String reason) {
        assertThat(findings(
                        List.of(withdrawn("c1", "ref1", withdrawn.isEmpty() ? null : withdrawn, reason)),
                        List.of(captured("p1", "ref1", "119"), reversal("r1", "refunded", refunded, "p1"))))
                .isEmpty();
    }

    @Test
    void aPartialWithdrawalMayLeaveItsTaxToBeWorkedOut() {
        List<PaymentRecord> payments = List.of(captured("p1", "ref1", "119"), reversal("r1", "refunded", "40", "p1"));

        assertThat(findings(List.of(withdrawn("c1", "ref1", "33.61", "refund")), payments))
                .isEmpty();
        assertThat(only(findings(List.of(withdrawn("c1", "ref1", "33.60", "refund")), payments))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_REVERSED);
    }

    @Test
    void anAttemptThatFailedBeforeTheCaptureReversesNothing() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(payment("p0", "ref1", "failed", "119", 4), captured("p1", "ref1", "119"))))
                .isEmpty();
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(payment("p1", "ref1", "failed", "119", 4), captured("p1", "ref1", "119"))))
                .isEmpty();
    }

    // DECLINED_BUT_CREDITED

    @ParameterizedTest
    @ValueSource(strings = {"declined", "failed"})
    void creditOfWhichEveryAttemptToPayFailedIsABreak(String status) {
        Finding finding = only(findings(
                List.of(purchase("c1", "ref1")),
                List.of(payment("p1", "ref1", status, "119", 4), payment("p2", "ref1", "declined", "119", 5))));

        assertThat(finding.code()).isEqualTo(BreakCode.DECLINED_BUT_CREDITED);
        assertThat(finding.subject()).isEqualTo("c1");
        assertThat(finding.difference()).isEqualTo(Amount.of(-119));
        assertThat(finding.evidence()).contains("p1 (stripe").contains("p2 (stripe");
    }

    @Test
    void anAttemptThatSucceededAfterDeclinesIsNoBreak() {
        assertThat(findings(
                        List.of(purchase("c1", "ref1")),
                        List.of(payment("p1", "ref1", "declined", "119", 4), captured("p2", "ref1", "119"))))
                .isEmpty();
    }

    @Test
    void creditThatWasWithdrawnAfterTheDeclineIsNoBreak() {
        assertThat(findings(
                        List.of(withdrawn("c1", "ref1", null, "void")),
                        List.of(payment("p1", "ref1", "declined", "119", 4))))
                .isEmpty();
    }

    @Test
    void aPendingPaymentThatIsDeclinedLaterIsDeclined() {
        assertThat(only(findings(
                                List.of(purchase("c1", "ref1")),
                                List.of(
                                        payment("p1", "ref1", "pending", "119", 4),
                                        payment("p1", "ref1", "declined", "119", 4))))
                        .code())
                .isEqualTo(BreakCode.DECLINED_BUT_CREDITED);
    }

    // PAYMENT_UNCLASSIFIED

    @Test
    void aRowOfNoKnownClassIsToldAndConcludesNothing() {
        Finding finding = only(findings(List.of(), List.of(payment("p1", "ref1", "authorised", "119", 5))));

        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_UNCLASSIFIED);
        assertThat(finding.subject()).isEqualTo("p1");
        assertThat(finding.period()).isEqualTo("2026-10");
        assertThat(finding.cause()).isEqualTo("unknown status");
    }

    @Test
    void aReversalOfNothingKnownIsTold() {
        assertThat(only(findings(List.of(), List.of(reversal("r1", "refunded", "119", "p1"))))
                        .cause())
                .isEqualTo("reverses a payment that is not known");
    }

    @Test
    void aReversalInAnotherCurrencyIsTold() {
        PaymentRecord dollars = new PaymentRecord(
                "r1", "stripe", "acme", "", "card", "refunded", Amount.of(119), "USD", at(6), day(6), "p1");

        assertThat(only(findings(List.of(purchase("c1", "ref1")), List.of(captured("p1", "ref1", "119"), dollars)))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_UNCLASSIFIED);
    }

    @Test
    void aPaymentIdThatWasCapturedTwiceWithOtherAmountsIsTold() {
        assertThat(only(findings(
                                List.of(purchase("c1", "ref1")),
                                List.of(captured("p1", "ref1", "119"), payment("p1", "ref1", "captured", "120", 6))))
                        .cause())
                .isEqualTo("captured before with other content");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-119"})
    void aCaptureOfNoMoneyIsTold(String amount) {
        assertThat(only(findings(List.of(), List.of(captured("p1", "ref1", amount))))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_UNCLASSIFIED);
    }

    // DECLINES_EXCESSIVE

    @Test
    void moreDeclinesInTheWindowThanTheLimitIsABreakOfAccountAndMethod() {
        Finding finding = only(findings(List.of(), declines(1, 3, 5, 7)));

        assertThat(finding.code()).isEqualTo(BreakCode.DECLINES_EXCESSIVE);
        assertThat(finding.subject()).isEqualTo("acme + card");
        assertThat(finding.accountId()).isEqualTo("acme");
        assertThat(finding.expected()).isEqualTo(Amount.of(3));
        assertThat(finding.actual()).isEqualTo(Amount.of(4));
        assertThat(finding.currency()).isEmpty();
        assertThat(finding.evidence()).contains("d1 (", "; d3 (", "; d5 (", "; d7 (", "declined 2026-10-07");
    }

    @Test
    void asManyDeclinesAsTheLimitAreNone() {
        assertThat(findings(List.of(), declines(1, 3, 7))).isEmpty();
    }

    @Test
    void declinesThatNoWindowHoldsTogetherAreNone() {
        assertThat(findings(List.of(), declines(1, 3, 5, 8))).isEmpty();
    }

    @Test
    void declinesOfTwoMethodsAreCountedApart() {
        List<PaymentRecord> rows = new ArrayList<>(declines(1, 2, 3));
        rows.add(new PaymentRecord(
                "d9", "paypal", "acme", "", "paypal", "declined", Amount.of(1), "EUR", at(4), day(4), ""));

        assertThat(findings(List.of(), rows)).isEmpty();
    }

    @Test
    void aDeclineWithoutAccountCountsForThatOfItsReference() {
        List<PaymentRecord> rows = new ArrayList<>(declines(1, 2, 3));
        rows.add(new PaymentRecord(
                "d9", "stripe", "", "ref1", "card", "declined", Amount.of(119), "EUR", at(4), day(4), ""));

        assertThat(findings(List.of(purchase("c1", "ref1")), rows))
                .extracting(Finding::code)
                .containsExactly(BreakCode.DECLINED_BUT_CREDITED, BreakCode.DECLINES_EXCESSIVE);
    }

    // Order

    @Test
    void theOrderOfTheInputsDoesNotMatter() {
        List<GrantedCredit> credits = new ArrayList<>(List.of(
                purchase("c1", "ref1"),
                purchase("c2", "ref1"),
                purchase("c3", "ref3"),
                withdrawn("c4", "ref1", null, "void"),
                purchase("c5", "")));
        List<PaymentRecord> payments = new ArrayList<>(List.of(
                captured("p1", "ref1", "119"),
                captured("p2", "ref1", "100"),
                payment("p3", "ref1", "captured", "119", 2),
                payment("p4", "ref1", "refunded", "119", 9),
                payment("p5", "ref3", "declined", "119", 3),
                payment("p6", "ref3", "odd", "119", 3)));
        List<Finding> expected = findings(credits, payments);
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Collections.shuffle(credits, random);
            Collections.shuffle(payments, random);
            assertThat(findings(credits, payments)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    // Money that came back, and money that is about no customer

    @Test
    void aDisputeThatWasWonIsNoReversalAnyMore() {
        List<GrantedCredit> credits = List.of(purchase("c1", "ref1"));
        PaymentRecord captured = captured("p1", "ref1", "119");
        PaymentRecord disputed = reversal("d1", "disputed", "-119", "p1");
        assertThat(only(findings(credits, List.of(captured, disputed))).code()).isEqualTo(BreakCode.PAYMENT_REVERSED);
        assertThat(findings(credits, List.of(captured, disputed, reversal("d1r", "reinstated", "119", "p1"))))
                .isEmpty();
        Finding rest =
                only(findings(credits, List.of(captured, disputed, reversal("d1r", "reinstated", "118.99", "p1"))));
        assertThat(rest.difference().absolute()).isEqualTo(Amount.parse("0.01"));
    }

    @Test
    void moneyThatReturnsOfAnUnknownPaymentIsUnclassified() {
        Finding finding = only(findings(List.of(), List.of(reversal("d1r", "reinstated", "119", "p1"))));
        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_UNCLASSIFIED);
        assertThat(finding.cause()).isEqualTo("returns money of a payment that is not known");
    }

    @Test
    void payoutsAndFeesAreKnownAndConcludeNothing() {
        assertThat(findings(List.of(), List.of(payment("po1", "ref1", "movement", "-119", 5))))
                .isEmpty();
        assertThat(only(findings(List.of(), List.of(payment("po1", "ref1", "payout", "-119", 5))))
                        .code())
                .isEqualTo(BreakCode.PAYMENT_UNCLASSIFIED);
    }

    // tolerance

    @ParameterizedTest
    @ValueSource(strings = {"118.95", "119", "119.05"})
    void aDifferenceWithinTheToleranceIsNone(String paid) {
        assertThat(tolerant(paid)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"118.94", "119.06"})
    void aDifferenceBeyondTheToleranceIsToldWhole(String paid) {
        Finding finding = only(tolerant(paid));
        assertThat(finding.code()).isEqualTo(BreakCode.PAYMENT_AMOUNT_DIFFERS);
        assertThat(finding.difference()).isEqualTo(Amount.parse(paid).minus(Amount.of(119)));
    }

    private static List<Finding> tolerant(String paid) {
        return PaymentCheck.findings(
                List.of(purchase("c1", "ref1")),
                List.of(captured("p1", "ref1", paid)),
                Set.of(),
                new PaymentRules(3, 7, Amount.parse("0.05")),
                NIGHT);
    }

    private static List<Finding> findings(List<GrantedCredit> credits, List<PaymentRecord> payments) {
        return PaymentCheck.findings(credits, payments, Set.of(), RULES, NIGHT);
    }

    private static Finding only(List<Finding> findings) {
        return only(findings, 0, 1);
    }

    private static Finding only(List<Finding> findings, int index, int size) {
        assertThat(findings).hasSize(size);
        return findings.get(index);
    }

    private static GrantedCredit purchase(String creditId, String reference) {
        return credit(creditId, "purchase", "card", reference);
    }

    private static GrantedCredit credit(String creditId, String kind, String method, String reference) {
        return credit(creditId, kind, method, reference, List.of());
    }

    private static GrantedCredit withdrawn(String creditId, String reference, String amount, String reason) {
        return credit(
                creditId,
                "purchase",
                "card",
                reference,
                List.of(new GrantedCredit.Withdrawal(
                        amount == null ? null : Amount.parse(amount), Amount.ZERO, reason)));
    }

    private static GrantedCredit credit(
            String creditId, String kind, String method, String reference, List<GrantedCredit.Withdrawal> withdrawals) {
        return new GrantedCredit(
                creditId, "acme", kind, Amount.of(100), Amount.of(19), "EUR", reference, method, day(5), withdrawals);
    }

    private static PaymentRecord captured(String id, String reference, String amount) {
        return payment(id, reference, "captured", amount, 5);
    }

    private static PaymentRecord reversal(String id, String status, String amount, String parent) {
        return new PaymentRecord(
                id, "stripe", "acme", "", "card", status, Amount.parse(amount), "EUR", at(9), day(9), parent);
    }

    private static PaymentRecord payment(String id, String reference, String status, String amount, int day) {
        return new PaymentRecord(
                id, "stripe", "acme", reference, "card", status, Amount.parse(amount), "EUR", at(day), day(day), "");
    }

    private static List<PaymentRecord> declines(int... days) {
        List<PaymentRecord> rows = new ArrayList<>();
        for (int day : days) {
            rows.add(payment("d" + day, "", "declined", "119", day));
        }
        return rows;
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2026, 10, day);
    }

    private static long at(int day) {
        return UTC.startOf(day(day)) + 1;
    }
}
