package io.saldo.statement;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.problem.Place;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Random;

/**
 * A random account over two months. Instants come from a small grid, so that events, grants, withdrawals, expiries,
 * terms, probes and day boundaries often meet at one.
 */
final class History {
    static final Currency EUR = Currency.getInstance("EUR");
    static final BillingZone ZONE = new BillingZone(ZoneId.of("Europe/Berlin"));
    static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final List<String> PROVIDERS = List.of("openai", "azure");
    private static final List<String> MODELS = List.of("gpt", "mini", "gpt-alias");

    private final long seed;
    private final Random random;
    private final long[] grid;
    final NaivePrices prices;
    final PriceBooks books;
    final List<Terms> terms = new ArrayList<>();
    final List<CreditEntry> entries = new ArrayList<>();
    final AccountEvents events;
    final boolean closes;

    History(long seed) {
        this.seed = seed;
        random = new Random(seed);
        grid = grid();
        prices = prices();
        books = PriceBooks.of(prices.books(), prices.rows(), prices.aliases());
        for (int index = random.nextInt(4); index >= 0; index--) {
            terms.add(terms(index == 0 && random.nextInt(4) > 0 ? Instants.MIN : at()));
        }
        for (int index = random.nextInt(7); index > 0; index--) {
            grant("credit-" + index);
        }
        events = events(random.nextInt(60));
        closes = random.nextInt(4) == 0;
    }

    StatementInput input(YearMonth month, long asOf, OpeningPosition opening, List<String> applied) {
        long[] probes = new long[random.nextInt(4)];
        for (int index = 0; index < probes.length; index++) {
            probes[index] = Math.max(ZONE.startOf(month), Math.min(at(), Math.min(asOf, ZONE.endOf(month))));
        }
        Arrays.sort(probes);
        return new StatementInput(
                "acme",
                month,
                asOf,
                ZONE,
                EUR,
                opening,
                events,
                entries.stream()
                        .filter(entry -> !applied.contains(entry.entryId()))
                        .toList(),
                List.of(),
                List.of(),
                terms,
                books,
                closes && month.equals(MARCH.plusMonths(1)) ? month.atDay(20) : null,
                probes);
    }

    long seed() {
        return seed;
    }

    /** An instant of March or April, most often one that others use too. */
    long at() {
        return grid[random.nextInt(grid.length)];
    }

    private long[] grid() {
        long from = ZONE.startOf(MARCH);
        long to = ZONE.endOf(MARCH.plusMonths(1));
        long[] instants = new long[24];
        for (int index = 0; index < instants.length; index++) {
            long instant = from + (long) random.nextInt(1_000_000) * ((to - from) / 1_000_000);
            boolean midnight = random.nextInt(3) == 0;
            instants[index] = midnight ? Math.max(from, ZONE.startOf(ZONE.dateOf(instant))) : instant;
        }
        instants[0] = from;
        instants[1] = ZONE.endOf(MARCH);
        return instants;
    }

    private NaivePrices prices() {
        List<PriceBook> named = List.of(
                new PriceBook("list", "", EUR, Place.line("price-books.csv", 2)),
                new PriceBook("special", "list", EUR, Place.line("price-books.csv", 3)),
                new PriceBook("volume", "list", EUR, Place.line("price-books.csv", 4)));
        List<PriceRow> rows = new ArrayList<>();
        for (String book : List.of("list", "special", "volume")) {
            for (String provider : List.of("*", "openai")) {
                for (String model : List.of("gpt", "mini")) {
                    for (Meter meter : Meter.values()) {
                        addRows(rows, book, provider, model, meter);
                    }
                }
            }
        }
        return new NaivePrices(
                named, rows, List.of(new ModelAlias("azure", "gpt-alias", "gpt", Place.line("models.csv", 2))));
    }

    private void addRows(List<PriceRow> rows, String book, String provider, String model, Meter meter) {
        int chance = meter == Meter.INPUT || meter == Meter.OUTPUT ? 7 : 2;
        if (random.nextInt(10) >= (book.equals("list") && provider.equals("*") ? chance + 2 : chance)) {
            return;
        }
        long cut = random.nextBoolean() ? Instants.MAX : at();
        addSet(rows, row(rows, book, provider, model, meter, Instants.MIN, cut, 0));
        if (cut != Instants.MAX && random.nextInt(4) > 0) {
            addSet(rows, row(rows, book, provider, model, meter, cut, Instants.MAX, 0));
        }
        if (random.nextInt(6) == 0) {
            addSet(rows, row(rows, book, provider, model, meter, Instants.MIN, Instants.MAX, 500));
        }
    }

    /** The row as it is, or as the first of several tiers. Volume prices stand in a book that no prepaid terms have. */
    private void addSet(List<PriceRow> rows, PriceRow row) {
        boolean volume = row.priceBook().equals("volume");
        if (random.nextInt(3) > 0 && !volume) {
            rows.add(row);
            return;
        }
        if (random.nextInt(4) == 0) {
            rows.add(tier(row, row.unitPrice(), 1, PriceTier.packages(1 + random.nextInt(3_000)), rows.size()));
            return;
        }
        TierMode mode = volume ? TierMode.VOLUME : TierMode.GRADUATED;
        long upTo = 0;
        for (int tiers = random.nextInt(4); tiers >= 0; tiers--) {
            upTo += 1 + random.nextInt(random.nextInt(5) == 0 ? 3 : 6_000);
            Amount fee = random.nextInt(3) > 0 ? Amount.ZERO : Amount.ofUnscaled(random.nextInt(300), 2);
            PriceTier tier = new PriceTier(mode, tiers == 0 ? PriceTier.OPEN : upTo, fee, 0);
            Amount price =
                    random.nextInt(5) == 0 ? Amount.ZERO : row.unitPrice().times(1 + random.nextInt(3));
            rows.add(tier(row, price, row.perUnits(), tier, rows.size()));
        }
    }

