package io.saldo.statement;

import io.saldo.credit.Terms;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PricePeriod;
import io.saldo.pricing.PriceRow;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every price that the month can need, resolved once: by terms segment, product and meter a list of quotes in time. So
 * the loop looks up nothing by name.
 */
final class RatePlan {
    private final YearMonth month;
    private final List<TermsSegment> segments;
    private final AccountEvents events;
    private final PriceBooks books;
    private final LineTable lines;
    private final boolean[] used;
    private final List<List<List<PricePeriod>>> periods = new ArrayList<>();
    private final Map<PriceRow, Integer> rows;

    /**
     * Of one month's usage.
     *
     * @param rows numbers every row that may be needed; other months may share it
     */
    RatePlan(
            YearMonth month,
            List<TermsSegment> segments,
            AccountEvents events,
            int firstEvent,
            int endEvent,
            PriceBooks books,
            LineTable lines,
            Map<PriceRow, Integer> rows) {
        this.month = month;
        this.rows = rows;
        this.segments = segments;
        this.events = events;
        this.books = books;
        this.lines = lines;
        this.used = used(events, firstEvent, endEvent);
        for (TermsSegment segment : segments) {
            List<List<PricePeriod>> cells = new ArrayList<>();
            for (int cell = 0; cell < used.length; cell++) {
                cells.add(used[cell] ? resolve(segment, cell) : List.of());
            }
            periods.add(cells);
        }
    }

    /** By segment, then product x meter: the quotes in time. */
    Quote[][][] quotes(int scale) {
        Quote[][][] quotes = new Quote[segments.size()][used.length][];
        for (int segment = 0; segment < segments.size(); segment++) {
            for (int cell = 0; cell < used.length; cell++) {
                List<PricePeriod> found = periods.get(segment).get(cell);
                quotes[segment][cell] = new Quote[found.size()];
                for (int index = 0; index < found.size(); index++) {
                    quotes[segment][cell][index] = quote(found.get(index), cell, scale);
                }
            }
        }
        return quotes;
    }

    private static boolean[] used(AccountEvents events, int from, int to) {
        boolean[] used = new boolean[events.products().size() * Meter.COUNT];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long[] quantity = events.quantities()[meter];
            for (int event = from; event < to; event++) {
                if (quantity[event] != 0 && events.billable()[event]) {
                    used[events.product()[event] * Meter.COUNT + meter] = true;
                }
            }
        }
        return used;
    }

    private List<PricePeriod> resolve(TermsSegment segment, int cell) {
        Terms terms = segment.terms();
        if (terms == null) {
            return List.of(
                    new PricePeriod(Instants.MIN, Instants.MAX, List.of(), PriceLookup.UNPRICED, PriceLookup.UNPRICED));
        }
        Product product = events.products().get(cell / Meter.COUNT);
        Meter meter = Meter.at(cell % Meter.COUNT);
        List<PricePeriod> found = new ArrayList<>();
        for (long at = segment.from();
                at < segment.to();
                at = found.get(found.size() - 1).to()) {
            PricePeriod period = books.period(
                    terms.priceBook(), product.provider(), product.model(), product.serviceTier(), meter, at);
            period.preference().forEach(this::number);
            number(row(period.aggregate()));
            found.add(period);
        }
        return found;
    }

    private Quote quote(PricePeriod period, int cell, int scale) {
        int size = period.preference().size() + 2;
        long[] threshold = new long[size];
        long[] price = new long[size];
        int[] line = new int[size];
        int[] row = new int[size];
        List<PriceLookup> answers = new ArrayList<>();
        period.preference().forEach(preferred -> answers.add(new PriceLookup.Priced(preferred)));
        answers.add(period.otherwise());
        answers.add(period.aggregate());
        for (int entry = 0; entry < size; entry++) {
            PriceRow priced = row(answers.get(entry));
            boolean always = entry >= size - 2 || priced == null || priced.contextOver() == 0;
            threshold[entry] = always || priced == null ? -1 : priced.contextOver();
            price[entry] = priced == null ? Quote.UNPRICED : priced.scaledUnitPrice(scale);
            row[entry] = number(priced);
            line[entry] = answers.get(entry) instanceof PriceLookup.Free ? Quote.FREE : line(cell, priced);
        }
        return new Quote(period.to(), threshold, price, line, row, size - 1);
    }

    private int line(int cell, @Nullable PriceRow row) {
        Product product = events.products().get(cell / Meter.COUNT);
        return lines.index(
                month,
                product.provider(),
                books.model(product.provider(), product.model()),
                product.serviceTier(),
                Meter.at(cell % Meter.COUNT),
                row);
    }

    private int number(@Nullable PriceRow row) {
        return row == null ? -1 : rows.computeIfAbsent(row, absent -> rows.size());
    }

    private static @Nullable PriceRow row(PriceLookup answer) {
        return answer instanceof PriceLookup.Priced priced ? priced.row() : null;
    }
}
