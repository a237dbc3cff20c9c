package io.saldo.lake.reassignment;

import io.saldo.lake.gather.GatherManifest.AccountMonth;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.usage.UsageSegment;
import java.io.Serializable;
import java.util.List;

/**
 * What became of the reassignments of one month and account shard.
 *
 * @param segments new segments, to be listed in the books
 * @param index new index segments, which know the new accounts of buckets
 * @param accountMonths what came to and went from each account, by shard
 * @param outcomes how many events each decision moved, in their order; 0 where the event does not stand where it was said
 */
public record ReassignmentManifest(
        List<UsageSegment> segments, List<IndexSegment> index, List<Moved> accountMonths, List<Outcome> outcomes)
        implements Serializable {
    /**
     * A change of an account-month.
     *
     * @param shard the account shard
     * @param accountMonth signed
     */
    public record Moved(int shard, AccountMonth accountMonth) implements Serializable {}

    /**
     * What a decision came to.
     *
     * @param id the decision's
     * @param events how many events it moved
     */
    public record Outcome(long id, long events) implements Serializable {}

    /** Keeps copies that nobody can change. */
    public ReassignmentManifest {
        segments = List.copyOf(segments);
        index = List.copyOf(index);
        accountMonths = List.copyOf(accountMonths);
        outcomes = List.copyOf(outcomes);
    }
}
