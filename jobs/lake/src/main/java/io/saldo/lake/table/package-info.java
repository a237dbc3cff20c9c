/**
 * Tables in Parquet: statement details and everything else that is bulk, append-only and read by others.
 *
 * <p>Law: the same rows give the same bytes; amounts are exact decimal text, because a Parquet decimal has one scale
 * per column and an amount has any; every column may be null.
 */
@NullMarked
package io.saldo.lake.table;

import org.jspecify.annotations.NullMarked;
