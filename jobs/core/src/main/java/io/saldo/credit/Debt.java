package io.saldo.credit;

import io.saldo.money.Amount;

/**
 * Carried usage that no grant has settled yet: of one provider and model, and, but for the day that has not ended, of whole
 * days.
 *
 * @param since the instant of the oldest usage in it, in microseconds
 * @param provider whose usage it was, for the scope of the grant that settles it; empty in an opening debt
 * @param model after alias; empty in an opening debt, which only a grant without scope settles
 * @param amount what is open, greater than 0
 */
public record Debt(long since, String provider, String model, Amount amount) {}
