package io.saldo.pricing;

import io.saldo.problem.Problem;
import io.saldo.usage.Meter;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;

/** All price books with their aliases: the one place that answers what a quantity costs (SPEC 5). Immutable. */
@SuppressWarnings("DoNotCallSuggester")
public final class PriceBooks {
    private PriceBooks() {}

    /**
     * Everything that is wrong with the books, rows and aliases, sorted by place; each problem's effect names the book
     * that it holds up.
     */
    public static List<Problem> problems(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        throw new UnsupportedOperationException();
    }

    /** The names of the books that a problem holds up, with those that extend them. */
    public static SortedSet<String> heldUp(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        throw new UnsupportedOperationException();
    }

    /** The books that no problem holds up. In every other book, and for an alias with two models, all is unpriced. */
    public static PriceBooks of(
            Collection<PriceBook> books, Collection<PriceRow> rows, Collection<ModelAlias> aliases) {
        throw new UnsupportedOperationException();
    }

    /** The model's name after alias. */
    public String model(String provider, String loggedModel) {
        throw new UnsupportedOperationException();
    }

    /** What holds around an instant. */
    public PricePeriod period(
            String priceBook, String provider, String loggedModel, String serviceTier, Meter meter, long micros) {
        throw new UnsupportedOperationException();
    }

    /** The answer for one quantity of one event. */
    public PriceLookup lookup(
            String priceBook,
            String provider,
            String loggedModel,
            String serviceTier,
            Meter meter,
            long occurredAt,
            long totalInput,
            long requests) {
        throw new UnsupportedOperationException();
    }
}
