package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-10-10");

    @ParameterizedTest
    @CsvSource({
        "DELIVERY_MISSING, OPEN, incomplete",
        "DELIVERY_INCOMPLETE, ACKNOWLEDGED, incomplete",
        "DELIVERY_MISSING, PENDING, pending",
        "DELIVERY_MISSING, RESOLVED, reconciled",
        "BALANCE_DIFFERS, OPEN, breaks",
        "BALANCE_DIFFERS, ACKNOWLEDGED, breaks",
        "BALANCE_DIFFERS, PENDING, pending",
        "BALANCE_DIFFERS, RESOLVED, reconciled",
        "RECORDS_REJECTED, OPEN, warnings",
        "PAYMENT_UNCLASSIFIED, OPEN, warnings",
        "PAYMENT_UNCLASSIFIED, PENDING, pending",
        "USAGE_DUPLICATE, OPEN, reconciled",
        "USAGE_DUPLICATE, PENDING, reconciled",
    })
    void oneBreakGivesItsWord(BreakCode code, BreakState state, String word) {
        assertThat(Verdicts.of(List.of(broken(code, state, "acme")), false).word())
                .isEqualTo(word);
    }

    @Test
    void theGravestWordWins() {
        List<BreakCase> cases = new ArrayList<>();
        assertThat(Verdicts.of(cases, false)).isEqualTo(Verdict.RECONCILED);
        cases.add(broken(BreakCode.PAYMENT_MISSING, BreakState.PENDING, "acme"));
        assertThat(Verdicts.of(cases, false)).isEqualTo(Verdict.PENDING);
        cases.add(broken(BreakCode.USAGE_LATE, BreakState.OPEN, "acme"));
        assertThat(Verdicts.of(cases, false)).isEqualTo(Verdict.WARNINGS);
        cases.add(broken(BreakCode.CREDIT_MISSING, BreakState.OPEN, "acme"));
        assertThat(Verdicts.of(cases, false)).isEqualTo(Verdict.BREAKS);
        cases.add(broken(BreakCode.DELIVERY_MISSING, BreakState.OPEN, ""));
        assertThat(Verdicts.of(cases, false)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void aFailedProofIsIncompleteWhateverElseThereIs() {
        assertThat(Verdicts.of(List.of(), true)).isEqualTo(Verdict.INCOMPLETE);
    }

    @Test
    void anAccountAnswersForItsOwnBreaksOnly() {
        List<BreakCase> cases = List.of(
                broken(BreakCode.BALANCE_DIFFERS, BreakState.OPEN, "acme"),
                broken(BreakCode.RECORDS_HELD, BreakState.OPEN, ""));

        assertThat(Verdicts.ofAccount("acme", cases, false)).isEqualTo(Verdict.BREAKS);
        assertThat(Verdicts.ofAccount("beta", cases, false)).isEqualTo(Verdict.RECONCILED);
    }

    @Test
    void aMissingDeliveryLeavesEveryAccountWithoutConclusion() {
        List<BreakCase> cases = List.of(broken(BreakCode.DELIVERY_MISSING, BreakState.OPEN, ""));

        assertThat(Verdicts.ofAccount("beta", cases, false)).isEqualTo(Verdict.INCOMPLETE);
    }

    private static BreakCase broken(BreakCode code, BreakState state, String accountId) {
        BreakCase open = BreakLifecycle.night(
                        List.of(),
                        List.of(Finding.withoutFigures(code, "subject", "2026-10", accountId, "", "", NIGHT)),
                        NIGHT,
                        each -> 0,
                        each -> true)
                .changed()
                .get(0);
        return open.with(state, state == BreakState.RESOLVED ? BreakResolution.AUTO : BreakResolution.NONE);
    }
}
