package io.saldo.bench;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.problem.Place;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementInput;
import io.saldo.statement.Statements;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second of a statement: one account's month, whose grants pay about three quarters of it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(
        value = 3,
        jvmArgs = {"-Xmx2g", "-XX:+UseParallelGC"})
public class BenchmarkStatement {
    private static final int EVENTS = 100_000;
    private static final String ACCOUNT = "acc-1";
    private static final String BOOK = "list";
    private static final Currency CURRENCY = Currency.getInstance("USD");
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final BillingZone ZONE = new BillingZone(ZoneOffset.UTC);
    private static final List<String> MODELS = List.of("small", "large", "code", "chat");

    /** What the account has; in each case it is the same sum. */
    public enum Credit {
        /** Two grants. */
        FEW(2, false),
        /** Two hundred grants, spent one after the other. */
        MANY(200, false),
        /** Two hundred grants of which each pays for one model only: what is passed over is looked at. */
        MANY_SCOPED(200, true);

        private final int grants;
        private final boolean scoped;

        Credit(int grants, boolean scoped) {
            this.grants = grants;
            this.scoped = scoped;
        }
    }

    /** How its usage is priced. */
    public enum Prices {
        /** One price for each model and meter. */
        FLAT,
        /** Three tiers for each model and meter; the month's usage reaches the last of each. */
        GRADUATED
    }

    /** What the account has. */
    @Param
    public Credit credit = Credit.FEW;

    /** How its usage is priced. */
    @Param
    public Prices prices = Prices.FLAT;

    private StatementInput input = input(Credit.FEW, Prices.FLAT);

    /** Builds the month. */
    @Setup
    public void setUp() {
        input = input(credit, prices);
    }

    /** Rates the month, draws it down, proves it. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public Statement compute() {
        return Statements.compute(input);
    }

    private static StatementInput input(Credit credit, Prices prices) {
        return new StatementInput(
                ACCOUNT,
                MONTH,
                ZONE.endOf(MONTH),
                ZONE,
                CURRENCY,
                OpeningPosition.NONE,
                events(),
                grants(credit),
                List.of(),
                List.of(),
                List.of(new Terms(
                        ACCOUNT,
                        Instants.MIN,
                        BillingMode.PREPAID,
                        BOOK,
                        OveragePolicy.INVOICE,
                        Amount.parse("1.2"),
                        null,
                        null,
                        null,
                        null,
                        14,
                        Place.line("terms.csv", 2))),
                books(prices),
                null,
                new long[0]);
    }

    /** Input of 0 to 1999 tokens, half of it cached in every fourth event, and output of 0 to 599. */
    private static AccountEvents events() {
        SplittableRandom random = new SplittableRandom(1);
        long start = ZONE.startOf(MONTH);
        long step = (ZONE.endOf(MONTH) - start) / EVENTS;
        long[] occurredAt = new long[EVENTS];
        int[] product = new int[EVENTS];
        boolean[] billable = new boolean[EVENTS];
        long[][] quantities = new long[Meter.COUNT][EVENTS];
        long[] delivery = new long[EVENTS];
        long[] line = new long[EVENTS];
        for (int event = 0; event < EVENTS; event++) {
            occurredAt[event] = start + event * step;
            product[event] = random.nextInt(MODELS.size());
            billable[event] = random.nextInt(200) > 0;
            long tokens = random.nextInt(2000);
            long cached = random.nextInt(4) == 0 ? tokens / 2 : 0;
            quantities[Meter.INPUT.ordinal()][event] = tokens - cached;
            quantities[Meter.CACHED_INPUT.ordinal()][event] = cached;
            quantities[Meter.OUTPUT.ordinal()][event] = random.nextInt(600);
            quantities[Meter.REQUEST.ordinal()][event] = 1;
            delivery[event] = 1;
            line[event] = event + 2L;
        }
        List<AccountEvents.Product> products = MODELS.stream()
                .map(model -> new AccountEvents.Product("provider", model, "standard"))
                .toList();
        return new AccountEvents(EVENTS, occurredAt, product, products, billable, quantities, delivery, line);
    }

    /** An event costs 0.0054 on average, the month 540; a little less in tiers. */
    private static PriceBooks books(Prices prices) {
        List<PriceRow> rows = new ArrayList<>();
        for (String model : MODELS) {
            addPrice(rows, prices, model, Meter.INPUT, "2.5");
            addPrice(rows, prices, model, Meter.CACHED_INPUT, "1.25");
            addPrice(rows, prices, model, Meter.OUTPUT, "10");
        }
        return PriceBooks.of(List.of(new PriceBook(BOOK, "", CURRENCY, Place.NOWHERE)), rows, List.of());
    }

    private static void addPrice(List<PriceRow> rows, Prices prices, String model, Meter meter, String usdPerMillion) {
        Amount price = Amount.parse(usdPerMillion);
        if (prices == Prices.FLAT) {
            rows.add(row(model, meter, price, PriceTier.FLAT));
            return;
        }
        rows.add(row(model, meter, price, tier(1_000_000)));
        rows.add(row(model, meter, price.times(Amount.parse("0.98")), tier(2_000_000)));
        rows.add(row(model, meter, price.times(Amount.parse("0.96")), tier(PriceTier.OPEN)));
    }

    private static PriceTier tier(long upTo) {
        return new PriceTier(TierMode.GRADUATED, upTo, Amount.ZERO, 0);
    }

    private static PriceRow row(String model, Meter meter, Amount price, PriceTier tier) {
        return new PriceRow(
                BOOK,
                PriceRow.ANY_PROVIDER,
                model,
                "standard",
                meter,
                price,
                1_000_000,
                Instants.MIN,
                Instants.MAX,
                0,
                tier,
                Place.NOWHERE);
    }

    private static List<CreditEntry> grants(Credit credit) {
        List<CreditEntry> entries = new ArrayList<>();
        Amount each = Amount.ofUnscaled(40_000L / credit.grants, 2);
        long start = ZONE.startOf(MONTH);
        for (int grant = 0; grant < credit.grants; grant++) {
            entries.add(new CreditEntry(
                    ACCOUNT,
                    "entry-" + grant,
                    CreditEntry.Type.GRANT,
                    "grant-" + grant,
                    CreditKind.PROMO,
                    each,
                    Amount.ZERO,
                    CURRENCY,
                    start,
                    start,
                    Instants.MAX,
                    50,
                    "",
                    "",
                    "",
                    "",
                    "",
                    credit.scoped ? MODELS.get(grant % MODELS.size()) : ""));
        }
        return entries;
    }
}
