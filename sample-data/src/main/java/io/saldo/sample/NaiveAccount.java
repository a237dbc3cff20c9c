package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One account's life in order, every step written down. Nothing is closed and nothing is late here: the whole life is
 * one walk from the first entry to the last.
 */
final class NaiveAccount {

    /** What a step did to a balance or to the debt. */
    enum Kind {
        GRANTED,
        DRAWN_FOR_USAGE,
        DRAWN_FOR_DEBT,
        EXPIRED,
        WITHDRAWN,
        CARRIED,
        CLAIMED,
        CHARGED
    }

    /** One movement; {@code creditId} is empty where no grant is concerned. */
    record Movement(Instant at, Kind kind, String creditId, BigDecimal amount) {}

    /** What one event cost, whoever paid. */
    record Charge(Instant at, BigDecimal amount) {}

    /** What usage lines are merged by. */
    record LineKey(
            YearMonth month,
            String provider,
            String model,
            String serviceTier,
            String meter,
            String unitPrice,
            String perUnits) {}

    /** How charges were covered, in the order of the columns. */
    static final class Coverage {
        BigInteger quantity = BigInteger.ZERO;
        BigDecimal amount = BigDecimal.ZERO;
        BigDecimal credit = BigDecimal.ZERO;
        BigDecimal payAsYouGo = BigDecimal.ZERO;
        BigDecimal overage = BigDecimal.ZERO;
        BigDecimal carried = BigDecimal.ZERO;
        BigDecimal unfunded = BigDecimal.ZERO;
    }

    /** What a month has besides its lines and movements. */
    static final class MonthTotals {
        long events;
        BigDecimal overage = BigDecimal.ZERO;
        BigDecimal surcharge = BigDecimal.ZERO;
        BigInteger unpriced = BigInteger.ZERO;
        final Map<NaivePrices.Price, BigInteger> counted = new HashMap<>();
        boolean capExceeded;
        boolean servedWithoutCredit;
    }

    /** Carried usage that no grant has settled yet. */
    private static final class Debt {
        final LocalDate day;
        final String provider;
        final String model;
        BigDecimal open;

        Debt(LocalDate day, String provider, String model, BigDecimal open) {
            this.day = day;
            this.provider = provider;
            this.model = model;
            this.open = open;
        }
    }

    private record Step(Instant at, int order, String tie, Runnable action) {}

    private static final int EXPIRY = 0;
    private static final int WITHDRAWAL = 1;
    private static final int GRANT = 2;
    private static final int WITHDRAWAL_WITH_GRANT = 3;
    private static final int SETTLEMENT = 4;
    private static final int USAGE = 5;

    final String account;
    final List<Movement> movements = new ArrayList<>();
    final List<Charge> charges = new ArrayList<>();
    final Map<LineKey, Coverage> lines = new LinkedHashMap<>();
    final Map<YearMonth, MonthTotals> months = new TreeMap<>();
    final List<NaiveGrant> grants = new ArrayList<>();

    private final ZoneId billingZone;
    private final NaivePrices prices;
    private final List<Map<String, String>> terms;
    private final List<Debt> debts = new ArrayList<>();

    NaiveAccount(String account, ZoneId billingZone, NaivePrices prices, List<Map<String, String>> terms) {
        this.account = account;
        this.billingZone = billingZone;
        this.prices = prices;
        this.terms = terms;
    }

