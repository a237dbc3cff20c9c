package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.Terms;
import io.saldo.pricing.PriceBooks;
import io.saldo.time.BillingZone;
import io.saldo.usage.AccountEvents;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides an account's statement of a month.
 *
 * @param accountId whose statement it is
 * @param month the month in the billing zone
 * @param asOf exclusive, in microseconds: what happens before it counts; it may lie after the month
 * @param zone the billing zone
 * @param currency of the account, its books and its grants
 * @param opening what the month begins with
 * @param events events in burn-down order; those outside the month or from the as-of on are not looked at
 * @param entries the account's entries that no earlier month has {@linkplain Statement#appliedEntries applied}, in any
 *     order; what is effective from the as-of or the month's end on is left for later
 * @param closedMonths closed months that leave something beside their position, oldest first; only the account's oldest
 *     open month has any
 * @param charges usage without credit that a person had charged, of this month; the account's oldest open month is given
 *     that of closed months too
 * @param terms the account's terms, in any order
 * @param priceBooks all books
 * @param closedOn the account's last day; null while it is open
 * @param probes instants in rising order for which {@link Statement#probeBalances} is wanted; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // one column beside those of AccountEvents
public record StatementInput(
        String accountId,
        YearMonth month,
        long asOf,
        BillingZone zone,
        Currency currency,
        OpeningPosition opening,
        AccountEvents events,
        List<CreditEntry> entries,
        List<ClosedMonth> closedMonths,
        List<DecidedCharge> charges,
        List<Terms> terms,
        PriceBooks priceBooks,
        @Nullable LocalDate closedOn,
        long[] probes) {
    /** Keeps the lists unchangeable. */
    public StatementInput {
        entries = List.copyOf(entries);
        closedMonths = List.copyOf(closedMonths);
        charges = List.copyOf(charges);
        terms = List.copyOf(terms);
    }

    /** First instant of the month, in microseconds. */
    public long monthStart() {
        return zone.startOf(month);
    }

    /** First instant that no longer counts: the as-of or the month's end, whichever is first. */
    public long end() {
        return Math.min(asOf, zone.endOf(month));
    }
}
