package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.saldo.money.Amount;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BalanceCheckTest {
    private static final LocalDate NIGHT = LocalDate.parse("2026-10-31");
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);

    @Test
    void equalBalancesAreNoBreak() {
        assertThat(differences(reading("2026-10-01", "100.00", "100"), reading("2026-10-02", "90", "90.0")))
                .isEmpty();
    }

    @Test
    void aGapIsOneBreakOfTheMonthWithTheDaysOnWhichItChanged() {
        List<Finding> findings = differences(
                reading("2026-10-01", "100", "100"),
                reading("2026-10-02", "87.5", "90"),
                reading("2026-10-03", "77.5", "80"),
                reading("2026-10-04", "68.5", "70"));

        assertThat(findings)
                .containsExactly(Finding.withFigures(
                        BreakCode.BALANCE_DIFFERS,
                        "acme",
                        "2026-10",
                        "acme",
                        Amount.of(70),
                        Amount.parse("68.5"),
                        "EUR",
                        "unexplained",
                        "2026-10-02 -2.5 (gap -2.5); 2026-10-04 +1 (gap -1.5)",
                        NIGHT));
        assertThat(findings.get(0).difference()).isEqualTo(Amount.parse("-1.5"));
    }

    @Test
    void aGapThatClosedAgainIsNoBreak() {
        assertThat(differences(reading("2026-10-02", "87.5", "90"), reading("2026-10-03", "80", "80")))
                .isEmpty();
    }

    @Test
    void aGapThatClosedExplainsNothingOfTheOneThatOpenedAfter() {
        List<Finding> findings = differences(
                List.of(
                        reading("2026-10-02", "87.5", "90"),
                        reading("2026-10-03", "80", "80"),
                        reading("2026-10-04", "76", "80")),
                List.of(fact("2026-10-04", "-4", "event e-9 doubled")),
                Map.of(),
                Amount.ZERO);

        assertThat(findings.get(0).cause()).isEqualTo("event e-9 doubled");
        assertThat(findings.get(0).evidence())
                .isEqualTo("2026-10-02 -2.5 (gap -2.5); 2026-10-03 +2.5 (gap 0); 2026-10-04 -4 (gap -4)");
    }

    @Test
    void aGapOfTheToleranceIsNoneAndALargerOneIs() {
        List<BalanceReading> within = List.of(reading("2026-10-02", "89.99", "90"));
        List<BalanceReading> beyond = List.of(reading("2026-10-02", "89.989", "90"));

        assertThat(differences(within, List.of(), Map.of(), Amount.parse("0.01")))
                .isEmpty();
        assertThat(differences(beyond, List.of(), Map.of(), Amount.parse("0.01")))
                .hasSize(1);
    }

    @Test
    void aGapThatStaysIsABreakOfEachMonthAndSaysWhereItCameFrom() {
        List<Finding> findings = differences(reading("2026-10-30", "85", "90"), reading("2026-11-01", "75", "80"));

        assertThat(findings).extracting(Finding::period).containsExactly("2026-10", "2026-11");
        assertThat(findings.get(1).cause()).isEqualTo("the gap of an earlier month");
        assertThat(findings.get(1).evidence()).isEqualTo("gap before the month -5");
    }

    @Test
    void aGapThatAPersonAcceptedForAnEarlierMonthIsNoNews() {
        Map<String, SortedMap<String, Amount>> accepted =
                Map.of("acme", new TreeMap<>(Map.of("2026-10", Amount.of(-5), "2026-11", Amount.of(-1))));

        assertThat(differences(List.of(reading("2026-11-01", "75", "80")), List.of(), accepted, Amount.ZERO))
                .isEmpty();
        Finding more = differences(List.of(reading("2026-11-01", "74", "80")), List.of(), accepted, Amount.ZERO)
                .get(0);
        assertThat(more.expected()).isEqualTo(Amount.of(75));
        assertThat(more.difference()).isEqualTo(Amount.of(-1));
        assertThat(more.evidence()).isEqualTo("accepted before -5; 2026-11-01 -1 (gap -1)");
        assertThat(differences(
                        List.of(
                                reading("2026-10-02", "85", "90"),
                                reading("2026-11-01", "74", "80"),
                                reading("2026-12-01", "64", "70")),
                        List.of(),
                        accepted,
                        Amount.ZERO))
                .extracting(Finding::period, Finding::difference)
                .containsExactly(tuple("2026-10", Amount.of(-5)), tuple("2026-11", Amount.of(-1)));
    }

    @Test
    void anAcceptedGapThatClosedInItsMonthIsNotCarriedOn() {
        BalanceReading opened = reading("2026-10-10", "15", "10");
        List<BalanceReading> agreeing =
                List.of(opened, reading("2026-10-20", "10", "10"), reading("2026-11-02", "8", "8"));
        Map<String, SortedMap<String, Amount>> accepted = accepted(Map.of("2026-10", Amount.of(5)));

        assertThat(differences(agreeing, List.of(), accepted, Amount.ZERO)).isEmpty();
        assertThat(BalanceCheck.changes(agreeing, accepted, Amount.ZERO)).isEmpty();
        assertThat(differences(
                        List.of(
                                opened,
                                reading("2026-10-20", "10", "10"),
                                reading("2026-10-30", "15", "10"),
                                reading("2026-11-02", "13", "8")),
                        List.of(),
                        accepted,
                        Amount.ZERO))
                .as("the same gap opened again, and stays")
                .extracting(Finding::period, Finding::difference)
                .containsExactly(tuple("2026-10", Amount.of(5)));
    }

    @Test
    void aGapThatWasAcceptedForItsOppositeAfterwardsIsNoneEither() {
        assertThat(differences(
                        List.of(
                                reading("2026-10-10", "15", "10"),
                                reading("2026-10-20", "10", "10"),
                                reading("2026-11-02", "8", "8"),
                                reading("2026-12-02", "7", "7")),
                        List.of(),
                        accepted(Map.of("2026-10", Amount.of(5), "2026-11", Amount.of(-5))),
                        Amount.ZERO))
                .isEmpty();
    }

    @Test
    void anAcceptedGapOfWhichAPartClosedIsAcceptedAnewOrStays() {
        List<BalanceReading> readings = List.of(
                reading("2026-10-10", "15", "10"), reading("2026-10-20", "13", "10"), reading("2026-11-02", "11", "8"));

        List<Finding> before = differences(readings, List.of(), accepted(Map.of("2026-10", Amount.of(5))), Amount.ZERO);
        assertThat(before)
                .as("the decision was about another gap")
                .extracting(Finding::period, Finding::difference)
                .containsExactly(tuple("2026-10", Amount.of(3)), tuple("2026-11", Amount.of(3)));
        assertThat(before.get(1).evidence()).isEqualTo("gap before the month +3");
        assertThat(differences(readings, List.of(), accepted(Map.of("2026-10", Amount.of(3))), Amount.ZERO))
                .as("accepted again")
                .extracting(Finding::period)
                .containsExactly("2026-10");
    }

    @Test
    void anAcceptedGapWithinTheToleranceIsNotCarriedOn() {
        assertThat(differences(
                        List.of(
                                reading("2026-10-10", "15", "10"),
                                reading("2026-10-20", "10.01", "10"),
                                reading("2026-11-02", "8.01", "8")),
                        List.of(),
                        accepted(Map.of("2026-10", Amount.of(5))),
                        Amount.parse("0.01")))
                .isEmpty();
    }

    @Test
    void theOneSetOfFactsThatSumsToTheChangeIsTheCause() {
        Finding finding = differences(
                        List.of(reading("2026-10-01", "100", "100"), reading("2026-10-02", "83", "90")),
                        List.of(
                                fact("2026-10-02", "-4", "event e-1 doubled"),
                                fact("2026-10-02", "-3", "grant g-1 expired"),
                                fact("2026-10-02", "-5", "event e-2 held")),
                        Map.of(),
                        Amount.ZERO)
                .get(0);

        assertThat(finding.cause()).isEqualTo("event e-1 doubled, grant g-1 expired");
        assertThat(finding.evidence()).isEqualTo("2026-10-02 -7 (gap -7)");
    }

    @Test
    void twoSetsOfFactsThatFitAreNoCause() {
        Finding finding = differences(
                        List.of(reading("2026-10-01", "100", "100"), reading("2026-10-02", "83", "90")),
                        List.of(
                                fact("2026-10-02", "-7", "event e-1"),
                                fact("2026-10-02", "-7", BalanceFact.Kind.HELD, "event e-2")),
                        Map.of(),
                        Amount.ZERO)
                .get(0);

        assertThat(finding.cause()).isEqualTo("unexplained");
        assertThat(finding.evidence()).endsWith("candidates: event e-1 -7, event e-2 -7");
    }

    @Test
    void aFactOutsideTheIntervalExplainsNothing() {
        Finding finding = differences(
                        List.of(reading("2026-10-01", "100", "100"), reading("2026-10-02", "83", "90")),
                        List.of(fact("2026-10-03", "-7", "event e-1")),
                        Map.of(),
                        Amount.ZERO)
                .get(0);

        assertThat(finding.cause()).isEqualTo("unexplained");
        assertThat(finding.evidence()).doesNotContain("e-1");
    }

    @Test
    void aFactOfAnotherAccountExplainsNothing() {
        BalanceFact other = BalanceFact.of(
                "beta",
                UTC.startOf(LocalDate.parse("2026-10-01")),
                BalanceFact.Kind.REJECTED,
                "e-1",
                Amount.of(-7),
                "event e-1");

        assertThat(differences(List.of(reading("2026-10-02", "83", "90")), List.of(other), Map.of(), Amount.ZERO)
                        .get(0)
                        .cause())
                .isEqualTo("unexplained");
    }

    @Test
    void tooManyFactsToTryEachSetAreCandidatesOnly() {
        List<BalanceFact> facts = new ArrayList<>();
        for (int index = 0; 1 << index <= FactSets.SETS_MAX; index++) {
            facts.add(fact("2026-10-02", "-" + (index + 1), "event e-" + index));
        }

        assertThat(differences(List.of(reading("2026-10-02", "60", "90")), facts, Map.of(), Amount.ZERO)
                        .get(0)
                        .cause())
                .isEqualTo("unexplained");
    }

    @Test
    void onlyWhatStillDiffersAtTheEndOfItsMonthNeedsFacts() {
        List<BalanceReading> readings = List.of(
                reading("2026-10-01", "100", "100"),
                reading("2026-10-02", "87", "90"),
                reading("2026-10-03", "80", "80"),
                reading("2026-10-04", "68.5", "70"));
        assertThat(BalanceCheck.changes(readings, Map.of(), Amount.ZERO))
                .containsExactly(new BalanceChange(
                        "acme",
                        "2026-10",
                        UTC.endOf(LocalDate.parse("2026-10-03")),
                        UTC.endOf(LocalDate.parse("2026-10-04")),
                        Amount.parse("-1.5")));
        assertThat(BalanceCheck.changes(readings.subList(0, 3), Map.of(), Amount.ZERO))
                .isEmpty();
        assertThat(readings).extracting(each -> each.agrees(Amount.of(2))).containsExactly(true, false, true, true);
    }

    @Test
    void aBalanceInAnotherCurrencyIsNotCompared() {
        BalanceReading dollars = new BalanceReading(
                "acme",
                UTC.endOf(LocalDate.parse("2026-10-02")),
                LocalDate.parse("2026-10-02"),
                Amount.of(90),
                "USD",
                Amount.of(90),
                "EUR");

        Finding finding = differences(dollars).get(0);

        assertThat(finding.cause()).isEqualTo("recorded in another currency");
        assertThat(finding.difference()).isNull();
    }

    @Test
    void theOrderOfTheReadingsDoesNotMatter() {
        List<BalanceReading> readings = new ArrayList<>(List.of(
                reading("2026-10-01", "100", "100"),
                reading("2026-10-02", "87.5", "90"),
                reading("2026-10-03", "77.5", "80"),
                reading("2026-11-04", "68.5", "70")));
        List<Finding> expected = differences(readings, List.of(), Map.of(), Amount.ZERO);
        for (long seed = 1; seed <= 20; seed++) {
            Collections.shuffle(readings, new Random(seed));
            assertThat(differences(readings, List.of(), Map.of(), Amount.ZERO))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void accountByAccountIsToldWhatAllTogetherTell() {
        List<String> accounts = List.of("acme", "beta", "größe", "zeta");
        Map<String, SortedMap<String, Amount>> accepted = accepted(Map.of("2026-10", Amount.of(2)));
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            List<BalanceReading> all = new ArrayList<>();
            for (LocalDate day = LocalDate.parse("2026-10-28"); day.getMonthValue() < 12; day = day.plusDays(3)) {
                for (String account : accounts) {
                    int gap = account.equals("zeta") ? 0 : random.nextInt(3);
                    all.add(new BalanceReading(
                            account, UTC.endOf(day), day, Amount.of(90 + gap), "EUR", Amount.of(90), "EUR"));
                }
            }
            List<Finding> oneByOne = accounts.stream()
                    .flatMap(account -> differences(
                            all.stream()
                                    .filter(each -> each.accountId().equals(account))
                                    .toList(),
                            List.of(),
                            accepted,
                            Amount.ZERO)
                            .stream())
                    .toList();
            assertThat(oneByOne)
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(differences(all, List.of(), accepted, Amount.ZERO))
                    .noneMatch(each -> each.accountId().equals("zeta"));
        }
    }

    @Test
    void anAccountThatItsSourceLeftOutThatDayIsMissing() {
        LocalDate day = LocalDate.parse("2026-10-05");

        List<Finding> findings = BalanceCheck.missing(
                List.of(new BalanceCoverage("live", day, Set.of("acme", "beta"), Set.of("beta"))), NIGHT);

        assertThat(findings)
                .containsExactly(Finding.withoutFigures(
                        BreakCode.BALANCE_MISSING, "acme", "2026-10-05", "acme", "", "recorded others: live", NIGHT));
    }

    @Test
    void aSourceThatRecordedNobodyLeftNobodyOut() {
        assertThat(BalanceCheck.missing(
                        List.of(new BalanceCoverage("live", LocalDate.parse("2026-10-05"), Set.of("acme"), Set.of())),
                        NIGHT))
                .isEmpty();
    }

    @Test
    void anAccountThatAnotherSourceRecordedIsNotMissing() {
        LocalDate day = LocalDate.parse("2026-10-05");

        assertThat(BalanceCheck.missing(
                        List.of(
                                new BalanceCoverage("live", day, Set.of("acme", "beta"), Set.of("beta")),
                                new BalanceCoverage("proxy", day, Set.of("acme"), Set.of("acme"))),
                        NIGHT))
                .isEmpty();
    }

    private static List<Finding> differences(BalanceReading... readings) {
        return differences(List.of(readings), List.of(), Map.of(), Amount.ZERO);
    }

    private static List<Finding> differences(
            List<BalanceReading> readings,
            List<BalanceFact> facts,
            Map<String, SortedMap<String, Amount>> accepted,
            Amount tolerance) {
        return BalanceCheck.differences(readings, facts, accepted, tolerance, NIGHT);
    }

    private static Map<String, SortedMap<String, Amount>> accepted(Map<String, Amount> byMonth) {
        return Map.of("acme", new TreeMap<>(byMonth));
    }

    private static BalanceReading reading(String date, String recorded, String computed) {
        LocalDate day = LocalDate.parse(date);
        return new BalanceReading(
                "acme", UTC.endOf(day), day, Amount.parse(recorded), "EUR", Amount.parse(computed), "EUR");
    }

    private static BalanceFact fact(String date, String effect, String description) {
        return fact(date, effect, BalanceFact.Kind.REJECTED, description);
    }

    private static BalanceFact fact(String date, String effect, BalanceFact.Kind kind, String description) {
        return BalanceFact.of(
                "acme",
                UTC.startOf(LocalDate.parse(date)) + 12 * 3_600_000_000L,
                kind,
                description,
                Amount.parse(effect),
                description);
    }
}