    void live(List<NaiveIntake.Event> events, List<Map<String, String>> creditEntries) {
        List<Step> steps = new ArrayList<>();
        for (Map<String, String> entry : creditEntries) {
            if (column(entry, "entry").equals("grant")) {
                Instant bookedAt = instant(entry, "booked_at", Instant.MIN);
                Instant effectiveAt = instant(entry, "effective_at", bookedAt);
                NaiveGrant grant =
                        new NaiveGrant(entry, bookedAt, effectiveAt, instant(entry, "expires_at", Instant.MAX));
                grants.add(grant);
                steps.add(new Step(effectiveAt, GRANT, grant.creditId(), () -> begin(grant)));
                steps.add(new Step(effectiveAt, SETTLEMENT, "", () -> settle(effectiveAt)));
                if (!grant.expiresAt.equals(Instant.MAX)) {
                    steps.add(new Step(grant.expiresAt, EXPIRY, grant.creditId(), () -> expire(grant)));
                }
            }
        }
        for (Map<String, String> entry : creditEntries) {
            if (column(entry, "entry").equals("withdraw")) {
                for (NaiveGrant grant : grants) {
                    if (grant.creditId().equals(column(entry, "credit_id"))) {
                        Instant at = instant(entry, "effective_at", instant(entry, "booked_at", Instant.MIN));
                        boolean withGrant = !at.isAfter(grant.effectiveAt);
                        Instant applied = withGrant ? grant.effectiveAt : at;
                        steps.add(new Step(
                                applied,
                                withGrant ? WITHDRAWAL_WITH_GRANT : WITHDRAWAL,
                                column(entry, "entry_id"),
                                () -> withdraw(grant, entry, applied)));
                    }
                }
            }
        }
        for (NaiveIntake.Event event : events) {
            steps.add(new Step(
                    event.occurredAt(), USAGE, event.namespace() + "\u0000" + event.eventId(), () -> use(event)));
        }
        grants.sort(Comparator.comparingInt(NaiveGrant::priority)
                .thenComparing(grant -> grant.expiresAt)
                .thenComparingInt(NaiveGrant::kindOrder)
                .thenComparing(grant -> grant.effectiveAt)
                .thenComparing(grant -> grant.bookedAt)
                .thenComparing(NaiveGrant::creditId, Utf8Order.BY_BYTES));
        steps.sort(Comparator.comparing(Step::at)
                .thenComparingInt(Step::order)
                .thenComparing(Step::tie, Utf8Order.BY_BYTES));
        for (Step step : steps) {
            step.action().run();
        }
    }

    private void begin(NaiveGrant grant) {
        grant.begun = true;
        grant.remaining = grant.amount;
        month(grant.effectiveAt);
        move(grant.effectiveAt, Kind.GRANTED, grant.creditId(), grant.amount);
    }

    private void expire(NaiveGrant grant) {
        move(grant.expiresAt, Kind.EXPIRED, grant.creditId(), grant.remaining);
        grant.remaining = BigDecimal.ZERO;
    }

    private void withdraw(NaiveGrant grant, Map<String, String> entry, Instant at) {
        BigDecimal asked = column(entry, "amount").isEmpty() ? grant.amount : new BigDecimal(column(entry, "amount"));
        BigDecimal taken = asked.min(grant.remaining);
        grant.remaining = grant.remaining.subtract(taken);
        move(at, Kind.WITHDRAWN, grant.creditId(), taken);
        boolean owed = column(grant.entry, "kind").equals("purchase")
                && List.of("chargeback", "void").contains(column(entry, "reason"));
        if (owed) {
            BigDecimal claim = asked.subtract(taken).min(grant.drawn.subtract(grant.claimed));
            grant.claimed = grant.claimed.add(claim);
            move(at, Kind.CLAIMED, grant.creditId(), claim);
        }
    }

    private void settle(Instant at) {
        joinDebtsOfDaysBefore(at.atZone(billingZone).toLocalDate());
        for (Debt debt : debts) {
            for (NaiveGrant grant : grants) {
                if (debt.open.signum() > 0 && grant.pays(at, debt.provider, debt.model)) {
                    BigDecimal paid = debt.open.min(grant.remaining);
                    debt.open = debt.open.subtract(paid);
                    draw(grant, at, Kind.DRAWN_FOR_DEBT, paid);
                }
            }
        }
    }

