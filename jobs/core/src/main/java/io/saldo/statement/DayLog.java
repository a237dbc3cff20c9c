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
        pay(grants, date, Drawdown.Purpose.USAGE);
    }

    /** Notes for what usage of that date took from grants. */
    void pay(GrantLedger grants, LocalDate date, Drawdown.Purpose purpose) {
        for (int grant = 0; grant < grants.dayUsage.length; grant++) {
            add(grant, date, purpose, grants.dayUsage[grant]);
            grants.dayUsage[grant] = 0;
        }
    }

    void save(CheckpointWriter out) {
        out.number(days.size());
        for (Day day : days) {
            out.number(day.usage());
            out.number(day.balance());
            out.number(day.debt());
        }
        out.number(paid.size());
        for (Paid each : paid) {
            out.number(each.grant());
            out.number(each.date().toEpochDay());
            out.number(each.purpose().ordinal());
            out.number(each.amount());
        }
    }

    /**
     * Takes over what was saved.
     *
     * @param grants of each saved grant, which it is here
     */
    void restore(CheckpointReader in, int[] grants) {
        for (int size = in.count(); size > 0; size--) {
            days.add(new Day(days.size(), in.amount(), in.amount(), in.amount()));
        }
        for (int size = in.count(); size > 0; size--) {
            paid.add(new Paid(
                    CheckpointReader.number(grants, in.count()),
                    LocalDate.ofEpochDay(in.number()),
                    Drawdown.Purpose.values()[in.count()],
                    in.amount()));
        }
    }

    private void add(int grant, LocalDate date, Drawdown.Purpose purpose, long amount) {
        if (amount > 0) {
            paid.add(new Paid(grant, date, purpose, amount));
        }
    }
}
