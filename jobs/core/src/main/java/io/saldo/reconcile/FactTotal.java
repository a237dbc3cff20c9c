package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Facts of the same kind and origin, summed to one that is true of all of them or of none. */
public final class FactTotal {
    private final BalanceFact first;
    private final Map<RoundingMode, Amount> rounded = new HashMap<>();
    private final Map<MonthCount, OtherUnits> units = new LinkedHashMap<>();
    private Amount withoutUnits = Amount.ZERO;
    private long count;

    /** Begins with the first of them. */
    public FactTotal(BalanceFact first) {
        this.first = first;
        first.roundedEffects().keySet().forEach(mode -> rounded.put(mode, Amount.ZERO));
        add(first);
    }

    /** Adds one of the same kind and origin; without units, with rounded effects of the same ways. */
    public void add(BalanceFact fact) {
        fact.units().forEach(each -> units.merge(each.count(), each, OtherUnits::plus));
        if (units.isEmpty() && !fact.roundedEffects().keySet().equals(rounded.keySet())) {
            throw new IllegalArgumentException(
                    fact.description() + " is rounded otherwise than " + first.description());
        }
        withoutUnits = withoutUnits.plus(fact.effectWithoutUnits());
        fact.roundedEffects().forEach((mode, amount) -> rounded.merge(mode, amount, Amount::plus));
        count++;
    }

    /** The fact that stands for all; the only one itself. */
    public BalanceFact fact() {
        return count == 1
                ? first
                : BalanceFact.ofUnits(
                        first.accountId(),
                        first.occurredAt(),
                        first.kind(),
                        "all of " + first.origin(),
                        first.origin(),
                        withoutUnits,
                        units.isEmpty() ? rounded : Map.of(),
                        List.copyOf(units.values()),
                        "all " + count + " " + first.kind().words() + " of " + first.origin());
    }
}
