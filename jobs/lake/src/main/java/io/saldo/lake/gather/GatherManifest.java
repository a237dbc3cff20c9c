package io.saldo.lake.gather;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.usage.UsageSegment;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What one account shard got.
 *
 * @param name the partition's
 * @param shard the account shard
 * @param segments new segments, by month, to be listed in the books
 * @param accountMonths what came for each account and month, by account, then month
 * @param deliveries what became of each delivery's records in this shard, by delivery
 * @param conflicts how many conflicts
 * @param conflictFile the conflicts as a table of {@link #CONFLICTS}; null where there are none
 * @param repeats segments of {@link #REPEATS}, by month: the duplicates and conflicts, which are no usage
 */
public record GatherManifest(
        String name,
        int shard,
        List<UsageSegment> segments,
        List<AccountMonth> accountMonths,
        List<DeliveryCount> deliveries,
        long conflicts,
        @Nullable StoredFile conflictFile,
        List<UsageSegment> repeats)
        implements Serializable {
    /** The folder of the lake with records that were known before, in the form of usage. */
    public static final String REPEATS = "repeats";

    /** Evidence of conflicts, in the order in which they were delivered; the first delivery and line are what stands. */
    public static final TableSchema CONFLICTS = new TableSchema(
            "conflicts",
            List.of(
                    TableSchema.wholeNumber("delivery"),
                    TableSchema.wholeNumber("line"),
                    TableSchema.text("namespace"),
                    TableSchema.text("event_id"),
                    TableSchema.text("account_id"),
                    TableSchema.text("month"),
                    TableSchema.wholeNumber("first_delivery"),
                    TableSchema.wholeNumber("first_line")));

    /**
     * Accepted events of one account and usage month.
     *
     * @param accountId the account
     * @param month YYYY-MM in the billing zone
     * @param events how many; a restatement is none
     * @param restated how many figures were restated
     * @param notBillable how many of the events are not billable
     * @param quantities sums by {@code Meter.ordinal()}, of all of them; a restatement adds its signed difference
     * @param notBillableQuantities sums by {@code Meter.ordinal()}, of those that are not billable
     * @param firstOccurredAtMicros the earliest instant of all of them, restatements too
     */
    public record AccountMonth(
            String accountId,
            String month,
            long events,
            long restated,
            long notBillable,
            List<BigInteger> quantities,
            List<BigInteger> notBillableQuantities,
            long firstOccurredAtMicros)
            implements Serializable {
        /** Keeps copies that nobody can change. */
        public AccountMonth {
            quantities = List.copyOf(quantities);
            notBillableQuantities = List.copyOf(notBillableQuantities);
        }

        /** The sum over all meters, by which a statement proves that it counted what was taken. */
        public BigInteger quantity() {
            return quantities.stream().reduce(BigInteger.ZERO, BigInteger::add);
        }

        /** What came in both, of the same account and month. */
        public AccountMonth plus(AccountMonth other) {
            return new AccountMonth(
                    accountId,
                    month,
                    events + other.events,
                    restated + other.restated,
                    notBillable + other.notBillable,
                    plus(quantities, other.quantities),
                    plus(notBillableQuantities, other.notBillableQuantities),
                    Math.min(firstOccurredAtMicros, other.firstOccurredAtMicros));
        }

        private static List<BigInteger> plus(List<BigInteger> left, List<BigInteger> right) {
            return IntStream.range(0, left.size())
                    .mapToObj(meter -> left.get(meter).add(right.get(meter)))
                    .toList();
        }
    }

    /**
     * What became of the forwarded records of one delivery in this shard.
     *
     * @param delivery the books' number
     * @param accepted new events
     * @param duplicate seen before, same content
     * @param conflict seen before, other content
     * @param notBillable accepted events that are not charged
     */
    public record DeliveryCount(long delivery, long accepted, long duplicate, long conflict, long notBillable)
            implements Serializable {}

    /** Keeps copies that nobody can change. */
    public GatherManifest {
        segments = List.copyOf(segments);
        accountMonths = List.copyOf(accountMonths);
        deliveries = List.copyOf(deliveries);
        repeats = List.copyOf(repeats);
    }
}
