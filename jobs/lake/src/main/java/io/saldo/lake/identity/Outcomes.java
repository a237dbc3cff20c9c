package io.saldo.lake.identity;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.intake.IdentityTuple;
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
 * <p>Three longs an entry: position (split and ordinal), kind, and the place of what stands; in a night with buckets the
 * figure that stood too. A table of (first entry, entries, checksum) by account shard, the longs of an entry and a mark
 * follow.
 */
public final class Outcomes {
    /** Bits of a position that hold the ordinal; those above hold the split. */
    public static final int ORDINAL_BITS = 40;

    private static final int PLAIN_LONGS = 3;
    private static final long MAGIC = 0x53414C444F4F5532L;
    private static final int TAIL_BYTES = 24;
    private static final int SHARD_ROW_BYTES = 24;

    private Outcomes() {}

    /** What becomes of a record. */
    public enum Kind {
        /** A new event. */
        ACCEPTED,
        /** Seen before, same content. */
        DUPLICATE,
        /** Seen before, other content. */
        CONFLICT,
        /** A newer figure of a bucket: taken as its signed difference to the one that stood. */
        RESTATED;

        private static final Kind[] KINDS = values();
    }

    /** The position of a record among all records of a night. */
    public static long position(int split, long ordinal) {
        return ((long) split << ORDINAL_BITS) | ordinal;
    }

    /** The split of a position. */
    public static int split(long position) {
        return (int) (position >>> ORDINAL_BITS);
    }

    private static int entryLongs(boolean figures) {
        return PLAIN_LONGS + (figures ? IdentityTuple.FIGURE_LONGS : 0);
    }

    static final class Writer implements Closeable {
        private final NewFile file;
        private final long[] counts;
        private final CRC32C[] checksums;
        private final ByteBuffer entry;

        Writer(Path workFolder, String path, int accountShards, boolean figures) throws IOException {
            entry = ByteBuffer.allocate(entryLongs(figures) * Long.BYTES);
            file = NewFile.withoutHash(workFolder, path);
            counts = new long[accountShards];
            checksums = new CRC32C[accountShards];
            for (int shard = 0; shard < accountShards; shard++) {
                checksums[shard] = new CRC32C();
            }
        }

        /** Adds an outcome: its longs; they come sorted by account shard, then position. */
        void add(int accountShard, long[] outcome) throws IOException {
            entry.clear();
            for (long part : outcome) {
                entry.putLong(part);
            }
            checksums[accountShard].update(entry.array());
            file.write(entry.array(), 0, entry.capacity());
            counts[accountShard]++;
        }

        void commit() throws IOException {
            ByteBuffer tail = ByteBuffer.allocate(counts.length * SHARD_ROW_BYTES + TAIL_BYTES);
            long first = 0;
            for (int shard = 0; shard < counts.length; shard++) {
                tail.putLong(first).putLong(counts[shard]).putLong(checksums[shard].getValue());
                first += counts[shard];
            }
            tail.putLong(counts.length).putLong(entry.capacity() / Long.BYTES).putLong(MAGIC);
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
        private final int entryLongs;
        private final ByteBuffer bytes;
        private final LongBuffer block;
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
                ByteBuffer tail = read(channel.size() - TAIL_BYTES, ByteBuffer.allocate(TAIL_BYTES));
                long shards = tail.getLong();
                entryLongs = (int) tail.getLong();
                if (tail.getLong() != MAGIC
                        || accountShard >= shards
                        || (entryLongs != entryLongs(false) && entryLongs != entryLongs(true))) {
                    throw new IOException("outcome file " + path + " is damaged");
                }
                bytes = ByteBuffer.allocate(BLOCK_ENTRIES * entryLongs * Long.BYTES);
                block = bytes.asLongBuffer();
                ByteBuffer row = read(
                        channel.size() - TAIL_BYTES - (shards - accountShard) * SHARD_ROW_BYTES,
                        ByteBuffer.allocate(SHARD_ROW_BYTES));
                offset = row.getLong() * entryLongs * Long.BYTES;
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
            int length = loaded * entryLongs * Long.BYTES;
            bytes.clear().limit(length);
            read(offset, bytes);
            checksum.update(bytes.array(), 0, length);
            offset += length;
            left -= loaded;
            at = 0;
            return true;
        }

        /** The record's position. */
        public long position() {
            return block.get(at * entryLongs);
        }

        /** What becomes of it; never {@link Kind#ACCEPTED}. */
        public Kind kind() {
            return Kind.KINDS[(int) block.get(at * entryLongs + 1)];
        }

        /** The delivery of what stands. */
        public long firstDelivery() {
            return IndexEntry.delivery(block.get(at * entryLongs + 2));
        }

        /** The line of what stands. */
        public long firstLine() {
            return IndexEntry.line(block.get(at * entryLongs + 2));
        }

        /** A long of the figure that stood, of a record that restates it. */
        public long figure(int index) {
            return block.get(at * entryLongs + PLAIN_LONGS + index);
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
