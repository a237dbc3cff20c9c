package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakCodeTest {
    @Test
    void theCodesWithAnAsteriskInTheContractBlockAndNoOthers() {
        assertThat(Arrays.stream(BreakCode.values())
                        .filter(BreakCode::blocksClose)
                        .map(Enum::name)
                        .collect(Collectors.joining(" ")))
                .isEqualTo("DELIVERY_MISSING DELIVERY_INCOMPLETE RECORDS_HELD USAGE_CONFLICT USAGE_UNPRICED"
                        + " PRICE_CHANGED_AFTER_USE SERVED_WITHOUT_CREDIT BALANCE_DIFFERS PAYMENT_MISSING"
                        + " CREDIT_MISSING PAYMENT_AMOUNT_DIFFERS PAYMENT_CURRENCY_DIFFERS PAYMENT_REVERSED"
                        + " DECLINED_BUT_CREDITED");
    }

    @Test
    void everyCodeOfTheContractIsThere() {
        assertThat(BreakCode.values()).hasSize(28);
    }

    @Test
    void onlyARepeatedDeliveryIsANote() {
        assertThat(EnumSet.allOf(BreakCode.class).stream().filter(code -> code.severity() == Severity.NOTE))
                .containsExactly(BreakCode.USAGE_DUPLICATE);
    }

    @Test
    void whatHappenedOnANightStaysUntilItIsDecided() {
        assertThat(EnumSet.allOf(BreakCode.class).stream().filter(code -> !code.isStanding()))
                .containsExactly(
                        BreakCode.RECORDS_REJECTED,
                        BreakCode.USAGE_CONFLICT,
                        BreakCode.USAGE_DUPLICATE,
                        BreakCode.USAGE_LATE,
                        BreakCode.CREDIT_WITHDRAWN_AFTER_USE,
                        BreakCode.CREDIT_BACKDATED,
                        BreakCode.DECLINES_EXCESSIVE);
    }

    @Test
    void whatStatementsOfOpenMonthsSayOfPricesTermsAndBalancesIsNotJudgedAfterTheClose() {
        assertThat(EnumSet.allOf(BreakCode.class).stream().filter(BreakCode::isOfOpenMonths))
                .containsExactly(
                        BreakCode.USAGE_UNPRICED,
                        BreakCode.ACCOUNT_CLOSED,
                        BreakCode.SERVED_WITHOUT_CREDIT,
                        BreakCode.OVERAGE_CAP_EXCEEDED,
                        BreakCode.BALANCE_DIFFERS);
    }

    @ParameterizedTest
    @EnumSource(BreakCode.class)
    void whatIsWaivedIsNotSimplyAccepted(BreakCode code) {
        boolean waivable = EnumSet.of(
                        BreakCode.USAGE_UNPRICED, BreakCode.SERVED_WITHOUT_CREDIT, BreakCode.OVERAGE_CAP_EXCEEDED)
                .contains(code);
        assertThat(code.allows(Decision.WAIVE)).isEqualTo(waivable);
        assertThat(code.allows(Decision.ACCEPT)).isEqualTo(!waivable);
        assertThat(code.allows(Decision.CHARGE))
                .as("without a price there is no amount; late usage may stand in no statement")
                .isEqualTo((waivable && code != BreakCode.USAGE_UNPRICED) || code == BreakCode.USAGE_LATE);
        assertThat(code.allows(Decision.ACKNOWLEDGE) && code.allows(Decision.RESOLVE))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(BreakCode.class)
    void everyCodeSaysWhatItMeansAndWhatToDoInSentences(BreakCode code) {
        assertThat(code.meaning()).endsWith(".");
        assertThat(code.remedy()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "PAYMENT_MISSING, top-1, 2026-10, '', B-fc5b9ed88e46",
        "USAGE_CONFLICT, evt-7, 2026-10, acme, B-77f111031d7d",
        "PAYMENT_MISSING, top-1, 2026-10, acme, B-eb2fb50b60bb",
        "PAYMENT_MISSING, top-1, 2026-10, beta, B-ab9e0d668740",
        "BALANCE_DIFFERS, größe, 2026-11, größe, B-ecb8e049fdd7",
    })
    void theNameOfABreakNeverChanges(BreakCode code, String subject, String period, String account, String id) {
        assertThat(BreakIdentity.of(code, subject, period, account)).isEqualTo(id);
    }

    @Test
    void theNameWithoutAccountIsTheHashOfTheThree() {
        assertThat(BreakIdentity.of(BreakCode.PAYMENT_MISSING, "top-1", "2026-10"))
                .isEqualTo("B-738c1ff49304");
        assertThat(BreakIdentity.of(BreakCode.USAGE_CONFLICT, "evt-7", "2026-10"))
                .isEqualTo("B-77f111031d7d");
    }

    @Test
    void aSubjectOfSeveralPartsShowsAnEmptyOne() {
        assertThat(BreakSubject.of("acme", "gpt-4o", "", "input")).isEqualTo("acme + gpt-4o + - + input");
    }
}
