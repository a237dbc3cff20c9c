package io.saldo.lake.identity;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.intake.IdentityTuple;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.memory.LongRecordSort;
import io.saldo.usage.IdentityRule;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of an identity partition. */
final class IdentityComparison {
    private final IdentityPartition partition;
    private final Path work;
    private final Path lake;
    private final List<IndexSegment> added = new ArrayList<>();
    private final List<String> merged = new ArrayList<>();
    private final boolean restatements;
    private final int firstDay;
    private long accepted;
    private long duplicate;
    private long conflict;

    IdentityComparison(IdentityPartition partition) {
        this.partition = partition;
        work = Path.of(partition.workFolder());
        lake = Path.of(partition.lakeFolder());
        for (IndexSegment segment : partition.index()) {
            if (segment.shard() != partition.shard()) {
                throw new IllegalArgumentException(
                        "index segment " + segment.path() + " is not of shard " + partition.shard());
            }
        }
        firstDay = IdentityTuple.dayOf(partition.horizonStartMicros());
        restatements = partition.runFiles().stream().anyMatch(runFile -> runFile.identity() == IdentityRule.BUCKET);
    }

    IdentityManifest run() throws IOException {
        String outcomePath = partition.name() + "-outcomes";
        // Half for the tuples, half for what is not simply accepted, which is rarely much.
        long budget = partition.memoryBudgetBytes() / 2;
        try (OutcomeSort outcomes = new OutcomeSort(restatements, budget, work, partition.name() + "-outcomes");
                Outcomes.Writer outcomeFile =
                        new Outcomes.Writer(work, outcomePath, partition.accountShards(), restatements)) {
            for (IdentityRule rule : IdentityRule.values()) {
                if (partition.runFiles().stream().map(RunFile::identity).anyMatch(rule::equals)) {
                    judge(rule, budget, outcomes);
                }
            }
            outcomes.writeTo(outcomeFile);
            outcomeFile.commit();
        }
        return new IdentityManifest(
                partition.name(), partition.shard(), accepted, duplicate, conflict, outcomePath, added, merged);
    }

