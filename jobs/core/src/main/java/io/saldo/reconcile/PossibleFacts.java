package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Leaves out facts that are in no set whose effects sum to a change, because all others together could not make up for them. So a
 * large top-up is not tried for a small gap.
 */
final class PossibleFacts {
    /** What the facts that are no rounding must sum to, and each one's effect. */
    private record Sought(Amount sum, Function<BalanceFact, Amount> effect) {}

    /** The least and the most that facts can add, of each subject one or none. */
    private record Bounds(Amount low, Amount high) {
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
        Map<BalanceFact, Boolean> possible = new HashMap<>();
        look(new Sought(change, BalanceFact::effect), facts, possible);
        for (BalanceFact rounding : facts) {
            if (isRounding(rounding)) {
                RoundingMode mode = GapExplanation.mode(rounding);
                look(new Sought(change.minus(rounding.effect()), fact -> fact.effectRounded(mode)), facts, possible);
            }
        }
        return facts.stream()
                .filter(fact -> isRounding(fact) || possible.getOrDefault(fact, false))
                .toList();
    }

    private static void look(Sought sought, List<BalanceFact> facts, Map<BalanceFact, Boolean> possible) {
        Map<String, Bounds> bySubject = new HashMap<>();
        for (BalanceFact fact : facts) {
            if (!isRounding(fact)) {
                Bounds known = bySubject.getOrDefault(fact.subject(), Bounds.NONE);
                bySubject.put(fact.subject(), known.or(sought.effect().apply(fact)));
            }
        }
        Bounds all = bySubject.values().stream().reduce(Bounds.NONE, Bounds::plus);
        for (BalanceFact fact : facts) {
            if (!isRounding(fact)) {
                Bounds others = all.minus(bySubject.getOrDefault(fact.subject(), Bounds.NONE));
                if (others.hold(sought.sum().minus(sought.effect().apply(fact)))) {
                    possible.put(fact, true);
                }
            }
        }
    }

    private static boolean isRounding(BalanceFact fact) {
        return fact.kind() == BalanceFact.Kind.ROUNDING;
    }
}
