package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A boundary that moves by a microsecond moves the events at it, and nothing else. A failure names the seed of its history.
 */
class BoundaryLawsTest {
    private static final long SEED = 20_261_126;
    private static final Currency EUR = Currency.getInstance("EUR");

    /** One event at each of five microseconds, and a boundary at one of them. */
    private static final class Microseconds {
        private final long first;
        private final long boundary;
        private final long[] quantities;

        Microseconds(long seed) {
            Random random = new Random(seed);
            first = AccountMonth.at("02 00:00") + (long) random.nextInt(1_000_000) * 2_000_000;
            boundary = first + random.nextInt(6);
            quantities = random.longs(5, 1, 1_000).toArray();
        }

        Statement used(AccountMonth month) {
            return Statements.compute(input(month));
        }

        StatementInput input(AccountMonth month) {
            for (int index = 0; index < quantities.length; index++) {
                month.use(first + index, "openai", "gpt", Map.of(Meter.INPUT, quantities[index]));
            }
            return month.input();
        }

        Amount before() {
            return sum(IntStream.range(0, quantities.length).filter(index -> first + index < boundary));
        }

        Amount from() {
            return sum(IntStream.range(0, quantities.length).filter(index -> first + index >= boundary));
        }

        private Amount sum(IntStream indexes) {
            return Amount.of(indexes.mapToLong(index -> quantities[index]).sum());
        }
    }

    private static List<Microseconds> cases() {
        return LongStream.range(SEED, SEED + 300).mapToObj(Microseconds::new).toList();
    }

    @Test
    void aGrantPaysExactlyTheEventsFromItsBeginningOn() {
        for (Microseconds around : cases()) {
            Statement statement = around.used(granted(around.boundary, Instants.MAX));
            assertThat(statement.totals().credit()).isEqualTo(around.from());
            assertThat(statement.totals().unfunded()).isEqualTo(around.before());
        }
    }

    @Test
    void aGrantPaysExactlyTheEventsBeforeItsEnd() {
        for (Microseconds around : cases()) {
            Statement statement = around.used(granted(AccountMonth.at("01 00:00"), around.boundary));
            assertThat(statement.totals().credit()).isEqualTo(around.before());
            assertThat(statement.totals().unfunded()).isEqualTo(around.from());
        }
    }

