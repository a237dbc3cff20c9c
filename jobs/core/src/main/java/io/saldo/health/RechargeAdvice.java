package io.saldo.health;

import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When to recharge next, and by how much.
 *
 * @param state what is to be done
 * @param on the first day on which it is due; null unless it is due some day
 * @param amount what to buy then, within the cap; 0 where nothing is left of it, or nothing is agreed
 * @param room what is left of the cap of that day's month; null where there is no cap
 * @param toLast what would have to be bought today for the credit to last {@value BurnRate#DAYS_MAX} days at the usual
 *     pace, in whole units of the currency, rounded up; whatever is agreed
 */
public record RechargeAdvice(
        State state,
        @Nullable LocalDate on,
        Amount amount,
        @Nullable Amount room,
        Amount toLast) {
    private static final Amount ONE = Amount.of(1);

    /** What is to be done. */
    public enum State {
        /** The balance is below the threshold: buy now. */
        DUE_NOW("due now"),
        /** It is due, but the month's cap leaves less than what is needed. */
        CAPPED("capped"),
        /** The balance will fall below the threshold on a day that can be told. */
        DUE_LATER("due later"),
        /** At the usual pace it will not within a year. */
        NOT_DUE("not due"),
        /** No threshold or no amount is agreed. */
        NOT_AGREED("not agreed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /**
     * The advice.
     *
     * <p>Due now, it is so many recharges of the agreed amount as lift the balance to the threshold, at least one; due
     * later, it is one. The cap of the day's month bounds it; of this month's cap what was bought in it is used up, by
     * whatever means.
     *
     * @param terms in force
     * @param credit what is left, in the order in which it is spent
     * @param perDay the usual pace
     * @param boughtThisMonth credit bought in the night's month
     */
    static RechargeAdvice of(
            Terms terms, List<RemainingCredit> credit, Amount perDay, Amount boughtThisMonth, LocalDate night) {
        Amount balance = credit.stream().map(RemainingCredit::amount).reduce(Amount.ZERO, Amount::plus);
        Amount missing = perDay.times(BurnRate.DAYS_MAX).minus(balance);
        Amount toLast = missing.signum() <= 0 ? Amount.ZERO : ONE.times(roundedUp(missing, ONE));
        Amount threshold = terms.rechargeThreshold();
        Amount agreed = terms.rechargeAmount();
        if (threshold == null || agreed == null) {
            return new RechargeAdvice(State.NOT_AGREED, null, Amount.ZERO, null, toLast);
        }
        int days = balance.compareTo(threshold) < 0
                ? 0
                : Forecast.of(credit, perDay, threshold).days();
        if (days == Forecast.BEYOND) {
            return new RechargeAdvice(State.NOT_DUE, null, Amount.ZERO, null, toLast);
        }
        boolean now = balance.compareTo(threshold) < 0;
        LocalDate on = night.plusDays(1L + days);
        Amount wanted = now ? agreed.times(Math.max(1, roundedUp(threshold.minus(balance), agreed))) : agreed;
        Amount cap = terms.rechargeMonthlyCap();
        if (cap == null) {
            return new RechargeAdvice(now ? State.DUE_NOW : State.DUE_LATER, on, wanted, null, toLast);
        }
        boolean thisMonth = YearMonth.from(on).equals(YearMonth.from(night));
        Amount open = thisMonth ? cap.minus(boughtThisMonth) : cap;
        Amount room = open.signum() < 0 ? Amount.ZERO : open;
        Amount amount = wanted.min(room);
        boolean capped = amount.compareTo(wanted) < 0;
        return new RechargeAdvice(
                capped ? State.CAPPED : now ? State.DUE_NOW : State.DUE_LATER, on, amount, room, toLast);
    }

    private static long roundedUp(Amount amount, Amount unit) {
        long whole = amount.wholeTimes(unit);
        return unit.times(whole).equals(amount) ? whole : whole + 1;
    }
}
