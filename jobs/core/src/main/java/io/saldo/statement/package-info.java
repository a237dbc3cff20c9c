/**
 * What an account used in a month and who pays for it, to the last digit (SPEC 6.2, 6.3 and 7).
 *
 * <p>Law: {@link io.saldo.statement.Statements#compute} is a pure function of {@link io.saldo.statement.StatementInput};
 * it proves the identities of SPEC 7, or there is no statement. Within one instant the order is expiry, withdrawal,
 * grant, settlement of debt, usage. A computation that goes on from a {@link io.saldo.statement.Checkpoint} gives the
 * statement of one that does not.
 *
 * <p>Terms: the <em>as-of</em> is exclusive, what happens before it counts; a <em>position</em> is what one month hands
 * to the next; an entry is <em>backdated</em> when it is effective in a month before the one that it counts in.
 *
 * <p>Outside the kernel every amount is exact decimal; inside, a scaled whole number that may overflow only into
 * {@code AMOUNT_TOO_LARGE}. This package owns no revision, no document and no break: it states facts.
 */
@NullMarked
package io.saldo.statement;

import org.jspecify.annotations.NullMarked;
