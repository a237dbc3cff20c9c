/**
 * The finance report of a month: deferred revenue, breakage, who pays for usage, tax, and the change to last month.
 *
 * <p>Law: value in, bytes out. Nothing is computed here but sums of what the value says.
 */
@NullMarked
package io.saldo.documents.finance;

import org.jspecify.annotations.NullMarked;
