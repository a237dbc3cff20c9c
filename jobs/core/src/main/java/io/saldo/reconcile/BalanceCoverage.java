package io.saldo.reconcile;

import java.time.LocalDate;
import java.util.Set;

/**
 * Whose balances a source recorded on a day.
 *
 * @param source the source of the balances
 * @param date the billing-zone date
 * @param expectedAccountIds the prepaid accounts that the source should record
 * @param recordedAccountIds those that it did record
 */
public record BalanceCoverage(
        String source, LocalDate date, Set<String> expectedAccountIds, Set<String> recordedAccountIds) {
    /** Keeps copies. */
    public BalanceCoverage {
        expectedAccountIds = Set.copyOf(expectedAccountIds);
        recordedAccountIds = Set.copyOf(recordedAccountIds);
    }
}
