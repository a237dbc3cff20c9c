/**
 * Prepaid credit and what was agreed about its end (SPEC 3 and 6): terms, entries of the credit feed, positions.
 *
 * <p>Law: entries are appended, never changed; a grant's amount is always drawn + expired + withdrawn + remaining -
 * restored; grants are spent in one order, {@link io.saldo.credit.GrantPosition#BURN_ORDER}.
 *
 * <p>Terms: a <em>grant</em> gives credit, a <em>withdrawal</em> takes it back; <em>coverage</em> says who pays for a
 * charge; a <em>debt</em> is usage that waits for the next grant.
 *
 * <p>This package owns no event and moves nothing: the statement does.
 */
@NullMarked
package io.saldo.credit;

import org.jspecify.annotations.NullMarked;
