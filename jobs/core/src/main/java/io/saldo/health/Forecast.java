package io.saldo.health;

import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of credit at an even pace.
 *
 * @param days for how many whole days there is credit, and it stays at or above the level asked for; {@link #BEYOND}
 *     where that is more than {@value #HORIZON_DAYS}. None lasts 0 days, also where nothing is used
 * @param unused what expires without having been used, in the order of expiry
 */
public record Forecast(int days, List<Unused> unused) {
    /** How far anybody looks ahead. */
    public static final int HORIZON_DAYS = 365;

    /** More days than anybody looks ahead. */
    public static final int BEYOND = Integer.MAX_VALUE;

    /**
     * The rest of a grant that expires.
     *
     * @param inDays after how many whole days
     */
    public record Unused(String creditId, int inDays, Amount amount) {}

    /** Keeps the list unchangeable. */
    public Forecast {
        unused = List.copyOf(unused);
    }

    /**
     * Burns the credit down.
     *
     * @param credit in the order in which it is spent
     * @param perDay the pace, from 0 on
     * @param level the balance that is to be kept; 0 for the runway
     */
    public static Forecast of(List<RemainingCredit> credit, Amount perDay, Amount level) {
        List<Amount> left = new ArrayList<>();
        credit.forEach(each -> left.add(each.amount()));
        List<Unused> unused = new ArrayList<>();
        expire(credit, left, 0, unused);
        int kept = -1;
        int day = 0;
        while (day < HORIZON_DAYS) {
            int until = nextExpiry(credit, day);
            Amount total = sum(left);
            Amount burnt = perDay.times(until - day);
            boolean over = total.isZero() || total.compareTo(level) < 0;
            if (kept < 0 && (over || total.minus(burnt).compareTo(level) < 0)) {
                kept = day + (over ? 0 : (int) total.minus(level).wholeTimes(perDay));
            }
            burn(left, burnt);
            expire(credit, left, until, unused);
            day = until;
        }
        return new Forecast(kept < 0 ? BEYOND : kept, unused);
    }

    private static int nextExpiry(List<RemainingCredit> credit, int day) {
        int next = HORIZON_DAYS;
        for (RemainingCredit each : credit) {
            if (each.usableDays() > day) {
                next = Math.min(next, each.usableDays());
            }
        }
        return next;
    }

    private static void expire(List<RemainingCredit> credit, List<Amount> left, int day, List<Unused> unused) {
        for (int index = 0; index < left.size(); index++) {
            if (credit.get(index).usableDays() == day && left.get(index).signum() > 0) {
                unused.add(new Unused(credit.get(index).creditId(), day, left.get(index)));
                left.set(index, Amount.ZERO);
            }
        }
    }

    private static void burn(List<Amount> left, Amount burnt) {
        Amount open = burnt;
        for (int index = 0; index < left.size() && open.signum() > 0; index++) {
            Amount taken = left.get(index).min(open);
            left.set(index, left.get(index).minus(taken));
            open = open.minus(taken);
        }
    }

    private static Amount sum(List<Amount> amounts) {
        return amounts.stream().reduce(Amount.ZERO, Amount::plus);
    }
}
