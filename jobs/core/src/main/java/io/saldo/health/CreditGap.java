package io.saldo.health;

import io.saldo.credit.GrantPosition;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Exhaustion;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A time in which an account had no credit, after it had some.
 *
 * @param from the instant at which the last of it was spent or expired, in microseconds
 * @param to the instant at which new credit began, in microseconds; {@link #OPEN} while there is none
 */
public record CreditGap(long from, long to) {
    /** The end of a gap that lasts. */
    public static final long OPEN = Long.MAX_VALUE;

    /** Whether it lasts. */
    public boolean isOpen() {
        return to == OPEN;
    }

    /**
     * The gaps that reach into the time from {@code since} on, in order.
     *
     * <p>A gap begins when usage or a settlement takes the last of all credit, and when credit expires on a day that
     * ends without any. It ends when the next grant begins. A grant that debt takes at once ends one gap and begins the
     * next.
     *
     * @param exhaustions in order
     * @param grants every grant that began
     * @param days the days that the gaps are looked for in
     * @param zone of the days
     */
    public static List<CreditGap> of(
            List<Exhaustion> exhaustions,
            List<GrantPosition> grants,
            List<DailyBalance> days,
            BillingZone zone,
            long since) {
        TreeSet<Long> begins = new TreeSet<>();
        grants.forEach(each -> begins.add(each.effectiveAt()));
        TreeSet<Long> ends = new TreeSet<>();
        for (Exhaustion each : exhaustions) {
            if (each.balance().isZero()) {
                ends.add(each.at());
            }
        }
        Map<LocalDate, DailyBalance> byDate = new HashMap<>();
        days.forEach(each -> byDate.put(each.date(), each));
        for (GrantPosition grant : grants) {
            if (grant.expired().signum() > 0) {
                DailyBalance day = byDate.get(zone.dateOf(grant.expiresAt()));
                if (day != null && day.closingBalance().isZero()) {
                    ends.add(grant.expiresAt());
                }
            }
        }
        List<CreditGap> gaps = new ArrayList<>();
        for (long from : ends) {
            Long next = begins.higher(from);
            long to = next == null ? OPEN : next;
            boolean inside = !gaps.isEmpty() && gaps.get(gaps.size() - 1).to() > from;
            if (to > since && !inside) {
                gaps.add(new CreditGap(from, to));
            }
        }
        return gaps;
    }
}
