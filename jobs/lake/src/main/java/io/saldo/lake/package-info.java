/**
 * Bulk data: raw logs in, sorted Parquet segments out.
 *
 * <p>Law: everything here is a pure function from files to files; no database, no clock, no shared state.
 */
@NullMarked
package io.saldo.lake;

import org.jspecify.annotations.NullMarked;
