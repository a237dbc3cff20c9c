package io.saldo.lake.gather;

import io.saldo.lake.identity.Outcomes;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The outcomes of all identity shards for one account shard, in the order of the records. */
final class OutcomeMerge implements Closeable {
    private final List<Outcomes.Reader> readers = new ArrayList<>();
    private final PriorityQueue<Outcomes.Reader> heads =
            new PriorityQueue<>(Comparator.comparingLong(Outcomes.Reader::position));
    private Outcomes.@Nullable Reader current;

    OutcomeMerge(GatherPartition partition, Path workFolder) throws IOException {
        try {
            for (String path : partition.outcomeFiles()) {
                Outcomes.Reader reader = new Outcomes.Reader(workFolder, path, partition.shard());
                readers.add(reader);
                if (reader.next()) {
                    heads.add(reader);
                }
            }
        } catch (IOException | RuntimeException failure) {
            close();
            throw failure;
        }
        current = heads.poll();
    }

    /** The record that the current outcome is about, or -1 after the last. */
    long position() {
        Outcomes.Reader head = current;
        return head == null ? -1 : head.position();
    }

    Outcomes.Kind kind() {
        return current().kind();
    }

    /** A long of the figure that stood, of a record that restates it. */
    long figure(int index) {
        return current().figure(index);
    }

    long firstDelivery() {
        return current().firstDelivery();
    }

    long firstLine() {
        return current().firstLine();
    }

    void next() throws IOException {
        Outcomes.Reader head = current();
        if (head.next()) {
            heads.add(head);
        }
        current = heads.poll();
    }

    @Override
    public void close() throws IOException {
        for (Outcomes.Reader reader : readers) {
            reader.close();
        }
    }

    private Outcomes.Reader current() {
        Outcomes.Reader head = current;
        if (head == null) {
            throw new IllegalStateException("after the last outcome");
        }
        return head;
    }
}
