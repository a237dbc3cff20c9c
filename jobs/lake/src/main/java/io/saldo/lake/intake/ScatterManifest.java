package io.saldo.lake.intake;

import io.saldo.lake.file.StoredFile;
import io.saldo.problem.ProblemCode;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one split.
 *
 * <p>Proved when made: {@code records = forwarded + rejected + held}. A split whose file cannot be read as a whole has
 * a problem, no records and no files. Of a held file everything is counted that was read again from it: its records
 * were counted in their delivery before, as held, and so were their tokens.
 *
 * @param name the partition's
 * @param delivery the books' number of the delivery
 * @param deliveryProblem why the delivery as a whole was not read; null where it was
 * @param records how many records the split has
 * @param forwarded how many passed the checks and wait for identity
 * @param rejected how many were rejected
 * @param held how many are held
 * @param inputTokens sum of input_tokens as logged, of all that were not rejected
 * @param outputTokens sum of output_tokens as logged, of all that were not rejected
 * @param days which days the records that were not rejected are of, in order
 * @param runFile the forwarded records; null where there are none
 * @param accountShardRecords forwarded records by account shard
 * @param identityShardRecords forwarded records by identity shard
 * @param rejectedFile rejected records verbatim; null where there are none
 * @param heldFile held records verbatim; null where there are none
 * @param rejectedCounts by code, in the order of the catalogue
 * @param heldCounts by subject and month, in byte order
 */
public record ScatterManifest(
        String name,
        long delivery,
        @Nullable DeliveryProblem deliveryProblem,
        long records,
        long forwarded,
        long rejected,
        long held,
        BigInteger inputTokens,
        BigInteger outputTokens,
        List<DayCount> days,
        @Nullable RunFile runFile,
        List<Long> accountShardRecords,
        List<Long> identityShardRecords,
        @Nullable StoredFile rejectedFile,
        @Nullable StoredFile heldFile,
        List<RejectedCount> rejectedCounts,
        List<HeldCount> heldCounts)
        implements Serializable {
    /**
     * Why a delivery as a whole was not read.
     *
     * @param code HEADER or UNREADABLE_DELIVERY
     * @param message what was found
     */
    public record DeliveryProblem(ProblemCode code, String message) implements Serializable {}

    /**
     * How many records are of one day.
     *
     * @param date in the billing zone, YYYY-MM-DD
     * @param records how many
     */
    public record DayCount(String date, long records) implements Serializable {}

    /**
     * How many records were rejected for one reason.
     *
     * @param code the reason
     * @param records how many
     * @param firstLine where the first of them is
     * @param firstMessage what is wrong with the first of them
     */
    public record RejectedCount(ProblemCode code, long records, long firstLine, String firstMessage)
            implements Serializable {}

    /**
     * How many records wait for one account or key.
     *
     * @param byKey whether the subject is an API key
     * @param subject the account or key as logged; empty for the subjects beyond {@link #HELD_SUBJECTS_MAX}
     * @param month usage month, YYYY-MM
     * @param records how many
     */
    public record HeldCount(boolean byKey, String subject, String month, long records) implements Serializable {}

    /** So many subjects and months of one split are counted apart. */
    public static final int HELD_SUBJECTS_MAX = 10_000;

    /** Keeps copies that nobody can change. */
    public ScatterManifest {
        days = List.copyOf(days);
        accountShardRecords = List.copyOf(accountShardRecords);
        identityShardRecords = List.copyOf(identityShardRecords);
        rejectedCounts = List.copyOf(rejectedCounts);
        heldCounts = List.copyOf(heldCounts);
    }
}
