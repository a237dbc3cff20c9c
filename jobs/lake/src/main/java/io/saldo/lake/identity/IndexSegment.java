package io.saldo.lake.identity;

import io.saldo.usage.IdentityRule;
import java.io.Serializable;

/**
 * A part of the identity index: what is known of events of one shard and rule, sorted by identity.
 *
 * <p>Where two segments know the same event, the one that was listed later holds.
 *
 * @param path relative to the lake folder
 * @param shard the identity shard
 * @param identity by which rule its events are known again
 * @param knownFromMicros events before it may have been left out when segments were merged
 * @param entries how many events
 * @param bytes length of the file
 * @param sha256 hash of the file, in hexadecimal
 */
public record IndexSegment(
        String path, int shard, IdentityRule identity, long knownFromMicros, long entries, long bytes, String sha256)
        implements Serializable {
    /** As {@link #knownFromMicros} of a segment from which nothing was left out. */
    public static final long ALL_KNOWN = Long.MIN_VALUE;
}
