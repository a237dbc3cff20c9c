/**
 * Accepted usage in the lake: immutable Parquet segments, and how they are read back.
 *
 * <p>Law: a segment holds one month and one shard, sorted by (account, occurred_at, namespace, event_id, events
 * falling); a reader merges segments into that order, whatever their number, and never sees one that it was not given.
 */
@NullMarked
package io.saldo.lake.usage;

import org.jspecify.annotations.NullMarked;
