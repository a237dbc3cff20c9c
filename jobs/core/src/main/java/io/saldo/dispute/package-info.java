/**
 * A closed month in dispute (SPEC 10): what it would cost by today's knowledge, how that differs from everything
 * invoiced for it so far, and what an approval moves.
 *
 * <p>Law: what was invoiced for a usage month, and the differences of all its approved disputes, sum to the last disputed
 * revision, line by line, to the last digit. Nothing that is closed changes: a difference is paid by the oldest open
 * month and by one document.
 *
 * <p>Terms: a <em>bill</em> is what one usage month cost; a <em>difference</em> is a bill with signs.
 *
 * <p>This package owns no event, no number and no decision.
 */
@NullMarked
package io.saldo.dispute;

import org.jspecify.annotations.NullMarked;
