package io.saldo.statement;

import java.util.ArrayList;
import java.util.List;

/** What each day leaves behind, scaled. */
final class DayLog {
    /** A day at its end. */
    record Day(int day, long usage, long balance, long debt) {}

    /** What a grant paid on a day. */
    record Paid(int grant, int day, Drawdown.Purpose purpose, long amount) {}

    final List<Day> days = new ArrayList<>();
    final List<Paid> paid = new ArrayList<>();

    void close(GrantLedger grants, long usage, long debt) {
        int day = days.size();
        days.add(new Day(day, usage, grants.balance(), debt));
        for (int grant = 0; grant < grants.dayUsage.length; grant++) {
            add(grant, day, Drawdown.Purpose.USAGE, grants.dayUsage[grant]);
            add(grant, day, Drawdown.Purpose.DEBT, grants.dayDebt[grant]);
        }
        grants.clearDay();
    }

    private void add(int grant, int day, Drawdown.Purpose purpose, long amount) {
        if (amount > 0) {
            paid.add(new Paid(grant, day, purpose, amount));
        }
    }
}
