package io.saldo.statement;

import static java.util.Objects.requireNonNull;

import io.saldo.credit.Coverage;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.TierMode;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loop over an account's month: merges events with the timeline, prices each quantity, burns credit, and counts.
 * Every amount in it is a whole number of {@code 10^-scale}; what passes 63 bits throws {@link ArithmeticException}.
 */
final class Kernel {
    /** Why an amount is unfunded and how often; scaled. */
    static final class Unfunded {
        long amount;
        long events;
        long firstAt = Long.MAX_VALUE;
        private int lastEvent = -1;

        private void add(long part, int event, long at) {
            amount = Math.addExact(amount, part);
            if (event != lastEvent) {
                lastEvent = event;
                events++;
                firstAt = Math.min(firstAt, at);
            }
        }
    }

    /** A withdrawal as it was applied; scaled. */
    record Applied(CreditPlan.Withdrawal withdrawal, long taken, long used, long owed) {}

    private final AccountEvents events;
    private final int endEvent;
    private final List<TermsSegment> segments;
    private final CreditPlan credit;
    private final QuoteCursor cursor;
    private final int[] scopes;
    private final int scale;
    private final LineTable lines;
    private final List<Integer> beginning = new ArrayList<>();
    private final @Nullable KernelTrace trace;

    private int event;
    private int segment;
    private long dayUsage;

    final GrantLedger grants;
    final DebtQueue debts;
    final QuantitySums accepted = new QuantitySums(Meter.COUNT);
    final QuantitySums free = new QuantitySums(Meter.COUNT);
    final QuantitySums notBillable = new QuantitySums(Meter.COUNT);
    final boolean[] rowUsed;
    final long[] overage;
    final Unfunded blocked = new Unfunded();
    final Unfunded aboveCap = new Unfunded();
    final List<Applied> withdrawals = new ArrayList<>();
    final List<CreditEntry> entries = new ArrayList<>();
    final List<String> backdated = new ArrayList<>();
    final long[] probes;
    final DayLog days = new DayLog();
    long usage;
    long tiered;
    long overageTotal;
    long carried;
    long settled;
    long billableEvents;
    long notBillableEvents;
    long eventsWithoutTerms;
    long firstWithoutTerms = Long.MAX_VALUE;

    /**
     * Ready to run.
     *
     * @param trace sees how the figures come about; null where nobody asks
     */
    Kernel(Scaled plan, @Nullable KernelTrace trace) {
        this.trace = trace;
        events = plan.input().events();
        event = plan.firstEvent();
        endEvent = plan.endEvent();
        segments = plan.segments();
        credit = plan.credit();
        cursor = new QuoteCursor(events, segments, plan.quotes());
        scopes = plan.scopes().ofProducts();
        scale = plan.scale();
        lines = plan.lines();
        rowUsed = new boolean[plan.rows().size()];
        overage = new long[segments.size()];
        probes = new long[plan.input().probes().length];
        grants = new GrantLedger(plan.scopes().fits());
        debts = new DebtQueue();
        for (int grant = 0; grant < credit.grants().size(); grant++) {
            if (credit.grants().get(grant).entry() == null) {
                grants.begin(
                        grant, credit.grants().get(grant).position().remaining().unscaled(scale));
            }
        }
        plan.input()
                .opening()
                .debts()
                .forEach(debt -> debts.add(
                        plan.scopes().of(debt), debt.since(), debt.amount().unscaled(scale)));
    }

    void run(Timeline timeline) {
        for (Timeline.Happening happening : timeline.happenings()) {
            burnUntil(happening.at());
            apply(happening);
        }
    }