    /** When a day has ended, what is open of it is one debt for each provider and model, in the place of the first. */
    private void joinDebtsOfDaysBefore(LocalDate today) {
        debts.removeIf(debt -> debt.open.signum() == 0);
        List<Debt> joined = new ArrayList<>();
        for (Debt debt : debts) {
            Optional<Debt> first = joined.stream()
                    .filter(each -> each.day.equals(debt.day) && each.day.isBefore(today))
                    .filter(each -> each.provider.equals(debt.provider) && each.model.equals(debt.model))
                    .findFirst();
            if (first.isPresent()) {
                first.get().open = first.get().open.add(debt.open);
            } else {
                joined.add(debt);
            }
        }
        debts.clear();
        debts.addAll(joined);
    }

    private void use(NaiveIntake.Event event) {
        MonthTotals month = month(event.occurredAt());
        month.events++;
        if (!event.billable()) {
            return;
        }
        String model = prices.model(event.provider(), event.model());
        Optional<Map<String, String>> terms = termsAt(event.occurredAt());
        String book = terms.map(row -> column(row, "price_book")).orElse("");
        BigDecimal cost = BigDecimal.ZERO;
        for (String meter : NaiveIntake.METERS) {
            BigInteger quantity = event.quantities().getOrDefault(meter, BigInteger.ZERO);
            if (quantity.signum() == 0 || prices.free(book, event.provider(), model, meter)) {
                continue;
            }
            Optional<NaivePrices.Price> price =
                    prices.price(book, event.provider(), model, event.serviceTier(), meter, event.occurredAt());
            if (price.isEmpty()) {
                month.unpriced = month.unpriced.add(quantity);
                Coverage line = line(event, model, meter, "", "");
                line.quantity = line.quantity.add(quantity);
                continue;
            }
            BigInteger before = BigInteger.ZERO;
            if (!price.get().isFlat()) {
                before = month.counted.getOrDefault(price.get(), BigInteger.ZERO);
                month.counted.put(price.get(), before.add(quantity));
            }
            for (NaivePrices.Part part : price.get().parts(before, quantity)) {
                Coverage line = line(
                        event,
                        model,
                        part.fee() ? meter + "_fee" : meter,
                        plain(part.unitPrice()),
                        plain(part.perUnits()));
                line.quantity = line.quantity.add(part.quantity());
                cost = cost.add(part.amount());
                charge(event, model, terms.orElseThrow(), month, line, part.amount());
            }
        }
        charges.add(new Charge(event.occurredAt(), cost));
    }

    private Coverage line(NaiveIntake.Event event, String model, String meter, String unitPrice, String perUnits) {
        return lines.computeIfAbsent(
                new LineKey(
                        YearMonth.from(event.occurredAt().atZone(billingZone)),
                        event.provider(),
                        model,
                        event.serviceTier(),
                        meter,
                        unitPrice,
                        perUnits),
                key -> new Coverage());
    }

    private void charge(
            NaiveIntake.Event event,
            String model,
            Map<String, String> terms,
            MonthTotals month,
            Coverage line,
            BigDecimal charge) {
        Instant at = event.occurredAt();
        line.amount = line.amount.add(charge);
        move(at, Kind.CHARGED, "", charge);
        BigDecimal open = charge;
        for (NaiveGrant grant : grants) {
            if (open.signum() > 0 && grant.pays(at, event.provider(), model)) {
                BigDecimal paid = open.min(grant.remaining);
                open = open.subtract(paid);
                line.credit = line.credit.add(paid);
                draw(grant, at, Kind.DRAWN_FOR_USAGE, paid);
            }
        }
        if (open.signum() == 0) {
            return;
        }
        if (column(terms, "billing_mode").equals("payg")) {
            line.payAsYouGo = line.payAsYouGo.add(open);
            return;
        }
        switch (column(terms, "overage_policy")) {
            case "invoice" -> {
                String cap = column(terms, "monthly_overage_cap");
                BigDecimal room = cap.isEmpty()
                        ? open
                        : new BigDecimal(cap).subtract(month.overage).max(BigDecimal.ZERO);
                BigDecimal overage = open.min(room);
                String multiplier = column(terms, "overage_multiplier");
                month.overage = month.overage.add(overage);
                if (!multiplier.isEmpty()) {
                    BigDecimal rate = new BigDecimal(multiplier).subtract(BigDecimal.ONE);
                    month.surcharge = month.surcharge.add(overage.multiply(rate));
                }
                line.overage = line.overage.add(overage);
                line.unfunded = line.unfunded.add(open.subtract(overage));
                month.capExceeded |= open.compareTo(overage) > 0;
            }
            case "carry" -> {
                line.carried = line.carried.add(open);
                debts.add(new Debt(at.atZone(billingZone).toLocalDate(), event.provider(), model, open));
                move(at, Kind.CARRIED, "", open);
            }
            case "block" -> {
                line.unfunded = line.unfunded.add(open);
                month.servedWithoutCredit = true;
            }
            default -> throw new IllegalArgumentException("unknown overage policy of " + account);
        }
    }

