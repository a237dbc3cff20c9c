package io.saldo.statement;

import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.OveragePolicy;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.RowSet;
import io.saldo.pricing.TierMode;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.LateEvents;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * SPEC 6 done by hand: decimals throughout, everything sorted and searched again at every instant. It shares with the
 * kernel only the value types; every figure is a line of text in {@link #figures}.
 */
final class StatementOracle {
    static final class Grant {
        String id;
        CreditKind kind;
        int priority;
        long effectiveAt;
        long bookedAt;
        long expiresAt;
        String provider;
        String model;
        boolean begun;
        Amount amount;
        Amount drawn;
        Amount expired;
        Amount withdrawn;
        Amount claimed;

        Amount left() {
            return begun ? amount.minus(drawn).minus(expired).minus(withdrawn) : Amount.ZERO;
        }

        boolean fits(String usedProvider, String usedModel) {
            return (provider.isEmpty() || provider.equals(usedProvider))
                    && (model.isEmpty() || model.equals(usedModel));
        }
    }

    private static final class Owed {
        LocalDate day;
        String provider;
        String model;
        Amount amount;
    }

    private static final Comparator<Grant> ORDER = (a, b) -> {
        if (a.priority != b.priority) {
            return a.priority < b.priority ? -1 : 1;
        }
        if (a.expiresAt != b.expiresAt) {
            return a.expiresAt < b.expiresAt ? -1 : 1;
        }
        List<CreditKind> kinds = List.of(CreditKind.PROMO, CreditKind.ADJUSTMENT, CreditKind.PURCHASE);
        if (a.kind != b.kind) {
            return kinds.indexOf(a.kind) - kinds.indexOf(b.kind);
        }
        if (a.effectiveAt != b.effectiveAt) {
            return a.effectiveAt < b.effectiveAt ? -1 : 1;
        }
        if (a.bookedAt != b.bookedAt) {
            return a.bookedAt < b.bookedAt ? -1 : 1;
        }
        return a.id.compareTo(b.id);
    };

    private final StatementInput input;
    private final NaivePrices prices;
    private final long start;
    private final long end;
    private final List<Grant> grants = new ArrayList<>();
    private final List<Owed> debts = new ArrayList<>();
    private final Map<String, Amount> sums = new TreeMap<>();
    private final List<String> sequence = new ArrayList<>();
    private final Map<Counted, Long> counts = new HashMap<>();
    private final Map<Counted, Long> totals = new HashMap<>();
    private final Set<Counted> frozen = new HashSet<>();
    private final Map<YearMonth, Amount> overage = new HashMap<>();

    /** A row set counts each usage month apart. */
    private record Counted(YearMonth month, RowSet.Key rowSet) {}

    /** Usage of one month. */
    private record Usage(YearMonth month, LateEvents counted, boolean late) {
        AccountEvents events() {
            return counted.events();
        }
    }

    StatementOracle(StatementInput input, NaivePrices prices) {
        this.input = input;
        this.prices = prices;
        this.start = input.zone().startOf(input.month());
        this.end = Math.min(input.asOf(), input.zone().startOf(input.month().plusMonths(1)));
    }

    Map<String, String> figures() {
        for (GrantPosition opening : input.opening().grants()) {
            Grant grant = new Grant();
            grant.id = opening.creditId();
            grant.kind = opening.kind();
            grant.priority = opening.priority();
            grant.effectiveAt = opening.effectiveAt();
            grant.bookedAt = opening.bookedAt();
            grant.expiresAt = opening.expiresAt();
            grant.provider = opening.scopeProvider();
            grant.model = opening.scopeModel();
            grant.begun = true;
            grant.amount = opening.amount();
            grant.drawn = opening.drawn();
            grant.expired = opening.expired();
            grant.withdrawn = opening.withdrawn();
            grant.claimed = opening.claimed();
            grants.add(grant);
        }
        for (Debt debt : input.opening().debts()) {
            owe(debt.provider(), debt.model(), debt.amount(), LocalDate.MIN);
        }
        for (ClosedMonth closed : input.closedMonths()) {
            overage.put(closed.month(), closed.counters().overage());
            closed.counters().tiers().forEach(tier -> {
                Counted counted = new Counted(closed.month(), tier.rowSet());
                counts.put(counted, tier.quantity().longValueExact());
                totals.put(counted, tier.quantity().longValueExact());
                frozen.add(counted);
                if (closed.late().events().size() > 0) {
                    add(
                            "count " + closed.month() + " " + tier.rowSet(),
                            Amount.of(1).times(tier.quantity()));
                }
            });
        }
        for (Usage usage : usages()) {
            for (int index = 0; index < usage.events().size(); index++) {
                total(usage, index);
            }
        }
        TreeSet<Long> instants = new TreeSet<>();
        instants.add(start);
        for (CreditEntry entry : input.entries()) {
            instants.add(Math.max(entry.effectiveAt(), start));
            instants.add(Math.max(entry.expiresAt(), start));
        }
        input.opening().grants().forEach(grant -> instants.add(Math.max(grant.expiresAt(), start)));
        AccountEvents events = input.events();
        for (int index = 0; index < events.size(); index++) {
            instants.add(events.occurredAt()[index]);
        }
        for (long probe : input.probes()) {
            instants.add(probe);
        }
        for (LocalDate day = input.month().atDay(1); YearMonth.from(day).equals(input.month()); day = day.plusDays(1)) {
            instants.add(input.zone().startOf(day));
        }
        for (long at : instants) {
            if (at >= start && at < end) {
                look(at);
                happen(at);
            }
        }
        look(end);
        return result();
    }

    private List<Usage> usages() {
        List<Usage> usages = new ArrayList<>(late());
        usages.add(own());
        return usages;
    }

    private Usage own() {
        return new Usage(input.month(), LateEvents.of(input.events()), false);
    }

    private List<Usage> late() {
        return input.closedMonths().stream()
                .filter(closed -> closed.late().events().size() > 0)
                .map(closed -> new Usage(closed.month(), closed.late(), true))
                .toList();
    }

    private void total(Usage usage, int index) {
        long at = usage.events().occurredAt()[index];
        boolean counts = usage.late() || (at >= start && at < end);
        for (Meter meter : Meter.values()) {
            long quantity = usage.events().quantities()[meter.ordinal()][index];
            if (counts && quantity > 0 && usage.events().billable()[index]) {
                NaivePrices.Result price = price(usage, index, meter);
                if (price.answer() == NaivePrices.Answer.PRICED) {
                    totals.merge(new Counted(usage.month(), price.row().key()), quantity, Long::sum);
                }
            }
        }
    }

    private void look(long at) {
        for (int index = 0; index < input.probes().length; index++) {
            if (input.probes()[index] == at) {
                put("probe " + index, balance().minus(debt()));
            }
        }
        if (at > start && (at == end || input.zone().startOf(input.zone().dateOf(at)) == at)) {
            LocalDate day = input.zone().dateOf(at - 1);
            put("balance " + day, balance());
            put("debt " + day, debt());
            endDay(day);
        }
    }

    private void happen(long at) {
        LocalDate today = input.zone().dateOf(at);
        for (Grant grant : grants) {
            if (Math.max(grant.expiresAt, start) == at) {
                expire(grant);
            }
        }
        List<CreditEntry> withdrawals = input.entries().stream()
                .filter(entry -> entry.type() == CreditEntry.Type.WITHDRAW)
                .sorted(Comparator.comparingLong(CreditEntry::effectiveAt)
                        .thenComparingLong(CreditEntry::bookedAt)
                        .thenComparing(CreditEntry::entryId))
                .toList();
        for (CreditEntry entry : withdrawals) {
            Grant grant = grant(entry.creditId());
            if (Math.max(entry.effectiveAt(), start) == at && grant != null) {
                withdraw(grant, entry);
            }
        }
        List<Grant> fresh = new ArrayList<>();
        for (CreditEntry entry : input.entries()) {
            if (entry.type() == CreditEntry.Type.GRANT && Math.max(entry.effectiveAt(), start) == at) {
                fresh.add(begin(entry));
            }
        }
        fresh.sort(ORDER);
        for (Grant grant : fresh) {
            for (CreditEntry entry : withdrawals) {
                if (entry.creditId().equals(grant.id) && Math.max(entry.effectiveAt(), start) <= at) {
                    withdraw(grant, entry);
                }
            }
            if (grant.expiresAt <= at) {
                expire(grant);
            }
        }
        for (Owed debt : debts) {
            for (Grant grant : fresh) {
                if (grant.fits(debt.provider, debt.model)) {
                    Amount part = debt.amount.min(grant.left());
                    debt.amount = debt.amount.minus(part);
                    draw(grant, part, today, "debt", at);
                    add("settled", part);
                }
            }
        }
        if (at == start) {
            for (Usage usage : late()) {
                for (int index = 0; index < usage.events().size(); index++) {
                    add("late events", Amount.of(1));
                    use(usage, index, at, input.zone().dateOf(usage.events().occurredAt()[index]));
                }
            }
        }
        Usage own = own();
        for (int index = 0; index < own.events().size(); index++) {
            if (own.events().occurredAt()[index] == at) {
                use(own, index, at, today);
            }
        }
    }

    private Grant begin(CreditEntry entry) {
        Grant grant = new Grant();
        grant.id = entry.creditId();
        grant.kind = entry.kind();
        grant.priority = entry.priority();
        grant.effectiveAt = entry.effectiveAt();
        grant.bookedAt = entry.bookedAt();
        grant.expiresAt = entry.expiresAt();
        grant.provider = entry.scopeProvider();
        grant.model = entry.scopeModel();
        grant.begun = true;
        grant.amount = entry.amount();
        grant.drawn = Amount.ZERO;
        grant.expired = Amount.ZERO;
        grant.withdrawn = Amount.ZERO;
        grant.claimed = Amount.ZERO;
        grants.add(grant);
        add("granted", grant.amount);
        return grant;
    }

    private void expire(Grant grant) {
        Amount rest = grant.left();
        grant.expired = grant.expired.plus(rest);
        add("expired", rest);
    }

    private void withdraw(Grant grant, CreditEntry entry) {
        Amount wanted = entry.amount() == null ? grant.amount : entry.amount();
        Amount taken = wanted.min(grant.left());
        grant.withdrawn = grant.withdrawn.plus(taken);
        add("withdrawn", taken);
        boolean owes = grant.kind == CreditKind.PURCHASE
                && List.of("chargeback", "void").contains(entry.reason());
        Amount owed = wanted.minus(taken).min(grant.drawn.minus(grant.claimed));
        if (owes && owed.signum() > 0) {
            grant.claimed = grant.claimed.plus(owed);
            add("receivable", owed);
            add("receivable " + entry.entryId(), owed);
        }
    }

    /** Burns an event at that instant; it counts under the date of its own. */
    private void use(Usage usage, int index, long at, LocalDate usageDate) {
        AccountEvents events = usage.events();
        AccountEvents.Product product = events.products().get(events.product()[index]);
        long occurredAt = events.occurredAt()[index];
        Burning burning = new Burning(
                usage.month(),
                product.provider(),
                prices.model(product.provider(), product.model()),
                termsAt(occurredAt),
                occurredAt,
                at,
                usageDate);
        add(events.billable()[index] ? "billable events" : "not billable events", Amount.of(1));
        for (Meter meter : Meter.values()) {
            long quantity = events.quantities()[meter.ordinal()][index];
            if (quantity == 0) {
                continue;
            }
            add("accepted " + meter, Amount.of(quantity));
            if (!events.billable()[index]) {
                continue;
            }
            NaivePrices.Result price = price(usage, index, meter);
            String key = usage.month() + " " + product.provider() + " " + burning.model() + " " + product.serviceTier()
                    + " " + meter.word();
            switch (price.answer()) {
                case FREE -> add("free " + meter, Amount.of(quantity));
                case UNPRICED -> {
                    add("unpriced " + meter, Amount.of(quantity));
                    add("line " + key + " unpriced quantity", Amount.of(quantity));
                    add("line " + key + " unpriced units", Amount.of(quantity));
                }
                case PRICED -> {
                    for (Charge charge : charges(usage.month(), price.row(), quantity)) {
                        String line = "line " + key + charge.line();
                        add(line + " quantity", Amount.of(charge.quantity()));
                        add(line + " units", Amount.of(charge.units()));
                        charge(charge.amount(), burning, line);
                    }
                }
            }
        }
    }

    private record Burning(
            YearMonth month, String provider, String model, Terms terms, long occurredAt, long at, LocalDate date) {}

    private record Charge(String line, long quantity, long units, Amount amount) {}

    private Terms termsAt(long at) {
        return input.terms().stream()
                .filter(candidate -> candidate.effectiveFrom() <= at)
                .max(Comparator.comparingLong(Terms::effectiveFrom))
                .orElse(null);
    }

    private NaivePrices.Result price(Usage usage, int index, Meter meter) {
        AccountEvents events = usage.events();
        AccountEvents.Product product = events.products().get(events.product()[index]);
        Terms terms = termsAt(events.occurredAt()[index]);
        if (terms == null) {
            return new NaivePrices.Result(NaivePrices.Answer.UNPRICED, null);
        }
        long total = 0;
        for (Meter one : List.of(Meter.INPUT, Meter.CACHED_INPUT, Meter.CACHE_WRITE, Meter.AUDIO_INPUT)) {
            total += usage.counted().figures()[one.ordinal()][index];
        }
        long requests = usage.counted().figures()[Meter.REQUEST.ordinal()][index];
        if (product.contextTier() >= 0) {
            total = product.contextTier() + 1;
            requests = 1;
        }
        return prices.price(
                terms.priceBook(),
                product.provider(),
                prices.model(product.provider(), product.model()),
                product.serviceTier(),
                meter,
                events.occurredAt()[index],
                total,
                requests);
    }

    /** What so many more units cost, tier by tier: each time all tiers are looked at again from the first. */
    private List<Charge> charges(YearMonth month, PriceRow found, long quantity) {
        if (found.tier().mode() == TierMode.FLAT) {
            return List.of(units(found, quantity));
        }
        Counted counted = new Counted(month, found.key());
        long before = counts.getOrDefault(counted, 0L);
        long after = before + quantity;
        counts.put(counted, after);
        add("count " + month + " " + found.key(), Amount.of(quantity));
        if (found.tier().mode() == TierMode.PACKAGE) {
            long size = found.tier().packageSize();
            long started = 0;
            for (long first = (before + size - 1) / size * size; first < after; first += size) {
                started++;
            }
            return List.of(new Charge(
                    " " + found.unitPrice() + "/" + size + " packages",
                    started,
                    quantity,
                    found.unitPrice().times(started)));
        }
        List<PriceRow> tiers = prices.rows().stream()
                .filter(row -> row.key().equals(found.key()))
                .sorted(Comparator.comparingLong(row -> row.tier().upTo()))
                .toList();
        boolean volume = found.tier().mode() == TierMode.VOLUME;
        PriceRow reached = tiers.stream()
                .filter(row -> totals.get(counted) <= row.tier().upTo())
                .findFirst()
                .orElseThrow();
        List<Charge> charges = new ArrayList<>();
        long tierStart = 0;
        for (PriceRow tier : tiers) {
            long part =
                    Math.min(after, tier.tier().upTo()) - Math.min(tier.tier().upTo(), Math.max(before, tierStart));
            boolean enters = before <= tierStart && after > tierStart;
            Amount fee = tier.tier().flatFee();
            boolean owed = !volume || (tier.equals(reached) && !frozen.contains(counted));
            if (enters && fee.signum() > 0 && owed) {
                charges.add(new Charge("_fee " + fee + "/1", 1, 0, fee));
            }
            if (part > 0) {
                charges.add(units(volume ? reached : tier, part));
            }
            tierStart = tier.tier().upTo();
        }
        return charges;
    }

    private static Charge units(PriceRow row, long quantity) {
        Amount charge = row.unitPrice()
                .times(quantity)
                .dividedByPowerOfTen(Long.toString(row.perUnits()).length() - 1);
        return new Charge(" " + row.unitPrice() + "/" + row.perUnits(), quantity, quantity, charge);
    }

    private void charge(Amount charge, Burning burning, String line) {
        Terms terms = burning.terms();
        add("usage", charge);
        add("usage " + input.zone().dateOf(burning.at()), charge);
        Amount left = charge;
        grants.sort(ORDER);
        for (Grant grant : grants) {
            boolean valid = grant.effectiveAt <= burning.occurredAt() && grant.expiresAt > burning.at();
            if (valid && grant.fits(burning.provider(), burning.model())) {
                Amount part = left.min(grant.left());
                draw(grant, part, burning.date(), "usage", burning.at());
                left = left.minus(part);
            }
        }
        add("credit", charge.minus(left));
        add(line + " credit", charge.minus(left));
        if (terms.billingMode() == BillingMode.PAYG) {
            cover("payg", left, line);
        } else if (terms.overagePolicy() == OveragePolicy.CARRY) {
            cover("carried", left, line);
            owe(burning.provider(), burning.model(), left, input.zone().dateOf(burning.at()));
        } else if (terms.overagePolicy() == OveragePolicy.BLOCK) {
            cover("unfunded", left, line);
            add("blocked", left);
        } else {
            Amount part = left;
            if (terms.monthlyOverageCap() != null) {
                Amount room = terms.monthlyOverageCap().minus(overage.getOrDefault(burning.month(), Amount.ZERO));
                part = left.min(room.signum() < 0 ? Amount.ZERO : room);
            }
            overage.merge(burning.month(), part, Amount::plus);
            cover("overage", part, line);
            Amount surcharge = part.times(terms.overageMultiplier()).minus(part);
            add("surcharge", surcharge);
            add("surcharge of " + burning.month(), surcharge);
            cover("unfunded", left.minus(part), line);
            add("above cap", left.minus(part));
        }
    }

    private void cover(String coverage, Amount amount, String line) {
        add(coverage, amount);
        add(line + " " + coverage, amount);
    }

    private void draw(Grant grant, Amount part, LocalDate today, String purpose, long at) {
        if (part.signum() > 0) {
            grant.drawn = grant.drawn.plus(part);
            add("drawn", part);
            add("drawdown " + grant.id + " " + today + " " + purpose, part);
            if (grant.left().isZero()) {
                sequence.add(at + " " + grant.id + " " + balance());
            }
        }
    }

    /** What is left of a day's debt is one for each provider and model, in the place of the first. */
    private void endDay(LocalDate day) {
        debts.removeIf(owed -> owed.amount.isZero());
        List<Owed> ended = new ArrayList<>();
        for (Owed owed : debts) {
            Owed same = ended.stream()
                    .filter(each -> each.day.equals(day)
                            && owed.day.equals(day)
                            && each.provider.equals(owed.provider)
                            && each.model.equals(owed.model))
                    .findFirst()
                    .orElse(null);
            if (same == null) {
                ended.add(owed);
            } else {
                same.amount = same.amount.plus(owed.amount);
            }
        }
        debts.clear();
        debts.addAll(ended);
    }

    private void owe(String provider, String model, Amount amount, LocalDate day) {
        Owed owed = new Owed();
        owed.day = day;
        owed.provider = provider;
        owed.model = model;
        owed.amount = amount;
        debts.add(owed);
    }

    private Grant grant(String id) {
        return grants.stream().filter(grant -> grant.id.equals(id)).findFirst().orElse(null);
    }

    private Amount balance() {
        return grants.stream().map(Grant::left).reduce(Amount.ZERO, Amount::plus);
    }

    private Amount debt() {
        return debts.stream().map(owed -> owed.amount).reduce(Amount.ZERO, Amount::plus);
    }

    private void add(String key, Amount amount) {
        if (amount.signum() != 0) {
            sums.merge(key, amount, Amount::plus);
        }
    }

    private void put(String key, Amount amount) {
        if (amount.signum() != 0) {
            sums.put(key, amount);
        }
    }

    private Map<String, String> result() {
        usages().forEach(usage ->
                put("against the cap of " + usage.month(), overage.getOrDefault(usage.month(), Amount.ZERO)));
        put("closing", balance());
        Map<String, Amount> openDebts = new TreeMap<>();
        debts.forEach(owed -> openDebts.merge(owed.provider + " " + owed.model, owed.amount, Amount::plus));
        boolean closed = input.closedOn() != null && end == input.zone().endOf(input.month());
        if (closed && debt().signum() > 0) {
            add("receivable", debt());
            add("receivable ", debt());
        } else {
            openDebts.forEach((scope, amount) -> put("open debt " + scope, amount));
        }
        put("closing debt", debt());
        for (Grant grant : grants) {
            put("grant " + grant.id + " drawn", grant.drawn);
            put("grant " + grant.id + " expired", grant.expired);
            put("grant " + grant.id + " withdrawn", grant.withdrawn);
            put("grant " + grant.id + " left", grant.left());
        }
        Map<String, String> text = new TreeMap<>();
        sums.forEach((key, amount) -> text.put(key, amount.toString()));
        text.put("spent", sequence.toString());
        return text;
    }
}
