package io.saldo.statement;

import static java.util.Objects.requireNonNull;

import io.saldo.credit.Coverage;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.TierMode;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The loop over an account's month: merges events with the timeline, prices each quantity, burns credit, and counts.
 * Every amount in it is a whole number of {@code 10^-scale}; what passes 63 bits throws {@link ArithmeticException}.
 */
final class Kernel {
    /** A withdrawal as it was applied; scaled. */
    record Applied(CreditPlan.Withdrawal withdrawal, long taken, long used, long owed) {}

    private final List<RatedMonth> months;
    private final BillingZone zone;
    private final long monthStart;
    private final Timeline timeline;
    private final CreditPlan credit;
    private final List<ClosedMonth> closedMonths;
    private final int scale;
    private final LineTable lines;
    private final List<Integer> beginning = new ArrayList<>();
    private final List<Integer> spentByCorrections = new ArrayList<>();
    private final @Nullable KernelTrace trace;

    // The month whose usage burns, by its number in the plan.
    private int month;
    private AccountEvents events;
    private int endEvent;
    private List<TermsSegment> segments;
    private QuoteCursor cursor;
    private int[] scopes;
    private Counted current;

    private int event;
    private int segment;
    private long dayUsage;

    final GrantLedger grants;
    final DebtQueue debts;
    final QuantitySums accepted = new QuantitySums(Meter.COUNT);
    final QuantitySums free = new QuantitySums(Meter.COUNT);
    final QuantitySums notBillable = new QuantitySums(Meter.COUNT);
    final boolean[] rowUsed;
    /** By month of the plan. */
    final List<Counted> counted = new ArrayList<>();

    final List<Applied> withdrawals = new ArrayList<>();
    final List<CreditEntry> entries = new ArrayList<>();
    final List<String> backdated = new ArrayList<>();
    final long[] probes;
    final DayLog days = new DayLog();
    final Unfunded blocked = new Unfunded();
    final Unfunded aboveCap = new Unfunded();
    long usage;
    long tiered;
    long overageTotal;
    long carried;
    long settled;
    long billableEvents;
    long notBillableEvents;
    long lateEvents;
    long eventsWithoutTerms;
    long firstWithoutTerms = Long.MAX_VALUE;

    /**
     * Ready to run.
     *
     * @param trace sees how the figures come about; null where nobody asks
     */
    Kernel(Scaled plan, Timeline timeline, @Nullable KernelTrace trace) {
        this.timeline = timeline;
        this.trace = trace;
        months = plan.months();
        zone = plan.input().zone();
        monthStart = plan.input().monthStart();
        credit = plan.credit();
        closedMonths = plan.input().closedMonths();
        scale = plan.scale();
        lines = plan.lines();
        for (RatedMonth month : months) {
            counted.add(new Counted(month, scale));
        }
        rowUsed = new boolean[plan.rows().size()];
        probes = new long[plan.input().probes().length];
        grants = new GrantLedger(
                plan.scopes().fits(),
                credit.grants().stream()
                        .mapToLong(grant -> grant.position().effectiveAt())
                        .toArray());
        RatedMonth own = plan.own();
        events = own.events();
        segments = own.segments();
        cursor = own.cursor();
        scopes = own.scopes();
        current = counted.get(months.size() - 1);
        enter(months.size() - 1);
        debts = new DebtQueue();
    }

    /**
     * Begins the month with its opening position, and with what disputes move there: before anything else happens, for when a
     * dispute was approved that is what its grants were proved to have.
     */
    void open(Scaled plan) {
        for (ClosedMonth closed : closedMonths) {
            for (Correction correction : closed.corrections()) {
                correction
                        .restored()
                        .forEach(each -> grants.restored[credit.opened(each.creditId())] +=
                                each.amount().unscaled(scale));
            }
        }
        for (int grant = 0; grant < credit.grants().size(); grant++) {
            if (credit.grants().get(grant).entry() == null) {
                grants.begin(
                        grant,
                        Math.addExact(
                                credit.grants()
                                        .get(grant)
                                        .position()
                                        .remaining()
                                        .unscaled(scale),
                                grants.restored[grant]));
            }
        }
        closedMonths.forEach(closed -> closed.corrections().forEach(this::correct));
        spentByCorrections.addAll(grants.takeSpent());
        plan.input()
                .opening()
                .debts()
                .forEach(debt -> debts.open(
                        plan.scopes().of(debt), debt.since(), debt.amount().unscaled(scale)));
    }

