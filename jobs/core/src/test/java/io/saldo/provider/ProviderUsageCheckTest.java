package io.saldo.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakLifecycle;
import io.saldo.reconcile.BreakResolution;
import io.saldo.reconcile.BreakState;
import io.saldo.reconcile.Finding;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each row raises PROVIDER_USAGE_DIFFERS by the smallest difference, or is the nearest that must not. */
class ProviderUsageCheckTest {
    private static final ProviderWindow FIRST = ProviderWindow.around(0, ProviderWindow.DAY_MICROS);
    private static final ProviderWindow SECOND = ProviderWindow.around(FIRST.to(), ProviderWindow.DAY_MICROS);
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 5);

    private static Map<Meter, BigInteger> counts(long input, long cached, long output) {
        return Map.of(
                Meter.INPUT, BigInteger.valueOf(input),
                Meter.CACHED_INPUT, BigInteger.valueOf(cached),
                Meter.OUTPUT, BigInteger.valueOf(output));
    }

    private static ProviderBucket bucket(ProviderWindow window, Map<Meter, BigInteger> quantities) {
        return new ProviderBucket(window, "m", quantities, "openai/page.json:1");
    }

    private static List<MeasuredUsage> usage(ProviderWindow window, Map<Meter, BigInteger> quantities) {
        return usage(window, quantities, Map.of());
    }

    private static List<MeasuredUsage> usage(
            ProviderWindow window, Map<Meter, BigInteger> quantities, Map<Meter, BigInteger> notBillable) {
        List<MeasuredUsage> usage = new ArrayList<>();
        for (Meter meter : Meter.values()) {
            usage.add(new MeasuredUsage(
                    window.from(),
                    window.to(),
                    "openai",
                    "m",
                    "standard",
                    meter,
                    quantities.getOrDefault(meter, BigInteger.ZERO),
                    notBillable.getOrDefault(meter, BigInteger.ZERO),
                    BigInteger.ZERO,
                    Amount.ZERO));
        }
        return usage;
    }

    private static List<Finding> check(List<ProviderBucket> buckets, List<MeasuredUsage> usage) {
        return check(buckets, usage, List.of(), Tolerance.NONE);
    }

    private static List<Finding> check(
            List<ProviderBucket> buckets,
            List<MeasuredUsage> usage,
            List<UncountedUsage> uncounted,
            Tolerance tolerance) {
        return ProviderUsageCheck.findings(
                "openai", List.of(FIRST, SECOND), buckets, usage, uncounted, tolerance, NIGHT);
    }

    @Test
    void equalFiguresAreNoBreak() {
        assertThat(check(List.of(bucket(FIRST, counts(10, 5, 3))), usage(FIRST, counts(10, 5, 3))))
                .isEmpty();
    }

    @Test
    void oneTokenIsABreakOfModelAndWindow() {
        Finding found = check(List.of(bucket(FIRST, counts(11, 5, 3))), usage(FIRST, counts(10, 5, 3)))
                .get(0);
        assertThat(found.code()).isEqualTo(BreakCode.PROVIDER_USAGE_DIFFERS);
        assertThat(found.subject()).isEqualTo("openai + m");
        assertThat(found.period()).isEqualTo("1970-01-01");
        assertThat(found.expected()).isEqualTo(Amount.of(18));
        assertThat(found.actual()).isEqualTo(Amount.of(19));
        assertThat(found.difference()).isEqualTo(Amount.of(1));
        assertThat(found.cause()).isEqualTo("unexplained");
        assertThat(found.evidence()).contains("gross 1", "input: 10 here, 11 at the provider", "openai/page.json:1");
    }

    @Test
    void aToleranceLetsPassWhatIsWithinItAndNoTokenMore() {
        List<ProviderBucket> buckets = List.of(bucket(FIRST, counts(110, 0, 0)));
        List<MeasuredUsage> usage = usage(FIRST, counts(100, 0, 0));
        assertThat(check(buckets, usage, List.of(), new Tolerance(Amount.of(10), Amount.ZERO)))
                .isEmpty();
        assertThat(check(buckets, usage, List.of(), new Tolerance(Amount.of(9), Amount.ZERO)))
                .hasSize(1);
        assertThat(check(buckets, usage, List.of(), new Tolerance(Amount.ZERO, Amount.of(10))))
                .isEmpty();
        assertThat(check(buckets, usage, List.of(), new Tolerance(Amount.ZERO, Amount.of(9))))
                .hasSize(1);
    }

    @Test
    void cachedTokensUnderCountedNetToNothingAndAreABreak() {
        Finding found = check(List.of(bucket(FIRST, counts(1_000, 4_000, 30))), usage(FIRST, counts(5_000, 0, 30)))
                .get(0);
        assertThat(found.difference()).isEqualTo(Amount.ZERO);
        assertThat(found.evidence()).startsWith("gross 8000;");
        assertThat(found.cause())
                .isEqualTo("input and output agree in total and are split otherwise: input -4000, cached_input +4000");
    }

    @Test
    void aPartThatTheProviderDoesNotStateIsInsideItsWhole() {
        Map<Meter, BigInteger> stated =
                Map.of(Meter.INPUT, BigInteger.valueOf(15), Meter.OUTPUT, BigInteger.valueOf(3));
        assertThat(check(List.of(bucket(FIRST, stated)), usage(FIRST, counts(10, 5, 3))))
                .isEmpty();
    }

    @Test
    void requestsAloneAreNoBreak() {
        Map<Meter, BigInteger> theirs = new HashMap<>(counts(10, 5, 3));
        theirs.put(Meter.REQUEST, BigInteger.valueOf(7));
        assertThat(check(List.of(bucket(FIRST, theirs)), usage(FIRST, counts(10, 5, 3))))
                .isEmpty();
    }

    @Test
    void severalResultsOfAWindowAreOneFigure() {
        assertThat(check(
                        List.of(bucket(FIRST, counts(4, 5, 3)), bucket(FIRST, counts(6, 0, 0))),
                        usage(FIRST, counts(10, 5, 3))))
                .isEmpty();
    }

    @Test
    void aWindowThatOnlyOneSideHasIsABreakThatSaysSo() {
        assertThat(check(List.of(), usage(FIRST, counts(1, 0, 0))))
                .extracting(Finding::cause)
                .containsExactly("the provider has no figures of this window");
        assertThat(check(List.of(bucket(FIRST, counts(1, 0, 0))), List.of()))
                .extracting(Finding::cause)
                .containsExactly("we have no usage of this model in this window");
        ProviderBucket other = new ProviderBucket(FIRST, "other", counts(0, 0, 0), "openai/page.json:2");
        assertThat(check(List.of(other), usage(FIRST, counts(1, 0, 0))))
                .extracting(Finding::cause)
                .containsExactly("the provider counted nothing of this model");
    }

    @Test
    void whatWasLoggedTwiceUnderOtherIdsIsNamed() {
        assertThat(check(List.of(bucket(FIRST, counts(10, 5, 3))), usage(FIRST, counts(20, 10, 6))))
                .extracting(Finding::cause)
                .containsExactly("we took everything 2 times, under ids of their own");
    }

    @Test
    void usageThatIsNotBillableHereIsNamedOnlyWhereItFitsExactly() {
        assertThat(check(List.of(bucket(FIRST, counts(17, 0, 0))), usage(FIRST, counts(10, 0, 0), counts(7, 0, 0))))
                .extracting(Finding::cause)
                .containsExactly("the provider counted usage that is not billable here: 0 requests");
        assertThat(check(List.of(bucket(FIRST, counts(18, 0, 0))), usage(FIRST, counts(10, 0, 0), counts(7, 0, 0))))
                .extracting(Finding::cause)
                .containsExactly("unexplained");
    }

    @Test
    void heldAndRejectedUsageOfTheWindowIsNamedWhereItFitsExactly() {
        List<ProviderBucket> buckets = List.of(bucket(FIRST, counts(12, 0, 0)));
        List<MeasuredUsage> usage = usage(FIRST, counts(10, 0, 0));
        UncountedUsage held = new UncountedUsage(5, "m", counts(2, 0, 0), null, "held: gateway/a.csv:7");
        UncountedUsage later = new UncountedUsage(FIRST.to(), "m", counts(2, 0, 0), null, "held: gateway/a.csv:8");
        assertThat(check(buckets, usage, List.of(held, later), Tolerance.NONE))
                .extracting(Finding::cause)
                .containsExactly("delivered to us and not taken: held: gateway/a.csv:7");
        assertThat(check(buckets, usage, List.of(later), Tolerance.NONE))
                .extracting(Finding::cause)
                .containsExactly("unexplained");
    }

    @Test
    void tokensThatTheProviderHasInTheNextWindowAreNamedOnBothSides() {
        List<MeasuredUsage> usage = new ArrayList<>(usage(FIRST, counts(10, 0, 0)));
        usage.addAll(usage(SECOND, counts(11, 0, 0)));
        assertThat(check(List.of(bucket(FIRST, counts(8, 0, 0)), bucket(SECOND, counts(13, 0, 0))), usage))
                .extracting(Finding::cause)
                .containsExactly(
                        "the provider has the same tokens in another window: 1970-01-02",
                        "the provider has the same tokens in another window: 1970-01-01");
    }

    /** Grace, automatic resolution where the provider restates, and reopening in place. */
    @Test
    void livesAsAnyStandingBreak() {
        List<Finding> found = check(List.of(bucket(FIRST, counts(11, 0, 0))), usage(FIRST, counts(10, 0, 0)));
        BreakCase pending = night(List.of(), found, NIGHT);
        assertThat(pending.state()).isEqualTo(BreakState.PENDING);
        BreakCase open = night(List.of(pending), found, NIGHT.plusDays(2));
        assertThat(open.state()).isEqualTo(BreakState.OPEN);
        List<Finding> restated = check(List.of(bucket(FIRST, counts(10, 0, 0))), usage(FIRST, counts(10, 0, 0)));
        BreakCase resolved = night(List.of(open), restated, NIGHT.plusDays(3));
        assertThat(resolved.resolution()).isEqualTo(BreakResolution.AUTO);
        BreakCase reopened = night(List.of(resolved), found, NIGHT.plusDays(4));
        assertThat(reopened.state()).isEqualTo(BreakState.OPEN);
        assertThat(reopened.id()).isEqualTo(pending.id());
    }

    private static BreakCase night(List<BreakCase> known, List<Finding> found, LocalDate night) {
        return BreakLifecycle.night(known, found, night, code -> 2, each -> true)
                .changed()
                .get(0);
    }
}
