/**
 * Step 4 of a night: accepted records of one account shard become sorted Parquet segments, one per usage month.
 *
 * <p>Law: what was forwarded is accepted, duplicate or conflict, and is counted where it was delivered; segments are
 * sorted by (account, occurred_at, namespace, event_id, events falling) and hold nothing else than accepted events.
 */
@NullMarked
package io.saldo.lake.gather;

import org.jspecify.annotations.NullMarked;