    private void apply(Timeline.Happening happening) {
        int index = happening.index();
        switch (happening.step()) {
            case DAY_END -> {
                days.close(grants, dayUsage, debts.total());
                dayUsage = 0;
            }
            case PROBE -> probes[index] = Math.subtractExact(grants.balance(), debts.total());
            case TERMS -> segment = index;
            case EXPIRY -> grants.expire(index);
            case WITHDRAWAL -> withdraw(credit.withdrawals().get(index));
            case GRANT -> begin(index, happening.at());
            case SETTLEMENT -> {
                settled = Math.addExact(settled, debts.settle(grants, beginning, happening.at()));
                beginning.clear();
            }
        }
    }

    private void begin(int index, long at) {
        CreditPlan.Grant grant = credit.grants().get(index);
        CreditEntry entry = grant.entry();
        if (entry == null) {
            throw new IllegalStateException("a grant of the opening does not begin");
        }
        entries.add(entry);
        if (credit.isBackdated(entry)) {
            backdated.add(entry.entryId());
        }
        grants.begin(index, grant.position().amount().unscaled(scale));
        for (CreditPlan.Withdrawal withdrawal : credit.withdrawals()) {
            if (withdrawal.grant() == index && withdrawal.atBeginning()) {
                withdraw(withdrawal);
            }
        }
        if (grant.position().expiresAt() <= at) {
            grants.expire(index);
        } else {
            beginning.add(index);
        }
    }

    private void withdraw(CreditPlan.Withdrawal withdrawal) {
        CreditEntry entry = withdrawal.entry();
        entries.add(entry);
        if (credit.isBackdated(withdrawal)) {
            backdated.add(entry.entryId());
        }
        int grant = withdrawal.grant();
        Amount amount = entry.amount();
        long wanted = amount == null ? Long.MAX_VALUE : amount.unscaled(scale);
        long taken = grants.withdraw(grant, wanted);
        long used = Math.min(wanted - taken, unclaimed(grant));
        boolean owes = credit.grants().get(grant).position().kind() == CreditKind.PURCHASE && entry.claimsWhatWasUsed();
        long owed = owes ? used : 0;
        grants.claimed[grant] += owed;
        if (used > 0) {
            withdrawals.add(new Applied(withdrawal, taken, used, owed));
        }
    }

    /** What was drawn from the grant by now, in earlier months too, and is no receivable yet. */
    private long unclaimed(int grant) {
        GrantPosition position = credit.grants().get(grant).position();
        long before = position.drawn().minus(position.claimed()).unscaled(scale);
        return before + grants.usage[grant] + grants.debt[grant] - grants.claimed[grant];
    }

    private void burnUntil(long instant) {
        long[] occurredAt = events.occurredAt();
        for (; event < endEvent && occurredAt[event] < instant; event++) {
            burn(event, occurredAt[event]);
        }
    }

