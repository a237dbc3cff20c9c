package io.saldo.app.reconcile;

import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.FactTotal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
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

    private final BalanceChange change;
    private final Currency currency;
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

    /**
     * Adds a fact about a record of a delivery.
     *
     * @param origin the delivery
     * @param paid what the live system charged of it, and we did not
     * @param unpaid what we charged, and it did not
     */
    void addRecord(
            BalanceFact.Kind kind,
            long occurredAt,
            String origin,
            long line,
            Amount paid,
            Amount unpaid,
            String words) {
        Map<RoundingMode, Amount> rounded = new EnumMap<>(RoundingMode.class);
        for (RoundingMode mode : ROUNDINGS) {
            rounded.put(mode, rounded(unpaid, mode).minus(rounded(paid, mode)));
        }
        String place = origin + ":" + line;
        BalanceFact fact = new BalanceFact(
                change.accountId(),
                occurredAt,
                kind,
                place,
                origin,
                unpaid.minus(paid),
                rounded,
                words.formatted(place));
        if (each.size() < EACH_MAX) {
            each.add(fact);
        } else {
            if (totals.isEmpty()) {
                each.forEach(this::total);
            }
            total(fact);
        }
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
