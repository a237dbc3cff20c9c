package io.saldo.lake.reassignment;

import io.saldo.lake.gather.GatherManifest.AccountMonth;
import io.saldo.lake.identity.BucketAccounts;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.reassignment.ReassignmentManifest.Moved;
import io.saldo.lake.reassignment.ReassignmentManifest.Outcome;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.lake.usage.StoredEvent;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.lake.usage.UsageSegmentWriter;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The decisions about events that stand in one month and account shard.
 *
 * @param name names the files it writes: unique among the runs of a lake
 * @param runId the books' number of the run that moves the events
 * @param month YYYY-MM, of all the events
 * @param shard the account shard in which they stand
 * @param reassignments the decisions, in the order in which they were made
 * @param segmentPaths of that month and shard
 * @param identityShards into how many shards ids fall
 * @param index the index segments of buckets, in the order in which they were listed
 * @param lakeFolder has and gets them
 * @param memoryBudgetBytes what it may hold in memory, beside the named events
 */
public record ReassignmentPartition(
        String name,
        long runId,
        String month,
        int shard,
        List<Reassignment> reassignments,
        List<String> segmentPaths,
        int identityShards,
        List<IndexSegment> index,
        String lakeFolder,
        long memoryBudgetBytes)
        implements Serializable {
    /** Keeps copies that nobody can change, and refuses names that would leave the folders they are meant for. */
    public ReassignmentPartition {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a partition name: " + name);
        }
        reassignments = List.copyOf(reassignments);
        segmentPaths = List.copyOf(segmentPaths);
        index = List.copyOf(index);
    }

    /**
     * The partition in a home that lies there: the books name files by their place in the home, so that one which was moved or
     * restored goes on with its own files.
     */
    public ReassignmentPartition in(Path home) {
        return new ReassignmentPartition(
                name,
                runId,
                month,
                shard,
                reassignments,
                segmentPaths,
                identityShards,
                index,
                home.resolve(lakeFolder).toString(),
                memoryBudgetBytes);
    }

    /** Moves the events. */
    public ReassignmentManifest run() throws IOException {
        return new Move().run();
    }

    /** One run. */
    private final class Move {
        private final Path lake = Path.of(lakeFolder);
        private final YearMonth yearMonth = YearMonth.parse(month);
        private final int monthNumber = yearMonth.getYear() * 12 + yearMonth.getMonthValue() - 1;
        private final TreeMap<Integer, List<StoredEvent>> rowsByShard = new TreeMap<>();
        private final List<BucketAccounts.Change> buckets = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();

        ReassignmentManifest run() throws IOException {
            Map<String, Set<String>> eventIds = reassignments.stream()
                    .collect(Collectors.groupingBy(
                            Reassignment::fromAccountId,
                            TreeMap::new,
                            Collectors.mapping(Reassignment::eventId, Collectors.toSet())));
            Map<String, List<StoredEvent>> standing = new TreeMap<>();
            for (Map.Entry<String, Set<String>> account : eventIds.entrySet()) {
                standing.put(
                        account.getKey(),
                        new ArrayList<>(StoredEvent.find(lake, segmentPaths, account.getKey(), account.getValue())));
            }
            for (Reassignment decision : reassignments) {
                List<StoredEvent> ofAccount = Objects.requireNonNull(standing.get(decision.fromAccountId()));
                List<StoredEvent> rows = ofAccount.stream()
                        .filter(row -> row.namespace().equals(decision.namespace())
                                && row.columns().eventId().equals(decision.eventId()))
                        .toList();
                outcomes.add(new Outcome(decision.id(), move(decision, rows)));
                // A second decision about the same event in the same night finds it gone.
                ofAccount.removeAll(rows);
            }
            List<UsageSegment> segments = new ArrayList<>();
            List<Moved> moved = new ArrayList<>();
            for (Map.Entry<Integer, List<StoredEvent>> each : rowsByShard.entrySet()) {
                segments.add(write(each.getKey(), each.getValue()));
                accountMonths(each.getValue()).forEach(usage -> moved.add(new Moved(each.getKey(), usage)));
            }
            List<IndexSegment> changed = BucketAccounts.change(lake, name, index, identityShards, buckets);
            return new ReassignmentManifest(segments, changed, moved, outcomes);
        }

        /** Takes back what the rows come to, and gives it to the other account; how many events that is. */
        private long move(Reassignment decision, List<StoredEvent> rows) {
            int events = rows.stream().mapToInt(row -> row.columns().events()).sum();
            if (events == 0) {
                return 0;
            }
            long[] quantities = new long[Meter.COUNT];
            long reasoning = 0;
            StoredEvent latest = rows.get(0);
            for (StoredEvent row : rows) {
                // A sum of differences may pass 63 bits on the way to a figure that does not: it comes back.
                reasoning += row.columns().reasoning();
                for (int meter = 0; meter < Meter.COUNT; meter++) {
                    quantities[meter] += row.columns().quantity(meter);
                }
                if (row.columns().events() >= 0
                        && Comparator.comparingLong(StoredEvent::delivery)
                                        .thenComparingLong(
                                                event -> event.columns().line())
                                        .compare(row, latest)
                                > 0) {
                    latest = row;
                }
            }
            long[] taken = new long[Meter.COUNT];
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                if (events > 1) {
                    // Several events of one id are equal records of a log without ids.
                    quantities[meter] = latest.columns().quantity(meter);
                }
                taken[meter] = -quantities[meter];
            }
            reasoning = events > 1 ? latest.columns().reasoning() : reasoning;
            int fromShard = shard;
            for (int event = 0; event < events; event++) {
                rowsByShard
                        .computeIfAbsent(fromShard, key -> new ArrayList<>())
                        .add(latest.with(decision.fromAccountId(), monthNumber, -1, -reasoning, taken));
                rowsByShard
                        .computeIfAbsent(decision.toShard(), key -> new ArrayList<>())
                        .add(latest.with(decision.toAccountId(), monthNumber, 1, reasoning, quantities));
            }
            buckets.add(new BucketAccounts.Change(decision.eventId(), decision.toAccountId()));
            return events;
        }

        private UsageSegment write(int target, List<StoredEvent> rows) throws IOException {
            rows.sort((left, right) -> {
                int order = left.columns().dimensions().compare(right.columns().dimensions(), Dimensions.ACCOUNT_ID);
                order = order != 0
                        ? order
                        : Long.compare(
                                left.columns().occurredAt(), right.columns().occurredAt());
                order = order != 0 ? order : Arrays.compareUnsigned(bytes(left.namespace()), bytes(right.namespace()));
                order = order != 0 ? order : compareIds(left.columns(), right.columns());
                return order != 0
                        ? order
                        : Integer.compare(
                                right.columns().events(), left.columns().events());
            });
            try (UsageSegmentWriter writer =
                    new UsageSegmentWriter(lake, monthNumber, target, name, memoryBudgetBytes)) {
                for (StoredEvent row : rows) {
                    writer.add(row.columns(), bytes(row.namespace()), row.delivery(), runId);
                }
                return writer.commit();
            }
        }

        private List<AccountMonth> accountMonths(List<StoredEvent> rows) {
            TreeMap<String, AccountMonth> byAccount = new TreeMap<>();
            for (StoredEvent row : rows) {
                List<BigInteger> quantities = new ArrayList<>();
                for (int meter = 0; meter < Meter.COUNT; meter++) {
                    quantities.add(BigInteger.valueOf(row.columns().quantity(meter)));
                }
                boolean billable = row.columns().billable();
                List<BigInteger> none = Collections.nCopies(Meter.COUNT, BigInteger.ZERO);
                byAccount.merge(
                        row.columns().text(Dimensions.ACCOUNT_ID),
                        new AccountMonth(
                                row.columns().text(Dimensions.ACCOUNT_ID),
                                month,
                                row.columns().events(),
                                0,
                                billable ? 0 : row.columns().events(),
                                quantities,
                                billable ? none : quantities,
                                row.columns().occurredAt()),
                        AccountMonth::plus);
            }
            return List.copyOf(byAccount.values());
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        private static int compareIds(EncodedEvent left, EncodedEvent right) {
            return Arrays.compareUnsigned(
                    left.data(), left.idFrom(), left.idTo(), right.data(), right.idFrom(), right.idTo());
        }
    }
}
