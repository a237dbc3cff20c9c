package io.saldo.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.reconcile.Finding;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each row raises PROVIDER_COST_DIFFERS, or is the nearest that must not. */
class ProviderCostCheckTest {
    private static final ProviderWindow DAY = ProviderWindow.around(0, ProviderWindow.DAY_MICROS);
    private static final LocalDate NIGHT = LocalDate.of(2026, 10, 5);

    private static ProviderCharge charge(String lineItem, String model, @Nullable Meter meter, String amount) {
        return charge(ChargeCategory.USAGE, lineItem, model, meter, amount, "USD");
    }

    private static ProviderCharge charge(
            ChargeCategory category,
            String lineItem,
            String model,
            @Nullable Meter meter,
            String amount,
            String currency) {
        return new ProviderCharge(
                DAY, category, lineItem, model, meter, null, Amount.parse(amount), currency, "bill/costs.csv:2");
    }

    private static MeasuredUsage usage(Meter meter, long quantity, String cost) {
        return usage(meter, quantity, 0, cost);
    }

    private static MeasuredUsage usage(Meter meter, long quantity, long unpriced, String cost) {
        return new MeasuredUsage(
                DAY.from(),
                DAY.to(),
                "openai",
                "m",
                "standard",
                meter,
                BigInteger.valueOf(quantity),
                BigInteger.ZERO,
                BigInteger.valueOf(unpriced),
                Amount.parse(cost));
    }

    private static List<Finding> check(List<ProviderCharge> charges, MeasuredUsage... usage) {
        return check(charges, Tolerance.NONE, usage);
    }

    private static List<Finding> check(List<ProviderCharge> charges, Tolerance tolerance, MeasuredUsage... usage) {
        return ProviderCostCheck.findings(
                "openai", "USD", List.of(DAY), charges, List.of(usage), List.of(), List.of(), tolerance, NIGHT);
    }

    @Test
    void equalCostIsNoBreakHoweverItIsWritten() {
        assertThat(check(
                        List.of(charge("m, input", "m", Meter.INPUT, "1.50e-07")), usage(Meter.INPUT, 1, "0.00000015")))
                .isEmpty();
    }

