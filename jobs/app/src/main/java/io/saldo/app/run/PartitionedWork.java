package io.saldo.app.run;

import java.io.IOException;
import java.util.SortedMap;

/**
 * A step whose work falls into partitions that know nothing of each other.
 *
 * <p>{@link #execute} is a pure function from a description to files and a manifest, so that it may run anywhere; only
 * {@link #commit} touches the books, in the transaction that also stores the manifest and the step's completion.
 *
 * @param <D> describes a partition; JSON carries it
 * @param <M> says what a partition made; JSON carries it
 */
public interface PartitionedWork<D, M> {
    /** The step's name in logs and the job repository. */
    String step();

    /** For reading descriptions. */
    Class<D> descriptionType();

    /** The partitions by name. After a restart it must name the same ones, so it reads what the books fix. */
    SortedMap<String, D> describe(Run run);

    /** How much work a partition is, in a unit of the step's own; those with most begin first. */
    default long size(D description) {
        return 0;
    }

    /** Does the work of one partition. Doing it twice makes the same files. */
    M execute(D description) throws IOException;

    /** What of a manifest the books keep: all that a later step reads, and nothing that {@link #commit} enters anyway. */
    default Object kept(M manifest) {
        return manifest;
    }

    /** Enters what a partition made into the books. */
    void commit(Run run, String partition, M manifest) throws IOException;
}
