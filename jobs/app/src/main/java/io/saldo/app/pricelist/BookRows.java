package io.saldo.app.pricelist;

import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.ReferenceTable;
import io.saldo.money.Amount;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.Meter;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows that a book has in all files of prices. */
final class BookRows {
    private static final String FOLDER = "prices/";
    private static final String STANDARD = "standard";
    private static final String FLAT = "flat";

    private final List<BookRow> rows;

    private BookRows(List<BookRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param file where it stands
     * @param line where and as what
     * @param key what names its price
     * @param span price and time
     * @param tier how its price depends on the month's quantity
     */
    record BookRow(String file, EditableTable.Line line, PriceKey key, PriceSpan span, BookVersions.Tier tier) {
        boolean tiered() {
            return !tier.equals(BookVersions.Tier.NONE);
        }
    }

    static BookRows of(ConfigurationSnapshot snapshot, String book, BillingZone zone) {
        List<BookRow> rows = new ArrayList<>();
        for (String file : snapshot.files()) {
            if (file.startsWith(FOLDER) && file.endsWith(".csv")) {
                EditableTable table = EditableTable.of(snapshot, file, ReferenceTable.PRICES);
                for (EditableTable.Line line : table.lines()) {
                    if (!line.values().isEmpty()
                            && table.value(line, "price_book").equals(book)) {
                        rows.add(row(table, line, zone));
                    }
                }
            }
        }
        return new BookRows(rows);
    }

    private static BookRow row(EditableTable table, EditableTable.Line line, BillingZone zone) {
        try {
            String tier = table.value(line, "service_tier");
            String context = table.value(line, "context_over");
            String perUnits = table.value(line, "per_units");
            String mode = table.value(line, "tier_mode");
            BookVersions.Tier quantityTier = new BookVersions.Tier(
                    mode.equals(FLAT) ? "" : mode,
                    table.value(line, "tier_up_to"),
                    table.value(line, "tier_flat_fee"),
                    table.value(line, "package_size"));
            PriceKey key = new PriceKey(
                    table.value(line, "provider"),
                    table.value(line, "model"),
                    tier.isEmpty() ? STANDARD : tier,
                    Meter.of(table.value(line, "meter")),
                    context.isEmpty() ? 0 : Long.parseLong(context));
            PriceSpan span = new PriceSpan(
                    instant(table.value(line, "effective_from"), zone, Instants.MIN),
                    instant(table.value(line, "effective_to"), zone, Instants.MAX),
                    Amount.parse(table.value(line, "unit_price")),
                    perUnits.isEmpty() ? 1 : Long.parseLong(perUnits));
            return new BookRow(table.file(), line, key, span, quantityTier);
        } catch (IllegalArgumentException | DateTimeException wrong) {
            throw new ProblemException(
                    ProblemCode.BAD_VALUE,
                    Place.line(table.file(), line.number()),
                    "this row of the book is wrong; 'saldo check' says why");
        }
    }

    List<BookRow> rows() {
        return rows;
    }

    /** The keys whose price at an instant depends on the month's quantity. */
    Set<PriceKey> tieredAt(long micros) {
        return rows.stream()
                .filter(row -> row.tiered() && row.span.from() <= micros && micros < row.span.to())
                .map(BookRow::key)
                .collect(Collectors.toSet());
    }

    /** Every key through time, without those whose price depends on the month's quantity. */
    SortedMap<PriceKey, PriceTimeline> timelines() {
        Map<PriceKey, List<PriceSpan>> spans = new HashMap<>();
        for (BookRow row : rows) {
            if (!row.tiered()) {
                spans.computeIfAbsent(row.key, key -> new ArrayList<>()).add(row.span);
            }
        }
        SortedMap<PriceKey, PriceTimeline> timelines = new TreeMap<>();
        spans.forEach((key, list) -> {
            try {
                timelines.put(key, new PriceTimeline(list));
            } catch (IllegalArgumentException overlapping) {
                throw new ProblemException(
                        ProblemCode.AMBIGUOUS_PRICE,
                        Place.NOWHERE,
                        "two rows of " + key + " hold at the same time; 'saldo check' says where");
            }
        });
        return timelines;
    }

    static long instant(String text, BillingZone zone, long open) {
        if (text.isEmpty()) {
            return open;
        }
        if (text.length() == 10) {
            return zone.startOf(LocalDate.parse(text));
        }
        return TimestampFormat.ISO_WITH_OFFSET
                .parse(text)
                .orElseThrow(() -> new IllegalArgumentException("no date and no instant with an offset"));
    }
}
