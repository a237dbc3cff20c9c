package io.saldo.lake.gather;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.gather.GatherManifest.AccountMonth;
import io.saldo.lake.gather.GatherManifest.DeliveryCount;
import io.saldo.lake.identity.Outcomes;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.RunFileReader;
import io.saldo.lake.table.OptionalTable;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import io.saldo.lake.usage.QuantitySum;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.lake.usage.UsageSegmentWriter;
import io.saldo.usage.Meter;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run of a gather partition. */
final class Gather {
    private static final long ROW_GROUP_BYTES_MAX = 64L << 20;

    private final GatherPartition partition;
    private final Path work;
    private final Path lake;
    private final List<byte[]> namespaces = new ArrayList<>();
    private final TreeMap<Long, Counts> deliveries = new TreeMap<>();
    private final List<UsageSegment> segments = new ArrayList<>();
    private final List<Totals> accountMonths = new ArrayList<>();
    private long conflicts;

    private static final class Counts {
        long accepted;
        long duplicate;
        long conflict;
        long notBillable;
    }

    /** Sums of the account and month that the sorted events are at. */
    private static final class Totals {
        final int month;
        final QuantitySum[] quantities = sums();
        final QuantitySum[] notBillableQuantities = sums();
        private Dimensions account;
        long rows;
        long events;
        long restated;
        long notBillable;
        long firstOccurredAt = Long.MAX_VALUE;

        Totals(Dimensions account, int month) {
            this.account = account;
            this.month = month;
        }

        boolean isOf(EncodedEvent event) {
            Dimensions its = event.dimensions();
            if (month != event.month() || (account != its && account.compare(its, Dimensions.ACCOUNT_ID) != 0)) {
                return false;
            }
            account = its;
            return true;
        }

        private static QuantitySum[] sums() {
            QuantitySum[] sums = new QuantitySum[Meter.COUNT];
            Arrays.setAll(sums, meter -> new QuantitySum());
            return sums;
        }

        void add(EncodedEvent event) {
            rows++;
            firstOccurredAt = Math.min(firstOccurredAt, event.occurredAt());
            events += event.events();
            restated += event.events() == 0 ? 1 : 0;
            if (!event.billable()) {
                notBillable += event.events();
            }
            for (int meter = 0; meter < Meter.COUNT; meter++) {
                quantities[meter].add(event.quantity(meter));
                if (!event.billable()) {
                    notBillableQuantities[meter].add(event.quantity(meter));
                }
            }
        }

        AccountMonth accountMonth() {
            return new AccountMonth(
                    account.text(Dimensions.ACCOUNT_ID),
                    UsageSegmentWriter.word(month),
                    events,
                    restated,
                    notBillable,
                    values(quantities),
                    values(notBillableQuantities),
                    firstOccurredAt);
        }

        private static List<BigInteger> values(QuantitySum[] sums) {
            return Arrays.stream(sums).map(QuantitySum::value).toList();
        }
    }

    Gather(GatherPartition partition) {
        this.partition = partition;
        work = Path.of(partition.workFolder());
        lake = Path.of(partition.lakeFolder());
    }

    GatherManifest run() throws IOException {
        long bytes = 0;
        for (RunFile runFile : partition.runFiles()) {
            try (RunFileReader reader = new RunFileReader(work, runFile)) {
                namespaces.add(reader.namespace());
                bytes += reader.accountShardBytes(partition.shard());
            }
        }
        String conflictPath = "conflicts/" + partition.name() + ".parquet";
        try (EventSort sort = new EventSort(
                        namespaces,
                        partition.memoryBudgetBytes() - writerBudgetBytes(),
                        bytes,
                        work,
                        partition.name());
                OptionalTable evidence = new OptionalTable(lake, conflictPath, GatherManifest.CONFLICTS);
                Repeats repeats = new Repeats(partition, namespaces, writerBudgetBytes() / 2);
                OutcomeMerge outcomes = new OutcomeMerge(partition, work)) {
            for (int split = 0; split < partition.runFiles().size(); split++) {
                take(split, outcomes, sort, evidence, repeats);
            }
            if (outcomes.position() >= 0) {
                throw new IOException("an outcome names a record that no run file has");
            }
            List<UsageSegment> repeated = repeats.commit();
            write(sort.sorted());
            return manifest(evidence.commit(), repeated);
        }
    }

    /** Of the budget, what a row group may have; the rest is the sort's. */
    private long writerBudgetBytes() {
        return Math.min(partition.memoryBudgetBytes() / 2, ROW_GROUP_BYTES_MAX);
    }

