/**
 * Runs: what a job fixes before it starts, and how its steps fall into partitions.
 *
 * <p>Law: the row in {@code runs} is the identity of a job; a resumed run sees nothing newer than it fixed.
 */
@NullMarked
package io.saldo.app.run;

import org.jspecify.annotations.NullMarked;
