package io.saldo.app.reconcile;

import io.saldo.money.Amount;
import io.saldo.pricing.RowSet;
import io.saldo.reconcile.OtherUnits;
import io.saldo.statement.EventCharge;
import io.saldo.statement.MonthCounters;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts of prices with tiers over a month, as they were when a stretch began and as they are by now. */
final class TierCounts {
    private final Map<RowSet, BigInteger> atStart = new LinkedHashMap<>();
    private final Map<RowSet, BigInteger> now = new LinkedHashMap<>();

    /** Counts what an event adds. */
    void add(EventCharge charge, boolean beforeStretch) {
        charge.units().forEach((set, units) -> add(set, units, beforeStretch));
    }

    /** Counts what an event would have added, and no longer does. */
    void take(EventCharge charge, boolean beforeStretch) {
        charge.units().forEach((set, units) -> add(set, units.negate(), beforeStretch));
    }

    private void add(RowSet set, BigInteger units, boolean beforeStretch) {
        if (beforeStretch) {
            atStart.merge(set, units, BigInteger::add);
        }
        now.merge(set, units, BigInteger::add);
    }

    /** What an event costs as the next one that these counts, with others beside them, meet. */
    Amount cost(EventCharge charge, TierCounts beside) {
        Amount cost = charge.flat();
        for (Map.Entry<RowSet, BigInteger> each : charge.units().entrySet()) {
            RowSet set = each.getKey();
            cost = cost.plus(set.cost(of(now, set).add(of(beside.now, set)), each.getValue()));
        }
        return cost;
    }

    /** Notes them as what our books count. */
    void tell(ChangeFacts facts, YearMonth month) {
        now.forEach((set, counted) -> facts.count(month, false, set, of(atStart, set), counted));
    }

    /** Notes them as late usage that our books count on from where its month was closed. */
    void tellLate(ChangeFacts facts, MonthCounters frozen) {
        now.forEach((set, late) -> {
            BigInteger before = BigInteger.valueOf(frozen.of(set.key()));
            facts.count(frozen.month(), true, set, before, before.add(late));
        });
    }

    /** Them as what is counted beyond our books. */
    List<OtherUnits> beyond(ChangeFacts facts, YearMonth month) {
        List<OtherUnits> units = new ArrayList<>();
        now.forEach((set, more) -> {
            if (more.signum() != 0 || of(atStart, set).signum() != 0) {
                units.add(new OtherUnits(facts.count(month, false, set), of(atStart, set), more));
            }
        });
        return units;
    }

    private static BigInteger of(Map<RowSet, BigInteger> counts, RowSet set) {
        return counts.getOrDefault(set, BigInteger.ZERO);
    }
}
