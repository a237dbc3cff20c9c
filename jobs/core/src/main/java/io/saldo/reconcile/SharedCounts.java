package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The counts of prices with tiers that several facts touch: what each fact adds by itself does not sum to what they add together
 * where a tier ends in between.
 */
final class SharedCounts {
    /** Where each fact counts for itself. */
    static final SharedCounts NONE = new SharedCounts(Map.of());

    private final Map<MonthCount, List<OtherUnits>> counts;

    private SharedCounts(Map<MonthCount, List<OtherUnits>> counts) {
        this.counts = counts;
    }

    static SharedCounts of(List<BalanceFact> facts) {
        Map<MonthCount, List<OtherUnits>> all = new LinkedHashMap<>();
        for (BalanceFact fact : facts) {
            for (OtherUnits each : fact.units()) {
                all.computeIfAbsent(each.count(), count -> new ArrayList<>()).add(each);
            }
        }
        all.values().removeIf(each -> each.size() < 2);
        return new SharedCounts(all);
    }

    /** What facts add together beyond the sum of what each adds by itself; so many of each kind of facts that are alike. */
    Amount beyondSum(List<List<BalanceFact>> alike, int[] chosen) {
        if (counts.isEmpty()) {
            return Amount.ZERO;
        }
        Map<MonthCount, OtherUnits> together = new HashMap<>();
        Amount beyond = Amount.ZERO;
        for (int index = 0; index < chosen.length; index++) {
            if (chosen[index] > 0) {
                for (OtherUnits each : alike.get(index).get(0).units()) {
                    if (counts.containsKey(each.count())) {
                        OtherUnits all = each.times(chosen[index]);
                        together.merge(each.count(), all, OtherUnits::plus);
                        beyond = beyond.minus(each.effect().times(chosen[index]));
                    }
                }
            }
        }
        return together.values().stream().map(OtherUnits::effect).reduce(beyond, Amount::plus);
    }

    /** What a fact adds whatever others are true. */
    Amount apart(BalanceFact fact, Amount effect) {
        Amount apart = effect;
        for (OtherUnits each : fact.units()) {
            apart = counts.containsKey(each.count()) ? apart.minus(each.effect()) : apart;
        }
        return apart;
    }

    /** The least and the most that any of the facts can add through these counts. */
    PossibleFacts.Bounds bounds() {
        PossibleFacts.Bounds bounds = PossibleFacts.Bounds.NONE;
        for (Map.Entry<MonthCount, List<OtherUnits>> each : counts.entrySet()) {
            BigInteger fewestAtStart = BigInteger.ZERO;
            BigInteger mostAtStart = BigInteger.ZERO;
            BigInteger fewestAtEnd = BigInteger.ZERO;
            BigInteger mostAtEnd = BigInteger.ZERO;
            for (OtherUnits units : each.getValue()) {
                fewestAtStart = fewestAtStart.add(units.atStart().min(BigInteger.ZERO));
                mostAtStart = mostAtStart.add(units.atStart().max(BigInteger.ZERO));
                fewestAtEnd = fewestAtEnd.add(units.atEnd().min(BigInteger.ZERO));
                mostAtEnd = mostAtEnd.add(units.atEnd().max(BigInteger.ZERO));
            }
            MonthCount.Range range = each.getKey().effects(fewestAtStart, mostAtStart, fewestAtEnd, mostAtEnd);
            bounds = bounds.plus(new PossibleFacts.Bounds(range.low(), range.high()));
        }
        return bounds;
    }
}
