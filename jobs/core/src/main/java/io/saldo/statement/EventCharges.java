package io.saldo.statement;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PricePeriod;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What single events cost: by the terms of their own instant, at the prices of that or of another one. */
public final class EventCharges {
    private final List<Terms> terms;
    private final PriceBooks books;
    private final Map<Key, PricePeriod> periods = new HashMap<>();

    /** By identity: a set is the same object wherever a period of these books has it. */
    private final IdentityHashMap<RowSet, RowSet> prices = new IdentityHashMap<>();

    private record Key(String priceBook, Product product, int meter) {}

    /** By an account's terms, in any order, and these books. */
    public EventCharges(List<Terms> terms, PriceBooks books) {
        this.terms = terms.stream()
                .sorted(Comparator.comparingLong(Terms::effectiveFrom))
                .toList();
        this.books = books;
    }

    /** Whether any price of these books has tiers. */
    public boolean hasTiers() {
        return books.hasTiers();
    }

    /**
     * The charge of an event; null where it is unpriced. What is not billable costs nothing.
     *
     * @param event its index
     */
    public @Nullable EventCharge of(AccountEvents events, int event) {
        return at(events, event, events.occurredAt()[event]);
    }

    /** The same at the prices of another instant, in microseconds. */
    public @Nullable EventCharge at(AccountEvents events, int event, long instant) {
        if (!events.billable()[event]) {
            return EventCharge.NONE;
        }
        String book = priceBook(events.occurredAt()[event]);
        Product product = events.products().get(events.product()[event]);
        long[][] quantities = events.quantities();
        long context = product.contextOf(Meter.totalInput(quantities, event));
        long requests = product.contextsOf(quantities[Meter.REQUEST.ordinal()][event]);
        Amount flat = Amount.ZERO;
        Map<RowSet, BigInteger> units = new HashMap<>();
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long quantity = quantities[meter][event];
            if (quantity == 0) {
                continue;
            }
            PriceLookup price = period(book, product, meter, instant).lookup(context, requests);
            if (price instanceof PriceLookup.Priced priced) {
                RowSet set = priced.set();
                if (set.mode() == TierMode.FLAT) {
                    flat = flat.plus(set.tiers().get(0).price(BigInteger.valueOf(quantity)));
                } else {
                    units.merge(
                            prices.computeIfAbsent(set, RowSet::withoutPlaces),
                            BigInteger.valueOf(quantity),
                            BigInteger::add);
                }
            } else if (!(price instanceof PriceLookup.Free)) {
                return null;
            }
        }
        return new EventCharge(flat, units);
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
        Terms inForce = Terms.inForce(terms, instant);
        return inForce == null ? "" : inForce.priceBook();
    }

    private PricePeriod period(String book, Product product, int meter, long instant) {
        Key key = new Key(book, product, meter);
        PricePeriod known = periods.get(key);
        if (known != null && known.from() <= instant && instant < known.to()) {
            return known;
        }
        PricePeriod found = books.period(
                book, product.provider(), product.model(), product.serviceTier(), Meter.at(meter), instant);
        periods.put(key, found);
        return found;
    }
}
