/**
 * The double-entry journal: what each event of the books debits and credits.
 *
 * <p>Law: exact amounts; every posting sums to zero. This package computes postings and stores none.
 */
@NullMarked
package io.saldo.app.journal;

import org.jspecify.annotations.NullMarked;
