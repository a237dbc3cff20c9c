package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.Coverage;
import io.saldo.credit.CreditKind;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.TierMode;
import io.saldo.statement.Explanation.EventCharge;
import io.saldo.statement.Explanation.GrantStep;
import io.saldo.statement.Explanation.Outcome;
import io.saldo.statement.Explanation.Part;
import io.saldo.statement.Explanation.Step;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of a statement is what was computed. */
class ExplanationTest {
    private static final int HISTORIES = 300;
    private static final long SEED = 20_261_125;

    @Test
    void anEventThatTwoGrantsAndTheInvoicePay() {
        AccountMonth month = new AccountMonth()
                .overage("", "1.25", "5")
                .grant("promo", CreditKind.PROMO, "01 00:00", "10 00:00", "3", 10, "", "")
                .grant("azure-only", CreditKind.PROMO, "01 00:00", "", "3", 20, "azure", "")
                .grant("bought", CreditKind.PURCHASE, "02 00:00", "4")
                .grant("later", CreditKind.PURCHASE, "20 00:00", "4")
                .use("03 12:00", 2)
                .use("05 12:00", 7);
        Explanation explanation =
                Statements.explain(month.input(), Map.of(month.input().month(), Set.of(1)));
        assertThat(explanation.statement()).isEqualTo(month.compute());
        EventCharge charge = explanation.charges().get(0);
        assertThat(charge.meter()).isEqualTo(Meter.INPUT);
        assertThat(charge.outcome()).isEqualTo(Outcome.PRICED);
        assertThat(charge.amount()).isEqualTo(Amount.of(7));
        assertThat(charge.grants().stream()
                        .map(step -> step.grant().creditId() + " " + step.before() + "-" + step.paid() + "="
                                + step.after() + " " + step.step()))
                .containsExactly(
                        "promo 1-1=0 PAID",
                        "azure-only 3-0=3 OUT_OF_SCOPE",
                        "bought 4-4=0 PAID",
                        "later 0-0=0 NOT_BEGUN");
        assertThat(charge.covered(Coverage.CREDIT)).isEqualTo(Amount.of(5));
        assertThat(charge.covered(Coverage.OVERAGE)).isEqualTo(Amount.of(2));
        assertThat(charge.overageBefore()).isEqualTo(Amount.ZERO);
        assertThat(charge.overageAfter()).isEqualTo(Amount.of(2));
        assertThat(explanation.charges().get(1).outcome()).isEqualTo(Outcome.FREE);
        assertThat(explanation.rows().get(0).rows()).extracting(PriceRow::place).hasToString("[prices.csv:2]");
    }

    @Test
    void aLateEventIsPaidByGrantsThatWereValidThenAndAreUnexpiredNow() {
        AccountMonth november = new AccountMonth()
                .month("2026-11")
                .overage("", "1", null)
                .grant("expired", CreditKind.PURCHASE, "2026-10-01 00:00", "2026-10-31 00:00", "3", 10, "", "")
                .grant("valid", CreditKind.PURCHASE, "2026-10-01 00:00", "4")
                .grant("after", CreditKind.PURCHASE, "2026-10-25 00:00", "5")
                .grant("now", CreditKind.PURCHASE, "2026-11-01 00:00", "6")
                .useLate("2026-10-20 12:00", 9)
                .use("2026-11-02 12:00", 1);
        Explanation explanation = Statements.explain(november.input(), Map.of(YearMonth.of(2026, 10), Set.of(0)));
        EventCharge charge = explanation.charges().get(0);
        assertThat(charge.usageMonth()).isEqualTo(YearMonth.of(2026, 10));
        assertThat(charge.grants().stream()
                        .map(step ->
                                step.grant().creditId() + " " + step.before() + "-" + step.paid() + " " + step.step()
                                        + " " + Instants.format(step.beginsAt()).substring(0, 10)))
                .containsExactly(
                        "expired 0-0 EXPIRED 2026-11-01",
                        "valid 4-4 PAID 2026-11-01",
                        "after 5-0 NOT_BEGUN 2026-10-25",
                        "now 6-0 NOT_BEGUN 2026-11-01");
        assertThat(charge.covered(Coverage.OVERAGE)).isEqualTo(Amount.of(5));
        assertThat(explanation.charges()).allMatch(each -> each.usageMonth().equals(charge.usageMonth()));
    }

