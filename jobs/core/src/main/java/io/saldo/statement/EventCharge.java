package io.saldo.statement;

import io.saldo.money.Amount;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import java.math.BigInteger;
import java.util.Map;

/**
 * What one event costs.
 *
 * @param flat what it costs by itself
 * @param units what it adds to the month's counts of prices with tiers, each above zero; what these cost, the month's other
 *     events decide. The prices are without places, so that those of two versions of a book can be compared
 */
public record EventCharge(Amount flat, Map<RowSet, BigInteger> units) {
    /** Of what costs nothing. */
    public static final EventCharge NONE = new EventCharge(Amount.ZERO, Map.of());

    /** Keeps a copy. */
    public EventCharge {
        units = Map.copyOf(units);
    }

    /** Whether the price of other events changes with it, also of those before it. */
    public boolean hasVolume() {
        return units.keySet().stream().anyMatch(set -> set.mode() == TierMode.VOLUME);
    }
}
