package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.usage.TextOrder;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a balance gap changed: the one set of facts of the interval whose effects sum to the change exactly.
 *
 * <p>A set that holds another one that fits is none of its own: what it has more only cancels itself. Sets that differ only
 * in which of several facts alike they have are one, and it is told that it is some of them. Where there are too many facts to
 * try every set, those of the same kind and origin are taken together, all or none.
 *
 * @param causes the facts of that set; {@link #UNEXPLAINED} alone when no set fits, several do, or there are too many facts
 *     to say
 * @param candidates every fact of the interval, also one that can be in no set that fits, so that a person sees what was looked
 *     at; empty when one set explains the change
 */
record GapExplanation(List<String> causes, List<BalanceFact> candidates) {
    /** What a break says whose cause was looked for and not found. */
    static final String UNEXPLAINED = "unexplained";

    /** So many facts that are alike are named; of more it is told how many there are. */
    private static final int NAMED_MAX = 5;

    private static final Comparator<BalanceFact> IN_TIME = Comparator.comparingLong(BalanceFact::occurredAt)
            .thenComparing(BalanceFact::kind)
            .thenComparing(BalanceFact::description, TextOrder.UTF_8)
            .thenComparing(BalanceFact::effect);

    static GapExplanation of(Amount change, List<BalanceFact> factsOfInterval) {
        List<BalanceFact> candidates = factsOfInterval.stream()
                .filter(each -> !each.effect().isZero()
                        || each.roundedEffects().values().stream().anyMatch(effect -> !effect.isZero()))
                .sorted(IN_TIME)
                .toList();
        List<BalanceFact> facts = PossibleFacts.of(change, candidates);
        FactSets sets = sets(facts);
        if (sets.count() > FactSets.SETS_MAX) {
            candidates = together(candidates);
            facts = PossibleFacts.of(change, together(facts));
            sets = sets(facts);
            if (sets.count() > FactSets.SETS_MAX) {
                return new GapExplanation(List.of(UNEXPLAINED), candidates);
            }
        }
        List<List<String>> causes = new ArrayList<>();
        for (List<Integer> set : sets.fitting(change, null)) {
            causes.add(described(sets, set, List.of()));
        }
        Map<List<Integer>, List<BalanceFact>> rounded = new LinkedHashMap<>();
        for (BalanceFact rounding : facts) {
            if (rounding.kind() == BalanceFact.Kind.ROUNDING) {
                RoundingMode mode =
                        rounding.roundedEffects().keySet().iterator().next();
                for (List<Integer> set : sets.fitting(change.minus(rounding.effect()), mode)) {
                    rounded.computeIfAbsent(set, each -> new ArrayList<>()).add(rounding);
                }
            }
        }
        for (Map.Entry<List<Integer>, List<BalanceFact>> each : rounded.entrySet()) {
            causes.add(described(sets, each.getKey(), each.getValue()));
        }
        return causes.size() == 1
                ? new GapExplanation(causes.get(0), List.of())
                : new GapExplanation(List.of(UNEXPLAINED), candidates);
    }

    /** The causes in one line. */
    String cause() {
        return String.join(", ", causes);
    }

    /** The way of a fact that is a rounding. */
    static RoundingMode mode(BalanceFact rounding) {
        return rounding.roundedEffects().keySet().iterator().next();
    }

    private static FactSets sets(List<BalanceFact> facts) {
        return new FactSets(facts.stream()
                .filter(each -> each.kind() != BalanceFact.Kind.ROUNDING)
                .toList());
    }

    /** One fact for all of the same kind and origin. */
    private static List<BalanceFact> together(List<BalanceFact> facts) {
        Map<List<Object>, FactTotal> totals = new LinkedHashMap<>();
        for (BalanceFact fact : facts) {
            List<Object> key = fact.origin().isEmpty() ? List.of(fact) : List.of(fact.kind(), fact.origin());
            FactTotal total = totals.get(key);
            if (total == null) {
                totals.put(key, new FactTotal(fact));
            } else {
                total.add(fact);
            }
        }
        return totals.values().stream().map(FactTotal::fact).toList();
    }

    private static List<String> described(FactSets sets, List<Integer> set, List<BalanceFact> roundings) {
        List<String> parts = new ArrayList<>();
        for (int index = 0; index < set.size(); index++) {
            List<BalanceFact> alike = sets.alike().get(index);
            int count = set.get(index);
            if (count == 0) {
                continue;
            }
            String named = alike.stream()
                            .limit(NAMED_MAX)
                            .map(BalanceFact::description)
                            .collect(Collectors.joining(", "))
                    + (alike.size() > NAMED_MAX ? " and " + (alike.size() - NAMED_MAX) + " more" : "");
            parts.add(count == alike.size() ? named : count + " of " + alike.size() + " alike (" + named + ")");
        }
        if (!roundings.isEmpty()) {
            parts.add("each charge rounded "
                    + roundings.stream()
                            .map(GapExplanation::mode)
                            .map(BalanceFact::words)
                            .sorted()
                            .collect(Collectors.joining(" or ")));
        }
        return parts;
    }
}
