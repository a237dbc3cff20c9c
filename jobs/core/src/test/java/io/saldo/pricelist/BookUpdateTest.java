package io.saldo.pricelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.money.Amount;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a list changes in a book, and which moves are jumps. */
class BookUpdateTest {
    private static final PriceKey KEY = new PriceKey("openai", "gpt", "standard", Meter.INPUT, 0);

    /** A price at an instant is written {@code from..to=price}, with nothing for open. */
    private static PriceTimeline timeline(String text) {
        List<PriceSpan> spans = new ArrayList<>();
        for (String part :
                text == null || text.isBlank() ? new String[0] : text.trim().split(" ")) {
            String[] sides = part.split("=", -1);
            String[] bounds = sides[0].split("\\.\\.", -1);
            spans.add(new PriceSpan(
                    bounds[0].isEmpty() ? Instants.MIN : Long.parseLong(bounds[0]),
                    bounds[1].isEmpty() ? Instants.MAX : Long.parseLong(bounds[1]),
                    Amount.parse(sides[1]),
                    1_000_000));
        }
        return new PriceTimeline(spans);
    }

    private static String text(PriceTimeline timeline) {
        List<String> parts = new ArrayList<>();
        for (PriceSpan span : timeline.spans()) {
            parts.add((span.from() == Instants.MIN ? "" : Long.toString(span.from()))
                    + ".."
                    + (span.to() == Instants.MAX ? "" : Long.toString(span.to()))
                    + "="
                    + span.unitPrice());
        }
        return String.join(" ", parts);
    }

    /** Takes a list of which every figure was read. */
    private static BookUpdate of(Map<PriceKey, PriceTimeline> book, Map<PriceKey, PriceTimeline> list, long start) {
        return BookUpdate.of(book, list, Set.of(), start);
    }

    private static long start(String text) {
        return text == null ? Instants.MIN : Long.parseLong(text);
    }

    @ParameterizedTest(name = "{0} with {1} from {2}")
    @CsvSource(textBlock = """
            # book,           list,                start, afterwards,                     moves
            ,                 ..=5,                ,      ..=5,                           added@
            ,                 ..=5,                10,    10..=5,                         added@10
            ,                 ..20=5 20..=4,       10,    10..20=5 20..=4,                added@10 added@20
            ..=5,             ..=5,                10,    ..=5,                           ''
            0..=5,            ..=5,                10,    0..=5,                          ''
            ..=5,             ..=6,                10,    ..10=5 10..=6,                  raised@10
            ..=5,             ..=4,                10,    ..10=5 10..=4,                  lowered@10
            ..=5,             ..20=5 20..=4,       ,      ..20=5 20..=4,                  lowered@20
            ..=5,             ..20=6 20..=4,       10,    ..10=5 10..20=6 20..=4,         raised@10 lowered@20
            10..=5,           ..=6,                10,    10..=6,                         raised@10
            10..=5,           ..=5,                4,     4..10=5 10..=5,                 added@4
            ..30=5 30..=6,    ..=6,                10,    ..10=5 10..30=6 30..=6,         raised@10
            ..30=5 30..=6,    ..30=5 30..=7,       10,    ..30=5 30..=7,                  raised@30
            ..30=5 30..=6,    ..=5,                10,    ..30=5 30..=5,                  lowered@30
            ..=5,             ..20=5,              10,    ..20=5,                         removed@20
            ..5=9 8..=5,      ..=6,                10,    ..5=9 8..10=5 10..=6,           raised@10
            """)
    void whatHeldBeforeTheStartStaysAndWhatBothSayStays(
            String book, String list, String start, String afterwards, String moves) {
        BookUpdate update =
                of(book == null ? Map.of() : Map.of(KEY, timeline(book)), Map.of(KEY, timeline(list)), start(start));

        assertThat(text(update.timelines().get(KEY))).isEqualTo(afterwards);
        assertThat(update.moves().stream()
                        .map(move -> move.kind().word() + "@" + (move.from() == Instants.MIN ? "" : move.from())))
                .containsExactly(moves.isEmpty() ? new String[0] : moves.split(" "));
    }

    @Test
    void takingAListTwiceChangesNothingAndTheListHoldsFromTheStart() {
        Random random = new Random(20261123);
        for (int round = 0; round < 3_000; round++) {
            PriceTimeline book = random(random);
            PriceTimeline list = random(random);
            long start = random.nextInt(30);
            BookUpdate update = of(Map.of(KEY, book), Map.of(KEY, list), start);
            PriceTimeline after = update.timelines().get(KEY);
            for (long instant = -1; instant < 31; instant++) {
                PriceTimeline expected = instant < start ? book : list;
                assertThat(after.at(instant).map(PriceSpan::ofOneUnit))
                        .as("seed 20261123, round " + round + ", " + text(book) + " with " + text(list) + " from "
                                + start + " at " + instant)
                        .isEqualTo(expected.at(instant).map(PriceSpan::ofOneUnit));
            }
            BookUpdate again = of(update.timelines(), Map.of(KEY, list), start);
            assertThat(again.moves()).isEmpty();
            assertThat(again.timelines()).isEqualTo(update.timelines());
            assertThat(after.spans())
                    .containsAll(book.spans().stream()
                            .filter(span -> span.to() <= start)
                            .toList());
        }
    }

