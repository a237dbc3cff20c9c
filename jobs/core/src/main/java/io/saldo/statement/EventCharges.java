package io.saldo.statement;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PricePeriod;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.TierMode;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What single events cost by themselves: by the terms of their own instant, at the prices of that or of another one. An event
 * that a price with tiers rates costs what the month's other events leave it, so it has no charge by itself.
 */
public final class EventCharges {
    private final List<Terms> terms;
    private final PriceBooks books;
    private final Map<Key, PricePeriod> periods = new HashMap<>();

    private record Key(String priceBook, Product product, int meter) {}

    /** By an account's terms, in any order, and these books. */
    public EventCharges(List<Terms> terms, PriceBooks books) {
        this.terms = terms.stream()
                .sorted(Comparator.comparingLong(Terms::effectiveFrom))
                .toList();
        this.books = books;
    }

    /**
     * The charge of an event; null where it is unpriced or a price with tiers rates it. What is not billable costs nothing.
     *
     * @param event its index
     */
    public @Nullable Amount of(AccountEvents events, int event) {
        return at(events, event, events.occurredAt()[event]);
    }

    /** The same at the prices of another instant, in microseconds. */
    public @Nullable Amount at(AccountEvents events, int event, long instant) {
        if (!events.billable()[event]) {
            return Amount.ZERO;
        }
        String book = priceBook(events.occurredAt()[event]);
        Product product = events.products().get(events.product()[event]);
        long[][] quantities = events.quantities();
        long totalInput = quantities[Meter.INPUT.ordinal()][event]
                + quantities[Meter.CACHED_INPUT.ordinal()][event]
                + quantities[Meter.CACHE_WRITE.ordinal()][event]
                + quantities[Meter.AUDIO_INPUT.ordinal()][event];
        Amount charge = Amount.ZERO;
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long quantity = quantities[meter][event];
            if (quantity == 0) {
                continue;
            }
            PriceLookup price = period(book, product, meter, instant)
                    .lookup(totalInput, quantities[Meter.REQUEST.ordinal()][event]);
            if (price instanceof PriceLookup.Priced priced && priced.set().mode() == TierMode.FLAT) {
                PriceRow row = priced.set().tiers().get(0);
                int power = Long.toString(row.perUnits()).length() - 1;
                charge = charge.plus(row.unitPrice().times(quantity).dividedByPowerOfTen(power));
            } else if (!(price instanceof PriceLookup.Free)) {
                return null;
            }
        }
        return charge;
    }

    /**
     * The instants within a stretch of time, its start excluded, at which a price changes of what these events use.
     *
     * @param from in microseconds
     * @param to in microseconds, exclusive
     */
    public SortedSet<Long> priceChanges(AccountEvents events, long from, long to) {
        SortedSet<Long> changes = new TreeSet<>();
        boolean[][] asked = new boolean[events.products().size()][Meter.COUNT];
        for (int event = 0; event < events.size(); event++) {
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                int product = events.product()[event];
                if (events.quantities()[meter][event] != 0 && !asked[product][meter]) {
                    asked[product][meter] = true;
                    String book = priceBook(events.occurredAt()[event]);
                    long at = from;
                    while (at < to) {
                        at = period(book, events.products().get(product), meter, at)
                                .to();
                        if (at < to) {
                            changes.add(at);
                        }
                    }
                }
            }
        }
        return changes;
    }

    private String priceBook(long instant) {
        String book = "";
        for (Terms each : terms) {
            if (each.effectiveFrom() <= instant) {
                book = each.priceBook();
            }
        }
        return book;
    }

    private PricePeriod period(String book, Product product, int meter, long instant) {
        Key key = new Key(book, product, meter);
        PricePeriod known = periods.get(key);
        if (known != null && known.from() <= instant && instant < known.to()) {
            return known;
        }
        PricePeriod found = books.period(
                book,
                product.provider(),
                product.model(),
                product.serviceTier(),
                Meter.at(meter),
                Math.max(Instants.MIN, instant));
        periods.put(key, found);
        return found;
    }
}
