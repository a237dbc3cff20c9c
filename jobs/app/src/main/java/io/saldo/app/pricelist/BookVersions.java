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
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The books of a configuration as they stand at an instant. */
public final class BookVersions {
    private static final Comparator<DatedPrice> KEY_THEN_TIME = Comparator.comparing(DatedPrice::key)
            .thenComparingLong(each -> each.span().from())
            .thenComparingLong(each -> each.tier().upTo().isEmpty()
                    ? Long.MAX_VALUE
                    : Long.parseLong(each.tier().upTo()));

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
     * @param tier how it depends on the month's quantity
     */
    public record DatedPrice(String book, PriceKey key, PriceSpan span, Tier tier) {}

    /**
     * The columns of a row by which its price depends on the month's quantity, as they stand there.
     *
     * @param mode empty for a flat price
     * @param upTo empty in the last tier
     * @param flatFee empty for none
     * @param packageSize empty for none
     */
    public record Tier(String mode, String upTo, String flatFee, String packageSize) {
        /** A price that is the same for every quantity. */
        public static final Tier NONE = new Tier("", "", "", "");
    }

    /**
     * What differs between two books.
     *
     * @param moves of flat prices
     * @param tiered keys whose price depends on the month's quantity in one of the two: they are not compared
     */
    public record Comparison(List<PriceMove> moves, SortedSet<PriceKey> tiered) {
        /** Keeps views that nobody can change. */
        public Comparison {
            moves = List.copyOf(moves);
            tiered = Collections.unmodifiableSortedSet(tiered);
        }
    }

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
    public Comparison between(String olderBook, long olderAt, String newerBook, long newerAt) {
        SortedSet<PriceKey> tiered = new TreeSet<>();
        SortedMap<PriceKey, PriceSpan> older = prices(olderBook, olderAt, tiered);
        SortedMap<PriceKey, PriceSpan> newer = prices(newerBook, newerAt, tiered);
        older.keySet().removeAll(tiered);
        newer.keySet().removeAll(tiered);
        return new Comparison(BookUpdate.between(older, newer), tiered);
    }

    /** Every price that a book and those it extends ever had for a model: book by book, by key and then time. */
    public List<DatedPrice> history(String book, String model) {
        List<DatedPrice> history = new ArrayList<>();
        for (String link : known(book)) {
            BookRows.of(snapshot, link, zone).rows().stream()
                    .filter(row -> row.key().model().equals(model))
                    .map(row -> new DatedPrice(link, row.key(), row.span(), row.tier()))
                    .sorted(KEY_THEN_TIME)
                    .forEach(history::add);
        }
        return history;
    }

    /** The flat prices at an instant; adds the keys whose price is none to the others. */
    private SortedMap<PriceKey, PriceSpan> prices(String book, long at, Set<PriceKey> tiered) {
        SortedMap<PriceKey, PriceSpan> prices = new TreeMap<>();
        Map<PriceKey, Long> lowestThresholds = new HashMap<>();
        for (String link : known(book)) {
            SortedMap<PriceKey, PriceSpan> own = new TreeMap<>();
            BookRows rows = BookRows.of(snapshot, link, zone);
            rows.timelines().forEach((key, timeline) -> timeline.at(at).ifPresent(span -> own.put(key, span)));
            // A nearer book that prices the meter answers for every context above its lowest threshold.
            Set<PriceKey> keys = new HashSet<>(own.keySet());
            keys.addAll(rows.tieredAt(at));
            keys.removeIf(key -> key.contextOver() >= lowestThresholds.getOrDefault(key.over(0), Long.MAX_VALUE));
            for (PriceKey key : keys) {
                lowestThresholds.merge(key.over(0), key.contextOver(), Math::min);
                PriceSpan flat = own.get(key);
                if (flat == null) {
                    tiered.add(key);
                } else {
                    prices.put(key, flat);
                }
            }
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
