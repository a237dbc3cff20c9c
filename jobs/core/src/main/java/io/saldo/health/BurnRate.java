package io.saldo.health;

import io.saldo.money.Amount;
import io.saldo.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast an account uses credit, per day.
 *
 * <p>Each sample is the usage of {@code spanDays} consecutive days; quartiles are by nearest rank, so each is a sample
 * that happened. A rate is its sample over the days of the span, rounded half up at
 * {@value Rounding#AVERAGE_DIGITS} digits after the point.
 *
 * @param days how many days were looked at, from 0 to {@value #DAYS_MAX}
 * @param slow the lower quartile
 * @param usual the median
 * @param fast the upper quartile
 * @param latest the last span
 * @param total usage of all days together, exact
 */
public record BurnRate(int days, Amount slow, Amount usual, Amount fast, Amount latest, Amount total) {
    /** How many days back are looked at. */
    public static final int DAYS_MAX = 28;

    /** The days of a sample; fewer where an account has not been there so long. */
    public static final int SPAN_DAYS = 7;

    /** The rate of an account that has used nothing. */
    public static final BurnRate NONE =
            new BurnRate(0, Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO, Amount.ZERO);

    /**
     * The rate of that usage.
     *
     * @param daily usage of each day, the oldest first, days without usage among them; more than the last
     *     {@value #DAYS_MAX} are left out
     */
    public static BurnRate of(List<Amount> daily) {
        List<Amount> days = daily.subList(Math.max(0, daily.size() - DAYS_MAX), daily.size());
        if (days.isEmpty()) {
            return NONE;
        }
        int span = Math.min(SPAN_DAYS, days.size());
        List<Amount> samples = new ArrayList<>();
        for (int first = 0; first + span <= days.size(); first++) {
            samples.add(sum(days.subList(first, first + span)));
        }
        Amount latest = samples.get(samples.size() - 1);
        samples.sort(null);
        return new BurnRate(
                days.size(),
                Rounding.average(quartile(samples, 1), span),
                Rounding.average(quartile(samples, 2), span),
                Rounding.average(quartile(samples, 3), span),
                Rounding.average(latest, span),
                sum(days));
    }

    /** The smallest sample that at least so many quarters of all do not exceed. */
    private static Amount quartile(List<Amount> sorted, int quarters) {
        return sorted.get((sorted.size() * quarters + 3) / 4 - 1);
    }

    private static Amount sum(List<Amount> amounts) {
        return amounts.stream().reduce(Amount.ZERO, Amount::plus);
    }
}
