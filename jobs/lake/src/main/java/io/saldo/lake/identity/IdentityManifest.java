package io.saldo.lake.identity;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What one identity shard decided.
 *
 * @param name the partition's
 * @param shard the identity shard
 * @param accepted how many records are new
 * @param duplicate how many were seen with the same content
 * @param conflict how many were seen with other content
 * @param outcomeFile what gather reads, relative to the work folder
 * @param segment the new ids, to be listed in the books; null where there are none
 */
public record IdentityManifest(
        String name,
        int shard,
        long accepted,
        long duplicate,
        long conflict,
        String outcomeFile,
        @Nullable IndexSegment segment)
        implements Serializable {}
