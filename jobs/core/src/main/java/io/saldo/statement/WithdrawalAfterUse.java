package io.saldo.statement;

import io.saldo.credit.CreditKind;
import io.saldo.money.Amount;

/**
 * A withdrawal that found its credit, or part of it, used.
 *
 * @param entryId the withdrawal
 * @param creditId the grant
 * @param kind the grant's kind
 * @param reason as delivered
 * @param at when it was applied, in microseconds
 * @param taken what was left to take
 * @param used what it would have taken but usage or debt had
 * @param owed of {@code used}, the receivable; 0 where nothing is owed
 */
public record WithdrawalAfterUse(
        String entryId,
        String creditId,
        CreditKind kind,
        String reason,
        long at,
        Amount taken,
        Amount used,
        Amount owed) {}
