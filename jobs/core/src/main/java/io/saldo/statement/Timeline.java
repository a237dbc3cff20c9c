package io.saldo.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Everything but usage that happens in the month, in order; usage of an instant follows all of it. */
final class Timeline {
    /** What happens, in the order within one instant. A day's end and a probe see only what is strictly before. */
    enum Step {
        /** Index: the day of the month, from 0 on. */
        DAY_END,
        /** Index: the probe. */
        PROBE,
        /** Index: the segment that begins. */
        TERMS,
        /** Index: the grant. */
        EXPIRY,
        /** Index: the withdrawal. */
        WITHDRAWAL,
        /** Index: the grant. */
        GRANT,
        /** Debt is settled from the grants of this instant. */
        SETTLEMENT,
        /** Late usage of closed months burns. */
        LATE_USAGE
    }

    /**
     * One happening.
     *
     * @param at in microseconds
     * @param step what happens
     * @param index of what it happens to
     */
    record Happening(long at, Step step, int index) implements Comparable<Happening> {
        @Override
        public int compareTo(Happening other) {
            int byInstant = Long.compare(at, other.at);
            int byStep = byInstant != 0 ? byInstant : step.compareTo(other.step);
            return byStep != 0 ? byStep : Integer.compare(index, other.index);
        }
    }

    private final TreeSet<Happening> happenings = new TreeSet<>();
    private final List<LocalDate> days = new ArrayList<>();
    private final long start;
    private final long end;

    Timeline(StatementInput input, long end, List<TermsSegment> segments, CreditPlan credit) {
        this.start = input.monthStart();
        this.end = end;
        addDays(input);
        for (int index = 0; index < input.probes().length; index++) {
            add(Math.min(Math.max(input.probes()[index], start), end), Step.PROBE, index);
        }
        for (int index = 0; index < segments.size(); index++) {
            addBeforeEnd(segments.get(index).from(), Step.TERMS, index);
        }
        addBeforeEnd(start, Step.LATE_USAGE, 0);
        addGrants(credit.grants());
        for (int index = 0; index < credit.withdrawals().size(); index++) {
            CreditPlan.Withdrawal withdrawal = credit.withdrawals().get(index);
            if (!withdrawal.atBeginning()) {
                addBeforeEnd(withdrawal.at(), Step.WITHDRAWAL, index);
            }
        }
    }

    Iterable<Happening> happenings() {
        return happenings;
    }

    /** The days of the month up to the as-of, by the index of their end. */
    List<LocalDate> days() {
        return days;
    }

    private void addDays(StatementInput input) {
        LocalDate date = input.month().atDay(1);
        for (; input.zone().startOf(date) < end; date = date.plusDays(1)) {
            add(Math.min(input.zone().endOf(date), end), Step.DAY_END, days.size());
            days.add(date);
        }
    }

    private void addGrants(List<CreditPlan.Grant> grants) {
        for (int index = 0; index < grants.size(); index++) {
            CreditPlan.Grant grant = grants.get(index);
            long expiresAt = Math.max(grant.position().expiresAt(), start);
            if (grant.entry() != null) {
                addBeforeEnd(grant.start(), Step.GRANT, index);
                addBeforeEnd(grant.start(), Step.SETTLEMENT, 0);
            }
            if (grant.entry() == null || expiresAt > grant.start()) {
                addBeforeEnd(expiresAt, Step.EXPIRY, index);
            }
        }
    }

    private void addBeforeEnd(long at, Step step, int index) {
        if (at < end) {
            add(at, step, index);
        }
    }

    private void add(long at, Step step, int index) {
        happenings.add(new Happening(at, step, index));
    }
}