    @Test
    void withoutACostBookTheBillIsADifferenceAndOurUsageAloneIsNone() {
        MeasuredUsage ours = usage(Meter.INPUT, 1_000, 1_000, "0");
        List<Finding> found = ProviderCostCheck.findings(
                "openai",
                "",
                List.of(DAY),
                List.of(charge("m, input", "m", Meter.INPUT, "2")),
                List.of(ours),
                List.of(),
                List.of(),
                Tolerance.NONE,
                NIGHT);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).cause())
                .isEqualTo("no cost book says what the provider takes; name one in cost-books of reconciliation.yml");
        assertThat(found.get(0).evidence()).startsWith("here m input: 1000; billed m, input: 2");
        assertThat(ProviderCostCheck.findings(
                        "openai",
                        "",
                        List.of(DAY),
                        List.of(),
                        List.of(ours),
                        List.of(),
                        List.of(),
                        Tolerance.NONE,
                        NIGHT))
                .isEmpty();
    }

    @Test
    void whatWasNotTakenIsTheCauseWhereItsCostIsTheDifference() {
        List<ProviderCharge> bill = List.of(charge("m, input", "m", Meter.INPUT, "3"));
        MeasuredUsage ours = usage(Meter.INPUT, 1_000, "1");
        assertThat(cause(bill, ours, uncounted("2", "held: a.csv:7"), uncounted("5", "held: a.csv:8")))
                .isEqualTo("delivered to us and not taken: held: a.csv:7");
        assertThat(cause(bill, ours, uncounted("0.5", "held: a.csv:7"), uncounted("1.5", "held: a.csv:8")))
                .isEqualTo("delivered to us and not taken: held: a.csv:7, held: a.csv:8");
        assertThat(cause(bill, ours, uncounted("2", "held: a.csv:7"), uncounted("2", "held: a.csv:8")))
                .as("either would do")
                .isEqualTo("unexplained");
        assertThat(cause(bill, ours, uncounted("1.99", "held: a.csv:7"))).isEqualTo("unexplained");
        assertThat(cause(bill, ours, uncounted(null, "held: a.csv:7"))).isEqualTo("unexplained");
    }

    private static UncountedUsage uncounted(@Nullable String cost, String text) {
        return new UncountedUsage(DAY.from(), "m", Map.of(), cost == null ? null : Amount.parse(cost), text);
    }

    private static String cause(List<ProviderCharge> bill, MeasuredUsage ours, UncountedUsage... uncounted) {
        return ProviderCostCheck.findings(
                        "openai",
                        "USD",
                        List.of(DAY),
                        bill,
                        List.of(ours),
                        List.of(uncounted),
                        List.of(),
                        Tolerance.NONE,
                        NIGHT)
                .get(0)
                .cause();
    }

    @Test
    void theSmallestDifferenceIsABreak() {
        Finding found = check(
                        List.of(charge("m, input", "m", Meter.INPUT, "1.000000000000000000000000000001")),
                        usage(Meter.INPUT, 1_000_000, "1"))
                .get(0);
        assertThat(found.subject()).isEqualTo("openai + m");
        assertThat(found.currency()).isEqualTo("USD");
        assertThat(found.difference()).isEqualTo(Amount.parse("1e-30"));
        assertThat(found.cause()).isEqualTo("unexplained");
        assertThat(found.evidence())
                .contains("here m input: 1000000 for 1", "billed m, input: 1.000000000000000000000000000001");
    }

    @Test
    void metersThatNetToNothingAreABreak() {
        List<ProviderCharge> charges =
                List.of(charge("m, input", "m", Meter.INPUT, "2"), charge("m, output", "m", Meter.OUTPUT, "1"));
        Finding found = check(charges, usage(Meter.INPUT, 1, "1"), usage(Meter.OUTPUT, 1, "2"))
                .get(0);
        assertThat(found.difference()).isEqualTo(Amount.ZERO);
        assertThat(found.evidence()).startsWith("gross 2 USD;");
        List<ProviderCharge> withoutMeters = List.of(charge("m", "m", null, "2"), charge("m", "m", null, "1"));
        assertThat(check(withoutMeters, usage(Meter.INPUT, 1, "1"), usage(Meter.OUTPUT, 1, "2")))
                .isEmpty();
    }

    @Test
    void toleranceIsAbsoluteOrAShareOfTheBill() {
        List<ProviderCharge> charges = List.of(charge("m", "m", null, "110"));
        MeasuredUsage ours = usage(Meter.INPUT, 1, "100");
        assertThat(check(charges, new Tolerance(Amount.of(10), Amount.ZERO), ours))
                .isEmpty();
        assertThat(check(charges, new Tolerance(Amount.parse("9.99"), Amount.ZERO), ours))
                .hasSize(1);
        assertThat(check(charges, new Tolerance(Amount.ZERO, Amount.of(10)), ours))
                .isEmpty();
    }

    /** LiteLLM issue 40100: streamed calls are logged with spend 0 while their tokens and cost breakdown are right. */
    @Test
    void spendLoggedAsZeroIsABreakThatSaysSo() {
        assertThat(check(List.of(charge("m", "m", null, "0.0")), usage(Meter.INPUT, 10_881_532, "45.38")))
                .extracting(Finding::cause)
                .containsExactly("billed at zero");
        assertThat(check(List.of(charge("m", "m", null, "45.38")), usage(Meter.INPUT, 10_881_532, "45.38")))
                .isEmpty();
    }

    @Test
    void creditsTaxesAndPurchasesAreNoPriceOfUsageAndRefundsAre() {
        List<ProviderCharge> charges = List.of(
                charge("m", "m", null, "10"),
                charge(ChargeCategory.CREDIT, "promotion", "", null, "-4", "USD"),
                charge(ChargeCategory.TAX, "VAT", "", null, "2", "USD"),
                charge(ChargeCategory.PURCHASE, "prepaid", "", null, "100", "USD"));
        assertThat(check(charges, usage(Meter.INPUT, 1, "10"))).isEmpty();
        List<ProviderCharge> refunded =
                List.of(charge("m", "m", null, "10"), charge(ChargeCategory.REFUND, "m", "m", null, "-3", "USD"));
        assertThat(check(refunded, usage(Meter.INPUT, 1, "10")))
                .extracting(Finding::cause)
                .containsExactly("refunds and corrections of the bill");
    }

    @Test
    void aLineItemOfNoKnownModelIsABreakOfItsOwn() {
        Finding found =
                check(List.of(charge("web search tool calls", "", null, "3"))).get(0);
        assertThat(found.subject()).isEqualTo("openai + web search tool calls");
        assertThat(found.expected()).isEqualTo(Amount.ZERO);
        assertThat(found.cause()).isEqualTo("no model has this line item as its name or alias");
    }

    @Test
    void aBillWithoutLineItemsIsComparedAsOne() {
        assertThat(check(List.of(charge("", "", null, "3")), usage(Meter.INPUT, 1, "1"), usage(Meter.OUTPUT, 1, "2")))
                .isEmpty();
        assertThat(check(List.of(charge("", "", null, "4")), usage(Meter.INPUT, 1, "1")))
                .extracting(Finding::subject)
                .containsExactly("openai + all models");
    }

    @Test
    void anotherCurrencyIsNeverComparedAsIfItWereTheSame() {
        Finding found = check(
                        List.of(charge(ChargeCategory.USAGE, "m", "m", null, "1", "EUR")), usage(Meter.INPUT, 1, "1"))
                .get(0);
        assertThat(found.difference()).isNull();
        assertThat(found.cause()).isEqualTo("billed in EUR, and the cost book is in USD");
    }

    @Test
    void whatTheCostBookHasNoPriceForIsABreakEvenWhereTheSumsAgree() {
        assertThat(check(
                        List.of(charge("m", "m", null, "1")),
                        usage(Meter.INPUT, 1, "1"),
                        usage(Meter.CACHED_INPUT, 7, 7, "0")))
                .extracting(Finding::cause)
                .containsExactly("the cost book has no price for m standard cached_input (7)");
    }

    @Test
    void aWindowThatOnlyOneSideHasSaysSo() {
        assertThat(check(List.of(), usage(Meter.INPUT, 1, "1")))
                .extracting(Finding::cause)
                .containsExactly("the bill has nothing of this window");
        assertThat(check(List.of(charge("m", "m", null, "1"))))
                .extracting(Finding::cause)
                .containsExactly("we have no usage of this model in this window");
    }
}
