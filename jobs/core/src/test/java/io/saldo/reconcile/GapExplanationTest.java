package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceFact.Kind;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which facts are told as the cause of a changed gap, and when none are. */
class GapExplanationTest {
    @Test
    void factsAlikeAreOneExplanationThatSaysHowManyOfThem() {
        assertThat(explained("-1", fact(Kind.DUPLICATE, "a", "-1"), fact(Kind.DUPLICATE, "b", "-1")))
                .isEqualTo("1 of 2 alike (a, b)");
        assertThat(explained("-2", fact(Kind.DUPLICATE, "a", "-1"), fact(Kind.DUPLICATE, "b", "-1")))
                .isEqualTo("a, b");
        // Of another kind it is another cause, and which of them it was nobody can say.
        assertThat(explained("-1", fact(Kind.DUPLICATE, "a", "-1"), fact(Kind.HELD, "b", "-1")))
                .isEqualTo("unexplained");
    }

    @Test
    void factsThatOnlyCancelEachOtherAreNoSecondExplanation() {
        assertThat(explained(
                        "-1",
                        fact(Kind.DUPLICATE, "a", "-1"),
                        fact(Kind.ENTRY_MISSING, "top-up 1", "-50"),
                        fact(Kind.ENTRY_DOUBLED, "top-up 2", "50")))
                .isEqualTo("a");
    }

    @Test
    void ofOneThingOnlyOneFactIsTrue() {
        BalanceFact beside = fact(Kind.CONFLICT, "line 7", "-3");
        BalanceFact instead = fact(Kind.CONFLICT_INSTEAD, "line 7", "-1");
        assertThat(explained("-3", beside, instead)).isEqualTo("line 7");
        assertThat(explained("-4", beside, instead)).isEqualTo("unexplained");
        // Beside line 7 or line 8, and in place of the other: two lines, so it can be.
        assertThat(explained(
                        "-4",
                        beside,
                        instead,
                        fact(Kind.CONFLICT, "line 8", "-3"),
                        fact(Kind.CONFLICT_INSTEAD, "line 8", "-1")))
                .isEqualTo("1 of 2 alike (line 7, line 8), 1 of 2 alike (line 7, line 8)");
    }

    @Test
    void whereTheLiveSystemRoundsItRoundsWhatOnlyItChargedToo() {
        BalanceFact duplicate = new BalanceFact(
                "acme",
                0,
                Kind.DUPLICATE,
                "a",
                "",
                Amount.parse("-0.014"),
                Map.of(RoundingMode.DOWN, Amount.parse("-0.01"), RoundingMode.UP, Amount.parse("-0.02")),
                List.of(),
                "a");
        BalanceFact down = rounding(RoundingMode.DOWN, "0.033");
        BalanceFact up = rounding(RoundingMode.UP, "-0.057");
        assertThat(explained("0.023", duplicate, down, up)).isEqualTo("a, each charge rounded down");
        assertThat(explained("-0.077", duplicate, down, up)).isEqualTo("a, each charge rounded up");
        assertThat(explained("0.033", duplicate, down, up)).isEqualTo("each charge rounded down");
        assertThat(explained("-0.014", duplicate, down, up)).isEqualTo("a");
        // It does not round one way and the other.
        assertThat(explained("-0.024", down, up)).isEqualTo("unexplained");
        assertThat(explained("0.033", down, rounding(RoundingMode.HALF_UP, "0.033")))
                .isEqualTo("each charge rounded down or half up");
    }

    @Test
    void ofTooManyFactsThoseOfOneOriginAreTakenTogether() {
        List<BalanceFact> facts = new ArrayList<>();
        Amount all = Amount.ZERO;
        for (int index = 1; index <= 40; index++) {
            Amount effect = Amount.of(-index);
            all = all.plus(effect);
            facts.add(new BalanceFact(
                    "acme",
                    0,
                    Kind.DUPLICATE,
                    "e-" + index,
                    "gateway/a.csv",
                    effect,
                    Map.of(),
                    List.of(),
                    "e-" + index));
        }
        assertThat(GapExplanation.of(all, facts).cause()).isEqualTo("all 40 duplicates of gateway/a.csv");
        // All but the last could be in too many sets, and all together come to something else.
        assertThat(GapExplanation.of(Amount.of(-39), facts).cause()).isEqualTo("unexplained");
        assertThat(GapExplanation.of(Amount.of(-39), facts).candidates())
                .extracting(BalanceFact::description)
                .containsExactly("all 40 duplicates of gateway/a.csv");
    }

    @Test
    void whatAllOthersCannotMakeUpForIsNotTried() {
        List<BalanceFact> facts = new ArrayList<>();
        for (int index = 1; index <= 40; index++) {
            facts.add(fact(Kind.ENTRY_MISSING, "top-up " + index, "-" + (100 + index)));
            facts.add(fact(Kind.DUPLICATE, "e-" + index, "-0.00" + index));
        }
        facts.add(fact(Kind.REJECTED, "e-41", "-7"));
        assertThat(GapExplanation.of(Amount.of(-7), facts.subList(2, 81)).cause())
                .isEqualTo("unexplained");
        assertThat(GapExplanation.of(Amount.of(-7), List.of(facts.get(0), facts.get(2), facts.get(80)))
                        .cause())
                .isEqualTo("e-41");
        assertThat(GapExplanation.of(Amount.of(-1), facts).candidates())
                .as("a person sees what was looked at")
                .hasSize(facts.size());
    }

    /** What is found is what sums to the change; and where it is planted among facts of its kind alone, it is found. */
    @Test
    void aPlantedSetIsFoundOrNothingIs() {
        long seed = Long.getLong("saldo.seed", 20261125);
        Random random = new Random(seed);
        int found = 0;
        for (int round = 0; round < 2_000; round++) {
            List<BalanceFact> facts = new ArrayList<>();
            List<String> planted = new ArrayList<>();
            Amount change = Amount.ZERO;
            int size = 1 + random.nextInt(8);
            for (int index = 0; index < size; index++) {
                Amount effect = Amount.ofUnscaled(1 + random.nextInt(5_000_000), 6);
                effect = random.nextBoolean() ? effect : effect.negated();
                BalanceFact fact = BalanceFact.of("acme", index, Kind.DUPLICATE, "e-" + index, effect, "e-" + index);
                facts.add(fact);
                if (random.nextInt(3) == 0) {
                    planted.add(fact.description());
                    change = change.plus(effect);
                }
            }
            if (change.isZero()) {
                continue;
            }
            String cause = GapExplanation.of(change, facts).cause();
            assertThat(cause).as("seed %d, round %d", seed, round).isIn(String.join(", ", planted), "unexplained");
            found += cause.equals("unexplained") ? 0 : 1;
        }
        assertThat(found).as("seed %d", seed).isGreaterThan(1_500);
    }

    private static String explained(String change, BalanceFact... facts) {
        return GapExplanation.of(Amount.parse(change), List.of(facts)).cause();
    }

    private static BalanceFact fact(Kind kind, String name, String effect) {
        return BalanceFact.of("acme", 0, kind, name, Amount.parse(effect), name);
    }

    private static BalanceFact rounding(RoundingMode mode, String effect) {
        return new BalanceFact(
                "acme",
                0,
                Kind.ROUNDING,
                "rounding",
                "",
                Amount.parse(effect),
                Map.of(mode, Amount.parse(effect)),
                List.of(),
                "rounded " + mode);
    }
}
