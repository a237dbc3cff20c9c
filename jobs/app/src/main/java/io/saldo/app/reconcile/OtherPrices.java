package io.saldo.app.reconcile;

import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.BalanceFact.Kind;
import io.saldo.reconcile.MonthCount;
import io.saldo.reconcile.OtherUnits;
import io.saldo.statement.EventCharge;
import io.saldo.statement.EventCharges;
import io.saldo.time.Instants;
import io.saldo.usage.AccountEvents;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the usage of one stretch would have changed the balance by at other prices: where a live system still had the prices
 * before a change, or had those after it too early; where it has another version of the books; and where it rounds each charge.
 * Prices with tiers go on from what they had counted in the month, by our books, and at the other prices for as long as a live
 * system had these.
 */
final class OtherPrices {
    /** A price change is looked for so far around the stretch. */
    private static final long AROUND_MICROS = 31L * 86_400_000_000L;

    private static final TierCounts NOTHING = new TierCounts();

    private final ChangeFacts facts;
    private final BalanceChange change;
    private final EventCharges charges;
    private final List<Version> versions;
    private final long since;
    private final Map<Other, Sum> sums = new LinkedHashMap<>();
    private final Map<RoundingMode, Amount> lost = new EnumMap<>(RoundingMode.class);
    private boolean unrated;

    /** What usage costs by another version of the books. */
    record Version(String name, EventCharges charges) {}

    /** Prices that a live system may have had in place of ours. */
    private sealed interface Other {
        /** What names them. */
        String words();
    }

    private record OtherVersion(String name) implements Other {
        @Override
        public String words() {
            return "the prices of " + name;
        }
    }

    /** Those of a product on the other side of a change. */
    private record OtherSide(String provider, String model, long at, boolean isBefore) implements Other {
        @Override
        public String words() {
            return provider + " " + model + " at the prices " + (isBefore ? "before " : "from ") + Instants.format(at);
        }

        Other ofAll() {
            return new OtherSide("", "", at, isBefore);
        }
    }

    /** What events cost more at our prices than at others, by how a live system rounds. */
    private static final class Sum {
        private final Map<RoundingMode, Amount> rounded = new EnumMap<>(RoundingMode.class);
        private final Map<MonthCount, OtherUnits> units = new LinkedHashMap<>();
        private TierCounts moved = new TierCounts();
        private Amount flat = Amount.ZERO;
        private boolean unrated;

        void add(Sum other) {
            flat = flat.plus(other.flat);
            other.rounded.forEach((mode, amount) -> rounded.merge(mode, amount, Amount::plus));
            other.units.values().forEach(this::add);
            unrated |= other.unrated;
        }

        void add(OtherUnits each) {
            units.merge(each.count(), each, OtherUnits::plus);
        }

        Amount exact() {
            return units.values().stream().map(OtherUnits::effect).reduce(flat, Amount::plus);
        }

        boolean isSame(Sum other) {
            return exact().equals(other.exact()) && rounded.equals(other.rounded);
        }
    }

    /**
     * Other prices within a stretch.
     *
     * @param since when the account's gap changed first, in microseconds: no earlier had a live system the prices after a change
     */
    OtherPrices(ChangeFacts facts, EventCharges charges, List<Version> versions, long since) {
        this.facts = facts;
        this.change = facts.change();
        this.charges = charges;
        this.versions = versions;
        this.since = since;
        ChangeFacts.ROUNDINGS.forEach(mode -> lost.put(mode, Amount.ZERO));
    }

