package io.saldo.lake.gather;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.memory.BytesTable;
import io.saldo.lake.memory.IndexSort;
import io.saldo.lake.memory.RadixSort;
import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.DimensionsTable;
import io.saldo.lake.usage.EncodedEvent;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts encoded events by (month, account, occurred_at, namespace, event_id, events falling) under a memory budget; what does not fit is
 * spilled to sorted files and merged.
 */
final class EventSort implements Closeable {
    private static final int ARENA_BYTES_MAX = Integer.MAX_VALUE - 64;
    private static final int ARENA_BYTES_MIN = 1 << 16;
    // Offsets, splits, instants, and the keys and positions of the sort, twice.
    private static final int POSITION_BYTES = 52;
    private static final int READ_BUFFER_BYTES = 1 << 16;
    private static final int TOUCHED_AHEAD = 16;
    private static final int EVENT_BYTES_USUAL = 48;
    private static final int SPILLED_DIMENSIONS_BYTES_MAX = 1 << 20;

    private final List<byte[]> namespaces;
    private final Path spillFile;
    private final long budgetBytes;
    private byte[] arena;
    private int arenaLength;
    private int[] offsets = new int[1_024];
    private int[] splits = new int[1_024];
    private int size;
    private DimensionsTable dimensions = new DimensionsTable();
    private final EncodedEvent leftView = new EncodedEvent();
    private final EncodedEvent rightView = new EncodedEvent();
    private final List<long[]> spills = new ArrayList<>();
    private @Nullable FileChannel channel;

    /**
     * Sorts events of splits whose namespaces these are.
     *
     * @param expectedBytes how long all of them are together
     */
    EventSort(List<byte[]> namespaces, long budgetBytes, long expectedBytes, Path folder, String name) {
        this.namespaces = namespaces;
        this.budgetBytes = budgetBytes;
        arena = new byte
                [(int) Math.max(ARENA_BYTES_MIN, Math.min(Math.min(expectedBytes, budgetBytes), ARENA_BYTES_MAX))];
        spillFile = folder.resolve(name + ".sort" + StoredFile.UNFINISHED);
    }

    /** A walk over sorted events. */
    abstract static class Sorted {
        final EncodedEvent event = new EncodedEvent();
        int split;

        abstract boolean next() throws IOException;
    }

    void add(int split, byte[] data, int offset, Dimensions its) throws IOException {
        int length = EncodedEvent.length(data, offset);
        long arenaWanted = (long) arenaLength + length;
        long wanted = arenaWanted + (size + 1L) * POSITION_BYTES + dimensions.memoryBytes();
        if (size > 0 && (wanted > budgetBytes || arenaWanted > ARENA_BYTES_MAX)) {
            spill();
        }
        if (arenaLength + length > arena.length) {
            long grown = Math.min(ARENA_BYTES_MAX, Math.max(arena.length * 2L, arenaLength + (long) length));
            arena = Arrays.copyOf(arena, (int) grown);
        }
        if (size == offsets.length) {
            offsets = Arrays.copyOf(offsets, size * 2);
            splits = Arrays.copyOf(splits, size * 2);
        }
        System.arraycopy(data, offset, arena, arenaLength, length);
        EncodedEvent.setDimensions(arena, arenaLength, dimensions.add(its));
        offsets[size] = arenaLength;
        splits[size] = split;
        arenaLength += length;
        size++;
    }