    private void judge(IdentityRule rule, long budget, OutcomeSort outcomes) throws IOException {
        List<IndexSegment> index = partition.index().stream()
                .filter(segment -> segment.identity() == rule)
                .toList();
        long before = accepted + duplicate + conflict;
        try (TupleSort tuples = new TupleSort(partition, rule, budget)) {
            if (tuples.total() == 0) {
                return;
            }
            String path = String.format(
                    Locale.ROOT, "identity/shard=%02d/%s-%s.index", partition.shard(), partition.name(), rule.word());
            List<IndexSegment> older = IndexMerge.chosen(index, tuples.total());
            // What is merged is first written by itself, since it is sorted only once all of it is known.
            Path folder = older.isEmpty() ? lake : work;
            IndexSegment segment;
            try (KnownEvents known = new KnownEvents(lake, index);
                    IndexSegmentFile.Writer writer =
                            new IndexSegmentFile.Writer(folder, path, IndexEntry.longs(rule))) {
                compare(rule, tuples.sorted(), known, writer, outcomes);
                segment = committed(rule, path, IndexSegment.ALL_KNOWN, writer);
            }
            if (accepted + duplicate + conflict - before != tuples.total()) {
                throw new IllegalStateException(tuples.total() + " records of rule " + rule.word() + " came to "
                        + (accepted + duplicate + conflict - before) + " outcomes");
            }
            if (segment == null) {
                return;
            }
            if (older.isEmpty()) {
                added.add(segment);
                return;
            }
            List<IndexSegment> all = new ArrayList<>(older);
            all.add(segment);
            List<Path> folders = new ArrayList<>(Collections.nCopies(older.size(), lake));
            folders.add(work);
            try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(lake, path, IndexEntry.longs(rule))) {
                IndexMerge.copy(all, folders, firstDay, writer);
                IndexSegment whole = committed(rule, path, knownFrom(older), writer);
                if (whole != null) {
                    added.add(whole);
                }
            }
            older.forEach(each -> merged.add(each.path()));
        }
    }

    private long knownFrom(List<IndexSegment> merging) {
        return merging.stream()
                .mapToLong(IndexSegment::knownFromMicros)
                .reduce(partition.horizonStartMicros(), Math::max);
    }

    private @Nullable IndexSegment committed(
            IdentityRule rule, String path, long knownFromMicros, IndexSegmentFile.Writer writer) throws IOException {
        if (writer.entries() == 0) {
            return null;
        }
        StoredFile stored = writer.commit();
        return new IndexSegment(
                path, partition.shard(), rule, knownFromMicros, writer.entries(), stored.bytes(), stored.sha256());
    }

    private void compare(
            IdentityRule rule,
            LongRecordSort.Sorted tuples,
            KnownEvents index,
            IndexSegmentFile.Writer segment,
            OutcomeSort outcomes)
            throws IOException {
        Judgement judgement = Judgement.of(rule);
        long[] figure = new long[IdentityTuple.FIGURE_LONGS];
        boolean any = false;
        long high = 0;
        long low = 0;
        while (tuples.next()) {
            if (!any || tuples.at(TupleSort.ID_HIGH) != high || tuples.at(TupleSort.ID_LOW) != low) {
                if (any && judgement.changed) {
                    segment.add(judgement.entry);
                }
                any = true;
                high = tuples.at(TupleSort.ID_HIGH);
                low = tuples.at(TupleSort.ID_LOW);
                IndexSegmentFile.Reader known = index.find(high, low);
                // Whether segments were merged, which drops what is beyond the horizon, must make no difference.
                if (known == null || known.at(IndexEntry.DAY) < firstDay) {
                    judgement.begin(high, low);
                } else {
                    judgement.begin(known);
                }
            }
            long place = judgement.entry[IndexEntry.PLACE];
            long delivery = partition
                    .runFiles()
                    .get(Outcomes.split(tuples.at(TupleSort.POSITION)))
                    .delivery();
            Outcomes.Kind kind = judgement.judge(tuples, delivery);
            switch (kind) {
                case ACCEPTED, RESTATED -> accepted++;
                case DUPLICATE -> duplicate++;
                case CONFLICT -> conflict++;
            }
            if (rule == IdentityRule.BUCKET) {
                System.arraycopy(judgement.entry, IndexEntry.FIGURE, figure, 0, figure.length);
                if (kind == Outcomes.Kind.ACCEPTED || kind == Outcomes.Kind.RESTATED) {
                    for (int part = 0; part < figure.length; part++) {
                        judgement.entry[IndexEntry.FIGURE + part] = tuples.at(TupleSort.FIGURE + part);
                    }
                }
            }
            if (kind != Outcomes.Kind.ACCEPTED) {
                outcomes.add(
                        IdentityTuple.shard(tuples.at(TupleSort.SHARD_AND_DAY)),
                        tuples.at(TupleSort.POSITION),
                        kind,
                        place,
                        figure);
            }
        }
        if (any && judgement.changed) {
            segment.add(judgement.entry);
        }
    }

    /** What gather must know, sorted by account shard and position. */
    private static final class OutcomeSort implements Closeable {
        private static final int KEYS = 2;
        private static final int PLAIN_LONGS = 4;

        private final LongRecordSort sort;
        private final long[] outcome;

        OutcomeSort(boolean restatements, long budgetBytes, Path folder, String name) {
            outcome = new long[PLAIN_LONGS + (restatements ? IdentityTuple.FIGURE_LONGS : 0)];
            sort = new LongRecordSort(outcome.length, KEYS, budgetBytes, folder, name);
        }

        void add(int accountShard, long position, Outcomes.Kind kind, long place, long[] figure) throws IOException {
            outcome[0] = accountShard;
            outcome[1] = position;
            outcome[2] = kind.ordinal();
            outcome[3] = place;
            if (outcome.length > PLAIN_LONGS) {
                System.arraycopy(figure, 0, outcome, PLAIN_LONGS, figure.length);
            }
            sort.add(outcome, 0);
        }

        void writeTo(Outcomes.Writer file) throws IOException {
            long[] row = new long[outcome.length - 1];
            LongRecordSort.Sorted sorted = sort.sorted();
            while (sorted.next()) {
                for (int index = 0; index < row.length; index++) {
                    row[index] = sorted.at(index + 1);
                }
                file.add((int) sorted.at(0), row);
            }
        }

        @Override
        public void close() throws IOException {
            sort.close();
        }
    }
}
