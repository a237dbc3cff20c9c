/**
 * Step 5 of a night: small usage segments of one month and account shard become one.
 *
 * <p>Law: the merged segment has the same rows in the same order as a reader saw before; which segments are merged
 * depends only on how many rows they have, and a row is rewritten no oftener than the logarithm of their number.
 */
@NullMarked
package io.saldo.lake.compaction;

import org.jspecify.annotations.NullMarked;