    private void take(int split, OutcomeMerge outcomes, EventSort sort, OptionalTable evidence, Repeats repeats)
            throws IOException {
        RunFile runFile = partition.runFiles().get(split);
        try (RunFileReader reader = new RunFileReader(work, runFile)) {
            long expected = reader.accountShardRecords(partition.shard());
            if (expected == 0) {
                return;
            }
            Counts counts = deliveries.computeIfAbsent(runFile.delivery(), delivery -> new Counts());
            long before = counts.accepted + counts.duplicate + counts.conflict;
            EncodedEvent event = new EncodedEvent();
            String namespace = reader.namespaceText();
            reader.eachEvent(partition.shard(), (data, offset, dimensions) -> {
                long position = Outcomes.position(split, EncodedEvent.ordinal(data, offset));
                if (outcomes.position() != position) {
                    counts.accepted++;
                    sort.add(split, data, offset, dimensions);
                    return;
                }
                switch (outcomes.kind()) {
                    case DUPLICATE -> {
                        counts.duplicate++;
                        repeats.add(split, data, offset, dimensions);
                    }
                    case CONFLICT -> {
                        event.wrap(data, offset, dimensions);
                        counts.conflict++;
                        conflicts++;
                        evidence.add(conflict(event, runFile.delivery(), namespace, outcomes));
                        repeats.add(split, data, offset, dimensions);
                    }
                    case RESTATED -> {
                        event.wrap(data, offset, dimensions);
                        counts.accepted++;
                        sort.add(split, restatement(event, outcomes), 0, dimensions);
                    }
                    case ACCEPTED -> throw new IOException("an outcome says that nothing is to be said");
                }
                outcomes.next();
            });
            long after = counts.accepted + counts.duplicate + counts.conflict;
            if (after - before != expected) {
                throw new IllegalStateException(
                        runFile.path() + " has " + expected + " records, " + (after - before) + " were taken");
            }
        }
    }

    /** Where both contents of a conflict are. */
    private static List<Object> conflict(EncodedEvent event, long delivery, String namespace, OutcomeMerge outcomes) {
        return List.of(
                delivery,
                event.line(),
                namespace,
                event.eventId(),
                event.text(Dimensions.ACCOUNT_ID),
                UsageSegmentWriter.word(event.month()),
                outcomes.firstDelivery(),
                outcomes.firstLine());
    }

    private static byte[] restatement(EncodedEvent event, OutcomeMerge outcomes) {
        long[] quantities = new long[Meter.COUNT];
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            quantities[meter] = outcomes.figure(meter);
        }
        return event.restating(outcomes.figure(Meter.COUNT), quantities);
    }

    private void write(EventSort.Sorted sorted) throws IOException {
        try (OpenSegment open = new OpenSegment()) {
            Totals totals = null;
            while (sorted.next()) {
                EncodedEvent event = sorted.event;
                if (totals == null || !totals.isOf(event)) {
                    totals = new Totals(event.dimensions(), event.month());
                    accountMonths.add(totals);
                }
                totals.add(event);
                long delivery = partition.runFiles().get(sorted.split).delivery();
                if (!event.billable()) {
                    deliveries.computeIfAbsent(delivery, number -> new Counts()).notBillable++;
                }
                open.of(event.month()).add(event, namespaces.get(sorted.split), delivery, partition.runId());
            }
            open.commit();
        }
    }

    private GatherManifest manifest(@Nullable StoredFile conflictFile, List<UsageSegment> repeats) {
        long accepted = deliveries.values().stream()
                .mapToLong(counts -> counts.accepted)
                .sum();
        long written = segments.stream().mapToLong(UsageSegment::records).sum();
        long counted = accountMonths.stream().mapToLong(totals -> totals.rows).sum();
        if (accepted != written || accepted != counted) {
            throw new IllegalStateException(
                    accepted + " records were accepted, " + written + " written, " + counted + " counted");
        }
        List<DeliveryCount> deliveryCounts = new ArrayList<>();
        for (Map.Entry<Long, Counts> entry : deliveries.entrySet()) {
            Counts counts = entry.getValue();
            deliveryCounts.add(new DeliveryCount(
                    entry.getKey(), counts.accepted, counts.duplicate, counts.conflict, counts.notBillable));
        }
        List<AccountMonth> months = accountMonths.stream()
                .sorted((left, right) -> {
                    int byAccount = left.account.compare(right.account, Dimensions.ACCOUNT_ID);
                    return byAccount != 0 ? byAccount : Integer.compare(left.month, right.month);
                })
                .map(Totals::accountMonth)
                .toList();
        long repeated = deliveries.values().stream()
                .mapToLong(counts -> counts.duplicate + counts.conflict)
                .sum();
        long kept = repeats.stream().mapToLong(UsageSegment::records).sum();
        if (repeated != kept) {
            throw new IllegalStateException(repeated + " records were known before, " + kept + " of them are kept");
        }
        return new GatherManifest(
                partition.name(),
                partition.shard(),
                segments,
                months,
                deliveryCounts,
                conflicts,
                conflictFile,
                repeats);
    }

    /** The one segment that is being written: events come month by month. */
    private final class OpenSegment implements Closeable {
        private @Nullable UsageSegmentWriter writer;
        private int month;

        UsageSegmentWriter of(int wanted) throws IOException {
            UsageSegmentWriter current = writer;
            if (current != null && month == wanted) {
                return current;
            }
            commit();
            current = new UsageSegmentWriter(lake, wanted, partition.shard(), partition.name(), writerBudgetBytes());
            writer = current;
            month = wanted;
            return current;
        }

        void commit() throws IOException {
            UsageSegmentWriter current = writer;
            if (current != null) {
                segments.add(current.commit());
                writer = null;
            }
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
        }
    }
}
