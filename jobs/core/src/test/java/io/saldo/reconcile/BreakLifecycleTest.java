package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.money.Amount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BreakLifecycleTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-10-10");

    @Test
    void aNewFindingWithoutGraceIsOpenAtOnce() {
        NightOutcome outcome = night(List.of(), List.of(balance("5")), FIRST, 0, BreakLifecycleTest::all);

        BreakCase opened = outcome.changed().get(0);
        assertThat(opened.state()).isEqualTo(BreakState.OPEN);
        assertThat(opened.graceUntil()).isNull();
        assertThat(opened.occurrences()).isEqualTo(1);
        assertThat(opened.firstSeen()).isEqualTo(FIRST);
        assertThat(opened.severity()).isEqualTo(Severity.ERROR);
        assertThat(outcome.newIds()).containsExactly(opened.id());
        assertThat(outcome.resolvedIds()).isEmpty();
        assertThat(outcome.reopenedIds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-10-10, PENDING", "2026-10-11, PENDING", "2026-10-12, OPEN", "2026-10-20, OPEN"})
    void graceOfTwoDaysIsTheFirstNightAndTheNext(LocalDate night, BreakState state) {
        BreakCase first = only(night(List.of(), List.of(balance("5")), FIRST, 2, BreakLifecycleTest::all));
        assertThat(first.graceUntil()).isEqualTo(LocalDate.parse("2026-10-12"));

        NightOutcome outcome = night(List.of(first), List.of(balance("5")), night, 2, BreakLifecycleTest::all);

        assertThat(after(first, outcome).state()).isEqualTo(state);
    }

    @Test
    void aStandingBreakThatNoLongerHoldsResolvesByItself() {
        BreakCase open = opened(balance("5"));

        NightOutcome outcome = night(List.of(open), List.of(), FIRST.plusDays(1), 0, BreakLifecycleTest::all);

        assertThat(outcome.resolvedIds()).containsExactly(open.id());
        assertThat(only(outcome).resolution()).isEqualTo(BreakResolution.AUTO);
        assertThat(only(outcome).lastSeen()).isEqualTo(FIRST);
    }

    @Test
    void aStandingBreakWhoseScopeWasNotCheckedTonightStays() {
        BreakCase open = opened(balance("5"));

        assertThat(night(List.of(open), List.of(), FIRST.plusDays(1), 0, BreakLifecycleTest::none)
                        .changed())
                .isEmpty();
    }

    @Test
    void aLaterMonthNeverClosesAnEarlierOnes() {
        BreakCase october = opened(balance("5"));
        Finding november = finding(BreakCode.BALANCE_DIFFERS, "acme", "2026-11", "5", "evidence");

        NightOutcome outcome =
                night(List.of(october), List.of(november), LocalDate.parse("2026-11-02"), 0, each -> each.period()
                        .equals("2026-11"));

        assertThat(outcome.resolvedIds()).isEmpty();
        assertThat(outcome.newIds()).containsExactly(november.id()).doesNotContain(october.id());
    }

    @ParameterizedTest
    @EnumSource(BreakCode.class)
    void onlyAStandingCodeResolvesByItself(BreakCode code) {
        BreakCase open = opened(finding(code, "subject", "2026-10", "1", "evidence"));

        NightOutcome outcome = night(List.of(open), List.of(), FIRST.plusDays(1), 0, BreakLifecycleTest::all);

        assertThat(outcome.resolvedIds().isEmpty()).isEqualTo(!code.isStanding());
    }

    @Test
    void theGraceOfAFactRunsOnAlthoughNoNightFindsItAgain() {
        BreakCase pending = only(night(List.of(), List.of(rejected("3")), FIRST, 2, BreakLifecycleTest::all));

        assertThat(night(List.of(pending), List.of(), FIRST.plusDays(1), 2, BreakLifecycleTest::all)
                        .changed())
                .isEmpty();
        assertThat(only(night(List.of(pending), List.of(), FIRST.plusDays(2), 2, BreakLifecycleTest::all))
                        .state())
                .isEqualTo(BreakState.OPEN);
    }

    @Test
    void foundAgainIsOneOccurrenceMoreWithTonightsFigures() {
        BreakCase open = opened(balance("5"));

        BreakCase again =
                only(night(List.of(open), List.of(balance("7")), FIRST.plusDays(1), 0, BreakLifecycleTest::all));

        assertThat(again.id()).isEqualTo(open.id());
        assertThat(again.occurrences()).isEqualTo(2);
        assertThat(again.lastSeen()).isEqualTo(FIRST.plusDays(1));
        assertThat(again.firstSeen()).isEqualTo(FIRST);
        assertThat(again.difference()).isEqualTo(Amount.of(7));
    }

    @Test
    void anAcknowledgedBreakStaysSoWhileItHolds() {
        BreakCase acknowledged = opened(balance("5")).with(BreakState.ACKNOWLEDGED, BreakResolution.NONE);

        assertThat(only(night(
                                List.of(acknowledged),
                                List.of(balance("5")),
                                FIRST.plusDays(1),
                                0,
                                BreakLifecycleTest::all))
                        .state())
                .isEqualTo(BreakState.ACKNOWLEDGED);
    }

    @ParameterizedTest
    @CsvSource({
        "AUTO, 5, reopened",
        "AUTO, 7, reopened",
        "FIXED, 5, reopened",
        "FIXED, 7, reopened",
        "ACCEPTED, 5, untouched",
        "ACCEPTED, 7, reopened",
        "CHARGED, 5, untouched",
        "CHARGED, 7, reopened",
        "WAIVED, 5, untouched",
        "WAIVED, 7, reopened",
    })
    void aDecisionHoldsForTheFiguresItWasMadeOn(BreakResolution how, String difference, String outcomeWord) {
        BreakCase resolved = opened(balance("5")).resolved(how);

        NightOutcome outcome =
                night(List.of(resolved), List.of(balance(difference)), FIRST.plusDays(3), 0, BreakLifecycleTest::all);

        assertThat(outcome.newIds()).isEmpty();
        if (outcomeWord.equals("untouched")) {
            assertThat(outcome.changed()).isEmpty();
            assertThat(outcome.reopenedIds()).isEmpty();
        } else {
            assertThat(outcome.reopenedIds()).containsExactly(resolved.id());
            assertThat(only(outcome).state()).isEqualTo(BreakState.OPEN);
            assertThat(only(outcome).resolution()).isEqualTo(BreakResolution.NONE);
            assertThat(only(outcome).occurrences()).isEqualTo(2);
        }
    }

    /** Both sides of a balance move with every event; elsewhere other sides are another fact. */
    @ParameterizedTest
    @CsvSource({
        "BALANCE_DIFFERS, evidence, other evidence, untouched",
        "PAYMENT_AMOUNT_DIFFERS, evidence, evidence, reopened",
        "RECORDS_REJECTED, line 1, line 9, reopened",
    })
    void anAcceptedBreakIsReopenedByWhatTheDecisionDidNotCover(
            BreakCode code, String before, String now, String outcomeWord) {
        BreakCase accepted = opened(sides(code, "100", "105", before)).resolved(BreakResolution.ACCEPTED);

        NightOutcome outcome = night(
                List.of(accepted),
                List.of(sides(code, "90", "95", now)),
                FIRST.plusDays(1),
                0,
                BreakLifecycleTest::all);

        assertThat(outcome.reopenedIds().isEmpty()).isEqualTo(outcomeWord.equals("untouched"));
    }

    @Test
    void aDecisionOnOtherFiguresThanANightLeftResolvesNothing() {
        BreakCase decidedOn = opened(balance("5"));
        BreakCase leftByTheNight =
                only(night(List.of(decidedOn), List.of(balance("7")), FIRST.plusDays(1), 0, BreakLifecycleTest::all));
        BreakDecision accepted =
                new BreakDecision(1, decidedOn, Decision.ACCEPT, FIRST, Instant.EPOCH, "Ann", "rounding");

        assertThat(decidedOn.decided(accepted).resolution()).isEqualTo(BreakResolution.ACCEPTED);
        assertThat(leftByTheNight.decided(accepted)).isEqualTo(leftByTheNight);
    }

    @Test
    void aReopenedBreakHasNoSecondGrace() {
        BreakCase pending = only(night(List.of(), List.of(balance("5")), FIRST, 3, BreakLifecycleTest::all));
        BreakCase resolved = only(night(List.of(pending), List.of(), FIRST.plusDays(1), 3, BreakLifecycleTest::all));

        BreakCase withinTheFirst =
                only(night(List.of(resolved), List.of(balance("5")), FIRST.plusDays(2), 3, BreakLifecycleTest::all));
        BreakCase after =
                only(night(List.of(resolved), List.of(balance("5")), FIRST.plusDays(3), 3, BreakLifecycleTest::all));

        assertThat(withinTheFirst.state()).isEqualTo(BreakState.PENDING);
        assertThat(after.state()).isEqualTo(BreakState.OPEN);
    }

    @Test
    void aResolvedBreakThatIsNotFoundIsLeftAlone() {
        BreakCase resolved = opened(balance("5")).resolved(BreakResolution.ACCEPTED);

        assertThat(night(List.of(resolved), List.of(), FIRST.plusDays(9), 0, BreakLifecycleTest::all)
                        .changed())
                .isEmpty();
    }

    @Test
    void aCorrectedFindingOfTheSameNightIsNoSecondOccurrence() {
        BreakCase open = opened(balance("5"));

        BreakCase corrected = only(night(List.of(open), List.of(balance("4")), FIRST, 0, BreakLifecycleTest::all));

        assertThat(corrected.occurrences()).isEqualTo(1);
        assertThat(corrected.difference()).isEqualTo(Amount.of(4));
    }

    @Test
    void twoFindingsOfOneBreakAreOneBreakWithTheEvidenceOfBoth() {
        NightOutcome outcome = night(
                List.of(),
                List.of(
                        finding(BreakCode.RECORDS_REJECTED, "a.csv", "2026-10-10", "3", "line 1"),
                        finding(BreakCode.RECORDS_REJECTED, "a.csv", "2026-10-10", "3", "line 9")),
                FIRST,
                0,
                BreakLifecycleTest::all);

        assertThat(only(outcome).evidence()).isEqualTo("line 1; line 9");
        assertThat(only(outcome).occurrences()).isEqualTo(1);
    }

    @Test
    void theSameNightTwiceIsTheSameAsOnce() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Map<String, BreakCase> known = new LinkedHashMap<>();
            for (int day = 0; day < 12; day++) {
                LocalDate night = FIRST.plusDays(day);
                List<Finding> found = someFindings(random);
                boolean judges = random.nextBoolean();

                NightOutcome once = night(List.copyOf(known.values()), found, night, 2, each -> judges);
                once.changed().forEach(each -> known.put(each.id(), each));
                NightOutcome twice = night(List.copyOf(known.values()), found, night, 2, each -> judges);

                assertThat(twice)
                        .as("seed %d, %s", seed, night)
                        .isEqualTo(new NightOutcome(List.of(), List.of(), List.of(), List.of()));
                for (BreakCase each : List.copyOf(known.values())) {
                    if (each.isUnresolved() && random.nextInt(6) == 0) {
                        known.put(each.id(), each.resolved(BreakResolution.ACCEPTED));
                    }
                }
            }
        }
    }

    @Test
    void aResolvedBreakCannotBeDecidedAgain() {
        BreakCase resolved = opened(balance("5")).resolved(BreakResolution.WAIVED);

        assertThatThrownBy(() -> resolved.resolved(BreakResolution.ACCEPTED)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void evidenceIsCutAndSaysSo() {
        Finding longOne = finding(BreakCode.RECORDS_REJECTED, "a.csv", "2026-10-10", "3", "x".repeat(5_000));

        assertThat(longOne.evidence()).hasSize(Finding.EVIDENCE_LENGTH_MAX).endsWith(" [more]");
    }

    private static List<Finding> someFindings(Random random) {
        List<Finding> found = new ArrayList<>();
        for (BreakCode code : List.of(BreakCode.BALANCE_DIFFERS, BreakCode.USAGE_LATE, BreakCode.PAYMENT_MISSING)) {
            if (random.nextBoolean()) {
                found.add(finding(code, "acme", "2026-10", String.valueOf(random.nextInt(3)), "evidence"));
            }
        }
        return found;
    }

    private static NightOutcome night(
            List<BreakCase> known, List<Finding> found, LocalDate night, int graceDays, Predicate<BreakCase> judged) {
        return BreakLifecycle.night(known, found, night, code -> graceDays, judged);
    }

    private static boolean all(BreakCase each) {
        return true;
    }

    private static boolean none(BreakCase each) {
        return false;
    }

    private static BreakCase opened(Finding finding) {
        return only(night(List.of(), List.of(finding), FIRST, 0, BreakLifecycleTest::all));
    }

    private static BreakCase only(NightOutcome outcome) {
        assertThat(outcome.changed()).hasSize(1);
        return outcome.changed().get(0);
    }

    private static BreakCase after(BreakCase before, NightOutcome outcome) {
        return outcome.changed().isEmpty() ? before : only(outcome);
    }

    private static Finding sides(BreakCode code, String expected, String actual, String evidence) {
        return Finding.withFigures(
                code,
                "acme",
                "2026-10",
                "acme",
                Amount.parse(expected),
                Amount.parse(actual),
                "EUR",
                "",
                evidence,
                FIRST);
    }

    private static Finding balance(String difference) {
        return finding(BreakCode.BALANCE_DIFFERS, "acme", "2026-10", difference, "evidence");
    }

    private static Finding rejected(String count) {
        return finding(BreakCode.RECORDS_REJECTED, "a.csv + USG-003", "2026-10-10", count, "evidence");
    }

    private static Finding finding(BreakCode code, String subject, String period, String actual, String evidence) {
        return Finding.withFigures(
                code, subject, period, "acme", Amount.ZERO, Amount.parse(actual), "EUR", "", evidence, FIRST);
    }
}
