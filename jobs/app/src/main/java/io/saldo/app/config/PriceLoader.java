package io.saldo.app.config;

import io.saldo.money.Amount;
import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.problem.ProblemCode;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads models, price books and prices, and knows which books are held up. */
final class PriceLoader {
    private static final long CONTEXT_MAX = 1_000_000_000_000L;
    private static final String STANDARD_TIER = "standard";
    private static final List<String> PER_UNITS = List.of("1", "1000", "1000000");

    private final BillingZone zone;
    private final Findings findings;
    private final List<ModelAlias> aliases = new ArrayList<>();
    private final List<PriceBook> books = new ArrayList<>();
    private final List<PriceRow> prices = new ArrayList<>();
    private final Map<String, Currency> currencies = new TreeMap<>();
    private final Set<String> names = new HashSet<>();
    private PriceBooks loaded = PriceBooks.NONE;

    PriceLoader(BillingZone zone, Findings findings) {
        this.zone = zone;
        this.findings = findings;
    }

    void alias(Row row) {
        row.belongsTo(Subject.EVERYBODY);
        if (row.isBad()) {
            return;
        }
        ModelAlias alias = new ModelAlias(
                row.requiredId("provider"), row.requiredId("alias"), row.requiredId("model"), row.place());
        if (!row.isBad()) {
            aliases.add(alias);
        }
    }

    void book(Row row) {
        String name = row.requiredId("price_book");
        names.add(name);
        row.belongsTo(Subject.priceBook(name));
        if (row.isBad()) {
            return;
        }
        String extended = row.id("extends");
        Currency currency = row.requiredCurrency("currency");
        if (!row.isBad() && currency != null) {
            books.add(new PriceBook(name, extended, currency, row.place()));
            currencies.putIfAbsent(name, currency);
        }
    }

    void price(Row row) {
        String book = row.requiredId("price_book");
        row.belongsTo(Subject.priceBook(book));
        if (row.isBad()) {
            return;
        }
        String provider = row.requiredId("provider");
        String model = row.requiredId("model");
        String tier = row.isSet("service_tier") ? row.id("service_tier") : STANDARD_TIER;
        Meter meter = row.requiredWord("meter", Arrays.asList(Meter.values()), Meter::word);
        row.required("unit_price");
        Amount unitPrice = row.amount("unit_price", Amount.ZERO);
        String perUnits = row.word("per_units", PER_UNITS, Function.identity(), "1");
        long from = row.instant("effective_from", zone, Instants.MIN);
        long to = row.instant("effective_to", zone, Instants.MAX);
        if (to <= from && !row.isBad()) {
            row.refuse("effective_to", "it must be after effective_from, which is " + row.text("effective_from"));
        }
        long contextOver = row.whole("context_over", 0, CONTEXT_MAX, 0);
        PriceTier priceTier = tier(row, perUnits);
        if (!row.isBad() && meter != null && unitPrice != null && priceTier != null) {
            PriceRow price = new PriceRow(
                    book,
                    provider,
                    model,
                    tier,
                    meter,
                    unitPrice,
                    Long.parseLong(perUnits),
                    from,
                    to,
                    contextOver,
                    priceTier,
                    row.place());
            if (price.unitScale() > Amount.FRACTION_DIGITS_MAX) {
                row.refuse(
                        "unit_price",
                        "for one unit it has more than " + Amount.FRACTION_DIGITS_MAX + " digits after the point");
                return;
            }
            prices.add(price);
        }
    }

    /** The tier of a row; null where it is refused. Which rows make a price together is looked at when all are there. */
    private static @Nullable PriceTier tier(Row row, String perUnits) {
        TierMode mode = row.word("tier_mode", Arrays.asList(TierMode.values()), TierMode::word, TierMode.FLAT);
        if (row.isBad()) {
            return null;
        }
        boolean tiered = mode == TierMode.GRADUATED || mode == TierMode.VOLUME;
        for (String column : List.of("tier_up_to", "tier_flat_fee")) {
            if (!tiered && row.isSet(column)) {
                row.refuse(column, "a " + mode.word() + " price has none; leave it empty");
            }
        }
        if (mode == TierMode.PACKAGE) {
            if (!row.isSet("package_size")) {
                row.refuse(
                        ProblemCode.BAD_VALUE,
                        row.placeOf("package_size"),
                        "package_size is empty: a package price says how many units a package has");
            }
            if (!perUnits.equals("1")) {
                row.refuse("per_units", "a package is priced for its package_size units; leave it empty");
            }
        } else if (row.isSet("package_size")) {
            row.refuse("package_size", "a " + mode.word() + " price has none; leave it empty");
        }
        long upTo = row.whole("tier_up_to", 1, PriceTier.OPEN - 1, PriceTier.OPEN);
        Amount fee = row.amount("tier_flat_fee", Amount.ZERO);
        long size = row.whole("package_size", 1, PriceTier.OPEN - 1, 0);
        return row.isBad() ? null : new PriceTier(mode, upTo, fee == null ? Amount.ZERO : fee, size);
    }

    /** Tells what the rows are together, and gives the books that nothing holds up. Call it once, after all rows. */
    PriceBooks finish() {
        holdExtensions();
        List<PriceBook> goodBooks =
                books.stream().filter(book -> !isHeld(book.name())).toList();
        List<PriceRow> goodPrices =
                prices.stream().filter(row -> !isHeld(row.priceBook())).toList();
        findings.addAll(PriceBooks.problems(goodBooks, goodPrices, aliases));
        PriceBooks.heldUp(goodBooks, goodPrices, aliases).forEach(book -> findings.hold(Subject.priceBook(book)));
        loaded = PriceBooks.of(goodBooks, goodPrices, aliases);
        return loaded;
    }

    /** Whether price-books.csv has a row of that name, right or wrong. */
    boolean hasBook(String name) {
        return names.contains(name);
    }

    /** Whether a price of the book, or of one that it extends, depends on the month's total; after {@link #finish}. */
    boolean hasVolume(String book) {
        return loaded.hasVolume(book);
    }

    /** All books' names. */
    Set<String> bookNames() {
        return names;
    }

    /** The book's currency; null where it is unknown. */
    @Nullable
    Currency currency(String book) {
        return currencies.get(book);
    }

    boolean isHeld(String book) {
        return findings.isHeld(Subject.priceBook(book));
    }

    /** A book that extends a held one has no more answers than that. */
    private void holdExtensions() {
        boolean more = true;
        while (more) {
            more = false;
            for (PriceBook book : books) {
                if (!isHeld(book.name()) && isHeld(book.extendsBook())) {
                    findings.hold(Subject.priceBook(book.name()));
                    more = true;
                }
            }
        }
    }
}