    private static PriceRow tier(PriceRow row, Amount price, long perUnits, PriceTier tier, int index) {
        return new PriceRow(
                row.priceBook(),
                row.provider(),
                row.model(),
                row.serviceTier(),
                row.meter(),
                price,
                perUnits,
                row.effectiveFrom(),
                row.effectiveTo(),
                row.contextOver(),
                tier,
                Place.line("prices.csv", index + 2));
    }

    private PriceRow row(
            List<PriceRow> rows,
            String book,
            String provider,
            String model,
            Meter meter,
            long from,
            long to,
            long contextOver) {
        long perUnits = List.of(1L, 1_000L, 1_000_000L).get(random.nextInt(3));
        int scale = perUnits == 1 ? 6 : 3;
        return new PriceRow(
                book,
                provider,
                model,
                "standard",
                meter,
                Amount.ofUnscaled(random.nextInt(5_000), perUnits == 1_000_000 ? 1 : scale),
                perUnits,
                from,
                to,
                contextOver,
                PriceTier.FLAT,
                Place.line("prices.csv", rows.size() + 2));
    }

    private Terms terms(long from) {
        BillingMode mode = random.nextInt(4) == 0 ? BillingMode.PAYG : BillingMode.PREPAID;
        OveragePolicy policy = OveragePolicy.values()[random.nextInt(3)];
        return new Terms(
                "acme",
                from == Instants.MIN ? from : from + terms.size(),
                mode,
                mode == BillingMode.PAYG && random.nextBoolean() ? "volume" : random.nextBoolean() ? "list" : "special",
                mode == BillingMode.PAYG ? null : policy,
                Amount.ofUnscaled(100 + random.nextInt(3) * 25L, 2),
                random.nextBoolean() ? null : amount(20),
                null,
                null,
                null,
                14,
                Place.line("terms.csv", terms.size() + 2));
    }

    private void grant(String creditId) {
        long effectiveAt = random.nextInt(5) == 0 ? ZONE.startOf(MARCH) - 86_400_000_000L * random.nextInt(20) : at();
        long expiresAt = random.nextInt(3) == 0 ? Instants.MAX : at();
        if (expiresAt <= effectiveAt) {
            expiresAt = random.nextBoolean() ? Instants.MAX : effectiveAt + 1 + random.nextInt(1_000_000_000);
        }
        CreditKind kind = CreditKind.values()[random.nextInt(3)];
        boolean scoped = random.nextInt(4) == 0;
        entries.add(new CreditEntry(
                "acme",
                "grant-" + creditId,
                CreditEntry.Type.GRANT,
                creditId,
                kind,
                amount(50),
                Amount.ZERO,
                EUR,
                effectiveAt + random.nextInt(2),
                effectiveAt,
                expiresAt,
                random.nextInt(2) * 50,
                "",
                "card",
                kind == CreditKind.PURCHASE ? "PRE-" + creditId : "",
                "",
                scoped ? PROVIDERS.get(random.nextInt(2)) : "",
                scoped && random.nextBoolean() ? "gpt" : ""));
        for (int index = random.nextInt(3); index > 1 || (index == 1 && random.nextInt(3) == 0); index--) {
            long at = random.nextInt(4) == 0 ? effectiveAt - random.nextInt(2) : at();
            entries.add(new CreditEntry(
                    "acme",
                    "withdraw-" + creditId + "-" + index,
                    CreditEntry.Type.WITHDRAW,
                    creditId,
                    kind,
                    random.nextBoolean() ? null : amount(50),
                    Amount.ZERO,
                    EUR,
                    at,
                    at,
                    Instants.MAX,
                    50,
                    "",
                    "card",
                    "",
                    List.of("refund", "chargeback", "void", "revoked").get(random.nextInt(4)),
                    "",
                    ""));
        }
    }

    private Amount amount(int major) {
        return Amount.ofUnscaled(1 + random.nextInt(major * 100), 2);
    }

    private AccountEvents events(int size) {
        List<AccountEvents.Product> products = new ArrayList<>();
        for (String provider : PROVIDERS) {
            for (String model : MODELS) {
                products.add(new AccountEvents.Product(provider, model, "standard"));
            }
        }
        products.add(new AccountEvents.Product("openai", "gpt", "batch"));
        products.add(new AccountEvents.Product("openai", "gpt", "standard", 0));
        products.add(new AccountEvents.Product("openai", "gpt", "standard", 500));
        products.add(new AccountEvents.Product("azure", "mini", "standard", 499));
        long[] occurredAt = new long[size];
        for (int index = 0; index < size; index++) {
            occurredAt[index] = random.nextInt(4) == 0 ? at() + random.nextInt(3) : at();
        }
        Arrays.sort(occurredAt);
        int[] product = new int[size];
        boolean[] billable = new boolean[size];
        long[][] quantities = new long[Meter.COUNT][size];
        for (int index = 0; index < size; index++) {
            product[index] = random.nextInt(random.nextInt(3) == 0 ? products.size() : 2);
            billable[index] = random.nextInt(10) > 0;
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                quantities[meter][index] = random.nextInt(3) == 0 ? random.nextInt(4_000) : 0;
            }
            quantities[Meter.REQUEST.ordinal()][index] = random.nextInt(8) == 0 ? 3 : 1;
        }
        return new AccountEvents(
                size, occurredAt, product, products, billable, quantities, new long[size], new long[size]);
    }
}
