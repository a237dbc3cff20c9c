package io.saldo.lake.memory;

import io.saldo.lake.file.StoredFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts records of a fixed number of longs by their first ones, compared unsigned; what the budget does not hold is
 * spilled to sorted files and merged. Equal keys come in any order: keys should be unique.
 */
public final class LongRecordSort implements Closeable {
    private static final int RECORDS_MIN = 1_024;
    private static final int SPILL_BUFFER_RECORDS = 4_096;
    private static final int TOUCHED_AHEAD = 16;

    private final int width;
    private final int keys;
    private final int capacity;
    private final Path spillFile;
    private final List<long[]> spills = new ArrayList<>();
    private long[] records;
    private int size;
    private long total;
    private @Nullable FileChannel channel;

    /**
     * An empty sort.
     *
     * @param width longs of a record
     * @param keys how many of them, from the first on, are the key
     * @param budgetBytes what it may hold in memory
     * @param folder where it spills
     * @param name names the spill file, unique in the folder
     */
    public LongRecordSort(int width, int keys, long budgetBytes, Path folder, String name) {
        this.width = width;
        this.keys = keys;
        // A record needs its longs and, while it is sorted, two keys and two positions.
        long fitting = budgetBytes / (width * 8L + 24L);
        capacity = (int) Math.max(RECORDS_MIN, Math.min(fitting, (Integer.MAX_VALUE - 64L) / width));
        records = new long[Math.min(capacity, RECORDS_MIN) * width];
        spillFile = folder.resolve(name + ".sort" + StoredFile.UNFINISHED);
    }

    /** How many records there are. */
    public long total() {
        return total;
    }

    /** Adds a record: its longs from {@code offset} on. */
    public void add(long[] source, int offset) throws IOException {
        if (size == capacity) {
            spill();
        }
        if ((size + 1) * width > records.length) {
            records = Arrays.copyOf(
                    records, (int) Math.min((long) capacity * width, Math.max(records.length * 2L, width)));
        }
        System.arraycopy(source, offset, records, size * width, width);
        size++;
        total++;
    }

    /** The records in order; nothing may be added any more. */
    public Sorted sorted() throws IOException {
        if (spills.isEmpty()) {
            return new MemoryRun(records, width, order(), size);
        }
        if (size > 0) {
            spill();
        }
        records = new long[0];
        List<Sorted> runs = new ArrayList<>();
        for (long[] spill : spills) {
            runs.add(new FileRun(opened(), spill[0], spill[1], width));
        }
        return new MergedRun(runs, width, keys);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(spillFile);
        }
    }

    /** A walk over sorted records. */
    public interface Sorted {
        /** Goes to the next record, and says whether there is one. */
        boolean next() throws IOException;

        /** One of the record's longs. */
        long at(int index);
    }

    private int[] order() {
        long[] data = records;
        int stride = width;
        int keyLength = keys;
        long[] firsts = new long[size];
        for (int record = 0; record < size; record++) {
            firsts[record] = data[record * stride];
        }
        int[] order = RadixSort.sort(firsts, size);
        // Equal first longs are rare where they are hashes, and few elsewhere.
        IndexSort.Order byRest = (left, right) -> {
            for (int key = 1; key < keyLength; key++) {
                int compared = Long.compareUnsigned(data[left * stride + key], data[right * stride + key]);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && firsts[to] == firsts[from]) {
                to++;
            }
            if (to - from > 1) {
                IndexSort.sort(order, from, to, byRest);
            }
            from = to;
        }
        return order;
    }

    private FileChannel opened() throws IOException {
        FileChannel current = channel;
        if (current == null) {
            current = FileChannel.open(
                    spillFile,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            channel = current;
        }
        return current;
    }

    private void spill() throws IOException {
        FileChannel output = opened();
        long start = output.size();
        ByteBuffer block = ByteBuffer.allocate(SPILL_BUFFER_RECORDS * width * 8);
        int[] order = order();
        long position = start;
        for (int rank = 0; rank < size; rank++) {
            int at = order[rank] * width;
            for (int index = 0; index < width; index++) {
                block.putLong(records[at + index]);
            }
            if (!block.hasRemaining() || rank == size - 1) {
                block.flip();
                while (block.hasRemaining()) {
                    position += output.write(block, position);
                }
                block.clear();
            }
        }
        spills.add(new long[] {start, size});
        size = 0;
    }

    private static final class MemoryRun implements Sorted {
        private final long[] records;
        private final int width;
        private final int[] order;
        private final int size;
        private int rank = -1;

        @SuppressWarnings("UnusedVariable") // Kept so that the reads are not left out.
        private long touched;

        MemoryRun(long[] records, int width, int[] order, int size) {
            this.records = records;
            this.width = width;
            this.order = order;
            this.size = size;
        }

        @Override
        public boolean next() {
            rank++;
            if (rank % TOUCHED_AHEAD == 0) {
                // In order they lie anywhere: asked for together, they come from memory together.
                for (int ahead = rank; ahead < Math.min(size, rank + TOUCHED_AHEAD); ahead++) {
                    touched ^= records[order[ahead] * width];
                }
            }
            return rank < size;
        }

        @Override
        public long at(int index) {
            return records[order[rank] * width + index];
        }
    }

    private static final class FileRun implements Sorted {
        private final FileChannel channel;
        private final int width;
        private final ByteBuffer bytes;
        private final LongBuffer longs;
        private long position;
        private long left;
        private int at;
        private int loaded;

        FileRun(FileChannel channel, long start, long records, int width) {
            this.channel = channel;
            this.width = width;
            this.position = start;
            this.left = records;
            bytes = ByteBuffer.allocate(SPILL_BUFFER_RECORDS * width * 8);
            longs = bytes.asLongBuffer();
        }

        @Override
        public boolean next() throws IOException {
            at++;
            if (at < loaded) {
                return true;
            }
            if (left == 0) {
                return false;
            }
            loaded = (int) Math.min(left, SPILL_BUFFER_RECORDS);
            bytes.clear().limit(loaded * width * 8);
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position);
                if (read < 0) {
                    throw new IOException("a spill file is shorter than it was");
                }
                position += read;
            }
            left -= loaded;
            at = 0;
            return true;
        }

        @Override
        public long at(int index) {
            return longs.get(at * width + index);
        }
    }

    private static final class MergedRun implements Sorted {
        private final PriorityQueue<Sorted> heads;
        private final List<Sorted> notStarted;
        private @Nullable Sorted current;

        MergedRun(List<Sorted> runs, int width, int keys) {
            Comparator<Sorted> byKey = (left, right) -> {
                for (int key = 0; key < Math.min(keys, width); key++) {
                    int compared = Long.compareUnsigned(left.at(key), right.at(key));
                    if (compared != 0) {
                        return compared;
                    }
                }
                return 0;
            };
            heads = new PriorityQueue<>(Math.max(1, runs.size()), byKey);
            notStarted = new ArrayList<>(runs);
        }

        @Override
        public boolean next() throws IOException {
            for (Sorted run : notStarted) {
                if (run.next()) {
                    heads.add(run);
                }
            }
            notStarted.clear();
            Sorted last = current;
            if (last != null && last.next()) {
                heads.add(last);
            }
            current = heads.poll();
            return current != null;
        }

        @Override
        public long at(int index) {
            Sorted head = current;
            if (head == null) {
                throw new IllegalStateException("before the first or after the last record");
            }
            return head.at(index);
        }
    }
}
