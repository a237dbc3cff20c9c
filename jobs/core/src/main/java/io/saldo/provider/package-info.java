/**
 * What AI providers say of our usage, their counts and their bills, compared with what we took and what it should have
 * cost.
 *
 * <p>Law: a comparison is made in the provider's own windows, which are half-open instants and not billing dates; gross
 * differences decide, a net difference of zero proves nothing; a charge that nobody can place is compared under its own
 * name and never left out; amounts are exact.
 *
 * <p>Terms: a <i>window</i> is the stretch of time that one figure of the provider is about; a <i>bucket</i> is what it
 * counted in a window; a <i>charge</i> is a line of its bill; the <i>cost book</i> is the price book with the
 * provider's own prices for us.
 *
 * <p>This package does not own: how deliveries are read, which of them holds where a provider restates figures, and the
 * life of a break.
 */
@NullMarked
package io.saldo.provider;

import org.jspecify.annotations.NullMarked;
