package io.saldo.statement;

import io.saldo.money.Amount;

/**
 * What an account owes apart from usage, without tax.
 *
 * @param creditId the purchase that was taken back after use; empty for the debt of a closed account
 * @param withdrawalEntryId the entry that took it back; empty for the debt of a closed account
 * @param at when it arose, in microseconds
 * @param amount greater than 0
 */
public record Receivable(String creditId, String withdrawalEntryId, long at, Amount amount) {}
