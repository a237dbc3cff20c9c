package io.saldo.app.config;

import io.saldo.money.Amount;
import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
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
    private static final List<String> TIER_COLUMNS = List.of("tier_up_to", "tier_flat_fee", "package_size");

    private final BillingZone zone;
    private final Findings findings;
    private final List<ModelAlias> aliases = new ArrayList<>();
    private final List<PriceBook> books = new ArrayList<>();
    private final List<PriceRow> prices = new ArrayList<>();
    private final Map<String, Currency> currencies = new TreeMap<>();
    private final Set<String> names = new HashSet<>();

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
        refuseTiers(row);
        if (!row.isBad() && meter != null && unitPrice != null) {
            prices.add(new PriceRow(
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
                    TierMode.FLAT,
                    row.place()));
        }
    }

    /** Tiers are known by name, and this version has none of them. */
    private static void refuseTiers(Row row) {
        String mode = row.text("tier_mode");
        List<String> flat = List.of(TierMode.FLAT.word());
        if (!flat.contains(mode)
                && Arrays.stream(TierMode.values()).anyMatch(one -> one.word().equals(mode))) {
            row.refuse(
                    ProblemCode.NOT_AVAILABLE,
                    row.placeOf("tier_mode"),
                    "tier_mode is " + Fields.quoted(mode) + ": this version knows flat");
            return;
        }
        row.word("tier_mode", flat, Function.identity());
        if (!row.isBad()) {
            for (String column : TIER_COLUMNS) {
                if (row.isSet(column)) {
                    row.refuse(column, "a flat price has none; leave it empty");
                }
            }
        }
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
        return PriceBooks.of(goodBooks, goodPrices, aliases);
    }

    /** Whether price-books.csv has a row of that name, right or wrong. */
    boolean hasBook(String name) {
        return names.contains(name);
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
