package io.saldo.lake.reassignment;

import java.io.Serializable;

/**
 * A decision to move an event.
 *
 * @param id the books' number
 * @param namespace within which the event id is unique
 * @param eventId the event; of a log without ids, the one that the lake gave it
 * @param fromAccountId where it stands
 * @param toAccountId where it is to stand
 * @param toShard the account shard of that one
 */
public record Reassignment(
        long id, String namespace, String eventId, String fromAccountId, String toAccountId, int toShard)
        implements Serializable {}
