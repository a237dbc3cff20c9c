package io.saldo.app.reconcile;

import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.statement.EventCharges;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What the usage of one stretch would have changed the balance by at other prices: where a live system still had the prices
 * before a change, or had those after it too early; where it has another version of the books; and where it rounds each charge.
 */
final class OtherPrices {
    /** A price change is looked for so far around the stretch. */
    private static final long AROUND_MICROS = 31L * 86_400_000_000L;

    private final ChangeFacts facts;
    private final BalanceChange change;
    private final EventCharges charges;
    private final List<Version> versions;
    private final Map<List<Object>, Sum> sums = new LinkedHashMap<>();
    private final Map<RoundingMode, Amount> lost = new EnumMap<>(RoundingMode.class);
    private boolean unrated;

    /** What usage costs by another version of the books. */
    record Version(String name, EventCharges charges) {}

    /** What events cost more at our prices than at others, by how a live system rounds. */
    private static final class Sum {
        private final Map<RoundingMode, Amount> rounded = new EnumMap<>(RoundingMode.class);
        private Amount exact = Amount.ZERO;
        private boolean unrated;

        void add(Sum other) {
            exact = exact.plus(other.exact);
            other.rounded.forEach((mode, amount) -> rounded.merge(mode, amount, Amount::plus));
            unrated |= other.unrated;
        }

        boolean isSame(Sum other) {
            return exact.equals(other.exact) && rounded.equals(other.rounded);
        }
    }

    OtherPrices(ChangeFacts facts, EventCharges charges, List<Version> versions) {
        this.facts = facts;
        this.change = facts.change();
        this.charges = charges;
        this.versions = versions;
        ChangeFacts.ROUNDINGS.forEach(mode -> lost.put(mode, Amount.ZERO));
    }

    /** Adds the events of a month, of which those of the stretch count. */
    void add(AccountEvents all) {
        int from = 0;
        while (from < all.size() && all.occurredAt()[from] < change.from()) {
            from++;
        }
        int to = from;
        while (to < all.size() && all.occurredAt()[to] < change.to()) {
            to++;
        }
        if (from == to) {
            return;
        }
        SortedSet<Long> changes = charges.priceChanges(
                all,
                Math.max(change.from(), all.occurredAt()[from]) - AROUND_MICROS,
                Math.min(change.to(), all.occurredAt()[to - 1]) + AROUND_MICROS);
        for (int event = from; event < to; event++) {
            Amount charge = charges.of(all, event);
            if (charge == null) {
                unrated = true;
            } else {
                for (RoundingMode mode : ChangeFacts.ROUNDINGS) {
                    lost.merge(mode, charge.minus(facts.rounded(charge, mode)), Amount::plus);
                }
            }
            AccountEvents.Product product = all.products().get(all.product()[event]);
            for (long at : changes) {
                boolean after = at <= all.occurredAt()[event];
                add(
                        List.of(product.provider(), product.model(), at, after),
                        charge,
                        charges.at(all, event, after ? at - 1 : at));
            }
            for (Version version : versions) {
                add(List.of(version.name()), charge, version.charges().of(all, event));
            }
        }
    }

    private void add(List<Object> key, @Nullable Amount ours, @Nullable Amount other) {
        Sum sum = sums.computeIfAbsent(key, each -> new Sum());
        if (ours == null || other == null) {
            sum.unrated = true;
            return;
        }
        if (ours.equals(other)) {
            return;
        }
        sum.exact = sum.exact.plus(ours.minus(other));
        for (RoundingMode mode : ChangeFacts.ROUNDINGS) {
            sum.rounded.merge(mode, facts.rounded(ours, mode).minus(facts.rounded(other, mode)), Amount::plus);
        }
    }

    /** Adds what was found to the facts. */
    void finish() {
        Map<List<Object>, Sum> ofChanges = new LinkedHashMap<>();
        sums.forEach((key, sum) -> {
            if (key.size() > 1) {
                ofChanges.computeIfAbsent(key.subList(2, 4), each -> new Sum()).add(sum);
            }
        });
        List<Sum> told = new ArrayList<>(ofChanges.values());
        sums.forEach((key, sum) -> {
            boolean version = key.size() == 1;
            // What a change within the books says needs no earlier version of them to say it, nor one version another.
            if (!sum.unrated
                    && !sum.exact.isZero()
                    && !(version && told.stream().anyMatch(sum::isSame))) {
                told.add(sum);
                facts.add(new BalanceFact(
                        change.accountId(),
                        change.to() - 1,
                        Kind.PRICE,
                        version ? "prices" : "prices " + key.subList(0, 3),
                        "",
                        sum.exact,
                        sum.rounded,
                        version
                                ? "the prices of " + key.get(0)
                                : key.get(0) + " " + key.get(1) + " at the prices "
                                        + (key.get(3).equals(true) ? "before " : "from ")
                                        + Instants.format((Long) key.get(2))));
            }
        });
        if (!unrated) {
            lost.forEach((mode, effect) -> {
                if (!effect.isZero()) {
                    facts.add(new BalanceFact(
                            change.accountId(),
                            change.to() - 1,
                            Kind.ROUNDING,
                            "rounding",
                            "",
                            effect,
                            Map.of(mode, effect),
                            "each charge rounded " + BalanceFact.words(mode)));
                }
            });
        }
    }
}
