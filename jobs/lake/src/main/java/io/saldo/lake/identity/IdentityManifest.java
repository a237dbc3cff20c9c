package io.saldo.lake.identity;

import java.io.Serializable;
import java.util.List;

/**
 * What one identity shard decided.
 *
 * @param name the partition's
 * @param shard the identity shard
 * @param accepted how many records are taken: new events and restatements
 * @param duplicate how many were seen with the same content
 * @param conflict how many were seen with other content
 * @param outcomeFile what gather reads, relative to the work folder
 * @param added new index segments, to be listed in the books
 * @param merged paths of segments whose entries the new ones hold: they are no longer to be listed
 */
public record IdentityManifest(
        String name,
        int shard,
        long accepted,
        long duplicate,
        long conflict,
        String outcomeFile,
        List<IndexSegment> added,
        List<String> merged)
        implements Serializable {
    /** Keeps copies that nobody can change. */
    public IdentityManifest {
        added = List.copyOf(added);
        merged = List.copyOf(merged);
    }
}
