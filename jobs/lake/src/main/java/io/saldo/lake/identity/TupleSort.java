package io.saldo.lake.identity;

import io.saldo.lake.intake.IdentityTuple;
import io.saldo.lake.intake.RunFile;
import io.saldo.lake.intake.RunFileReader;
import io.saldo.lake.memory.LongRecordSort;
import io.saldo.usage.IdentityRule;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;

/**
 * The night's tuples of one rule and identity shard, sorted by identity and, within one, as their records are taken.
 *
 * <p>They are those of {@link IdentityTuple}, with the position of the record among all of the night in place of its
 * ordinal, and that before the content.
 */
final class TupleSort implements Closeable {
    static final int ID_HIGH = 0;
    static final int ID_LOW = 1;
    static final int POSITION = 2;
    static final int CONTENT = 3;
    static final int LINE = IdentityTuple.LINE;
    static final int SHARD_AND_DAY = IdentityTuple.SHARD_AND_DAY;
    static final int ACCOUNT = IdentityTuple.ACCOUNT;
    static final int FIGURE = IdentityTuple.FIGURE;

    private static final int KEYS = 3;

    private final IdentityPartition partition;
    private final IdentityRule rule;
    private final LongRecordSort sort;

    TupleSort(IdentityPartition partition, IdentityRule rule, long budgetBytes) throws IOException {
        this.partition = partition;
        this.rule = rule;
        Path work = Path.of(partition.workFolder());
        sort = new LongRecordSort(
                IdentityTuple.longs(rule), KEYS, budgetBytes, work, partition.name() + "-" + rule.word());
        try {
            collect(work);
        } catch (IOException | RuntimeException failure) {
            sort.close();
            throw failure;
        }
    }

    long total() {
        return sort.total();
    }

    LongRecordSort.Sorted sorted() throws IOException {
        return sort.sorted();
    }

    @Override
    public void close() throws IOException {
        sort.close();
    }

    private void collect(Path work) throws IOException {
        int longs = IdentityTuple.longs(rule);
        long[] tuple = new long[longs];
        for (int split = 0; split < partition.runFiles().size(); split++) {
            RunFile runFile = partition.runFiles().get(split);
            if (runFile.identity() != rule) {
                continue;
            }
            int number = split;
            try (RunFileReader reader = new RunFileReader(work, runFile)) {
                reader.eachIdentityChunk(partition.shard(), (data, length, count) -> {
                    LongBuffer read = ByteBuffer.wrap(data, 0, length).asLongBuffer();
                    for (int record = 0; record < count; record++) {
                        read.get(tuple);
                        long content = tuple[IdentityTuple.CONTENT];
                        tuple[POSITION] = Outcomes.position(number, tuple[IdentityTuple.ORDINAL]);
                        tuple[CONTENT] = content;
                        sort.add(tuple, 0);
                    }
                });
            }
        }
    }
}
