package io.saldo.statement;

import java.util.ArrayList;
import java.util.List;

/** Grants as columns in burn order, scaled. A grant is active from its beginning while something is left. */
final class GrantLedger {
    /** A grant was spent to nothing; scaled. */
    record Spent(long at, int grant, long balance) {}

    private final boolean[][] fits;
    private final long[] effectiveAt;
    private final int[] active;
    private int activeCount;
    private long balance;

    /** What is left; nothing before the grant begins. */
    final long[] remaining;

    /** What usage took this month. */
    final long[] usage;

    /** What debt took this month. */
    final long[] debt;

    /** What ran out this month. */
    final long[] expired;

    /** What was taken back this month. */
    final long[] withdrawn;

    /** What disputes gave back this month. */
    final long[] restored;

    /** What became a receivable this month. */
    final long[] claimed;

    /** What usage took since it was last noted. */
    final long[] dayUsage;

    /** What debt took since it was last noted. */
    final long[] dayDebt;

    /** Every time that a grant was spent to nothing. */
    final List<Spent> spent = new ArrayList<>();

    /**
     * Grants that have not begun.
     *
     * @param fits by grant and scope, whether it may pay; an empty row for a grant without scope
     * @param effectiveAt by grant, the first instant whose usage it may pay, also where it begins later
     */
    GrantLedger(boolean[][] fits, long[] effectiveAt) {
        this.fits = fits;
        this.effectiveAt = effectiveAt;
        int size = fits.length;
        active = new int[size];
        remaining = new long[size];
        usage = new long[size];
        debt = new long[size];
        expired = new long[size];
        withdrawn = new long[size];
        restored = new long[size];
        claimed = new long[size];
        dayUsage = new long[size];
        dayDebt = new long[size];
    }

    /** What all active grants have left. */
    long balance() {
        return balance;
    }

    boolean fits(int grant, int scope) {
        return fits[grant].length == 0 || fits[grant][scope];
    }

    void begin(int grant, long amount) {
        remaining[grant] = amount;
        balance = Math.addExact(balance, amount);
        if (amount == 0) {
            return;
        }
        int position = activeCount++;
        for (; position > 0 && active[position - 1] > grant; position--) {
            active[position] = active[position - 1];
        }
        active[position] = grant;
    }

    /**
     * Pays what credit can of a charge and returns what is left of it.
     *
     * @param occurredAt the instant of the usage
     * @param at the instant at which it burns, not before it
     */
    long pay(long amount, int scope, long occurredAt, long at) {
        long left = amount;
        int position = 0;
        while (left > 0 && position < activeCount) {
            int grant = active[position];
            if (effectiveAt[grant] > occurredAt || !fits(grant, scope)) {
                position++;
            } else {
                left -= draw(grant, left, at, false);
            }
        }
        return left;
    }

    /** Takes up to that amount for usage or debt and returns what it took. */
    long draw(int grant, long wanted, long at, boolean forDebt) {
        long part = Math.min(wanted, remaining[grant]);
        if (part == 0) {
            return 0;
        }
        long[] month = forDebt ? debt : usage;
        long[] day = forDebt ? dayDebt : dayUsage;
        month[grant] += part;
        day[grant] += part;
        take(grant, part);
        if (remaining[grant] == 0) {
            spent.add(new Spent(at, grant, balance));
        }
        return part;
    }

    /** The grants that were spent so far, which are noted no more: to be noted later. */
    List<Integer> takeSpent() {
        List<Integer> grants = spent.stream().map(Spent::grant).toList();
        spent.clear();
        return grants;
    }

    /** Notes that a grant was spent, with what others have left by now. */
    void noteSpent(int grant, long at) {
        spent.add(new Spent(at, grant, balance));
    }

    void expire(int grant) {
        expired[grant] += remaining[grant];
        take(grant, remaining[grant]);
    }

    /** Takes back up to that amount and returns what it took. */
    long withdraw(int grant, long wanted) {
        long part = Math.min(wanted, remaining[grant]);
        withdrawn[grant] += part;
        take(grant, part);
        return part;
    }

    void save(CheckpointWriter out) {
        for (long[] column : columns()) {
            out.numbers(column);
        }
        out.number(spent.size());
        for (Spent each : spent) {
            out.number(each.at());
            out.number(each.grant());
            out.number(each.balance());
        }
    }

    /**
     * Takes over what was saved, as the only thing that happened.
     *
     * @param numbers of each saved grant, which it is here
     */
    void restore(CheckpointReader in, int[] numbers) {
        for (long[] column : columns()) {
            int size = in.count();
            for (int grant = 0; grant < size; grant++) {
                column[CheckpointReader.number(numbers, grant)] = in.amount();
            }
        }
        for (int size = in.count(); size > 0; size--) {
            spent.add(new Spent(in.number(), CheckpointReader.number(numbers, in.count()), in.amount()));
        }
        for (int grant = 0; grant < remaining.length; grant++) {
            balance = Math.addExact(balance, remaining[grant]);
            if (remaining[grant] > 0) {
                active[activeCount++] = grant;
            }
        }
    }

    private long[][] columns() {
        return new long[][] {remaining, usage, debt, expired, withdrawn, restored, claimed, dayUsage, dayDebt};
    }

    private void take(int grant, long part) {
        remaining[grant] -= part;
        balance -= part;
        if (remaining[grant] == 0) {
            deactivate(grant);
        }
    }

    private void deactivate(int grant) {
        int kept = 0;
        for (int position = 0; position < activeCount; position++) {
            if (active[position] != grant) {
                active[kept++] = active[position];
            }
        }
        activeCount = kept;
    }
}
