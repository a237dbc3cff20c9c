package io.saldo.reconcile;

import io.saldo.money.Amount;

/**
 * An identified fact that may explain why the live balance moved otherwise than ours: an expired grant that was still
 * spent, a duplicate that was charged, a missing top-up, a rejected, held or late event, rounding.
 *
 * @param accountId the account
 * @param occurredAt when the live balance felt it, in microseconds
 * @param effect what it adds to recorded minus computed
 * @param description what it is, with its id, in a few words
 */
public record BalanceFact(String accountId, long occurredAt, Amount effect, String description) {}
