package io.saldo.app.reconcile;

import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import io.saldo.pricing.RowSet;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.FactTotal;
import io.saldo.reconcile.MonthCount;
import io.saldo.reconcile.OtherUnits;
import io.saldo.statement.EventCharge;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was found that may have changed one gap. Beyond {@value #EACH_MAX} facts about single records only the totals of what is
 * of one kind and delivery are kept, so that memory does not depend on how many there are.
 */
final class ChangeFacts {
    /** How a live system may round a charge to minor units. */
    static final List<RoundingMode> ROUNDINGS =
            List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN, RoundingMode.UP);

    private static final int EACH_MAX = 50;

    /**
     * A record of a delivery.
     *
     * @param month whose prices with tiers count it
     * @param late whether it burned as late usage of that month, which was closed
     * @param felt the instant at which a balance feels it
     */
    record Logged(YearMonth month, boolean late, long felt, String delivery, long line) {
        String place() {
            return delivery + ":" + line;
        }
    }

    private record Counter(YearMonth month, boolean late, RowSet set) {}

    private final BalanceChange change;
    private final Currency currency;
    private final Map<Counter, MonthCount> counts = new HashMap<>();
    private final List<BalanceFact> alone = new ArrayList<>();
    private final List<BalanceFact> each = new ArrayList<>();
    private final Map<List<Object>, FactTotal> totals = new LinkedHashMap<>();

    /** Of an account in that currency. */
    ChangeFacts(BalanceChange change, Currency currency) {
        this.change = change;
        this.currency = currency;
    }

    BalanceChange change() {
        return change;
    }

    Currency currency() {
        return currency;
    }

    /** Adds a fact that stands for itself. */
    void add(BalanceFact fact) {
        alone.add(fact);
    }

    /** Adds a fact that stands for itself, felt at an instant of the stretch. */
    void add(BalanceFact.Kind kind, long occurredAt, String subject, Amount effect, String description) {
        add(BalanceFact.of(change.accountId(), occurredAt, kind, subject, effect, description));
    }

    /** Notes how far a price with tiers had counted when the stretch began, and when it ended. */
    void count(YearMonth month, boolean late, RowSet set, BigInteger atStart, BigInteger atEnd) {
        counts.put(new Counter(month, late, set), new MonthCount(set, month, late, atStart, atEnd));
    }

    /** How far it had counted, by our books. */
    MonthCount count(YearMonth month, boolean late, RowSet set) {
        return counts.computeIfAbsent(
                new Counter(month, late, set),
                absent -> new MonthCount(set, month, late, BigInteger.ZERO, BigInteger.ZERO));
    }

    /** Whether any price with tiers counted something: then records before the stretch may be felt in it too. */
    boolean hasCounts() {
        return !counts.isEmpty();
    }

    /** Whether a balance may feel something of that instant within the stretch. */
    boolean feels(long instant) {
        return change.holds(instant) || (hasCounts() && instant < change.from());
    }

    /**
     * Adds a fact about a record; none where it changes nothing within the stretch.
     *
     * @param paid what the live system charged of it, and we did not
     * @param unpaid what we charged, and it did not
     */
    void addRecord(BalanceFact.Kind kind, Logged record, EventCharge paid, EventCharge unpaid, String words) {
        boolean within = change.holds(record.felt());
        Map<RowSet, BigInteger> more = new LinkedHashMap<>(paid.units());
        unpaid.units().forEach((set, units) -> more.merge(set, units.negate(), BigInteger::add));
        List<OtherUnits> units = new ArrayList<>();
        more.forEach((set, each) -> units.add(
                new OtherUnits(count(record.month(), record.late(), set), within ? BigInteger.ZERO : each, each)));
        Amount flat = within ? unpaid.flat().minus(paid.flat()) : Amount.ZERO;
        Map<RoundingMode, Amount> rounded = new EnumMap<>(RoundingMode.class);
        if (within && units.stream().allMatch(OtherUnits::isSteady)) {
            for (RoundingMode mode : ROUNDINGS) {
                rounded.put(mode, rounded(alone(unpaid, record), mode).minus(rounded(alone(paid, record), mode)));
            }
        }
        BalanceFact fact = BalanceFact.ofUnits(
                change.accountId(),
                Math.max(record.felt(), change.from()),
                kind,
                record.place(),
                record.delivery(),
                flat,
                rounded,
                units,
                words.formatted(record.place()));
        if (fact.effect().isZero() && !within) {
            return;
        }
        if (each.size() < EACH_MAX) {
            each.add(fact);
        } else {
            if (totals.isEmpty()) {
                each.forEach(this::total);
            }
            total(fact);
        }
    }

    /** What an event costs by itself where each of its prices stays in one tier throughout the stretch. */
    private Amount alone(EventCharge charge, Logged record) {
        Amount alone = charge.flat();
        for (Map.Entry<RowSet, BigInteger> each : charge.units().entrySet()) {
            BigInteger before =
                    count(record.month(), record.late(), each.getKey()).atEnd();
            alone = alone.plus(each.getKey().cost(before, each.getValue()));
        }
        return alone;
    }

    private void total(BalanceFact fact) {
        List<Object> key = List.of(fact.kind(), fact.origin());
        FactTotal known = totals.get(key);
        if (known == null) {
            totals.put(key, new FactTotal(fact));
        } else {
            known.add(fact);
        }
    }

    /** What a live system that rounds in that way makes of a charge. */
    Amount rounded(Amount charge, RoundingMode mode) {
        return Rounding.elsewhere(charge, currency, mode);
    }

    /** Everything that was added. */
    List<BalanceFact> facts() {
        return Stream.concat(
                        alone.stream(),
                        totals.isEmpty()
                                ? each.stream()
                                : totals.values().stream().map(FactTotal::fact))
                .toList();
    }
}
