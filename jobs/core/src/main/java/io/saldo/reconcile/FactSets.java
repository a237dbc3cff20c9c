package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every set of some facts, as far as sets differ: facts of the same kind and effect are alike, and a set only says how many
 * of them it has.
 */
final class FactSets {
    /** Above this not every set is tried, so that one that fits would not be known to be the only one. */
    static final int SETS_MAX = 1 << 12;

    private final List<List<BalanceFact>> alike;
    private final SharedCounts shared;
    private final boolean exclusive;

    /** Of facts that are no rounding, in their order. */
    FactSets(List<BalanceFact> facts) {
        Map<List<Object>, List<BalanceFact>> byEffect = new LinkedHashMap<>();
        for (BalanceFact fact : facts) {
            byEffect.computeIfAbsent(
                            List.of(fact.kind(), fact.effect(), new TreeMap<>(fact.roundedEffects()), fact.units()),
                            key -> new ArrayList<>())
                    .add(fact);
        }
        alike = List.copyOf(byEffect.values());
        shared = SharedCounts.of(facts);
        exclusive = facts.stream().map(BalanceFact::subject).distinct().count() < facts.size();
    }

    /** How many sets there are, the empty one too; at most one more than {@link #SETS_MAX}. */
    int count() {
        long count = 1;
        for (List<BalanceFact> each : alike) {
            count = Math.min(SETS_MAX + 1L, count * (each.size() + 1));
        }
        return (int) count;
    }

    /** The facts by what is alike. */
    List<List<BalanceFact>> alike() {
        return alike;
    }

    /**
     * The sets whose effects sum to the change, each as how many it has of what is alike; without those that hold another one,
     * whose further facts only cancel each other.
     *
     * @param rounding how the live system rounds each charge; null where it does not
     */
    Collection<List<Integer>> fitting(Amount change, @Nullable RoundingMode rounding) {
        List<List<Integer>> fitting = new ArrayList<>();
        collect(change, rounding, new int[alike.size()], 0, fitting);
        return fitting.stream()
                .filter(each -> fitting.stream().noneMatch(other -> !other.equals(each) && isWithin(other, each)))
                .toList();
    }

    private void collect(
            Amount left, @Nullable RoundingMode rounding, int[] counts, int index, List<List<Integer>> fitting) {
        if (index == counts.length) {
            Amount together = shared.beyondSum(alike, counts);
            // Where each charge is rounded, it is not known what is left of them once they share a tier.
            boolean fits = rounding == null ? left.equals(together) : left.isZero() && together.isZero();
            if (fits && (!exclusive || canHold(counts))) {
                fitting.add(Arrays.stream(counts).boxed().toList());
            }
            return;
        }
        BalanceFact one = alike.get(index).get(0);
        Amount effect = one.effectWhere(rounding);
        int most = effect == null ? 0 : alike.get(index).size();
        Amount rest = left;
        for (int count = 0; count <= most; count++) {
            counts[index] = count;
            collect(rest, rounding, counts, index + 1, fitting);
            rest = effect == null ? rest : rest.minus(effect);
        }
        counts[index] = 0;
    }

    private static boolean isWithin(List<Integer> small, List<Integer> large) {
        for (int index = 0; index < small.size(); index++) {
            if (small.get(index) > large.get(index)) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many of each can be chosen that no two have the same subject. */
    private boolean canHold(int[] counts) {
        Map<String, Integer> takenBy = new HashMap<>();
        for (int index = 0; index < counts.length; index++) {
            for (int number = 0; number < counts[index]; number++) {
                if (!give(index, takenBy, new ArrayList<>())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Finds one more subject for what is alike, where need be by giving others another one: an augmenting path. */
    private boolean give(int index, Map<String, Integer> takenBy, List<String> looked) {
        for (BalanceFact fact : alike.get(index)) {
            if (!looked.contains(fact.subject())) {
                looked.add(fact.subject());
                Integer holder = takenBy.get(fact.subject());
                if (holder == null || (holder != index && give(holder, takenBy, looked))) {
                    takenBy.put(fact.subject(), index);
                    return true;
                }
            }
        }
        return false;
    }
}
