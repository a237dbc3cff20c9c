package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.BigInteger;

/**
 * Units of a price with tiers that a live system counted and we did not; below zero where we did and it did not.
 *
 * @param count what they add to
 * @param atStart of them, those that it had counted when the stretch began
 * @param atEnd all of them
 */
public record OtherUnits(MonthCount count, BigInteger atStart, BigInteger atEnd) {
    /** What they add to recorded minus computed within the stretch, if nothing else was counted otherwise. */
    public Amount effect() {
        return count.effect(atStart, atEnd);
    }

    /** Whether every event of the stretch costs by itself, with these units and without them. */
    public boolean isSteady() {
        return count.isSteady(atStart, atEnd);
    }

    /** So many of them. */
    OtherUnits times(int factor) {
        BigInteger times = BigInteger.valueOf(factor);
        return new OtherUnits(count, atStart.multiply(times), atEnd.multiply(times));
    }

    /** Both together. */
    public OtherUnits plus(OtherUnits other) {
        return new OtherUnits(count, atStart.add(other.atStart), atEnd.add(other.atEnd));
    }
}