    /** Adds the events of a month, of which those of the stretch count, and those before it where prices have tiers. */
    void add(AccountEvents all, YearMonth month) {
        int from = 0;
        while (from < all.size() && all.occurredAt()[from] < change.from()) {
            from++;
        }
        int to = from;
        while (to < all.size() && all.occurredAt()[to] < change.to()) {
            to++;
        }
        boolean tiers = charges.hasTiers()
                || versions.stream().anyMatch(each -> each.charges().hasTiers());
        SortedSet<Long> changes = from == to
                ? new TreeSet<>()
                : charges.priceChanges(
                        all,
                        Math.max(change.from(), all.occurredAt()[from]) - AROUND_MICROS,
                        Math.min(change.to(), all.occurredAt()[to - 1]) + AROUND_MICROS);
        TierCounts counted = new TierCounts();
        for (int event = tiers ? 0 : from; event < to; event++) {
            boolean within = event >= from;
            EventCharge charge = charges.of(all, event);
            if (charge == null) {
                unrated |= within;
            } else if (within) {
                Amount cost = counted.cost(charge, NOTHING);
                for (RoundingMode mode : ChangeFacts.ROUNDINGS) {
                    lost.merge(mode, cost.minus(facts.rounded(cost, mode)), Amount::plus);
                }
            }
            others(all, event, changes, charge, counted, within);
            if (charge != null) {
                counted.add(charge, !within);
            }
        }
        counted.tell(facts, month);
        for (Sum sum : sums.values()) {
            sum.moved.beyond(facts, month).forEach(sum::add);
            sum.moved = new TierCounts();
        }
    }

    private void others(
            AccountEvents all,
            int event,
            SortedSet<Long> changes,
            @Nullable EventCharge charge,
            TierCounts counted,
            boolean within) {
        AccountEvents.Product product = all.products().get(all.product()[event]);
        long occurredAt = all.occurredAt()[event];
        for (long at : changes) {
            boolean before = at <= occurredAt;
            if (before || occurredAt >= since) {
                other(
                        new OtherSide(product.provider(), product.model(), at, before),
                        charge,
                        charges.at(all, event, before ? at - 1 : at),
                        counted,
                        within);
            }
        }
        for (Version version : versions) {
            other(new OtherVersion(version.name()), charge, version.charges().of(all, event), counted, within);
        }
    }

    private void other(
            Other key, @Nullable EventCharge ours, @Nullable EventCharge other, TierCounts counted, boolean within) {
        Sum sum = sums.computeIfAbsent(key, each -> new Sum());
        if (ours == null || other == null) {
            sum.unrated |= within;
            return;
        }
        if (ours.equals(other)) {
            return;
        }
        if (within) {
            Amount cost = counted.cost(ours, NOTHING);
            Amount otherCost = counted.cost(other, sum.moved);
            sum.flat = sum.flat.plus(ours.flat().minus(other.flat()));
            for (RoundingMode mode : ChangeFacts.ROUNDINGS) {
                sum.rounded.merge(mode, facts.rounded(cost, mode).minus(facts.rounded(otherCost, mode)), Amount::plus);
            }
        }
        sum.moved.take(ours, !within);
        sum.moved.add(other, !within);
    }

    /** Adds what was found to the facts. */
    void finish() {
        Map<Other, Sum> ofChanges = new LinkedHashMap<>();
        sums.forEach((key, sum) -> {
            if (key instanceof OtherSide side) {
                ofChanges.computeIfAbsent(side.ofAll(), each -> new Sum()).add(sum);
            }
        });
        List<Sum> told = new ArrayList<>(ofChanges.values());
        sums.forEach((key, sum) -> {
            boolean version = key instanceof OtherVersion;
            // What a change within the books says needs no earlier version of them to say it, nor one version another.
            if (!sum.unrated
                    && !sum.exact().isZero()
                    && !(version && told.stream().anyMatch(sum::isSame))) {
                told.add(sum);
                facts.add(fact(key, sum));
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
                            List.of(),
                            "each charge rounded " + BalanceFact.words(mode)));
                }
            });
        }
    }

    private BalanceFact fact(Other key, Sum sum) {
        boolean steady = sum.units.values().stream().allMatch(OtherUnits::isSteady);
        return BalanceFact.ofUnits(
                change.accountId(),
                change.to() - 1,
                Kind.PRICE,
                key instanceof OtherSide side
                        ? "prices " + List.of(side.provider(), side.model(), side.at())
                        : "prices",
                "",
                sum.flat,
                steady ? sum.rounded : Map.of(),
                List.copyOf(sum.units.values()),
                key.words());
    }
}
