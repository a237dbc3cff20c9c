/**
 * The finance report of a month, over the books.
 *
 * <p>Law: deferred revenue of closed account-months equals what the journal says of it, or no report is written.
 */
@NullMarked
package io.saldo.app.finance;

import org.jspecify.annotations.NullMarked;
