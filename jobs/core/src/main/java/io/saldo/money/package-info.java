/**
 * Exact amounts and document money.
 *
 * <p>Law: {@link io.saldo.money.Amount} is exact and never rounded; {@link io.saldo.money.Money} counts minor units;
 * only {@link io.saldo.money.Rounding} and {@link io.saldo.money.Apportionment} lead from one to the other. No other
 * package may compute money with {@code BigDecimal}.
 */
@NullMarked
package io.saldo.money;

import org.jspecify.annotations.NullMarked;