    /** From here on the usage of that month burns, from its first event on. */
    private void enter(int number) {
        month = number;
        RatedMonth rated = months.get(month);
        events = rated.events();
        event = rated.from();
        endEvent = rated.to();
        segments = rated.segments();
        cursor = rated.cursor();
        scopes = rated.scopes();
        current = counted.get(month);
        segment = 0;
    }

    /** What happens, and is used, from one instant up to another. */
    void run(long from, long to) {
        for (Timeline.Happening happening : timeline.happenings()) {
            if (happening.at() >= from && happening.at() < to) {
                burnUntil(happening.at());
                apply(happening);
            }
        }
        burnUntil(to);
    }

    /** The first event that has not burned. */
    int nextEvent() {
        return event;
    }

    void save(CheckpointWriter out) {
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            accepted.save(meter, out);
            free.save(meter, out);
            notBillable.save(meter, out);
        }
        counted.forEach(month -> month.save(out));
        blocked.save(out);
        aboveCap.save(out);
        for (long amount : new long[] {dayUsage, usage, tiered, overageTotal, carried, settled}) {
            out.number(amount);
        }
        for (long count : new long[] {segment, billableEvents, notBillableEvents, lateEvents, eventsWithoutTerms}) {
            out.number(count);
        }
        out.number(firstWithoutTerms);
        out.number(withdrawals.size());
        for (Applied applied : withdrawals) {
            out.text(applied.withdrawal().entry().entryId());
            out.number(applied.taken());
            out.number(applied.used());
            out.number(applied.owed());
        }
        out.number(entries.size());
        entries.forEach(entry -> out.text(entry.entryId()));
        out.number(backdated.size());
        backdated.forEach(out::text);
    }

    /** Takes over what was saved, in place of {@link #open}. */
    void restore(CheckpointReader in) {
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            accepted.restore(meter, in);
            free.restore(meter, in);
            notBillable.restore(meter, in);
        }
        counted.forEach(month -> month.restore(in));
        blocked.restore(in);
        aboveCap.restore(in);
        dayUsage = in.amount();
        usage = in.amount();
        tiered = in.amount();
        overageTotal = in.amount();
        carried = in.amount();
        settled = in.amount();
        segment = in.count();
        billableEvents = in.number();
        notBillableEvents = in.number();
        lateEvents = in.number();
        eventsWithoutTerms = in.number();
        firstWithoutTerms = in.number();
        for (int size = in.count(); size > 0; size--) {
            withdrawals.add(new Applied(credit.withdrawal(in.text()), in.amount(), in.amount(), in.amount()));
        }
        for (int size = in.count(); size > 0; size--) {
            entries.add(credit.entry(in.text()));
        }
        for (int size = in.count(); size > 0; size--) {
            backdated.add(in.text());
        }
    }

    private void apply(Timeline.Happening happening) {
        int index = happening.index();
        switch (happening.step()) {
            case DAY_END -> {
                days.close(grants, timeline.days().get(index), dayUsage, debts.total());
                dayUsage = 0;
                debts.endDay();
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
            case LATE_USAGE -> burnLate();
        }
    }

    /** Usage of closed months, each at its own prices and terms; what it draws is noted under its own date. */
    private void burnLate() {
        // Whether all credit is gone with what a dispute drew shows when the grants of this instant have begun.
        spentByCorrections.forEach(grant -> grants.noteSpent(grant, monthStart));
        for (int late = 0; late < months.size() - 1; late++) {
            enter(late);
            lateEvents += endEvent - event;
            while (event < endEvent) {
                LocalDate date = zone.dateOf(events.occurredAt()[event]);
                long midnight = zone.endOf(date);
                for (; event < endEvent && events.occurredAt()[event] < midnight; event++) {
                    while (events.occurredAt()[event] >= segments.get(segment).to()) {
                        segment++;
                    }
                    burn(event, events.occurredAt()[event]);
                }
                days.pay(grants, date);
            }
        }
        enter(months.size() - 1);
    }

    /** What grants pay for a closed month on top; that they have it was proved when the dispute was approved. */
    private void correct(Correction correction) {
        for (Correction.Drawn each : correction.drawn()) {
            long wanted = each.amount().unscaled(scale);
            if (grants.draw(credit.opened(each.creditId()), wanted, monthStart, false) < wanted) {
                throw new IllegalStateException(
                        "dispute " + correction.dispute() + " draws more of " + each.creditId() + " than it has");
            }
            days.pay(grants, each.usageDate(), Drawdown.Purpose.CORRECTION);
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

    /** What was drawn from the grant by now, in earlier months too, no dispute gave back, and is no receivable yet. */
    private long unclaimed(int grant) {
        GrantPosition position = credit.grants().get(grant).position();
        long before = position.drawn()
                .minus(position.restored())
                .minus(position.claimed())
                .unscaled(scale);
        return Math.max(
                0, before + grants.usage[grant] + grants.debt[grant] - grants.restored[grant] - grants.claimed[grant]);
    }

    /** What stands against the cap of the month whose usage burns. */
    long againstCap() {
        return current.againstCap;
    }

    private void burnUntil(long instant) {
        long[] occurredAt = events.occurredAt();
        for (; event < endEvent && occurredAt[event] < instant; event++) {
            burn(event, occurredAt[event]);
        }
    }

    /** Counts an event that occurred at an instant. It burns then; where it came late, when the month begins. */
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
                if (billable) {
                    chargeWatched(index, meter, quantity, at);
                } else {
                    notBillable.add(meter, quantity);
                }
            }
        }
    }

    private void chargeWatched(int index, int meter, long quantity, long at) {
        if (trace == null) {
            charge(index, meter, quantity, at);
            return;
        }
        trace.before(this, month, index, meter, segment);
        charge(index, meter, quantity, at);
        trace.after(this, index, meter);
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
        long left = grants.pay(amount, scopes[events.product()[index]], at, Math.max(at, monthStart));
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
        Terms terms = segments.get(segment).terms();
        if (terms == null) {
            throw new IllegalStateException("usage without terms has no price");
        }
        switch (terms.withoutCredit()) {
            case PAYG -> lines.cover(line, Coverage.PAYG, left);
            case OVERAGE -> {
                long room = Math.max(0, scaledCap(terms) - current.againstCap);
                long part = Math.min(left, room);
                current.againstCap += part;
                overage(line, part);
                unfunded(aboveCap, line, left - part, at);
            }
            case CARRIED -> {
                lines.cover(line, Coverage.CARRIED, left);
                carried = Math.addExact(carried, left);
                debts.add(scopes[events.product()[index]], Math.max(at, monthStart), left);
            }
            case UNFUNDED -> unfunded(blocked, line, left, at);
            case CREDIT -> throw new IllegalStateException("credit is no answer to its absence");
        }
    }

    private void overage(int line, long amount) {
        overageTotal = Math.addExact(overageTotal, amount);
        current.overage[segment] += amount;
        lines.cover(line, Coverage.OVERAGE, amount);
    }

    private void unfunded(Unfunded share, int line, long amount, long at) {
        if (amount > 0) {
            lines.cover(line, Coverage.UNFUNDED, amount);
            share.add(amount, billableEvents, at);
        }
    }

    private long scaledCap(Terms terms) {
        Amount cap = terms.monthlyOverageCap();
        boolean reachable = cap != null && cap.compareTo(Amount.ofUnscaled(Long.MAX_VALUE, scale)) < 0;
        return reachable && cap != null ? cap.unscaled(scale) : Long.MAX_VALUE;
    }
}
