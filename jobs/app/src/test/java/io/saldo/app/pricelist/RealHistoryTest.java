package io.saldo.app.pricelist;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.pricelist.BookUpdate;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceMove;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.time.Instants;
import io.saldo.time.TimestampFormat;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Eighteen months of a real list, taken version by version. */
class RealHistoryTest {
    private record Change(String instant, String model, String figure, String old, String now, String kind) {}

    @Test
    void everyRealJumpIsRefusedAndEverySmallerChangePasses() throws IOException {
        Map<String, List<Change>> versions = new LinkedHashMap<>();
        List<String> lines =
                PublicLists.text("litellm-price-changes.csv.gz").lines().toList();
        assertThat(lines.get(0)).isEqualTo("commit_time,commit,model,field,old,new,kind");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            assertThat(fields).hasSize(7);
            versions.computeIfAbsent(fields[1], commit -> new ArrayList<>())
                    .add(new Change(fields[0], fields[2], fields[3], fields[4], fields[5], fields[6]));
        }

        Map<PriceKey, PriceTimeline> book = new HashMap<>();
        Set<PriceKey> everPriced = new HashSet<>();
        Map<String, Integer> counts = new HashMap<>();
        for (List<Change> version : versions.values()) {
            Instant at = new Instant(version.get(0).instant);
            Map<PriceKey, PriceTimeline> list = new HashMap<>();
            Set<PriceKey> expectedJumps = new TreeSet<>();
            Set<PriceKey> expectedMoves = new TreeSet<>();
            for (Change change : version) {
                // A figure that has no meter stands under its own name: the guard asks only how far a price moved.
                PriceKey key = new PriceKey("litellm", change.model, change.figure, Meter.INPUT, 0);
                if (!change.kind.equals("add") && everPriced.add(key)) {
                    // Its first price is older than the history.
                    book.put(key, always(change.old));
                }
                if (change.kind.equals("remove")) {
                    count(counts, "removed, kept");
                    continue;
                }
                everPriced.add(key);
                list.put(key, always(change.now));
                BigDecimal before = book.containsKey(key)
                        ? book.get(key)
                                .lastBefore(at.micros)
                                .orElseThrow()
                                .ofOneUnit()
                                .toBigDecimal()
                        : null;
                BigDecimal after = perUnit(change.now);
                if (change.kind.equals("change")) {
                    assertThat(before).isEqualByComparingTo(perUnit(change.old));
                    count(counts, "changes");
                }
                if (before != null && before.compareTo(after) != 0) {
                    expectedMoves.add(key);
                    if (isJump(before, after)) {
                        expectedJumps.add(key);
                    }
                    boolean zero = before.signum() == 0 || after.signum() == 0;
                    count(
                            counts,
                            change.kind
                                    + (zero
                                            ? ", from or to zero"
                                            : isJump(before, after) ? ", 10x or more" : ", less"));
                }
            }
            BookUpdate update = BookUpdate.of(book, list, Set.of(), at.micros);
            Set<PriceKey> jumps = new TreeSet<>();
            update.jumps(new TreeSet<>()).forEach(move -> jumps.add(move.key()));
            assertThat(jumps).as(version.get(0).instant).isEqualTo(expectedJumps);
            Set<PriceKey> moves = new TreeSet<>();
            update.moves().stream()
                    .filter(move -> move.kind() != PriceMove.Kind.ADDED)
                    .forEach(move -> moves.add(move.key()));
            assertThat(moves).as(version.get(0).instant).isEqualTo(expectedMoves);
            count(counts, "versions");
            counts.merge("refused", jumps.size(), Integer::sum);
            TreeSet<String> names = new TreeSet<>();
            jumps.forEach(key -> names.add(key.toString()));
            assertThat(update.jumps(names)).isEmpty();
            book.putAll(update.timelines());
        }

        System.out.println("real history: " + new TreeMap<>(counts));
        assertThat(lines).hasSize(11_899);
        assertThat(counts)
                .isEqualTo(Map.of(
                        "versions", 507,
                        "changes", 752,
                        "change, 10x or more", 293,
                        "change, from or to zero", 16,
                        "change, less", 443,
                        "add, less", 4,
                        "removed, kept", 2462,
                        "refused", 309));
    }

    /** The rule, said a second time in the plainest way. */
    private static boolean isJump(BigDecimal one, BigDecimal other) {
        BigDecimal least = one.min(other);
        return least.multiply(BigDecimal.TEN).compareTo(one.max(other)) <= 0;
    }

    private static BigDecimal perUnit(String figure) {
        return new BigDecimal(figure);
    }

    private static PriceTimeline always(String figure) {
        return new PriceTimeline(List.of(
                new PriceSpan(Instants.MIN, Instants.MAX, Amount.parse(figure).times(1_000_000), 1_000_000)));
    }

    private static void count(Map<String, Integer> counts, String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private record Instant(long micros) {
        Instant(String text) {
            this(TimestampFormat.ISO_WITH_OFFSET.parse(text).orElseThrow());
        }
    }
}
