package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.credit.CreditEntry;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A month that goes on from a checkpoint is the month computed whole, in every field. A failure names its seed. */
class CheckpointTest {
    private static final long SEED = 20_261_126;
    private static final int HISTORIES = 2_500;

    @Test
    void aMonthThatGoesOnFromACheckpointIsTheMonthComputedWhole() {
        int resumed = 0;
        int late = 0;
        int refused = 0;
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            LateHistory history = new LateHistory(seed);
            Random random = new Random(seed);
            StatementInput march = history.march();
            StatementInput april = history.april(Statements.compute(march), History.ZONE.endOf(LateHistory.APRIL));
            for (StatementInput month : List.of(march, april)) {
                int day = 1 + random.nextInt(month.month().lengthOfMonth());
                StatementInput then = then(month, day, random);
                Checkpoint checkpoint = saved(then, day);
                if (checkpoint == null) {
                    refused++;
                    continue;
                }
                StatementInput later = onlyFrom(checkpoint.at(), asOf(month, then.end(), random));
                assertThat(Statements.compute(later, new Checkpoint(checkpoint.bytes()), 0)
                                .statement())
                        .as("%s from %d on, history of seed %d", month.month(), checkpoint.at(), seed)
                        .isEqualTo(Statements.compute(
                                new Variation(month).asOf(later.asOf()).input()));
                assertCounts(checkpoint, month, seed);
                resumed++;
                late += month.closedMonths().stream()
                                .anyMatch(closed -> closed.late().events().size() > 0)
                        ? 1
                        : 0;
            }
        }
        assertThat(resumed).as("months that went on").isGreaterThan(3_500);
        assertThat(late).as("of these, with late usage").isGreaterThan(500);
        assertThat(refused).as("months with volume prices").isBetween(100, 1_400);
    }

    /** The month on that day or later, when entries and usage after the day were only partly known. */
    private static StatementInput then(StatementInput month, int day, Random random) {
        int days = month.month().lengthOfMonth();
        long at = month.zone().endOf(month.month().atDay(day));
        long asOf = month.zone().endOf(month.month().atDay(day + random.nextInt(days - day + 1)));
        List<CreditEntry> entries = month.entries().stream()
                .filter(entry -> entry.effectiveAt() < at || random.nextBoolean())
                .toList();
        AccountEvents events = month.events();
        int[] known = IntStream.range(0, events.size())
                .filter(event -> events.occurredAt()[event] < at || random.nextBoolean())
                .toArray();
        return new Variation(month)
                .asOf(asOf)
                .entries(entries)
                .events(Variation.select(events, known, events.products()))
                .input();
    }

    private static Checkpoint saved(StatementInput then, int day) {
        Statements.Computed computed =
                Statements.compute(then, null, then.zone().endOf(then.month().atDay(day)));
        assertThat(computed.statement())
                .as("making a checkpoint changes nothing, day %d", day)
                .isEqualTo(Statements.compute(then));
        return computed.checkpoint();
    }

    private static StatementInput asOf(StatementInput month, long notBefore, Random random) {
        long end = month.zone().endOf(month.month());
        long asOf = notBefore + (long) random.nextInt(1_000) * ((end - notBefore) / 999);
        return new Variation(month).asOf(random.nextBoolean() ? end : asOf).input();
    }

    /** What a reader finds that leaves out what is older, with products in another order. */
    private static StatementInput onlyFrom(long at, StatementInput month) {
        AccountEvents events = month.events();
        int[] left = IntStream.range(0, events.size())
                .filter(event -> events.occurredAt()[event] >= at)
                .toArray();
        AccountEvents rest = Variation.select(events, left, events.products());
        List<AccountEvents.Product> met = new ArrayList<>();
        for (int event = rest.size() - 1; event >= 0; event--) {
            AccountEvents.Product product = events.products().get(rest.product()[event]);
            if (!met.contains(product)) {
                met.add(product);
            }
            rest.product()[event] = met.indexOf(product);
        }
        return new Variation(month)
                .events(Variation.select(rest, IntStream.range(0, rest.size()).toArray(), met))
                .input();
    }

    private static void assertCounts(Checkpoint checkpoint, StatementInput month, long seed) {
        long events = 0;
        BigInteger quantity = BigInteger.ZERO;
        for (int event = 0; event < month.events().size(); event++) {
            long occurredAt = month.events().occurredAt()[event];
            if (occurredAt >= month.monthStart() && occurredAt < checkpoint.at()) {
                events++;
                for (int meter = 0; meter < Meter.COUNT; meter++) {
                    quantity = quantity.add(BigInteger.valueOf(month.events().quantities()[meter][event]));
                }
            }
        }
        assertThat(checkpoint.events()).as("history of seed %d", seed).isEqualTo(events);
        assertThat(checkpoint.quantity()).as("history of seed %d", seed).isEqualTo(quantity);
    }

    @Test
    void aMonthOfNightsThatEachGoOnFromTheLastIsTheMonthComputedWhole() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            LateHistory history = new LateHistory(seed);
            StatementInput april =
                    history.april(Statements.compute(history.march()), History.ZONE.endOf(LateHistory.APRIL));
            Checkpoint checkpoint = null;
            for (int day = 1; day <= LateHistory.APRIL.lengthOfMonth(); day++) {
                StatementInput night = new Variation(april)
                        .asOf(History.ZONE.endOf(LateHistory.APRIL.atDay(day)))
                        .input();
                Statements.Computed computed =
                        Statements.compute(night, checkpoint, History.ZONE.startOf(LateHistory.APRIL.atDay(day)));
                assertThat(computed.statement())
                        .as("night of day %d, history of seed %d", day, seed)
                        .isEqualTo(Statements.compute(night));
                checkpoint = computed.checkpoint();
            }
        }
    }

    @Test
    void aDamagedCheckpointIsRefused() {
        StatementInput input = new LateHistory(SEED).march();
        byte[] bytes = checkpoint(input).bytes();
        for (int index = 0; index < bytes.length; index++) {
            byte[] damaged = bytes.clone();
            damaged[index] ^= 4;
            assertThatThrownBy(() -> new Checkpoint(damaged))
                    .as("byte %d", index)
                    .isInstanceOf(UnusableCheckpointException.class);
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> new Checkpoint(cut)).isInstanceOf(UnusableCheckpointException.class);
        }
    }

    @Test
    void aCheckpointOfAnotherMonthOrOfALaterDayIsRefused() {
        LateHistory history = new LateHistory(SEED);
        StatementInput march = history.march();
        Checkpoint checkpoint = checkpoint(march);
        StatementInput april = history.april(Statements.compute(march), History.ZONE.endOf(LateHistory.APRIL));
        StatementInput earlier = new Variation(march).asOf(march.end() - 1).input();

        assertThatThrownBy(() -> Statements.compute(april, checkpoint, 0))
                .isInstanceOf(UnusableCheckpointException.class);
        assertThatThrownBy(() -> Statements.compute(earlier, checkpoint, 0))
                .isInstanceOf(UnusableCheckpointException.class);
    }

    @Test
    void anotherProbeBeforeItIsRefused() {
        StatementInput month =
                new AccountMonth().payg("").use("05 12:00", 3).probe("04 00:00").input();
        Checkpoint checkpoint = checkpoint(month);
        StatementInput more = new AccountMonth()
                .payg("")
                .use("05 12:00", 3)
                .probe("04 00:00")
                .probe("06 00:00")
                .input();

        assertThatThrownBy(() -> Statements.compute(more, checkpoint, 0))
                .isInstanceOf(UnusableCheckpointException.class);
    }

    private static Checkpoint checkpoint(StatementInput month) {
        Checkpoint checkpoint = Statements.compute(
                        month, null, month.zone().startOf(month.month().atDay(20)))
                .checkpoint();
        assertThat(checkpoint).isNotNull();
        return checkpoint;
    }
}
