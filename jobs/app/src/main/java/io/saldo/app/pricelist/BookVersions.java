package io.saldo.app.pricelist;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.ReferenceTable;
import io.saldo.pricelist.BookUpdate;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceMove;
import io.saldo.pricelist.PriceSpan;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The books of a configuration as they stand at an instant. */
public final class BookVersions {
    private final ConfigurationSnapshot snapshot;
    private final BillingZone zone;
    private final SortedMap<String, String> extended = new TreeMap<>();

    /** Over a configuration that was loaded without a problem that stops. */
    public BookVersions(ConfigurationSnapshot snapshot, BillingZone zone) {
        this.snapshot = snapshot;
        this.zone = zone;
        EditableTable books = EditableTable.of(snapshot, ReferenceTable.PRICE_BOOKS.file(), ReferenceTable.PRICE_BOOKS);
        for (EditableTable.Line line : books.lines()) {
            if (!line.values().isEmpty()) {
                extended.put(books.value(line, "price_book"), books.value(line, "extends"));
            }
        }
    }

    /**
     * A price of a book's history.
     *
     * @param book the book that has it
     * @param key what names it
     * @param span price and time
     */
    public record DatedPrice(String book, PriceKey key, PriceSpan span) {}

    /** A book with those that it extends, nearest first. */
    List<String> chain(String book) {
        List<String> chain = new ArrayList<>();
        for (String link = book;
                extended.containsKey(link) && !chain.contains(link);
                link = extended.getOrDefault(link, "")) {
            chain.add(link);
        }
        return chain;
    }

    /**
     * What differs between a book at one instant and a book at another, prices of extended books included.
     *
     * @throws ProblemException when there is no such book
     */
    public List<PriceMove> between(String olderBook, long olderAt, String newerBook, long newerAt) {
        return BookUpdate.between(prices(olderBook, olderAt), prices(newerBook, newerAt));
    }

    /** Every price that a book and those it extends ever had for a model, by key and then time. */
    public List<DatedPrice> history(String book, String model) {
        List<DatedPrice> history = new ArrayList<>();
        for (String link : known(book)) {
            BookRows.of(snapshot, link, zone).timelines().forEach((key, timeline) -> timeline.spans()
                    .forEach(span -> {
                        if (key.model().equals(model)) {
                            history.add(new DatedPrice(link, key, span));
                        }
                    }));
        }
        return history;
    }

    private SortedMap<PriceKey, PriceSpan> prices(String book, long at) {
        SortedMap<PriceKey, PriceSpan> prices = new TreeMap<>();
        Map<PriceKey, Long> lowestThresholds = new HashMap<>();
        for (String link : known(book)) {
            SortedMap<PriceKey, PriceSpan> own = new TreeMap<>();
            BookRows.of(snapshot, link, zone).timelines().forEach((key, timeline) -> timeline.at(at)
                    .ifPresent(span -> own.put(key, span)));
            // A nearer book that prices the meter answers for every context above its lowest threshold.
            own.keySet()
                    .removeIf(key -> key.contextOver() >= lowestThresholds.getOrDefault(key.over(0), Long.MAX_VALUE));
            own.keySet().forEach(key -> lowestThresholds.merge(key.over(0), key.contextOver(), Math::min));
            prices.putAll(own);
        }
        return prices;
    }

    private List<String> known(String book) {
        List<String> chain = chain(book);
        if (chain.isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, Place.NOWHERE, "no price book " + book);
        }
        return chain;
    }
}
