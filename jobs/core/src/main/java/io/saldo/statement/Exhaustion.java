package io.saldo.statement;

import io.saldo.money.Amount;

/**
 * A grant was spent to nothing.
 *
 * @param at the instant of the usage or settlement that took the last of it, in microseconds
 * @param creditId the grant
 * @param balance what the account's other grants had left; 0 when all credit was gone
 */
public record Exhaustion(long at, String creditId, Amount balance) {}
