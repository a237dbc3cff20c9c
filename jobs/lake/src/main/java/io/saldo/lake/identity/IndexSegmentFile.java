package io.saldo.lake.identity;

import io.saldo.lake.file.DamagedFileException;
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
import java.util.zip.CRC32C;

/**
 * An index segment on disk: blocks of sorted entries, then a Bloom filter of each block, then of each block its first id
 * word and the checksums of block and filter, then how many entries there are, how wide they are, the checksum of what
 * is known of the blocks, and a mark.
 *
 * <p>Ids are hashes, so those of a night fall into all blocks; but nearly all of them are new, and a filter (16 bits an
 * entry, 5 bits set by each) says so for all but one or two in a thousand without their block being read. Filters lie in
 * the order of the ids, so a night that asks in that order reads them from start to end (Bloom, Space/time trade-offs in
 * hash coding with allowable errors, 1970).
 */
final class IndexSegmentFile {
    private static final int BLOCK_ENTRIES = 128;
    private static final int FILTER_LONGS = 32;
    private static final int FILTER_BYTES = FILTER_LONGS * Long.BYTES;
    private static final int FILTER_HASHES = 5;
    private static final int FILTER_HASH_BITS = 11;
    private static final int FILTERS_READ = 16;
    private static final int BLOCK_ROW_LONGS = 2;
    private static final long MAGIC = 0x53414C444F494432L;
    private static final int TAIL_BYTES = 32;

    private IndexSegmentFile() {}

    // The lowest bits of the second word are equal in a whole shard, so they are left out.
    private static int filterBit(long low, int hash) {
        return (int) (low >>> (Long.SIZE - FILTER_HASH_BITS * (hash + 1))) & ((1 << FILTER_HASH_BITS) - 1);
    }

    private static long checksums(byte[] block, int blockLength, byte[] filter, int filterOffset) {
        long ofBlock = (long) checksum(block, 0, blockLength) << 32;
        return ofBlock | Integer.toUnsignedLong(checksum(filter, filterOffset, FILTER_BYTES));
    }

