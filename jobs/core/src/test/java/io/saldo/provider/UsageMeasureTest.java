package io.saldo.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.problem.Place;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What falls into a window, and what it costs at the cost book's price in force. */
class UsageMeasureTest {
    private static final ProviderWindow HOUR = new ProviderWindow(0, 3_600_000_000L);
    private static final ProviderWindow DAY = new ProviderWindow(0, ProviderWindow.DAY_MICROS);
    private static final Product PRODUCT = new Product("openai", "alias", "standard");

    private static PriceRow price(String unitPrice, long from, long to, long contextOver) {
        return new PriceRow(
                "cost",
                "openai",
                "m",
                "standard",
                Meter.INPUT,
                Amount.parse(unitPrice),
                1_000_000,
                from,
                to,
                contextOver,
                PriceTier.FLAT,
                Place.NOWHERE);
    }

    private static PriceBooks books(PriceRow... rows) {
        return PriceBooks.of(
                List.of(new PriceBook("cost", "", Currency.getInstance("USD"), Place.NOWHERE)),
                List.of(rows),
                List.of(new ModelAlias("openai", "alias", "m", Place.NOWHERE)));
    }

    private static AccountEvents events(Product product, boolean billable, long[] at, long[] input) {
        long[][] quantities = new long[Meter.COUNT][at.length];
        quantities[Meter.INPUT.ordinal()] = input;
        boolean[] billables = new boolean[at.length];
        Arrays.fill(billables, billable);
        return new AccountEvents(
                at.length,
                at,
                new int[at.length],
                List.of(product),
                billables,
                quantities,
                new long[at.length],
                new long[at.length]);
    }

    private static UsageMeasure measure(PriceBooks books, ProviderWindow... windows) {
        return new UsageMeasure(Map.of("openai", List.of(windows)), Map.of("openai", "cost"), books);
    }

    @Test
    void aWindowHasItsFirstInstantAndNotItsLast() {
        UsageMeasure measure = measure(books(price("2", Instants.MIN, Instants.MAX, 0)), HOUR);
        measure.add(
                events(PRODUCT, true, new long[] {-1, 0, HOUR.to() - 1, HOUR.to()}, new long[] {1, 10, 100, 1_000}));
        MeasuredUsage usage = measure.usage().get(0);
        assertThat(measure.usage()).hasSize(1);
        assertThat(usage.model()).isEqualTo("m");
        assertThat(usage.quantity()).isEqualTo(110);
        assertThat(usage.cost()).isEqualTo(Amount.parse("0.00022"));
    }

    @Test
    void eachRequestIsRatedByItsOwnContextAndThePriceOfItsInstant() {
        PriceBooks books = books(
                price("1", Instants.MIN, 50, 0), price("3", 50, Instants.MAX, 0), price("10", 50, Instants.MAX, 99));
        UsageMeasure measure = measure(books, HOUR);
        measure.add(events(PRODUCT, true, new long[] {49, 50, 51}, new long[] {100, 99, 100}));
        assertThat(measure.usage().get(0).cost()).isEqualTo(Amount.parse("0.001397"));
    }

    @Test
    void anAggregateOverAThresholdIsUnpricedAndCounted() {
        UsageMeasure measure = measure(books(price("3", 0, Instants.MAX, 0), price("10", 0, Instants.MAX, 99)), HOUR);
        AccountEvents events = events(PRODUCT, true, new long[] {1}, new long[] {100});
        events.quantities()[Meter.REQUEST.ordinal()][0] = 2;
        measure.add(events);
        MeasuredUsage input = measure.usage().get(0);
        assertThat(input.quantity()).isEqualTo(100);
        assertThat(input.unpriced()).isEqualTo(100);
        assertThat(input.cost()).isEqualTo(Amount.ZERO);
    }

    @Test
    void anAggregateWhoseSourceDeclaresItsContextIsRatedByIt() {
        PriceBooks books = books(price("3", 0, Instants.MAX, 0), price("10", 0, Instants.MAX, 99));
        UsageMeasure measure = measure(books, HOUR);
        for (long declared : new long[] {0, 99}) {
            AccountEvents events = events(
                    new Product("openai", "alias", "standard", declared), true, new long[] {1}, new long[] {100});
            events.quantities()[Meter.REQUEST.ordinal()][0] = 2;
            measure.add(events);
        }
        MeasuredUsage input = measure.usage().get(0);
        assertThat(input.unpriced()).isEqualTo(0);
        assertThat(input.cost()).isEqualTo(Amount.parse("0.0013"));
    }

    @Test
    void whatIsNotBillableIsCountedApartAndAnotherProviderNotAtAll() {
        UsageMeasure measure = measure(books(price("1", 0, Instants.MAX, 0)), HOUR);
        measure.add(events(PRODUCT, false, new long[] {1}, new long[] {7}));
        measure.add(events(new Product("azure", "alias", "standard"), true, new long[] {1}, new long[] {9}));
        assertThat(measure.usage()).hasSize(1);
        assertThat(measure.usage().get(0).quantity()).isEqualTo(0);
        assertThat(measure.usage().get(0).notBillable()).isEqualTo(7);
    }

    @Test
    void sumsGoOnBeyond63Bits() {
        UsageMeasure measure = measure(books(price("1", 0, Instants.MAX, 0)), HOUR);
        measure.add(events(PRODUCT, true, new long[] {1, 2}, new long[] {Long.MAX_VALUE, Long.MAX_VALUE}));
        assertThat(measure.usage().get(0).quantity())
                .isEqualTo(BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
    }

    /** Overlapping windows: each has exactly what lies in it, and any split of the events gives the same figures. */
    @Test
    void stretchesAddUpToTheirWindowsHoweverTheEventsAreSplit() {
        long seed = Long.getLong("saldo.seed", 20_261_125L);
        Random random = new Random(seed);
        PriceBooks books = books(price("2.5", 0, Instants.MAX, 0));
        UsageMeasure whole = measure(books, HOUR, DAY);
        UsageMeasure split = measure(books, HOUR, DAY);
        long[] at = random.longs(500, 0, DAY.to()).sorted().toArray();
        long[] input = random.longs(500, 0, 1_000_000).toArray();
        whole.add(events(PRODUCT, true, at, input));
        long hour = 0;
        long day = 0;
        for (int event = 0; event < at.length; event++) {
            split.add(events(PRODUCT, true, new long[] {at[event]}, new long[] {input[event]}));
            hour += at[event] < HOUR.to() ? input[event] : 0;
            day += input[event];
        }
        assertThat(split.usage()).as("seed " + seed).isEqualTo(whole.usage());
        UsageByWindow found = new UsageByWindow("openai", whole.usage());
        assertThat(total(found.within(HOUR))).as("seed " + seed).isEqualTo(hour);
        assertThat(total(found.within(DAY))).as("seed " + seed).isEqualTo(day);
    }

    private static BigInteger total(List<MeasuredUsage> usage) {
        return usage.stream().map(MeasuredUsage::quantity).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
