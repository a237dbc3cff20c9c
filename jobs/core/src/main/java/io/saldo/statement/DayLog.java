package io.saldo.statement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What each day leaves behind, scaled. */
final class DayLog {
    /** A day at its end. */
    record Day(int day, long usage, long balance, long debt) {}

    /** What a grant paid for the usage, or settled, of a date. */
    record Paid(int grant, LocalDate date, Drawdown.Purpose purpose, long amount) {}

    final List<Day> days = new ArrayList<>();
    final List<Paid> paid = new ArrayList<>();

    void close(GrantLedger grants, LocalDate date, long usage, long debt) {
        days.add(new Day(days.size(), usage, grants.balance(), debt));
        pay(grants, date);
        for (int grant = 0; grant < grants.dayDebt.length; grant++) {
            add(grant, date, Drawdown.Purpose.DEBT, grants.dayDebt[grant]);
            grants.dayDebt[grant] = 0;
        }
    }

    /** Notes what usage of that date took from grants. */
    void pay(GrantLedger grants, LocalDate date) {
        for (int grant = 0; grant < grants.dayUsage.length; grant++) {
            add(grant, date, Drawdown.Purpose.USAGE, grants.dayUsage[grant]);
            grants.dayUsage[grant] = 0;
        }
    }

    private void add(int grant, LocalDate date, Drawdown.Purpose purpose, long amount) {
        if (amount > 0) {
            paid.add(new Paid(grant, date, purpose, amount));
        }
    }
}