    private static int checksum(byte[] bytes, int offset, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, offset, length);
        return (int) checksum.getValue();
    }

    private static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
        int byHigh = Long.compareUnsigned(leftHigh, rightHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(leftLow, rightLow);
    }

    /** Writes entries that come sorted. */
    static final class Writer implements Closeable {
        private final NewFile file;
        private final int width;
        private final ByteBuffer block;
        private final long[] filter = new long[FILTER_LONGS];
        private byte[] filters = new byte[16 * FILTER_BYTES];
        private long[] blockRows = new long[16 * BLOCK_ROW_LONGS];
        private int blocks;
        private long entries;
        private long lastHigh;
        private long lastLow;

        /** Begins a segment of entries of so many longs. */
        Writer(Path folder, String path, int width) throws IOException {
            file = NewFile.at(folder, path);
            this.width = width;
            block = ByteBuffer.allocate(BLOCK_ENTRIES * width * Long.BYTES);
        }

        void add(long[] entry) throws IOException {
            long high = entry[IndexEntry.ID_HIGH];
            long low = entry[IndexEntry.ID_LOW];
            if (entries > 0 && compare(lastHigh, lastLow, high, low) >= 0) {
                throw new IllegalStateException("index entries are not in order");
            }
            if (block.position() == 0) {
                if ((blocks + 1) * BLOCK_ROW_LONGS > blockRows.length) {
                    blockRows = Arrays.copyOf(blockRows, blockRows.length * 2);
                }
                blockRows[blocks * BLOCK_ROW_LONGS] = high;
            }
            for (int index = 0; index < width; index++) {
                block.putLong(entry[index]);
            }
            for (int hash = 0; hash < FILTER_HASHES; hash++) {
                int bit = filterBit(low, hash);
                filter[bit >>> 6] |= 1L << bit;
            }
            lastHigh = high;
            lastLow = low;
            entries++;
            if (!block.hasRemaining()) {
                endBlock();
            }
        }

        long entries() {
            return entries;
        }

        StoredFile commit() throws IOException {
            if (block.position() > 0) {
                endBlock();
            }
            file.write(filters, 0, blocks * FILTER_BYTES);
            ByteBuffer tail = ByteBuffer.allocate(blocks * BLOCK_ROW_LONGS * Long.BYTES + TAIL_BYTES);
            tail.asLongBuffer().put(blockRows, 0, blocks * BLOCK_ROW_LONGS);
            tail.position(blocks * BLOCK_ROW_LONGS * Long.BYTES);
            int rows = checksum(tail.array(), 0, tail.position());
            tail.putLong(entries).putLong(width).putLong(rows).putLong(MAGIC);
            file.write(tail.array(), 0, tail.capacity());
            return file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        private void endBlock() throws IOException {
            int length = block.position();
            file.write(block.array(), 0, length);
            if ((blocks + 1) * FILTER_BYTES > filters.length) {
                filters = Arrays.copyOf(filters, Math.multiplyExact(filters.length, 2));
            }
            ByteBuffer.wrap(filters)
                    .position(blocks * FILTER_BYTES)
                    .slice()
                    .asLongBuffer()
                    .put(filter);
            blockRows[blocks * BLOCK_ROW_LONGS + 1] = checksums(block.array(), length, filters, blocks * FILTER_BYTES);
            Arrays.fill(filter, 0);
            block.clear();
            blocks++;
        }
    }

    /** Finds ids that are asked for in rising order, or walks over all of them. */
    static final class Reader implements Closeable {
        private final IndexSegment segment;
        private final FileChannel channel;
        private final int width;
        private final long entries;
        private final int blocks;
        private final long[] blockRows;
        private final byte[] filters = new byte[FILTERS_READ * FILTER_BYTES];
        private final LongBuffer filterLongs = ByteBuffer.wrap(filters).asLongBuffer();
        private int filtersFrom = -1;
        private int filtersTo = -1;
        private final byte[] blockBytes;
        private final LongBuffer block;
        private int loadedBlock = -1;
        private int loadedEntries;
        private int fence;
        private int at = -1;

        Reader(Path folder, IndexSegment segment) throws IOException {
            this.segment = segment;
            width = IndexEntry.longs(segment.identity());
            blockBytes = new byte[BLOCK_ENTRIES * width * Long.BYTES];
            block = ByteBuffer.wrap(blockBytes).asLongBuffer();
            channel = FileChannel.open(folder.resolve(segment.path()), StandardOpenOption.READ);
            try {
                if (channel.size() != segment.bytes()) {
                    throw new DamagedFileException(
                            segment.path(),
                            "it has " + channel.size() + " bytes, the books say " + segment.bytes(),
                            null);
                }
                if (channel.size() < TAIL_BYTES) {
                    throw damaged();
                }
                ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES);
                read(channel.size() - TAIL_BYTES, tail.array(), TAIL_BYTES);
                entries = tail.getLong();
                boolean isWide = tail.getLong() == width;
                long rowsChecksum = tail.getLong();
                if (!isWide || tail.getLong() != MAGIC || entries != segment.entries()) {
                    throw damaged();
                }
                blocks = Math.toIntExact((entries + BLOCK_ENTRIES - 1) / BLOCK_ENTRIES);
                if (channel.size() != blockRowsAt() + (long) blocks * BLOCK_ROW_LONGS * Long.BYTES + TAIL_BYTES) {
                    throw damaged();
                }
                blockRows = new long[blocks * BLOCK_ROW_LONGS];
                byte[] rows = new byte[blockRows.length * Long.BYTES];
                read(blockRowsAt(), rows, rows.length);
                if (checksum(rows, 0, rows.length) != rowsChecksum) {
                    throw damaged();
                }
                ByteBuffer.wrap(rows).asLongBuffer().get(blockRows);
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }

        /** Whether the id, not lower than the last one asked for, is there; {@link #at} then tells its entry. */
        boolean find(long high, long low) throws IOException {
            while (fence + 1 < blocks && Long.compareUnsigned(firstHigh(fence + 1), high) < 0) {
                fence++;
            }
            // Equal first words may straddle blocks.
            for (int number = fence; number < blocks && Long.compareUnsigned(firstHigh(number), high) <= 0; number++) {
                if (mayHold(number, low)) {
                    load(number);
                    if (search(high, low)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Goes to the next entry of all, and says whether there is one; not to be mixed with {@link #find}. */
        boolean next() throws IOException {
            if (loadedBlock >= 0 && at + 1 < loadedEntries) {
                at++;
                return true;
            }
            if (loadedBlock + 1 == blocks) {
                return false;
            }
            load(loadedBlock + 1);
            at = 0;
            return true;
        }

        /** One of the longs of the entry that was found. */
        long at(int index) {
            return block.get(at * width + index);
        }

        /** Copies the entry that was found. */
        void copyTo(long[] entry) {
            block.get(at * width, entry, 0, width);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        private long firstHigh(int number) {
            return blockRows[number * BLOCK_ROW_LONGS];
        }

        private long filtersAt() {
            return entries * width * Long.BYTES;
        }

        private long blockRowsAt() {
            return filtersAt() + (long) blocks * FILTER_BYTES;
        }

        private boolean mayHold(int number, long low) throws IOException {
            if (number < filtersFrom || number >= filtersTo) {
                filtersFrom = number;
                filtersTo = Math.min(blocks, number + FILTERS_READ);
                read(filtersAt() + (long) number * FILTER_BYTES, filters, (filtersTo - filtersFrom) * FILTER_BYTES);
                for (int each = filtersFrom; each < filtersTo; each++) {
                    int expected = (int) blockRows[each * BLOCK_ROW_LONGS + 1];
                    if (checksum(filters, (each - filtersFrom) * FILTER_BYTES, FILTER_BYTES) != expected) {
                        throw damaged();
                    }
                }
            }
            int offset = (number - filtersFrom) * FILTER_LONGS;
            for (int hash = 0; hash < FILTER_HASHES; hash++) {
                int bit = filterBit(low, hash);
                if ((filterLongs.get(offset + (bit >>> 6)) & 1L << bit) == 0) {
                    return false;
                }
            }
            return true;
        }

        private boolean search(long high, long low) {
            int start = 0;
            int end = loadedEntries;
            while (start < end) {
                int middle = (start + end) >>> 1;
                int order = compare(block.get(middle * width), block.get(middle * width + 1), high, low);
                if (order == 0) {
                    at = middle;
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
            int length = loadedEntries * width * Long.BYTES;
            read(first * width * Long.BYTES, blockBytes, length);
            if (checksum(blockBytes, 0, length) != (int) (blockRows[number * BLOCK_ROW_LONGS + 1] >>> 32)) {
                throw damaged();
            }
            loadedBlock = number;
        }

        private IOException damaged() {
            return new DamagedFileException(segment.path(), "its checksum is wrong", null);
        }

        private void read(long offset, byte[] target, int length) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(target, 0, length);
            long position = offset;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position);
                if (read < 0) {
                    throw new EOFException("index segment " + segment.path() + " is cut off");
                }
                position += read;
            }
        }
    }
}
