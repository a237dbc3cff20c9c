package io.saldo.pricing;

import io.saldo.problem.Problem;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** All price books with their aliases: the one place that answers what a quantity costs. Immutable. */
public final class PriceBooks {
    /** Exact provider before any, then the highest threshold. */
    private static final Comparator<RowSet> WINNER_FIRST = Comparator.comparing(
                    (RowSet set) -> set.key().provider().equals(PriceRow.ANY_PROVIDER))
            .thenComparing(RowSet::contextOver, Comparator.reverseOrder());

    /** No books: nothing has a price. */
    public static final PriceBooks NONE = of(List.of(), List.of(), List.of());

    private final Map<String, PriceBook> books;
    private final Map<RowKey, List<RowSet>> sets;
    private final Map<LoggedModel, String> aliases;
    private final Set<LoggedModel> ambiguousAliases;
    private final Set<String> volumeBooks;
    private final boolean tiers;

    private PriceBooks(
            Map<String, PriceBook> books,
            Map<RowKey, List<RowSet>> sets,
            Map<LoggedModel, String> aliases,
            Set<LoggedModel> ambiguousAliases,
            Set<String> volumeBooks) {
        this.books = books;
        this.sets = sets;
        this.aliases = aliases;
        this.ambiguousAliases = ambiguousAliases;
        this.volumeBooks = volumeBooks;
        tiers = sets.values().stream().flatMap(List::stream).anyMatch(set -> set.mode() != TierMode.FLAT);
    }

    /**
     * Everything that is wrong with the books, rows and aliases, sorted by place; each problem's effect names what it
     * holds up.
     */
    public static List<Problem> problems(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        return new PriceBookCheck(books, rows, aliases).problems();
    }

    /** The names of the books that a problem holds up, with those that extend them. */
    public static SortedSet<String> heldUp(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        return new PriceBookCheck(books, rows, aliases).heldUp();
    }

    /** The books that no problem holds up. In every other book, and for an alias with two models, all is unpriced. */
    public static PriceBooks of(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        Set<String> heldUp = heldUp(books, rows, aliases);
        Map<String, PriceBook> byName = new HashMap<>();
        for (PriceBook book : books) {
            if (!heldUp.contains(book.name())) {
                byName.put(book.name(), book);
            }
        }
        Map<RowSet.Key, List<PriceRow>> tiers = new LinkedHashMap<>();
        for (PriceRow row : rows) {
            tiers.computeIfAbsent(row.key(), key -> new ArrayList<>(1)).add(row);
        }
        Map<RowKey, List<RowSet>> byKey = new HashMap<>();
        tiers.forEach((key, list) -> byKey.computeIfAbsent(
                        new RowKey(key.priceBook(), key.model(), key.meter()), absent -> new ArrayList<>())
                .add(new RowSet(list)));
        byKey.replaceAll((key, list) -> list.stream().sorted(WINNER_FIRST).toList());
        Map<LoggedModel, String> models = new HashMap<>();
        Set<LoggedModel> ambiguous = new HashSet<>();
        for (ModelAlias alias : aliases) {
            LoggedModel logged = new LoggedModel(alias.provider(), alias.alias());
            String other = models.putIfAbsent(logged, alias.model());
            if (other != null && !other.equals(alias.model())) {
                ambiguous.add(logged);
            }
        }
        models.keySet().removeAll(ambiguous);
        Set<String> volume = rows.stream()
                .filter(row -> row.tier().mode() == TierMode.VOLUME)
                .map(PriceRow::priceBook)
                .collect(Collectors.toUnmodifiableSet());
        return new PriceBooks(byName, byKey, models, ambiguous, volume);
    }

    /** Every row of the books that no problem holds up, in no order. */
    public List<PriceRow> rows() {
        return sets.values().stream()
                .flatMap(List::stream)
                .flatMap(set -> set.tiers().stream())
                .filter(row -> books.containsKey(row.priceBook()))
                .toList();
    }

    /** The currency of a book; empty where it is unknown or held up. */
    public Optional<Currency> currency(String priceBook) {
        return Optional.ofNullable(books.get(priceBook)).map(PriceBook::currency);
    }

    /** The model's name after alias; as logged where an alias names two models. */
    public String model(String provider, String loggedModel) {
        return aliases.getOrDefault(new LoggedModel(provider, loggedModel), loggedModel);
    }

    /**
     * What holds around an instant, for as long as no row begins or ends.
     *
     * @param priceBook the account's book; where it is unknown or held up, everything is unpriced
     * @param provider as logged
     * @param loggedModel before alias
     * @param serviceTier never falls back to another
     * @param meter what was counted
     * @param micros the instant
     */
    public PricePeriod period(
            String priceBook, String provider, String loggedModel, String serviceTier, Meter meter, long micros) {
        PriceBook book = books.get(priceBook);
        if (book == null || ambiguousAliases.contains(new LoggedModel(provider, loggedModel))) {
            return new PricePeriod(Instants.MIN, Instants.MAX, List.of(), PriceLookup.UNPRICED, PriceLookup.UNPRICED);
        }
        return new PeriodSearch(chain(book), provider, model(provider, loggedModel), serviceTier, micros).run(meter);
    }

    /**
     * Whether a price of the book, or of one that it extends, depends on the month's total. Terms with prepayment cannot
     * have such a book: days that are repriced would never agree with a balance that was already spent.
     */
    public boolean hasVolume(String priceBook) {
        PriceBook book = books.get(priceBook);
        return book != null && chain(book).stream().anyMatch(volumeBooks::contains);
    }

    /** Whether a price of any book depends on the month's quantity. */
    public boolean hasTiers() {
        return tiers;
    }