    Sorted sorted() throws IOException {
        if (spills.isEmpty()) {
            return new MemoryRun(order());
        }
        if (size > 0) {
            spill();
        }
        arena = new byte[0];
        List<Sorted> runs = new ArrayList<>();
        for (long[] spill : spills) {
            runs.add(new FileRun(opened(), spill[0], spill[1]));
        }
        return new MergedRun(runs, this);
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(spillFile);
        }
    }

    private int[] order() {
        int[] ranks = accountRanks();
        long[] keys = new long[size];
        for (int index = 0; index < size; index++) {
            // Unsigned as the sort compares, also before 1970.
            keys[index] = EncodedEvent.occurredAt(arena, offsets[index]) ^ Long.MIN_VALUE;
        }
        int[] byInstant = RadixSort.sort(keys, size);
        long[] instants = keys.clone();
        for (int index = 0; index < size; index++) {
            int event = byInstant[index];
            keys[index] = ((long) EncodedEvent.month(arena, offsets[event]) << 32)
                    | ranks[EncodedEvent.dimensions(arena, offsets[event])];
        }
        int[] order = RadixSort.sort(keys, size);
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && keys[to] == keys[from] && instants[order[to]] == instants[order[from]]) {
                to++;
            }
            for (int rank = from; rank < to; rank++) {
                order[rank] = byInstant[order[rank]];
            }
            if (to - from > 1) {
                IndexSort.sort(order, from, to, this::compareIds);
            }
            from = to;
        }
        return order;
    }

    // Of each of the dimensions, where its account is among all of them.
    private int[] accountRanks() {
        BytesTable accounts = new BytesTable();
        int[] accountOf = new int[dimensions.size()];
        for (int number = 0; number < accountOf.length; number++) {
            Dimensions each = dimensions.get(number);
            accountOf[number] =
                    accounts.add(each.encoded(), each.from(Dimensions.ACCOUNT_ID), each.to(Dimensions.ACCOUNT_ID));
        }
        int[] ranks = accounts.ranks();
        for (int number = 0; number < accountOf.length; number++) {
            accountOf[number] = ranks[accountOf[number]];
        }
        return accountOf;
    }

    private Dimensions dimensionsOf(int event) {
        return dimensions.get(EncodedEvent.dimensions(arena, offsets[event]));
    }

    private int compareIds(int left, int right) {
        leftView.wrap(arena, offsets[left], dimensionsOf(left));
        rightView.wrap(arena, offsets[right], dimensionsOf(right));
        return compareIds(leftView, splits[left], rightView, splits[right]);
    }

    private int compareIds(EncodedEvent left, int leftSplit, EncodedEvent right, int rightSplit) {
        int byNamespace = Arrays.compareUnsigned(namespaces.get(leftSplit), namespaces.get(rightSplit));
        if (byNamespace != 0) {
            return byNamespace;
        }
        int byId = Arrays.compareUnsigned(
                left.data(), left.idFrom(), left.idTo(), right.data(), right.idFrom(), right.idTo());
        return byId != 0 ? byId : Integer.compare(right.events(), left.events());
    }

    private int compare(Sorted left, Sorted right) {
        int byMonth = Integer.compare(left.event.month(), right.event.month());
        if (byMonth != 0) {
            return byMonth;
        }
        int byAccount = left.event.dimensions().compare(right.event.dimensions(), Dimensions.ACCOUNT_ID);
        if (byAccount != 0) {
            return byAccount;
        }
        int byTime = Long.compare(left.event.occurredAt(), right.event.occurredAt());
        if (byTime != 0) {
            return byTime;
        }
        int byId = compareIds(left.event, left.split, right.event, right.split);
        if (byId != 0) {
            return byId;
        }
        // Equal records of a log without ids stay as they came, whether they were spilled or not.
        int bySplit = Integer.compare(left.split, right.split);
        return bySplit != 0 ? bySplit : Long.compare(left.event.ordinal(), right.event.ordinal());
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
        FileChannel target = opened();
        long start = target.size();
        target.position(start);
        // Not closed: that would close the channel, which the merge reads.
        OutputStream stream = Channels.newOutputStream(target);
        DataOutputStream output = new DataOutputStream(new BufferedOutputStream(stream, READ_BUFFER_BYTES));
        int[] order = order();
        for (int index : order) {
            output.writeInt(splits[index]);
            byte[] encoded = dimensionsOf(index).encoded();
            output.writeInt(encoded.length);
            output.write(encoded);
            output.write(arena, offsets[index], EncodedEvent.length(arena, offsets[index]));
        }
        output.flush();
        spills.add(new long[] {start, size});
        size = 0;
        arenaLength = 0;
        dimensions = new DimensionsTable();
    }

    private final class MemoryRun extends Sorted {
        private final int[] order;
        private int rank = -1;

        @SuppressWarnings("UnusedVariable") // Kept so that the reads are not left out.
        private int touched;

        MemoryRun(int[] order) {
            this.order = order;
        }

        @Override
        boolean next() {
            if (++rank >= order.length) {
                return false;
            }
            if (rank % TOUCHED_AHEAD == 0) {
                // In order they lie anywhere: asked for together, they come from memory together.
                for (int ahead = rank; ahead < Math.min(order.length, rank + TOUCHED_AHEAD); ahead++) {
                    int at = offsets[order[ahead]];
                    touched ^= arena[at] ^ arena[Math.min(at + EVENT_BYTES_USUAL, arenaLength - 1)];
                }
            }
            split = splits[order[rank]];
            event.wrap(arena, offsets[order[rank]], dimensionsOf(order[rank]));
            return true;
        }
    }

    private static final class FileRun extends Sorted {
        private final DataInputStream input;
        private long left;
        private byte[] data = new byte[1 << 10];
        private DimensionsTable known = new DimensionsTable();

        FileRun(FileChannel channel, long start, long events) {
            left = events;
            input = new DataInputStream(new SpillInput(channel, start));
        }

        @Override
        boolean next() throws IOException {
            if (left == 0) {
                return false;
            }
            left--;
            split = input.readInt();
            Dimensions dimensions = readDimensions();
            int length = input.readInt();
            if (data.length < length) {
                data = new byte[length * 2];
            }
            data[0] = (byte) (length >>> 24);
            data[1] = (byte) (length >>> 16);
            data[2] = (byte) (length >>> 8);
            data[3] = (byte) length;
            input.readFully(data, 4, length - 4);
            event.wrap(data, 0, dimensions);
            return true;
        }

        // The same object for the same texts, of which those of an account come together.
        private Dimensions readDimensions() throws IOException {
            byte[] encoded = input.readNBytes(input.readInt());
            if (known.encodedBytes() > SPILLED_DIMENSIONS_BYTES_MAX) {
                known = new DimensionsTable();
            }
            return known.get(known.add(new Dimensions(encoded, 0, encoded.length)));
        }
    }

    private static final class MergedRun extends Sorted {
        private final PriorityQueue<Sorted> heads;
        private @Nullable Sorted last;

        MergedRun(List<Sorted> runs, EventSort sort) throws IOException {
            heads = new PriorityQueue<>(runs.size(), sort::compare);
            for (Sorted run : runs) {
                if (run.next()) {
                    heads.add(run);
                }
            }
        }

        @Override
        boolean next() throws IOException {
            Sorted before = last;
            if (before != null && before.next()) {
                heads.add(before);
            }
            Sorted head = heads.poll();
            last = head;
            if (head == null) {
                return false;
            }
            split = head.split;
            event.wrap(head.event.data(), head.event.offset(), head.event.dimensions());
            return true;
        }
    }
}
