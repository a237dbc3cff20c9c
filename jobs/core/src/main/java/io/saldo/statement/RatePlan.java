package io.saldo.statement;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PricePeriod;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private final Map<RowSet, TierCounter> counters = new LinkedHashMap<>();

    /**
     * Of one month's usage.
     *
     * @param used by product x meter, whether the month uses it
     * @param rows numbers every row that may be needed; other months may share it
     */
    RatePlan(
            YearMonth month,
            List<TermsSegment> segments,
            AccountEvents events,
            boolean[] used,
            PriceBooks books,
            LineTable lines,
            Map<PriceRow, Integer> rows) {
        this.month = month;
        this.rows = rows;
        this.segments = segments;
        this.events = events;
        this.books = books;
        this.lines = lines;
        this.used = used;
        for (TermsSegment segment : segments) {
            List<List<PricePeriod>> cells = new ArrayList<>();
            for (int cell = 0; cell < used.length; cell++) {
                cells.add(used[cell] ? resolve(segment, cell) : List.of());
            }
            periods.add(cells);
        }
    }

    /** The counters of the row sets with tiers that {@link #quotes} met. */
    List<TierCounter> tiers() {
        return List.copyOf(counters.values());
    }

    /** By segment, then product x meter: the quotes in time, their tiers as far as the month had counted before. */
    Quote[][][] quotes(int scale, MonthCounters counted) {
        Quote[][][] quotes = new Quote[segments.size()][used.length][];
        for (int segment = 0; segment < segments.size(); segment++) {
            for (int cell = 0; cell < used.length; cell++) {
                List<PricePeriod> found = periods.get(segment).get(cell);
                quotes[segment][cell] = new Quote[found.size()];
                for (int index = 0; index < found.size(); index++) {
                    quotes[segment][cell][index] = quote(found.get(index), cell, scale, counted);
                }
            }
        }
        return quotes;
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
            period.preference().forEach(set -> set.tiers().forEach(this::number));
            RowSet aggregate = set(period.aggregate());
            if (aggregate != null) {
                aggregate.tiers().forEach(this::number);
            }
            found.add(period);
        }
        return found;
    }

    private Quote quote(PricePeriod period, int cell, int scale, MonthCounters counted) {
        Product product = events.products().get(cell / Meter.COUNT);
        List<PriceLookup> answers = new ArrayList<>();
        if (product.declaresContext()) {
            answers.add(period.lookup(product.contextOf(0), product.contextsOf(1)));
        } else {
            period.preference().forEach(preferred -> answers.add(new PriceLookup.Priced(preferred)));
            answers.add(period.otherwise());
            answers.add(period.aggregate());
        }
        int size = answers.size();
        long[] threshold = new long[size];
        long[] price = new long[size];
        int[] line = new int[size];
        int[] row = new int[size];
        TierQuote[] tiers = new TierQuote[size];
        for (int entry = 0; entry < size; entry++) {
            RowSet set = set(answers.get(entry));
            boolean always = entry >= size - 2 || set == null || set.contextOver() == 0;
            threshold[entry] = always || set == null ? -1 : set.contextOver();
            row[entry] = -1;
            if (set == null) {
                price[entry] = Quote.UNPRICED;
                boolean free = answers.get(entry) instanceof PriceLookup.Free;
                line[entry] = free ? Quote.FREE : line(cell, StatementLine.Kind.USAGE, null, 0);
            } else if (set.mode() == TierMode.FLAT) {
                PriceRow priced = set.tiers().get(0);
                price[entry] = priced.scaledUnitPrice(scale);
                row[entry] = number(priced);
                line[entry] = line(cell, StatementLine.Kind.USAGE, priced.unitPrice(), priced.perUnits());
            } else {
                price[entry] = Quote.TIERED;
                tiers[entry] = tiers(set, cell, scale, counted);
            }
        }
        return new Quote(period.to(), threshold, price, line, row, tiers, size - 1);
    }

    private TierQuote tiers(RowSet set, int cell, int scale, MonthCounters counted) {
        TierCounter counter = counters.computeIfAbsent(
                set,
                absent -> new TierCounter(
                        set, set.tiers().stream().mapToInt(this::number).toArray(), scale, counted.of(set.key())));
        int[] line = new int[set.tiers().size()];
        int[] feeLine = new int[set.tiers().size()];
        for (int tier = 0; tier < line.length; tier++) {
            PriceRow row = set.tiers().get(tier);
            line[tier] = set.mode() == TierMode.PACKAGE
                    ? line(
                            cell,
                            StatementLine.Kind.PACKAGE,
                            row.unitPrice(),
                            row.tier().packageSize())
                    : line(cell, StatementLine.Kind.USAGE, row.unitPrice(), row.perUnits());
            feeLine[tier] = line(cell, StatementLine.Kind.FEE, row.tier().flatFee(), 1);
        }
        return new TierQuote(counter, line, feeLine);
    }

    private int line(int cell, StatementLine.Kind kind, @Nullable Amount unitPrice, long perUnits) {
        Product product = events.products().get(cell / Meter.COUNT);
        return lines.index(new LineTable.Key(
                month,
                product.provider(),
                books.model(product.provider(), product.model()),
                product.serviceTier(),
                Meter.at(cell % Meter.COUNT),
                kind,
                unitPrice,
                perUnits));
    }

    private int number(PriceRow row) {
        return rows.computeIfAbsent(row, absent -> rows.size());
    }

    private static @Nullable RowSet set(PriceLookup answer) {
        return answer instanceof PriceLookup.Priced priced ? priced.set() : null;
    }
}
