package io.saldo.app.pricelist;

import io.saldo.app.config.Configuration;
import io.saldo.app.config.ConfigurationLoader;
import io.saldo.app.config.ConfigurationSnapshot;
import io.saldo.app.config.LoadedConfiguration;
import io.saldo.app.config.ReferenceTable;
import io.saldo.app.home.PublishedFile;
import io.saldo.pricelist.BookUpdate;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceMove;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One list taken into one book: what changes, what speaks against it, and the files with it.
 *
 * <p>Planning changes nothing. {@link #write} refuses while a problem is left, and then replaces whole files: first
 * {@code price-books.csv}, because a book without prices is a right one and prices without a book are not.
 */
public final class PriceImport {
    private static final Pattern BOOK_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,59}");

    private final Request request;
    private final ConfigurationSnapshot snapshot;
    private final LoadedConfiguration loaded;
    private final BillingZone zone;
    private final String pricesFile;
    private final List<PriceList.LeftOut> leftOut;
    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final BookUpdate update;

    /**
     * What is asked for.
     *
     * @param book the book's name; its file is {@code prices/NAME.csv}
     * @param list what the list says
     * @param scope the part of the list that was asked for
     * @param start first instant at which the list counts; empty where its own dates decide
     * @param currency of its figures
     * @param description of a book that is new
     * @param closed the last closed month of every account that has one
     */
    public record Request(
            String book,
            PriceList list,
            PriceList.Scope scope,
            OptionalLong start,
            Currency currency,
            String description,
            Map<String, YearMonth> closed) {
        /** Keeps a copy that nobody can change. */
        public Request {
            closed = Map.copyOf(closed);
        }
    }

    private PriceImport(Request request, ConfigurationSnapshot snapshot) {
        this.request = request;
        this.snapshot = snapshot;
        this.loaded = ConfigurationLoader.load(snapshot);
        Configuration configuration = loaded.configuration();
        if (configuration == null) {
            throw new ProblemException(loaded.problems());
        }
        this.zone = configuration.settings().billingZone();
        this.pricesFile = "prices/" + request.book + ".csv";
        this.leftOut = new ArrayList<>(request.list.leftOut());
        BookRows rows = BookRows.of(snapshot, request.book, zone);
        checkPlaces(rows);
        this.update = BookUpdate.of(
                rows.timelines(), listed(rows), request.list.unread(), request.start.orElse(Instants.MIN));
        checkDates(rows, configuration);
        makeFiles(rows);
    }

    /**
     * Plans an import.
     *
     * @throws ProblemException when the configuration cannot be used, or the book cannot be written
     */
    public static PriceImport plan(ConfigurationSnapshot snapshot, Request request) {
        if (!BOOK_NAME.matcher(request.book).matches()) {
            throw new ProblemException(
                    ProblemCode.USAGE,
                    Place.NOWHERE,
                    "a book's name for an import has letters, digits, '.', '_' and '-', and begins with one of the"
                            + " first two");
        }
        return new PriceImport(request, snapshot);
    }

    /** What moves. */
    public BookUpdate update() {
        return update;
    }

    /** What stays although the list does not have it, within what was asked for. */
    public List<PriceKey> unlisted() {
        return update.unlisted().stream()
                .filter(key -> request.scope.includes(key.provider(), key.model()))
                .toList();
    }

    /** What the list says and the book does not take. */
    public List<PriceList.LeftOut> leftOut() {
        return Collections.unmodifiableList(leftOut);
    }

    /** What forbids to write. */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** The names of the files that become others, and their new bytes; none where nothing changes. */
    public SortedMap<String, byte[]> files() {
        return Collections.unmodifiableSortedMap(files);
    }

    /**
     * Writes the files below the configuration folder.
     *
     * @throws ProblemException when a problem forbids it; then nothing is written
     */
    public void write(Path folder) throws IOException {
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        // In order of name price-books.csv comes before prices/.
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            PublishedFile.write(folder.resolve(file.getKey()), out -> out.write(file.getValue()));
        }
    }

    private void checkPlaces(BookRows rows) {
        rows.rows().stream()
                .filter(row -> !row.file().equals(pricesFile))
                .findFirst()
                .ifPresent(row -> {
                    throw new ProblemException(
                            ProblemCode.WRONG_STATE,
                            Place.line(row.file(), row.line().number()),
                            "book " + request.book + " has prices here: an import keeps a book in " + pricesFile
                                    + " alone. Import into another book, and let this one extend it");
                });
    }

    /** The list without what the book prices by the month's quantity, which no list does. */
    private SortedMap<PriceKey, PriceTimeline> listed(BookRows rows) {
        Set<PriceKey> tiered = new HashSet<>();
        rows.rows().stream()
                .filter(BookRows.BookRow::tiered)
                .forEach(row -> tiered.add(row.key().over(0)));
        SortedMap<PriceKey, PriceTimeline> listed = new TreeMap<>();
        request.list.prices().forEach((key, timeline) -> {
            if (tiered.contains(key.over(0))) {
                leftOut.add(new PriceList.LeftOut(
                        key.provider(),
                        key.model(),
                        key.meter().word(),
                        "the book prices it by the month's quantity: its rows stay as they are"));
            } else {
                listed.put(key, timeline);
            }
        });
        return listed;
    }

    private void checkDates(BookRows rows, Configuration configuration) {
        List<PriceMove> undated = update.moves().stream()
                .filter(move -> move.from() == Instants.MIN)
                .toList();
        if (!rows.rows().isEmpty() && !undated.isEmpty()) {
            problems.add(Problem.of(
                    ProblemCode.PRICE_DATE,
                    Place.NOWHERE,
                    undated.size() + " prices differ from the book and the list does not say since when, such as "
                            + undated.get(0).key()));
        }
        long open = openFrom(configuration);
        List<PriceMove> closed = update.moves().stream()
                .filter(move -> move.from() != Instants.MIN && move.from() < open)
                .toList();
        if (!rows.rows().isEmpty() && !closed.isEmpty()) {
            problems.add(Problem.of(
                    ProblemCode.PRICE_DATE,
                    Place.NOWHERE,
                    closed.size() + " prices would change before " + zone.text(open)
                            + ", in months that are closed for accounts of this book, such as "
                            + closed.get(0).key() + " from "
                            + zone.text(closed.get(0).from()) + " on"));
        }
    }

    /** The end of the last closed month of an account that ever had this book or one that extends it. */
    private long openFrom(Configuration configuration) {
        BookVersions versions = new BookVersions(snapshot, zone);
        long open = Instants.MIN;
        for (Map.Entry<String, YearMonth> account : request.closed.entrySet()) {
            boolean uses = configuration.terms().getOrDefault(account.getKey(), List.of()).stream()
                    .anyMatch(terms -> versions.chain(terms.priceBook()).contains(request.book));
            if (uses) {
                open = Math.max(open, zone.endOf(account.getValue()));
            }
        }
        return open;
    }

    private void makeFiles(BookRows rows) {
        EditableTable books = EditableTable.of(snapshot, ReferenceTable.PRICE_BOOKS.file(), ReferenceTable.PRICE_BOOKS);
        EditableTable.Line known = books.lines().stream()
                .filter(line -> !line.values().isEmpty()
                        && books.value(line, "price_book").equals(request.book))
                .findFirst()
                .orElse(null);
        if (known == null) {
            List<String> pieces = pieces(books);
            pieces.add(books.row(Map.of(
                    "price_book", request.book,
                    "currency", request.currency.getCurrencyCode(),
                    "description", request.description)));
            files.put(books.file(), books.withLines(pieces));
        } else if (!books.value(known, "currency").equals(request.currency.getCurrencyCode())) {
            throw new ProblemException(
                    ProblemCode.WRONG_STATE,
                    Place.line(books.file(), known.number()),
                    "book " + request.book + " is in " + books.value(known, "currency") + ", the list in "
                            + request.currency.getCurrencyCode());
        }
        if (!update.moves().isEmpty()) {
            files.put(pricesFile, prices(rows));
        }
        proveLoads();
    }

    /** The file of prices: rows that stay keep their bytes, a row that ends gets its end, new rows stand behind. */
    private byte[] prices(BookRows rows) {
        EditableTable table = EditableTable.of(snapshot, pricesFile, ReferenceTable.PRICES);
        Set<PriceKey> moved = new HashSet<>();
        update.moves().forEach(move -> moved.add(move.key()));
        SortedMap<PriceKey, List<PriceSpan>> wanted = new TreeMap<>();
        moved.forEach(key -> wanted.put(
                key,
                new ArrayList<>(update.timelines()
                        .getOrDefault(key, PriceTimeline.NEVER)
                        .spans())));

        Map<EditableTable.Line, String> replaced = new HashMap<>();
        Map<PriceKey, EditableTable.Line> lastLines = new HashMap<>();
        for (BookRows.BookRow row : rows.rows()) {
            List<PriceSpan> spans = row.tiered() ? null : wanted.get(row.key());
            if (spans == null) {
                continue;
            }
            lastLines.put(row.key(), row.line());
            PriceSpan kept = spans.stream()
                    .filter(span -> span.from() == row.span().from() && span.costsAs(row.span()))
                    .findFirst()
                    .orElse(null);
            if (kept == null) {
                replaced.put(row.line(), "");
            } else {
                spans.remove(kept);
                if (kept.to() != row.span().to()) {
                    replaced.put(row.line(), table.edited(row.line(), "effective_to", zone.text(kept.to())));
                }
            }
        }

        Map<EditableTable.Line, List<String>> behind = new HashMap<>();
        List<String> last = new ArrayList<>();
        wanted.forEach((key, spans) -> {
            EditableTable.Line line = lastLines.get(key);
            List<String> target = line == null ? last : behind.computeIfAbsent(line, each -> new ArrayList<>());
            spans.forEach(span -> target.add(table.row(values(key, span))));
        });
        List<String> pieces = new ArrayList<>();
        for (EditableTable.Line line : table.lines()) {
            String piece = replaced.getOrDefault(line, line.text());
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            pieces.addAll(behind.getOrDefault(line, List.of()));
        }
        pieces.addAll(last);
        return table.withLines(pieces);
    }

    private Map<String, String> values(PriceKey key, PriceSpan span) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("price_book", request.book);
        values.put("provider", key.provider());
        values.put("model", key.model());
        values.put("service_tier", key.serviceTier().equals("standard") ? "" : key.serviceTier());
        values.put("meter", key.meter().word());
        values.put("unit_price", span.unitPrice().toString());
        values.put("per_units", span.perUnits() == 1 ? "" : Long.toString(span.perUnits()));
        values.put("effective_from", zone.text(span.from()));
        values.put("effective_to", zone.text(span.to()));
        values.put("context_over", key.contextOver() == 0 ? "" : Long.toString(key.contextOver()));
        return values;
    }

    private static List<String> pieces(EditableTable table) {
        List<String> pieces = new ArrayList<>();
        table.lines().forEach(line -> pieces.add(line.text()));
        return pieces;
    }

    /** The configuration with the new files must have no problem that it did not have before. */
    private void proveLoads() {
        if (files.isEmpty()) {
            return;
        }
        Map<String, byte[]> contents = new TreeMap<>();
        snapshot.files().forEach(file -> contents.put(file, snapshot.content(file)));
        contents.putAll(files);
        Set<String> before = new HashSet<>();
        loaded.problems().forEach(problem -> before.add(problem.code() + problem.what()));
        List<Problem> fresh = ConfigurationLoader.load(ConfigurationSnapshot.of(contents)).problems().stream()
                .filter(problem -> !before.contains(problem.code() + problem.what()))
                .toList();
        if (!fresh.isEmpty()) {
            throw new ProblemException(fresh);
        }
    }
}