    private static PriceTimeline random(Random random) {
        List<PriceSpan> spans = new ArrayList<>();
        long instant = random.nextInt(10);
        while (instant < 30) {
            long end = random.nextInt(5) == 0 ? Instants.MAX : instant + 1 + random.nextInt(10);
            spans.add(new PriceSpan(instant, end, Amount.of(random.nextInt(3)), random.nextBoolean() ? 1 : 1_000));
            if (end == Instants.MAX) {
                break;
            }
            instant = end + random.nextInt(3);
        }
        return new PriceTimeline(spans);
    }

    @Test
    void aPriceThatTheListDoesNotHaveStaysButAThresholdEndsWithItsMeter() {
        PriceKey long1 = KEY.over(200_000);
        PriceKey output = new PriceKey("openai", "gpt", "standard", Meter.OUTPUT, 0);
        BookUpdate update = of(
                Map.of(KEY, timeline("..=5"), long1, timeline("..=10"), output, timeline("..=9")),
                Map.of(KEY, timeline("..=5")),
                10);

        assertThat(text(update.timelines().get(long1))).isEqualTo("..10=10");
        assertThat(text(update.timelines().get(output))).isEqualTo("..=9");
        assertThat(update.unlisted()).containsExactly(output);
        assertThat(update.moves()).singleElement().satisfies(move -> {
            assertThat(move.kind()).isEqualTo(PriceMove.Kind.REMOVED);
            assertThat(move.key()).isEqualTo(long1);
            assertThat(move.jumpedFrom()).isEmpty();
        });
    }

    @Test
    void nothingOfAMeterEndsWhereAFigureOfItWasNotRead() {
        PriceKey long1 = KEY.over(200_000);
        Map<PriceKey, PriceTimeline> book = Map.of(KEY, timeline("..=5"), long1, timeline("..=10"));

        BookUpdate threshold = BookUpdate.of(book, Map.of(KEY, timeline("..=6")), Set.of(KEY), 10);
        assertThat(text(threshold.timelines().get(KEY))).isEqualTo("..10=5 10..=6");
        assertThat(text(threshold.timelines().get(long1))).isEqualTo("..=10");
        assertThat(threshold.unlisted()).containsExactly(long1);
        assertThat(threshold.moves()).hasSize(1);

        BookUpdate dated = BookUpdate.of(
                book, Map.of(KEY, timeline("..=5"), long1, timeline("..20=10 30..40=11")), Set.of(KEY), Instants.MIN);
        assertThat(text(dated.timelines().get(long1))).isEqualTo("..30=10 30..40=11 40..=10");
        assertThat(dated.unlisted()).isEmpty();
        assertThat(dated.moves()).hasSize(1);

        PriceKey output = new PriceKey("openai", "gpt", "standard", Meter.OUTPUT, 0);
        assertThat(BookUpdate.of(book, Map.of(KEY, timeline("..=5")), Set.of(output), 10)
                        .unlisted())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 9.999999, false",
        "1, 10, true",
        "10, 1, true",
        "9.999999, 1, false",
        "0, 0, false",
        "0, 0.000001, true",
        "0.000001, 0, true",
        "0.00015, 0.00000015, true",
        "2.5, 3, false"
    })
    void aJumpIsTenTimesOrFromOrToZero(String old, String now, boolean jump) {
        assertThat(PriceMove.isJump(Amount.parse(old), Amount.parse(now))).isEqualTo(jump);
        BookUpdate update = of(Map.of(KEY, timeline("..=" + old)), Map.of(KEY, timeline("..=" + now)), 10);
        assertThat(update.jumps(new TreeSet<>())).hasSize(jump ? 1 : 0);
        assertThat(update.jumps(new TreeSet<>(List.of("openai/gpt/standard/input"))))
                .isEmpty();
        assertThat(update.jumps(new TreeSet<>(List.of("openai/gpt/standard/output"))))
                .hasSize(jump ? 1 : 0);
    }

    @Test
    void aJumpOfTheListsOwnDatesAndOneAfterAGapAreJumpsToo() {
        BookUpdate dated = of(Map.of(), Map.of(KEY, timeline("..20=1 20..=1000")), Instants.MIN);
        assertThat(dated.jumps(new TreeSet<>())).singleElement().satisfies(move -> assertThat(move.from())
                .isEqualTo(20));
        BookUpdate gap = of(Map.of(KEY, timeline("..5=1")), Map.of(KEY, timeline("..=10")), 8);
        assertThat(gap.jumps(new TreeSet<>())).singleElement().satisfies(move -> assertThat(move.kind())
                .isEqualTo(PriceMove.Kind.ADDED));
    }

    @Test
    void twoVersionsAreComparedByThePriceOfAUnit() {
        PriceKey added = new PriceKey("a", "m", "standard", Meter.INPUT, 0);
        PriceKey removed = new PriceKey("b", "m", "standard", Meter.INPUT, 0);
        PriceSpan perMillion = new PriceSpan(0, 9, Amount.of(5), 1_000_000);
        PriceSpan perThousand = new PriceSpan(3, 4, Amount.parse("0.005"), 1_000);
        assertThat(BookUpdate.between(
                        new TreeMap<>(Map.of(KEY, perMillion, removed, perMillion)),
                        new TreeMap<>(Map.of(KEY, perThousand, added, perMillion))))
                .extracting(move -> move.kind().word() + " " + move.key())
                .containsExactly("added a/m/standard/input", "removed b/m/standard/input");
    }

    @Test
    void twoPricesAtTheSameTimeAreRefused() {
        assertThatThrownBy(() -> timeline("..20=1 10..=2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyIsNamedWithItsThreshold() {
        assertThat(new PriceKey("x", "a/b", "flex", Meter.CACHED_INPUT, 272_000))
                .hasToString("x/a/b/flex/cached_input/over-272000");
    }
}
