/**
 * Much data in little memory: primitive arrays, tables keyed by bytes, sorts that spill when their budget is spent.
 *
 * <p>Law: nothing here grows with its input beyond the budget it was given, and nothing depends on that budget but the
 * time it takes.
 */
@NullMarked
package io.saldo.lake.memory;

import org.jspecify.annotations.NullMarked;
