package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out facts that are in no set whose effects sum to a change, because all others together could not make up for them. So a
 * large top-up is not tried for a small gap.
 */
final class PossibleFacts {
    /** The least and the most that facts can add, of each subject one or none. */
    record Bounds(Amount low, Amount high) {
        static final Bounds NONE = new Bounds(Amount.ZERO, Amount.ZERO);

        Bounds or(Amount effect) {
            return new Bounds(low.min(effect), high.compareTo(effect) < 0 ? effect : high);
        }

        Bounds plus(Bounds other) {
            return new Bounds(low.plus(other.low), high.plus(other.high));
        }

        Bounds minus(Bounds other) {
            return new Bounds(low.minus(other.low), high.minus(other.high));
        }

        boolean hold(Amount sum) {
            return low.compareTo(sum) <= 0 && sum.compareTo(high) <= 0;
        }
    }

    private PossibleFacts() {}

    /** The facts that may be in a fitting set, in their order, and every rounding. */
    static List<BalanceFact> of(Amount change, List<BalanceFact> facts) {
        List<BalanceFact> left = facts;
        int before;
        do {
            before = left.size();
            left = once(change, left);
        } while (left.size() < before);
        return left;
    }

    private static List<BalanceFact> once(Amount change, List<BalanceFact> facts) {
        List<BalanceFact> apart =
                facts.stream().filter(fact -> !isRounding(fact)).toList();
        Set<BalanceFact> possible = new HashSet<>(possible(change, null, apart));
        for (BalanceFact rounding : facts) {
            if (isRounding(rounding)) {
                possible.addAll(possible(change.minus(rounding.effect()), GapExplanation.mode(rounding), apart));
            }
        }
        return facts.stream()
                .filter(fact -> isRounding(fact) || possible.contains(fact))
                .toList();
    }

    /** Of facts that are no rounding, those that others can make up for to that sum. */
    private static List<BalanceFact> possible(Amount sum, @Nullable RoundingMode rounding, List<BalanceFact> all) {
        SharedCounts shared = rounding == null ? SharedCounts.of(all) : SharedCounts.NONE;
        Map<BalanceFact, Amount> effects = new LinkedHashMap<>();
        for (BalanceFact fact : all) {
            Amount effect = fact.effectWhere(rounding);
            if (effect != null) {
                effects.put(fact, shared.apart(fact, effect));
            }
        }
        Map<String, Bounds> bySubject = new HashMap<>();
        effects.forEach((fact, effect) ->
                bySubject.merge(fact.subject(), Bounds.NONE.or(effect), (known, more) -> known.or(more.low())
                        .or(more.high())));
        Bounds most = bySubject.values().stream().reduce(shared.bounds(), Bounds::plus);
        return effects.entrySet().stream()
                .filter(each -> most.minus(bySubject.getOrDefault(each.getKey().subject(), Bounds.NONE))
                        .hold(sum.minus(each.getValue())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isRounding(BalanceFact fact) {
        return fact.kind() == BalanceFact.Kind.ROUNDING;
    }
}
