package io.saldo.health;

import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Exhaustion;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
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
     * <p>A gap begins when usage or a settlement takes the last of all credit, and when the last of it expires. It ends when
     * new credit begins to count: a grant, which when it is backdated into a closed month counts from the month that is
     * open (SPEC 6.2), or what a dispute gives back; not what has expired by then. A grant that debt takes at once ends one gap and begins the next.
     *
     * @param exhaustions in order
     * @param closings every grant that began, as each month's statement left it, at least from the month of the first exhaustion
     *     on
     * @param days the days that expired credit is looked for in
     * @param zone of the days
     */
    public static List<CreditGap> of(
            List<Exhaustion> exhaustions,
            SortedMap<YearMonth, List<GrantPosition>> closings,
            List<DailyBalance> days,
            BillingZone zone,
            long since) {
        Map<String, Long> begun = new HashMap<>();
        TreeSet<Long> credited = new TreeSet<>();
        credited(closings, zone, begun, credited);
        TreeSet<Long> ends = new TreeSet<>();
        for (Exhaustion each : exhaustions) {
            if (each.balance().isZero()) {
                ends.add(each.at());
            }
        }
        Map<LocalDate, DailyBalance> byDate = new HashMap<>();
        days.forEach(each -> byDate.put(each.date(), each));
        for (GrantPosition grant : last(closings)) {
            DailyBalance day = grant.expired().signum() > 0 ? byDate.get(zone.dateOf(grant.expiresAt())) : null;
            if (day != null
                    && day.closingBalance().isZero()
                    && !credited.contains(grant.expiresAt())
                    && !othersOutlived(grant, exhaustions, begun, zone)) {
                ends.add(grant.expiresAt());
            }
        }
        List<CreditGap> gaps = new ArrayList<>();
        for (long from : ends) {
            Long next = credited.higher(from);
            long to = next == null ? OPEN : next;
            boolean inside = !gaps.isEmpty() && gaps.get(gaps.size() - 1).to() > from;
            if (to > since && !inside) {
                gaps.add(new CreditGap(from, to));
            }
        }
        return gaps;
    }

    private static List<GrantPosition> last(SortedMap<YearMonth, List<GrantPosition>> closings) {
        return closings.isEmpty() ? List.of() : closings.getOrDefault(closings.lastKey(), List.of());
    }

    /** When each grant began to count, and every instant at which there was new credit. */
    private static void credited(
            SortedMap<YearMonth, List<GrantPosition>> closings,
            BillingZone zone,
            Map<String, Long> begun,
            Set<Long> credited) {
        Map<String, Amount> restored = new HashMap<>();
        closings.forEach((month, grants) -> {
            long monthStart = zone.startOf(month);
            for (GrantPosition grant : grants) {
                Amount before = restored.put(grant.creditId(), grant.restored());
                if (before == null) {
                    long at = Math.max(grant.effectiveAt(), monthStart);
                    begun.put(grant.creditId(), at);
                    addUnlessExpired(grant, at, credited);
                } else if (grant.restored().compareTo(before) > 0) {
                    addUnlessExpired(grant, monthStart, credited);
                }
            }
        });
    }

    private static void addUnlessExpired(GrantPosition grant, long at, Set<Long> credited) {
        if (grant.expiresAt() > at) {
            credited.add(at);
        }
    }

    /** Whether other credit was there when the grant expired, and spent later that day. */
    private static boolean othersOutlived(
            GrantPosition grant, List<Exhaustion> exhaustions, Map<String, Long> begun, BillingZone zone) {
        long expiry = grant.expiresAt();
        long midnight = zone.endOf(zone.dateOf(expiry));
        return exhaustions.stream()
                .filter(each -> each.at() > expiry && each.at() < midnight)
                .anyMatch(each -> begun.getOrDefault(each.creditId(), Long.MAX_VALUE) <= expiry);
    }
}