    private void burn(int index, long at) {
        boolean billable = events.billable()[index];
        if (!billable) {
            notBillableEvents++;
        } else {
            billableEvents++;
            if (segments.get(segment).terms() == null) {
                eventsWithoutTerms++;
                firstWithoutTerms = Math.min(firstWithoutTerms, at);
            }
        }
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long quantity = events.quantities()[meter][index];
            if (quantity != 0) {
                accepted.add(meter, quantity);
                if (billable && trace != null) {
                    trace.before(this, index, meter, segment);
                    charge(index, meter, quantity, at);
                    trace.after(this, index, meter);
                } else if (billable) {
                    charge(index, meter, quantity, at);
                } else {
                    notBillable.add(meter, quantity);
                }
            }
        }
    }

    private void charge(int index, int meter, long quantity, long at) {
        int product = events.product()[index];
        Quote quote = cursor.at(segment, product * Meter.COUNT + meter, at);
        int entry = cursor.entry(quote, index);
        long price = quote.price[entry];
        int line = quote.line[entry];
        if (price >= 0) {
            rated(line, quote.row[entry]);
            lines.quantity.add(line, quantity);
            pay(index, line, Math.multiplyExact(quantity, price), at);
        } else if (price == Quote.TIERED) {
            chargeTiers(index, requireNonNull(quote.tiers[entry]), quantity, at);
        } else if (line == Quote.FREE) {
            free.add(meter, quantity);
        } else {
            lines.quantity.add(line, quantity);
            lines.countUnpriced(line, at);
        }
    }

    private void chargeTiers(int index, TierQuote tiers, long quantity, long at) {
        if (tiers.counter.mode == TierMode.PACKAGE) {
            chargePackages(index, tiers, quantity, at);
            return;
        }
        TierCounter counter = tiers.counter;
        long end = Math.addExact(counter.counted, quantity);
        while (counter.counted < end) {
            int tier = counter.next();
            int priced = counter.priced(tier);
            long fee = counter.enters(tier) ? counter.feeOf(tier) : 0;
            rowUsed[counter.row[tier]] = true;
            rated(tiers.line[priced], counter.row[priced]);
            if (fee > 0) {
                rated(tiers.feeLine[tier], counter.row[tier]);
                lines.quantity.add(tiers.feeLine[tier], 1);
                payTiered(index, tiers.feeLine[tier], fee, at);
            }
            long part = Math.min(end, counter.upTo[tier]) - counter.counted;
            counter.counted += part;
            lines.quantity.add(tiers.line[priced], part);
            payTiered(index, tiers.line[priced], Math.multiplyExact(part, counter.price[priced]), at);
        }
    }

    private void chargePackages(int index, TierQuote tiers, long quantity, long at) {
        TierCounter counter = tiers.counter;
        long end = Math.addExact(counter.counted, quantity);
        long started = counter.packages(end) - counter.packages(counter.counted);
        counter.counted = end;
        rated(tiers.line[0], counter.row[0]);
        lines.packed.add(tiers.line[0], quantity);
        lines.quantity.add(tiers.line[0], started);
        payTiered(index, tiers.line[0], Math.multiplyExact(started, counter.price[0]), at);
    }

    private void payTiered(int index, int line, long amount, long at) {
        tiered = Math.addExact(tiered, amount);
        pay(index, line, amount, at);
    }

    private void pay(int index, int line, long amount, long at) {
        usage = Math.addExact(usage, amount);
        dayUsage += amount;
        long left = grants.pay(amount, scopes[events.product()[index]], at);
        lines.cover(line, Coverage.CREDIT, amount - left);
        if (left > 0) {
            withoutCredit(index, line, left, at);
        }
    }

    private void rated(int line, int row) {
        rowUsed[row] = true;
        if (trace != null) {
            trace.rated(line, row);
        }
    }

    private void withoutCredit(int index, int line, long left, long at) {
        TermsSegment current = segments.get(segment);
        Terms terms = current.terms();
        if (terms == null) {
            throw new IllegalStateException("usage without terms has no price");
        }
        switch (terms.withoutCredit()) {
            case PAYG -> lines.cover(line, Coverage.PAYG, left);
            case OVERAGE -> {
                long room = Math.max(0, scaledCap(terms) - overageTotal);
                long part = Math.min(left, room);
                overageTotal += part;
                overage[segment] += part;
                lines.cover(line, Coverage.OVERAGE, part);
                if (left > part) {
                    lines.cover(line, Coverage.UNFUNDED, left - part);
                    aboveCap.add(left - part, index, at);
                }
            }
            case CARRIED -> {
                lines.cover(line, Coverage.CARRIED, left);
                carried = Math.addExact(carried, left);
                debts.add(scopes[events.product()[index]], at, left);
            }
            case UNFUNDED -> {
                lines.cover(line, Coverage.UNFUNDED, left);
                blocked.add(left, index, at);
            }
            case CREDIT -> throw new IllegalStateException("credit is no answer to its absence");
        }
    }

    private long scaledCap(Terms terms) {
        Amount cap = terms.monthlyOverageCap();
        boolean reachable = cap != null && cap.compareTo(Amount.ofUnscaled(Long.MAX_VALUE, scale)) < 0;
        return reachable && cap != null ? cap.unscaled(scale) : Long.MAX_VALUE;
    }
}