    private void draw(NaiveGrant grant, Instant at, Kind kind, BigDecimal amount) {
        grant.remaining = grant.remaining.subtract(amount);
        grant.drawn = grant.drawn.add(amount);
        move(at, kind, grant.creditId(), amount);
    }

    private void move(Instant at, Kind kind, String creditId, BigDecimal amount) {
        if (amount.signum() != 0) {
            movements.add(new Movement(at, kind, creditId, amount));
        }
    }

    private MonthTotals month(Instant at) {
        return months.computeIfAbsent(YearMonth.from(at.atZone(billingZone)), key -> new MonthTotals());
    }

    /** The terms in force, if any. */
    Optional<Map<String, String>> termsAt(Instant at) {
        Optional<Map<String, String>> inForce = Optional.empty();
        Instant since = Instant.MIN;
        for (Map<String, String> row : terms) {
            Instant from = Instants.bound(column(row, "effective_from"), billingZone, Instant.MIN);
            if (!from.isAfter(at) && !from.isBefore(since)) {
                inForce = Optional.of(row);
                since = from;
            }
        }
        return inForce;
    }

    /** The sum of the movements of these kinds in {@code [from, to)}; an empty credit means any. */
    BigDecimal sum(Instant from, Instant to, String creditId, Kind... kinds) {
        List<Kind> wanted = List.of(kinds);
        BigDecimal sum = BigDecimal.ZERO;
        for (Movement movement : movements) {
            if (wanted.contains(movement.kind())
                    && !movement.at().isBefore(from)
                    && movement.at().isBefore(to)
                    && (creditId.isEmpty() || creditId.equals(movement.creditId()))) {
                sum = sum.add(movement.amount());
            }
        }
        return sum;
    }

    BigDecimal balanceAt(Instant at) {
        return sum(Instant.MIN, at, "", Kind.GRANTED)
                .subtract(sum(
                        Instant.MIN, at, "", Kind.DRAWN_FOR_USAGE, Kind.DRAWN_FOR_DEBT, Kind.EXPIRED, Kind.WITHDRAWN));
    }

    BigDecimal debtAt(Instant at) {
        return sum(Instant.MIN, at, "", Kind.CARRIED).subtract(sum(Instant.MIN, at, "", Kind.DRAWN_FOR_DEBT));
    }

    /** Drawn amounts by credit, date and purpose. */
    Map<List<String>, BigDecimal> drawdowns(YearMonth month) {
        Map<List<String>, BigDecimal> drawdowns = new HashMap<>();
        for (Movement movement : movements) {
            LocalDate date = movement.at().atZone(billingZone).toLocalDate();
            boolean drawn = movement.kind() == Kind.DRAWN_FOR_USAGE || movement.kind() == Kind.DRAWN_FOR_DEBT;
            if (drawn && YearMonth.from(date).equals(month)) {
                String purpose = movement.kind() == Kind.DRAWN_FOR_USAGE ? "usage" : "debt";
                drawdowns.merge(
                        List.of(movement.creditId(), date.toString(), purpose), movement.amount(), BigDecimal::add);
            }
        }
        return drawdowns;
    }

    private Instant instant(Map<String, String> entry, String column, Instant otherwise) {
        return Instants.bound(column(entry, column), billingZone, otherwise);
    }

    static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
