package io.saldo.lake.identity;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.RunFileReader;
import io.saldo.lake.memory.LongRecordSort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of an identity partition. */
final class IdentityComparison {
    // id (2), position, content, line, account shard
    private static final int TUPLE_LONGS = 6;
    private static final int TUPLE_KEYS = 3;
    // account shard, position, conflict, first delivery, first line
    private static final int OUTCOME_LONGS = 5;
    private static final int OUTCOME_KEYS = 2;

    private final IdentityPartition partition;
    private final Path work;
    private final Path lake;
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
    }

    IdentityManifest run() throws IOException {
        String outcomePath = partition.name() + "-outcomes";
        String segmentPath =
                String.format(Locale.ROOT, "identity/shard=%02d/%s.index", partition.shard(), partition.name());
        // Half for the tuples, half for what is not accepted, which is rarely much.
        long budget = partition.memoryBudgetBytes() / 2;
        List<IndexSegmentFile.Reader> index = new ArrayList<>();
        try (LongRecordSort tuples =
                        new LongRecordSort(TUPLE_LONGS, TUPLE_KEYS, budget, work, partition.name() + "-tuples");
                LongRecordSort outcomes =
                        new LongRecordSort(OUTCOME_LONGS, OUTCOME_KEYS, budget, work, partition.name() + "-outcomes");
                IndexSegmentFile.Writer segment = new IndexSegmentFile.Writer(lake, segmentPath);
                Outcomes.Writer outcomeFile = new Outcomes.Writer(work, outcomePath, partition.accountShards())) {
            for (IndexSegment part : partition.index()) {
                index.add(new IndexSegmentFile.Reader(lake, part));
            }
            collect(tuples);
            compare(tuples.sorted(), index, segment, outcomes);
            if (tuples.total() != accepted + duplicate + conflict) {
                throw new IllegalStateException(tuples.total() + " records are not " + accepted + " accepted, "
                        + duplicate + " duplicate and " + conflict + " conflicting");
            }
            LongRecordSort.Sorted sorted = outcomes.sorted();
            while (sorted.next()) {
                outcomeFile.add((int) sorted.at(0), sorted.at(1), sorted.at(2) != 0, sorted.at(3), sorted.at(4));
            }
            outcomeFile.commit();
            IndexSegment added = null;
            if (segment.entries() > 0) {
                StoredFile stored = segment.commit();
                added = new IndexSegment(
                        stored.path(), partition.shard(), segment.entries(), stored.bytes(), stored.sha256());
            }
            return new IdentityManifest(
                    partition.name(), partition.shard(), accepted, duplicate, conflict, outcomePath, added);
        } finally {
            for (IndexSegmentFile.Reader part : index) {
                part.close();
            }
        }
    }

    private void collect(LongRecordSort tuples) throws IOException {
        long[] tuple = new long[TUPLE_LONGS];
        long[] read = new long[RunFileReader.TUPLE_LONGS];
        for (int split = 0; split < partition.runFiles().size(); split++) {
            RunFile runFile = partition.runFiles().get(split);
            int number = split;
            try (RunFileReader reader = new RunFileReader(work, runFile)) {
                reader.eachIdentityChunk(partition.shard(), (data, length, count) -> {
                    LongBuffer longs = ByteBuffer.wrap(data, 0, length).asLongBuffer();
                    for (int record = 0; record < count; record++) {
                        longs.get(read);
                        tuple[0] = read[0];
                        tuple[1] = read[1];
                        tuple[2] = Outcomes.position(number, read[3]);
                        tuple[3] = read[2];
                        tuple[4] = read[4];
                        tuple[5] = read[5];
                        tuples.add(tuple, 0);
                    }
                });
            }
        }
    }

    private void compare(
            LongRecordSort.Sorted tuples,
            List<IndexSegmentFile.Reader> index,
            IndexSegmentFile.Writer segment,
            LongRecordSort outcomes)
            throws IOException {
        long[] outcome = new long[OUTCOME_LONGS];
        boolean any = false;
        long high = 0;
        long low = 0;
        long content = 0;
        long delivery = 0;
        long line = 0;
        while (tuples.next()) {
            if (!any || tuples.at(0) != high || tuples.at(1) != low) {
                any = true;
                high = tuples.at(0);
                low = tuples.at(1);
                IndexSegmentFile.Reader known = find(index, high, low);
                if (known == null) {
                    content = tuples.at(3);
                    delivery = partition
                            .runFiles()
                            .get((int) (tuples.at(2) >>> Outcomes.ORDINAL_BITS))
                            .delivery();
                    line = tuples.at(4);
                    segment.add(high, low, content, delivery, line);
                    accepted++;
                    continue;
                }
                content = known.at(2);
                delivery = known.at(3);
                line = known.at(4);
            }
            boolean differs = tuples.at(3) != content;
            if (differs) {
                conflict++;
            } else {
                duplicate++;
            }
            outcome[0] = tuples.at(5);
            outcome[1] = tuples.at(2);
            outcome[2] = differs ? 1 : 0;
            outcome[3] = delivery;
            outcome[4] = line;
            outcomes.add(outcome, 0);
        }
    }

    private static IndexSegmentFile.@Nullable Reader find(List<IndexSegmentFile.Reader> index, long high, long low)
            throws IOException {
        for (IndexSegmentFile.Reader part : index) {
            if (part.find(high, low)) {
                return part;
            }
        }
        return null;
    }
}
