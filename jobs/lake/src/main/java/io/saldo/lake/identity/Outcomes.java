package io.saldo.lake.identity;

import io.saldo.lake.file.NewFile;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What identity tells gather: the records that are not accepted, by account shard, split and ordinal. A record that is
 * not named is accepted.
 *
 * <p>Four longs an entry: position (split and ordinal), whether it is a conflict, and the delivery and line of what
 * stands. A table of (first entry, entries, checksum) by account shard and a mark follow.
 */
public final class Outcomes {
    /** Bits of a position that hold the ordinal; those above hold the split. */
    public static final int ORDINAL_BITS = 40;

    private static final int ENTRY_LONGS = 4;
    private static final int ENTRY_BYTES = ENTRY_LONGS * Long.BYTES;
    private static final long MAGIC = 0x53414C444F4F5554L;

    private Outcomes() {}

    /** The position of a record among all records of a night. */
    public static long position(int split, long ordinal) {
        return ((long) split << ORDINAL_BITS) | ordinal;
    }

    static final class Writer implements Closeable {
        private final NewFile file;
        private final long[] counts;
        private final CRC32C[] checksums;
        private final ByteBuffer entry = ByteBuffer.allocate(ENTRY_BYTES);

        Writer(Path workFolder, String path, int accountShards) throws IOException {
            file = NewFile.withoutHash(workFolder, path);
            counts = new long[accountShards];
            checksums = new CRC32C[accountShards];
            for (int shard = 0; shard < accountShards; shard++) {
                checksums[shard] = new CRC32C();
            }
        }

        /** Adds an outcome; they come sorted by account shard, then position. */
        void add(int accountShard, long position, boolean conflict, long firstDelivery, long firstLine)
                throws IOException {
            entry.clear();
            entry.putLong(position)
                    .putLong(conflict ? 1 : 0)
                    .putLong(firstDelivery)
                    .putLong(firstLine);
            checksums[accountShard].update(entry.array());
            file.write(entry.array(), 0, ENTRY_BYTES);
            counts[accountShard]++;
        }

        void commit() throws IOException {
            ByteBuffer tail = ByteBuffer.allocate(counts.length * 24 + 16);
            long first = 0;
            for (int shard = 0; shard < counts.length; shard++) {
                tail.putLong(first).putLong(counts[shard]).putLong(checksums[shard].getValue());
                first += counts[shard];
            }
            tail.putLong(counts.length).putLong(MAGIC);
            file.write(tail.array(), 0, tail.capacity());
            file.commit();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A walk over the outcomes of one account shard, in the order of their positions. */
    public static final class Reader implements Closeable {
        private static final int BLOCK_ENTRIES = 2_048;

        private final FileChannel channel;
        private final CRC32C checksum = new CRC32C();
        private final ByteBuffer bytes = ByteBuffer.allocate(BLOCK_ENTRIES * ENTRY_BYTES);
        private final LongBuffer block = bytes.asLongBuffer();
        private final String path;
        private long offset;
        private long left;
        private long expected;
        private int at = -1;
        private int loaded;

        /** Opens the outcomes of one identity shard for one account shard. */
        public Reader(Path workFolder, String path, int accountShard) throws IOException {
            this.path = path;
            channel = FileChannel.open(workFolder.resolve(path), StandardOpenOption.READ);
            try {
                ByteBuffer tail = read(channel.size() - 16, ByteBuffer.allocate(16));
                long shards = tail.getLong();
                if (tail.getLong() != MAGIC || accountShard >= shards) {
                    throw new IOException("outcome file " + path + " is damaged");
                }
                ByteBuffer row = read(channel.size() - 16 - (shards - accountShard) * 24, ByteBuffer.allocate(24));
                offset = row.getLong() * ENTRY_BYTES;
                left = row.getLong();
                expected = row.getLong();
            } catch (IOException | RuntimeException failure) {
                channel.close();
                throw failure;
            }
        }

        /** Goes to the next outcome, and says whether there is one. */
        public boolean next() throws IOException {
            at++;
            if (at < loaded) {
                return true;
            }
            if (left == 0) {
                if (checksum.getValue() != expected) {
                    throw new IOException("outcome file " + path + " is damaged");
                }
                at = loaded;
                return false;
            }
            loaded = (int) Math.min(left, BLOCK_ENTRIES);
            bytes.clear().limit(loaded * ENTRY_BYTES);
            read(offset, bytes);
            checksum.update(bytes.array(), 0, loaded * ENTRY_BYTES);
            offset += (long) loaded * ENTRY_BYTES;
            left -= loaded;
            at = 0;
            return true;
        }

        /** The record's position. */
        public long position() {
            return block.get(at * ENTRY_LONGS);
        }

        /** Whether the content differs from what stands. */
        public boolean conflict() {
            return block.get(at * ENTRY_LONGS + 1) != 0;
        }

        /** The delivery of what stands. */
        public long firstDelivery() {
            return block.get(at * ENTRY_LONGS + 2);
        }

        /** The line of what stands. */
        public long firstLine() {
            return block.get(at * ENTRY_LONGS + 3);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }

        private ByteBuffer read(long from, ByteBuffer target) throws IOException {
            long position = from;
            while (target.hasRemaining()) {
                int read = channel.read(target, position);
                if (read < 0) {
                    throw new EOFException("outcome file " + path + " is cut off");
                }
                position += read;
            }
            return target.flip();
        }
    }
}