    private static AccountMonth granted(long from, long to) {
        return new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PROMO, from, to, EUR, Amount.of(1_000_000), 50, "", "");
    }

    @Test
    void anAsOfSeesExactlyTheEventsBeforeIt() {
        for (Microseconds around : cases()) {
            Statement statement = around.used(new AccountMonth().payg("").asOf(around.boundary));
            assertThat(statement.totals().usage()).isEqualTo(around.before());
        }
    }

    @Test
    void aPriceRatesExactlyTheEventsFromItsBeginningOn() {
        for (Microseconds around : cases()) {
            AccountMonth month = new AccountMonth().payg("");
            month.price("dated", Meter.INPUT, "1", 1, Instants.MIN, around.boundary, 0, PriceTier.FLAT);
            month.price("dated", Meter.INPUT, "3", 1, around.boundary, Instants.MAX, 0, PriceTier.FLAT);
            for (int index = 0; index < around.quantities.length; index++) {
                month.use(around.first + index, "openai", "dated", Map.of(Meter.INPUT, around.quantities[index]));
            }
            assertThat(month.compute().totals().usage())
                    .isEqualTo(around.before().plus(around.from().times(3)));
        }
    }

    @Test
    void termsHoldForExactlyTheEventsFromTheirBeginningOn() {
        for (Microseconds around : cases()) {
            StatementInput input = around.input(new AccountMonth().payg("").prepaid("01 00:01", OveragePolicy.BLOCK));
            Terms before = input.terms().get(0);
            Terms after = terms(input.terms().get(1), around.boundary);
            Statement statement = Statements.compute(
                    new Variation(input).terms(List.of(before, after)).input());
            assertThat(statement.totals().payg()).isEqualTo(around.before());
            assertThat(statement.totals().unfunded()).isEqualTo(around.from());
        }
    }

    /** What a boundary is of. */
    private enum Boundary {
        TERMS,
        PRICE,
        GRANT_BEGINS,
        GRANT_EXPIRES;

        private LongStream of(History history) {
            return switch (this) {
                case TERMS -> history.terms.stream().mapToLong(Terms::effectiveFrom);
                case PRICE -> history.prices.rows().stream().mapToLong(PriceRow::effectiveTo);
                case GRANT_BEGINS -> grants(history).mapToLong(CreditEntry::effectiveAt);
                case GRANT_EXPIRES -> grants(history).mapToLong(CreditEntry::expiresAt);
            };
        }

        private static Stream<CreditEntry> grants(History history) {
            return history.entries.stream().filter(entry -> entry.type() == CreditEntry.Type.GRANT);
        }
    }

    /**
     * A boundary that moves by a microsecond does to the statement what moving the events at it across it would do, to the
     * last digit: no other event is priced, paid or counted differently.
     */
    @Test
    void aBoundaryThatMovesByAMicrosecondMovesTheEventsAtItAndNothingElse() {
        Map<Boundary, Integer> moved = new EnumMap<>(Boundary.class);
        Map<Boundary, Integer> mattered = new EnumMap<>(Boundary.class);
        for (long seed = SEED; seed < SEED + 2_000; seed++) {
            History history = new History(seed);
            Variation march = march(history);
            long[] used = march.input().events().occurredAt();
            for (Boundary kind : Boundary.values()) {
                for (long boundary : inMarch(march, kind.of(history))) {
                    if (Arrays.binarySearch(used, boundary) < 0 || !isAlone(march, history, kind, boundary)) {
                        continue;
                    }
                    Map<String, String> across = figures(march.usedBefore(boundary), boundary);
                    assertThat(figures(moved(march, history, boundary), boundary))
                            .as("%s at %s moved, history of seed %d", kind, Instants.format(boundary), seed)
                            .isEqualTo(across);
                    moved.merge(kind, 1, Integer::sum);
                    mattered.merge(kind, across.equals(figures(march, boundary)) ? 0 : 1, Integer::sum);
                }
            }
        }
        for (Boundary kind : Boundary.values()) {
            assertThat(moved.getOrDefault(kind, 0)).as("boundaries of %s", kind).isGreaterThan(20);
            assertThat(mattered.getOrDefault(kind, 0))
                    .as("of %s, that mattered", kind)
                    .isGreaterThan(5);
        }
    }

    /** Whether nothing but that kind of boundary and usage is at the instant, or in the microseconds beside it. */
    private static boolean isAlone(Variation march, History history, Boundary kind, long boundary) {
        List<Long> others = new ArrayList<>();
        for (Boundary each : Boundary.values()) {
            List<Long> instants = each.of(history).boxed().toList();
            if (each == kind && kind != Boundary.PRICE) {
                // Prices may change together: they do nothing where nothing is used.
                instants = new ArrayList<>(instants);
                instants.remove(boundary);
            } else if (each == kind) {
                instants = instants.stream().filter(at -> at != boundary).toList();
            }
            others.addAll(instants);
        }
        history.entries.stream()
                .filter(entry -> entry.type() == CreditEntry.Type.WITHDRAW)
                .forEach(entry -> others.add(entry.effectiveAt()));
        history.prices.rows().forEach(row -> {
            if (kind != Boundary.PRICE || row.effectiveFrom() != boundary) {
                others.add(row.effectiveFrom());
            }
        });
        LongStream.of(march.input().probes()).forEach(others::add);
        boolean midnight = History.ZONE.startOf(History.ZONE.dateOf(boundary)) == boundary;
        return !midnight
                && !others.contains(boundary - 1)
                && !others.contains(boundary)
                && !others.contains(boundary + 1);
    }

    /** The month with everything that begins or ends at the instant a microsecond later. */
    private static Variation moved(Variation march, History history, long boundary) {
        List<PriceRow> rows = history.prices.rows().stream()
                .map(row -> row(row, moved(row.effectiveFrom(), boundary), moved(row.effectiveTo(), boundary)))
                .toList();
        return march.terms(history.terms.stream()
                        .map(each -> terms(each, moved(each.effectiveFrom(), boundary)))
                        .toList())
                .books(PriceBooks.of(history.prices.books(), rows, history.prices.aliases()))
                .entries(history.entries.stream()
                        .map(entry -> moved(entry, boundary))
                        .toList());
    }

    @Test
    void aPriceThatMovesWhileNothingIsUsedChangesNothing() {
        int moved = 0;
        for (long seed = SEED; seed < SEED + 100; seed++) {
            History history = new History(seed);
            Variation march = march(history);
            for (long boundary : inMarch(march, history.prices.rows().stream().mapToLong(PriceRow::effectiveTo))) {
                List<PriceRow> rows = history.prices.rows().stream()
                        .map(row -> row(row, moved(row.effectiveFrom(), boundary), moved(row.effectiveTo(), boundary)))
                        .toList();
                PriceBooks books = PriceBooks.of(history.prices.books(), rows, history.prices.aliases());
                Variation idle = march.idleAt(boundary);
                assertSameFigures(idle.books(books), idle, boundary, seed);
                moved++;
            }
        }
        assertThat(moved).isGreaterThan(500);
    }

    @Test
    void termsThatMoveWhileNothingIsUsedChangeNothing() {
        int moved = 0;
        for (long seed = SEED; seed < SEED + 1_000; seed++) {
            History history = new History(seed);
            Variation march = march(history);
            List<Long> taken = history.terms.stream().map(Terms::effectiveFrom).toList();
            for (long boundary : inMarch(march, history.terms.stream().mapToLong(Terms::effectiveFrom))) {
                if (!taken.contains(boundary + 1)) {
                    Variation idle = march.idleAt(boundary);
                    List<Terms> terms = history.terms.stream()
                            .map(each -> terms(each, moved(each.effectiveFrom(), boundary)))
                            .toList();
                    assertSameFigures(idle.terms(terms), idle, boundary, seed);
                    moved++;
                }
            }
        }
        assertThat(moved).isGreaterThan(250);
    }

    /** A grant alone at its instant: no other entry there, so that no order among entries changes. */
    @Test
    void aGrantThatMovesWhileNothingElseHappensChangesNothing() {
        int moved = 0;
        for (long seed = SEED; seed < SEED + 1_000; seed++) {
            History history = new History(seed);
            Variation march = march(history);
            List<Long> taken = new ArrayList<>();
            history.entries.forEach(entry -> taken.addAll(List.of(entry.effectiveAt(), entry.expiresAt())));
            LongStream.of(march.input().probes()).forEach(taken::add);
            for (long boundary : inMarch(march, taken.stream().mapToLong(Long::longValue))) {
                boolean alone = taken.stream().filter(at -> at == boundary).count() == 1;
                if (alone && !taken.contains(boundary + 1)) {
                    Variation idle = march.idleAt(boundary);
                    List<CreditEntry> entries = history.entries.stream()
                            .map(entry -> moved(entry, boundary))
                            .toList();
                    assertSameFigures(idle.entries(entries), idle, boundary, seed);
                    moved++;
                }
            }
        }
        assertThat(moved).isGreaterThan(150);
    }

    private static Variation march(History history) {
        return new Variation(
                history.input(History.MARCH, History.ZONE.endOf(History.MARCH), OpeningPosition.NONE, List.of()));
    }

    private static long[] inMarch(Variation march, LongStream boundaries) {
        return boundaries
                .filter(at ->
                        at > march.input().monthStart() && at < march.input().end() - 1)
                .distinct()
                .toArray();
    }

    private static long moved(long instant, long boundary) {
        return instant == boundary ? boundary + 1 : instant;
    }

    private static CreditEntry moved(CreditEntry entry, long boundary) {
        if (entry.type() == CreditEntry.Type.WITHDRAW) {
            return entry;
        }
        return StatementLawsTest.grant(
                entry,
                entry.creditId(),
                entry.amount(),
                moved(entry.effectiveAt(), boundary),
                moved(entry.expiresAt(), boundary));
    }

    /** Counts are left out: the key of a row set has its dates. What a grant settles, it settles when it begins. */
    private static void assertSameFigures(Variation moved, Variation unmoved, long boundary, long seed) {
        assertThat(figures(moved, boundary))
                .as("%s moved, history of seed %d", Instants.format(boundary), seed)
                .isEqualTo(figures(unmoved, boundary));
    }

    private static Map<String, String> figures(Variation month, long boundary) {
        Map<String, String> figures = new TreeMap<>(StatementFigures.of(Statements.compute(month.input())));
        figures.keySet().removeIf(figure -> figure.startsWith("count "));
        figures.computeIfPresent(
                "spent", (name, spent) -> spent.replace(Long.toString(boundary + 1), Long.toString(boundary))
                        .replace(Long.toString(boundary - 1), Long.toString(boundary)));
        return figures;
    }

    private static PriceRow row(PriceRow like, long from, long to) {
        return new PriceRow(
                like.priceBook(),
                like.provider(),
                like.model(),
                like.serviceTier(),
                like.meter(),
                like.unitPrice(),
                like.perUnits(),
                from,
                to,
                like.contextOver(),
                like.tier(),
                like.place());
    }

    private static Terms terms(Terms like, long from) {
        return new Terms(
                like.accountId(),
                from,
                like.billingMode(),
                like.priceBook(),
                like.overagePolicy(),
                like.overageMultiplier(),
                like.monthlyOverageCap(),
                like.rechargeThreshold(),
                like.rechargeAmount(),
                like.rechargeMonthlyCap(),
                like.paymentTermsDays(),
                like.place());
    }
}
