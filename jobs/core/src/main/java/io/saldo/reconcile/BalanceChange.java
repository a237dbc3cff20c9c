package io.saldo.reconcile;

import io.saldo.money.Amount;

/**
 * A change of the gap between a recorded balance and ours, of which a cause is to be found.
 *
 * @param accountId the account
 * @param month of the reading that shows the change, {@code YYYY-MM}
 * @param from the last instant at which the gap was as before, in microseconds; {@code Instants.MIN} where there is none
 * @param to the instant of the reading that shows the change, exclusive
 * @param change the gap after it less the gap before it
 */
public record BalanceChange(String accountId, String month, long from, long to, Amount change) {
    /** Whether what happened at that instant may have caused it. */
    public boolean holds(long instant) {
        return from <= instant && instant < to;
    }
}
