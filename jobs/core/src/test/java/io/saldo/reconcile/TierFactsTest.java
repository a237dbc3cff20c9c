package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import io.saldo.problem.Place;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told as the cause where prices have tiers: one fact decides what the next one costs. */
class TierFactsTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 10);
    private static final long OPEN = PriceTier.OPEN;

    /** Up to 10 at 5, up to 20 at 3 with a fee of 7, then at 1. */
    private static final RowSet GRADUATED = new RowSet(List.of(
            row(TierMode.GRADUATED, "5", 10, "0"),
            row(TierMode.GRADUATED, "3", 20, "7"),
            row(TierMode.GRADUATED, "1", OPEN, "0")));

    private static final RowSet VOLUME =
            new RowSet(List.of(row(TierMode.VOLUME, "5", 10, "2"), row(TierMode.VOLUME, "3", OPEN, "7")));

    /** 4 for each package of 10. */
    private static final RowSet PACKAGE = new RowSet(List.of(row(PriceTier.packages(10), "4")));

    @ParameterizedTest
    @CsvSource({
        "graduated, 0, 0",
        "graduated, 1, 5",
        "graduated, 10, 50",
        "graduated, 11, 60",
        "graduated, 20, 87",
        "graduated, 25, 92",
        "volume, 0, 0",
        "volume, 10, 52",
        "volume, 11, 40",
        "package, 0, 0",
        "package, 1, 4",
        "package, 10, 4",
        "package, 11, 8"
    })
    void whatTheFirstUnitsOfAMonthCost(String mode, long units, String cost) {
        assertThat(set(mode).cost(BigInteger.valueOf(units))).isEqualTo(Amount.parse(cost));
    }

    /** Our books counted from start to end; the live system counted so many more at both, and its balance moved by so much more. */
    @ParameterizedTest
    @CsvSource({
        // within a tier; over its end, with its fee; a package that was started, and one more
        "graduated, 0, 5, 0, 3, -15",
        "graduated, 0, 9, 0, 2, -15",
        "package, 0, 5, 0, 5, 0",
        "package, 0, 5, 0, 6, -4",
        // less than we did
        "graduated, 0, 12, 0, -3, 18",
        "package, 0, 11, 0, -1, 4",
        // before the stretch: felt only where a tier ends in it
        "graduated, 0, 5, 3, 3, 0",
        "graduated, 5, 9, 2, 2, -5",
        "graduated, 5, 12, 2, 2, 4",
        "package, 8, 9, 2, 2, -4",
        "volume, 0, 9, 0, 2, 7",
        "volume, 0, 10, 0, 1, 12"
    })
    void whatOtherUnitsCost(String mode, long start, long end, long moreAtStart, long moreAtEnd, String effect) {
        assertThat(units(count(set(mode), start, end), moreAtStart, moreAtEnd).effect())
                .isEqualTo(Amount.parse(effect));
    }

    @ParameterizedTest
    @CsvSource({
        "graduated, 0, 5, 3, true", "graduated, 0, 9, 2, false", "graduated, 10, 12, 2, false",
        "graduated, 11, 12, 8, true", "graduated, 11, 12, 9, false", "graduated, 21, 22, -1, true",
        "graduated, 20, 25, -1, true", "package, 0, 5, 3, false", "volume, 0, 5, 3, false"
    })
    void eventsCostByThemselvesWithinOneTierWithoutAFee(String mode, long start, long end, long more, boolean steady) {
        assertThat(units(count(set(mode), start, end), 0, more).isSteady()).isEqualTo(steady);
    }

    @Test
    void twoFactsThatTogetherPassTheEndOfATierAreFoundByWhatTheyCostTogether() {
        MonthCount count = count(GRADUATED, 0, 6);
        BalanceFact first = duplicate("a", units(count, 0, 3));
        BalanceFact second = duplicate("b", units(count, 0, 2));
        // By themselves 15 and 10; together the fifth unit is the first of the next tier, at 3 and 7 for the fee.
        assertThat(explained("-30", first, second)).isEqualTo("a, b");
        assertThat(explained("-25", first, second)).isEqualTo("unexplained");
        assertThat(explained("-15", first, second)).isEqualTo("a");
    }

    @Test
    void ofFactsAlikeItIsToldHowManyAlsoWhereTheSecondCostsLess() {
        MonthCount count = count(GRADUATED, 11, 18);
        BalanceFact[] alike = Stream.of("a", "b", "c")
                .map(each -> duplicate(each, units(count, 0, 2)))
                .toArray(BalanceFact[]::new);
        assertThat(explained("-6", alike)).isEqualTo("1 of 3 alike (a, b, c)");
        assertThat(explained("-8", alike)).isEqualTo("2 of 3 alike (a, b, c)");
        assertThat(explained("-10", alike)).isEqualTo("a, b, c");
        assertThat(explained("-18", alike)).isEqualTo("unexplained");
    }

    @Test
    void ofTooManyFactsAllAreTakenTogetherAtWhatTheyCostTogether() {
        MonthCount count = count(GRADUATED, 0, 0);
        List<BalanceFact> facts = new ArrayList<>();
        for (int index = 1; index <= 13; index++) {
            facts.add(BalanceFact.ofUnits(
                    "acme",
                    0,
                    Kind.HELD,
                    "h-" + index,
                    "gateway/a.csv",
                    Amount.ZERO,
                    Map.of(),
                    List.of(units(count, 0, index)),
                    "h-" + index));
        }
        Amount all = GRADUATED.cost(BigInteger.valueOf(91)).negated();
        assertThat(GapExplanation.of(all, facts).cause()).isEqualTo("all 13 held records of gateway/a.csv");
    }

    @Test
    void whereEachChargeIsRoundedAFactCountsOnlyWithinOneTier() {
        MonthCount count = count(GRADUATED, 0, 5);
        BalanceFact down = new BalanceFact(
                "acme",
                0,
                Kind.ROUNDING,
                "rounding",
                "",
                Amount.parse("0.5"),
                Map.of(RoundingMode.DOWN, Amount.parse("0.5")),
                List.of(),
                "rounded down");
        BalanceFact within = duplicate("a", Map.of(RoundingMode.DOWN, Amount.of(-14)), units(count, 0, 3));
        BalanceFact beyond = duplicate("b", Map.of(), units(count, 0, 7));
        assertThat(explained("-13.5", within, down)).isEqualTo("a, each charge rounded down");
        assertThat(explained(beyond.effect().plus(Amount.parse("0.5")).toString(), beyond, down))
                .isEqualTo("unexplained");
    }

    /**
     * A live system that counts each of its events, one unit after the other, from what it had counted before: what it charged
     * otherwise is found or nothing is.
     */
    @Test
    void aPlantedSetIsFoundOrNothingIs() {
        long seed = Long.getLong("saldo.seed", 20261129);
        Random random = new Random(seed);
        int found = 0;
        int planted = 0;
        for (int round = 0; round < 2_000; round++) {
            RowSet set = List.of(GRADUATED, PACKAGE, VOLUME).get(random.nextInt(3));
            int start = random.nextInt(25);
            int end = start + random.nextInt(25);
            MonthCount count = count(set, start, end);
            List<BalanceFact> facts = new ArrayList<>();
            List<String> told = new ArrayList<>();
            long liveAtStart = start;
            long liveAtEnd = end;
            Amount flat = Amount.ZERO;
            for (int index = 0; index < 1 + random.nextInt(5); index++) {
                int units = 1 + random.nextInt(9);
                boolean before = random.nextInt(3) == 0;
                Amount beside = Amount.ofUnscaled(-1 - random.nextInt(900_000), 6);
                BalanceFact fact = BalanceFact.ofUnits(
                        "acme",
                        index,
                        Kind.DUPLICATE,
                        "e-" + index,
                        "",
                        beside,
                        Map.of(),
                        List.of(units(count, before ? units : 0, units)),
                        "e-" + index);
                facts.add(fact);
                if (random.nextInt(2) == 0) {
                    told.add(fact.description());
                    flat = flat.plus(beside);
                    liveAtStart += before ? units : 0;
                    liveAtEnd += units;
                }
            }
            Amount ours = oneByOne(set, end).minus(oneByOne(set, start));
            Amount change = ours.minus(oneByOne(set, liveAtEnd).minus(oneByOne(set, liveAtStart)))
                    .plus(flat);
            if (change.isZero()) {
                continue;
            }
            planted++;
            String cause = GapExplanation.of(change, facts).cause();
            assertThat(cause).as("seed %d, round %d", seed, round).isIn(String.join(", ", told), "unexplained");
            found += cause.equals("unexplained") ? 0 : 1;
        }
        assertThat(found * 10).as("seed %d", seed).isGreaterThan(planted * 8);
    }

    private static Amount oneByOne(RowSet set, long units) {
        Amount cost = Amount.ZERO;
        for (long unit = 1; unit <= units; unit++) {
            if (set.equals(GRADUATED)) {
                cost = cost.plus(Amount.of(unit <= 10 ? 5 : unit <= 20 ? 3 : 1));
                cost = unit == 11 ? cost.plus(Amount.of(7)) : cost;
            } else if (set.equals(PACKAGE)) {
                cost = unit % 10 == 1 ? cost.plus(Amount.of(4)) : cost;
            } else {
                cost = Amount.of(unit <= 10 ? unit * 5 + 2 : unit * 3 + 7);
            }
        }
        return cost;
    }

    private static RowSet set(String mode) {
        return switch (mode) {
            case "graduated" -> GRADUATED;
            case "volume" -> VOLUME;
            default -> PACKAGE;
        };
    }

    private static PriceRow row(TierMode mode, String price, long upTo, String fee) {
        return row(new PriceTier(mode, upTo, Amount.parse(fee), 0), price);
    }

    private static PriceRow row(PriceTier tier, String price) {
        return new PriceRow(
                "list",
                "*",
                "m",
                "standard",
                Meter.INPUT,
                Amount.parse(price),
                1,
                Instants.MIN,
                Instants.MAX,
                0,
                tier,
                Place.NOWHERE);
    }

    private static MonthCount count(RowSet set, long start, long end) {
        return new MonthCount(set, MONTH, false, BigInteger.valueOf(start), BigInteger.valueOf(end));
    }

    private static OtherUnits units(MonthCount count, long start, long end) {
        return new OtherUnits(count, BigInteger.valueOf(start), BigInteger.valueOf(end));
    }

    private static BalanceFact duplicate(String name, OtherUnits units) {
        return duplicate(name, Map.of(), units);
    }

    private static BalanceFact duplicate(String name, Map<RoundingMode, Amount> rounded, OtherUnits units) {
        return BalanceFact.ofUnits("acme", 0, Kind.DUPLICATE, name, "", Amount.ZERO, rounded, List.of(units), name);
    }

    private static String explained(String change, BalanceFact... facts) {
        return GapExplanation.of(Amount.parse(change), List.of(facts)).cause();
    }
}