    @Test
    void everyEventOfRandomHistoriesIsToldAsItWasComputed() {
        Map<String, Integer> met = new TreeMap<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            LateHistory late = new LateHistory(seed);
            Statement march = told(late.march(), seed, met);
            Statement april = told(late.april(march, History.ZONE.endOf(LateHistory.APRIL)), seed, met);
            told(late.may(march, april), seed, met);
        }
        assertThat(met).as("that it means something").containsKeys("tiers", "FEE", "PACKAGE", "late");
        for (Step step : Step.values()) {
            assertThat(met).as("that it means something").containsKey(step.name());
        }
        for (Outcome outcome : Outcome.values()) {
            assertThat(met).as("that it means something").containsKey(outcome.name());
        }
    }

    /** The statement, of which every event is told as it was computed. */
    private static Statement told(StatementInput input, long seed, Map<String, Integer> met) {
        Map<YearMonth, Set<Integer>> all = new HashMap<>();
        all.put(input.month(), indexes(input.events()));
        input.closedMonths()
                .forEach(closed -> all.put(closed.month(), indexes(closed.late().events())));
        Explanation explanation = Statements.explain(input, all);
        Statement statement = explanation.statement();
        assertThat(statement).as("seed %s", seed).isEqualTo(Statements.compute(input));
        Amount amount = Amount.ZERO;
        Map<Coverage, Amount> covered = new TreeMap<>();
        Map<String, BigInteger> quantities = new TreeMap<>();
        for (EventCharge charge : explanation.charges()) {
            amount = amount.plus(charge.amount());
            for (Coverage coverage : Coverage.values()) {
                covered.merge(coverage, charge.covered(coverage), Amount::plus);
            }
            charge.tiers().forEach(step -> met.merge("tiers", 1, Integer::sum));
            for (Part part : charge.parts()) {
                met.merge(part.kind().name(), 1, Integer::sum);
                quantities.merge(charge.usageMonth() + " " + key(part), part.quantity(), BigInteger::add);
            }
            charge.grants().stream()
                    .map(GrantStep::step)
                    .map(Step::name)
                    .forEach(step -> met.merge(step, 1, Integer::sum));
            met.merge(charge.outcome().name(), 1, Integer::sum);
            met.merge(charge.usageMonth().equals(input.month()) ? "own" : "late", 1, Integer::sum);
        }
        StatementTotals totals = statement.totals();
        assertThat(amount).as("seed %s", seed).isEqualTo(totals.usage());
        assertThat(List.of(
                        covered.getOrDefault(Coverage.CREDIT, Amount.ZERO),
                        covered.getOrDefault(Coverage.PAYG, Amount.ZERO),
                        covered.getOrDefault(Coverage.OVERAGE, Amount.ZERO),
                        covered.getOrDefault(Coverage.CARRIED, Amount.ZERO),
                        covered.getOrDefault(Coverage.UNFUNDED, Amount.ZERO)))
                .as("seed %s", seed)
                .containsExactly(totals.credit(), totals.payg(), totals.overage(), totals.carried(), totals.unfunded());
        Map<String, BigInteger> lines = new TreeMap<>();
        statement.lines().forEach(line -> lines.put(line.usageMonth() + " " + key(line), line.quantity()));
        assertThat(quantities).as("seed %s", seed).isEqualTo(lines);
        Set<PriceRow> rating = explanation.rows().stream()
                .flatMap(line -> line.rows().stream())
                .collect(Collectors.toSet());
        assertThat(statement.priceRows()).as("seed %s", seed).containsAll(rating);
        assertThat(statement.priceRows().stream().filter(row -> !rating.contains(row)))
                .as("seed %s: tiers that the units of a volume price went through", seed)
                .allSatisfy(row -> assertThat(row.tier().mode()).isEqualTo(TierMode.VOLUME));
        return statement;
    }

    private static Set<Integer> indexes(AccountEvents events) {
        return IntStream.range(0, events.size()).boxed().collect(Collectors.toSet());
    }

    private static String key(Part part) {
        return part.provider() + " " + part.model() + " " + part.serviceTier() + " " + part.meter() + " " + part.kind()
                + " " + part.unitPrice() + " " + part.perUnits();
    }

    private static String key(StatementLine line) {
        return line.provider() + " " + line.model() + " " + line.serviceTier() + " " + line.meter() + " " + line.kind()
                + " " + line.unitPrice() + " " + line.perUnits();
    }
}
