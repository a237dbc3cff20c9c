package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/** Facts of the same kind and origin, summed to one that is true of all of them or of none. */
public final class FactTotal {
    private final BalanceFact first;
    private final Map<RoundingMode, Amount> rounded = new HashMap<>();
    private Amount effect = Amount.ZERO;
    private long count;

    /** Begins with the first of them. */
    public FactTotal(BalanceFact first) {
        this.first = first;
        first.roundedEffects().keySet().forEach(mode -> rounded.put(mode, Amount.ZERO));
        add(first);
    }

    /** Adds one of the same kind and origin, with rounded effects of the same ways. */
    public void add(BalanceFact fact) {
        if (!fact.roundedEffects().keySet().equals(rounded.keySet())) {
            throw new IllegalArgumentException(
                    fact.description() + " is rounded otherwise than " + first.description());
        }
        effect = effect.plus(fact.effect());
        fact.roundedEffects().forEach((mode, amount) -> rounded.merge(mode, amount, Amount::plus));
        count++;
    }

    /** The fact that stands for all; the only one itself. */
    public BalanceFact fact() {
        return count == 1
                ? first
                : new BalanceFact(
                        first.accountId(),
                        first.occurredAt(),
                        first.kind(),
                        "all of " + first.origin(),
                        first.origin(),
                        effect,
                        rounded,
                        "all " + count + " " + first.kind().words() + " of " + first.origin());
    }
}
