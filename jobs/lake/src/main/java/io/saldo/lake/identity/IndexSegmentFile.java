package io.saldo.lake.identity;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.StoredFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * An index segment on disk: entries of five longs (id, content, delivery, line) sorted by id, then the first id word of
 * every block, the number of entries and a mark.
 *
 * <p>Ids are hashes, so a night that is small against the index touches few blocks, and only those are read.
 */
final class IndexSegmentFile {
    static final int ENTRY_LONGS = 5;
    private static final int ENTRY_BYTES = ENTRY_LONGS * Long.BYTES;
    private static final int BLOCK_ENTRIES = 512;
    private static final long MAGIC = 0x53414C444F494458L;
    private static final int TAIL_BYTES = 16;

    private IndexSegmentFile() {}

    /** Writes entries that come sorted. */
    static final class Writer implements Closeable {
        private final NewFile file;
        private final ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES);
        private long[] fences = new long[16];
        private int blocks;
        private long entries;
        private long lastHigh;
        private long lastLow;

        Writer(Path lakeFolder, String path) throws IOException {
            file = NewFile.at(lakeFolder, path);
        }

        void add(long high, long low, long content, long delivery, long line) throws IOException {
            if (entries > 0) {
                int order = Long.compareUnsigned(lastHigh, high);
                if (order > 0 || (order == 0 && Long.compareUnsigned(lastLow, low) >= 0)) {
                    throw new IllegalStateException("index entries are not in order");
                }
            }
            if (entries % BLOCK_ENTRIES == 0) {
                if (blocks == fences.length) {
                    fences = Arrays.copyOf(fences, blocks * 2);
                }
                fences[blocks++] = high;
            }
            entry.clear();
            entry.putLong(high).putLong(low).putLong(content).putLong(delivery).putLong(line);
            file.write(entry.array(), 0, ENTRY_BYTES);
            lastHigh = high;
            lastLow = low;
            entries++;
        }

        long entries() {
            return entries;
        }

        StoredFile commit() throws IOException {
            ByteBuffer tail = ByteBuffer.allocate(blocks * Long.BYTES + TAIL_BYTES);
            for (int block = 0; block < blocks; block++) {
                tail.putLong(fences[block]);
            }
            tail.putLong(entries).putLong(MAGIC);
            file.write(tail.array(), 0, tail.capacity());
            return file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Finds ids that are asked for in rising order. */
    static final class Reader implements Closeable {
        private final FileChannel channel;
        private final long entries;
        private final long[] fences;
        private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK_ENTRIES * ENTRY_BYTES);
        private final LongBuffer block = bytes.asLongBuffer();
        private int loadedBlock = -1;
        private int loadedEntries;
        private int found;

        Reader(Path lakeFolder, IndexSegment segment) throws IOException {
            channel = FileChannel.open(lakeFolder.resolve(segment.path()), StandardOpenOption.READ);
            try {
                if (channel.size() != segment.bytes()) {
                    throw new IOException("index segment " + segment.path() + " has " + channel.size()
                            + " bytes, the books say " + segment.bytes());
                }
                ByteBuffer tail = read(channel.size() - TAIL_BYTES, ByteBuffer.allocate(TAIL_BYTES));
                entries = tail.getLong();
                if (tail.getLong() != MAGIC || entries != segment.entries()) {
                    throw new IOException("index segment " + segment.path() + " is damaged");
                }
                int blocks = Math.toIntExact((entries + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES);
                fences = new long[blocks];
                read(entries * ENTRY_BYTES, ByteBuffer.allocate(blocks * Long.BYTES))
                        .asLongBuffer()
                        .get(fences);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }

        /** Whether the id is there; {@link #at} then tells its entry. */
        boolean find(long high, long low) throws IOException {
            // Equal first words may straddle blocks: begin with the last block that starts below.
            int position = lastBlockBelow(high);
            for (int number = Math.max(0, position);
                    number < fences.length && Long.compareUnsigned(fences[number], high) <= 0;
                    number++) {
                load(number);
                if (search(high, low)) {
                    return true;
                }
            }
            return false;
        }

        long at(int index) {
            return block.get(found * ENTRY_LONGS + index);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        private int lastBlockBelow(long high) {
            int low = 0;
            int end = fences.length;
            while (low < end) {
                int middle = (low + end) >>> 1;
                if (Long.compareUnsigned(fences[middle], high) < 0) {
                    low = middle + 1;
                } else {
                    end = middle;
                }
            }
            return low - 1;
        }

        private boolean search(long high, long low) {
            int start = 0;
            int end = loadedEntries;
            while (start < end) {
                int middle = (start + end) >>> 1;
                int order = Long.compareUnsigned(block.get(middle * ENTRY_LONGS), high);
                if (order == 0) {
                    order = Long.compareUnsigned(block.get(middle * ENTRY_LONGS + 1), low);
                }
                if (order == 0) {
                    found = middle;
                    return true;
                }
                if (order < 0) {
                    start = middle + 1;
                } else {
                    end = middle;
                }
            }
            return false;
        }

        private void load(int number) throws IOException {
            if (number == loadedBlock) {
                return;
            }
            long first = (long) number * BLOCK_ENTRIES;
            loadedEntries = (int) Math.min(BLOCK_ENTRIES, entries - first);
            bytes.clear().limit(loadedEntries * ENTRY_BYTES);
            read(first * ENTRY_BYTES, bytes);
            loadedBlock = number;
        }

        private ByteBuffer read(long offset, ByteBuffer target) throws IOException {
            long position = offset;
            while (target.hasRemaining()) {
                int read = channel.read(target, position);
                if (read < 0) {
                    throw new EOFException("an index segment is cut off");
                }
                position += read;
            }
            return target.flip();
        }
    }
}