    /**
     * How {@link PricePeriod#lookup} comes to its answer for one quantity of one event, by the same walk.
     *
     * @param totalInput input, cached input, cache writes and audio input of the event together
     * @param requests how many requests the record stands for
     */
    public PriceSearch search(
            String priceBook,
            String provider,
            String loggedModel,
            String serviceTier,
            Meter meter,
            long occurredAt,
            long totalInput,
            long requests) {
        PriceBook book = books.get(priceBook);
        String model = model(provider, loggedModel);
        if (book == null || ambiguousAliases.contains(new LoggedModel(provider, loggedModel))) {
            return new PriceSearch(model, List.of(), PriceLookup.UNPRICED);
        }
        PeriodSearch search = new PeriodSearch(chain(book), provider, model, serviceTier, occurredAt);
        PriceLookup answer = search.run(meter).lookup(totalInput, requests);
        List<PriceSearch.Considered> considered = new ArrayList<>();
        for (RowSet set : search.met) {
            considered.add(new PriceSearch.Considered(set, search.verdict(set, answer, totalInput, requests)));
        }
        return new PriceSearch(model, considered, answer);
    }

    private List<String> chain(PriceBook book) {
        List<String> chain = new ArrayList<>();
        for (PriceBook link = book; link != null; link = books.get(link.extendsBook())) {
            chain.add(link.name());
        }
        return chain;
    }

    private List<RowSet> sets(String book, String model, Meter meter) {
        return sets.getOrDefault(new RowKey(book, model, meter), List.of());
    }

    private record RowKey(String book, String model, Meter meter) {}

    private record LoggedModel(String provider, String model) {}

    /** One walk along the books and fallbacks: what it meets first answers. */
    private final class PeriodSearch {
        private final List<String> chain;
        private final String provider;
        private final String model;
        private final String serviceTier;
        private final long micros;
        private final List<RowSet> met = new ArrayList<>();
        private final List<RowSet> preference = new ArrayList<>();
        private PriceLookup aggregate = PriceLookup.UNPRICED;
        private boolean aggregateKnown;
        private boolean sold;
        private long from = Instants.MIN;
        private long to = Instants.MAX;

        PeriodSearch(List<String> chain, String provider, String model, String serviceTier, long micros) {
            this.chain = chain;
            this.provider = provider;
            this.model = model;
            this.serviceTier = serviceTier;
            this.micros = micros;
        }

        PricePeriod run(Meter meter) {
            boolean decided = walk(meter);
            if (!decided && fallback(meter) != meter) {
                walk(fallback(meter));
            }
            boolean free = (meter == Meter.UNIT || meter == Meter.REQUEST) && !sold;
            PriceLookup otherwise = free ? PriceLookup.FREE : PriceLookup.UNPRICED;
            return new PricePeriod(from, to, preference, otherwise, aggregateKnown ? aggregate : otherwise);
        }

        /** Whether a row was met that fits whatever the context. */
        private boolean walk(Meter meter) {
            for (String book : chain) {
                List<RowSet> effective = new ArrayList<>();
                for (RowSet set : sets(book, model, meter)) {
                    met.add(set);
                    PriceRow row = set.tiers().get(0);
                    if (row.isFor(provider)) {
                        sold = true;
                        if (row.serviceTier().equals(serviceTier)) {
                            narrow(row.effectiveFrom());
                            narrow(row.effectiveTo());
                            if (row.isEffectiveAt(micros)) {
                                effective.add(set);
                            }
                        }
                    }
                }
                if (take(effective)) {
                    return true;
                }
            }
            return false;
        }

        private boolean take(List<RowSet> effective) {
            if (!aggregateKnown && !effective.isEmpty()) {
                aggregateKnown = true;
                aggregate = effective.stream().anyMatch(set -> set.contextOver() > 0)
                        ? PriceLookup.UNPRICED
                        : new PriceLookup.Priced(effective.get(0));
            }
            for (RowSet set : effective) {
                preference.add(set);
                if (set.contextOver() == 0) {
                    return true;
                }
            }
            return false;
        }

        /** What became of a set that was met, given what the walk answered. */
        private PriceSearch.Verdict verdict(RowSet set, PriceLookup answer, long totalInput, long requests) {
            PriceRow row = set.tiers().get(0);
            if (answer instanceof PriceLookup.Priced priced && priced.set().equals(set)) {
                return PriceSearch.Verdict.WON;
            }
            if (!row.isFor(provider)) {
                return PriceSearch.Verdict.OTHER_PROVIDER;
            }
            if (!row.serviceTier().equals(serviceTier)) {
                return PriceSearch.Verdict.OTHER_SERVICE_TIER;
            }
            if (!row.isEffectiveAt(micros)) {
                return PriceSearch.Verdict.NOT_EFFECTIVE;
            }
            if (requests > 1 && answer instanceof PriceLookup.Unpriced) {
                return PriceSearch.Verdict.CONTEXT_UNKNOWN;
            }
            return row.contextOver() > 0 && totalInput <= row.contextOver()
                    ? PriceSearch.Verdict.CONTEXT_NOT_REACHED
                    : PriceSearch.Verdict.LESS_WANTED;
        }

        private void narrow(long boundary) {
            if (boundary <= micros) {
                from = Math.max(from, boundary);
            } else {
                to = Math.min(to, boundary);
            }
        }
    }

    private static Meter fallback(Meter meter) {
        return switch (meter) {
            case CACHED_INPUT, CACHE_WRITE, AUDIO_INPUT -> Meter.INPUT;
            case AUDIO_OUTPUT -> Meter.OUTPUT;
            case INPUT, OUTPUT, UNIT, REQUEST -> meter;
        };
    }
}
