package io.saldo.lake.intake;

import io.saldo.lake.usage.Dimensions;
import io.saldo.lake.usage.EncodedEvent;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run file chunk by chunk; every chunk is proved against its checksum, every section against its count.
 *
 * <p>Chunks come in the order in which their records were read: within a section ordinals rise.
 */
public final class RunFileReader implements Closeable {
    private static final int TAIL_BYTES = 24;

    private final FileChannel channel;
    private final byte[] namespace;
    private final int accountShards;
    private final int identityShards;
    private final long records;
    private final List<RunFileWriter.Chunk> chunks = new ArrayList<>();

    /** Opens a run file. */
    public RunFileReader(Path workFolder, RunFile runFile) throws IOException {
        channel = FileChannel.open(workFolder.resolve(runFile.path()), StandardOpenOption.READ);
        try {
            if (channel.size() < TAIL_BYTES) {
                throw new IOException("run file " + runFile.path() + " is cut off");
            }
            ByteBuffer tail = read(channel.size() - TAIL_BYTES, TAIL_BYTES);
            long indexOffset = tail.getLong();
            long checksum = tail.getLong();
            if (tail.getLong() != RunFileWriter.MAGIC) {
                throw new IOException(runFile.path() + " is no run file");
            }
            byte[] index = read(indexOffset, Math.toIntExact(channel.size() - TAIL_BYTES - indexOffset))
                    .array();
            prove(index, index.length, checksum);
            DataInputStream input = new DataInputStream(new ByteArrayInputStream(index));
            namespace = input.readNBytes(input.readInt());
            int tupleLongs = input.readInt();
            accountShards = input.readInt();
            identityShards = input.readInt();
            records = input.readLong();
            int count = input.readInt();
            for (int chunk = 0; chunk < count; chunk++) {
                chunks.add(new RunFileWriter.Chunk(
                        input.readInt(), input.readLong(), input.readInt(), input.readInt(), input.readLong()));
            }
            if (tupleLongs != IdentityTuple.longs(runFile.identity())) {
                throw new IOException("run file " + runFile.path() + " has tuples of another identity rule");
            }
            if (records != runFile.records()) {
                throw new IOException("run file " + runFile.path() + " has " + records + " records, its manifest "
                        + runFile.records());
            }
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** What takes events. */
    @FunctionalInterface
    public interface EventConsumer {
        /** Takes the encoded event that starts there, and its dimensions. */
        void accept(byte[] data, int offset, Dimensions dimensions) throws IOException;
    }

    /** What takes tuples. */
    @FunctionalInterface
    public interface ChunkConsumer {
        /** Takes a chunk: so many records in so many bytes; the array belongs to the consumer. */
        void accept(byte[] data, int length, int count) throws IOException;
    }

    /** The namespace of the events, in UTF-8. */
    public byte[] namespace() {
        return namespace.clone();
    }

    /** The namespace of the events. */
    public String namespaceText() {
        return new String(namespace, StandardCharsets.UTF_8);
    }

    /** How many records of that account shard there are. */
    public long accountShardRecords(int shard) {
        return total(shard);
    }

    /** How long the encoded events of that account shard are together. */
    public long accountShardBytes(int shard) {
        long bytes = 0;
        for (RunFileWriter.Chunk chunk : chunks) {
            if (chunk.section() == shard) {
                bytes += chunk.bytes();
            }
        }
        return bytes;
    }

    /** The events of one account shard. */
    public void eachEvent(int shard, EventConsumer consumer) throws IOException {
        List<@Nullable Dimensions> known = new ArrayList<>();
        eachChunk(shard, (data, length, count) -> {
            int events = 0;
            int offset = 0;
            while (offset < length) {
                int entry = EncodedEvent.length(data, offset);
                int number = EncodedEvent.dimensions(data, offset);
                if (entry < 0) {
                    while (known.size() <= number) {
                        known.add(null);
                    }
                    known.set(number, new Dimensions(data, offset + RunFileWriter.DIMENSIONS_AT, offset - entry));
                    offset -= entry;
                } else {
                    consumer.accept(data, offset, Objects.requireNonNull(known.get(number)));
                    offset += entry;
                    events++;
                }
            }
            if (offset != length || events != count) {
                throw new IOException("a chunk of a run file has other records than it says");
            }
        });
    }

    /** Chunks of identity tuples of one identity shard, as {@link IdentityTuple} has them. */
    public void eachIdentityChunk(int shard, ChunkConsumer consumer) throws IOException {
        if (shard >= identityShards) {
            throw new IllegalArgumentException("identity shard " + shard + " of " + identityShards);
        }
        eachChunk(accountShards + shard, consumer);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private long total(int section) {
        long total = 0;
        for (RunFileWriter.Chunk chunk : chunks) {
            if (chunk.section() == section) {
                total += chunk.count();
            }
        }
        return total;
    }

    private void eachChunk(int section, ChunkConsumer consumer) throws IOException {
        for (RunFileWriter.Chunk chunk : chunks) {
            if (chunk.section() == section) {
                byte[] data = read(chunk.offset(), chunk.bytes()).array();
                prove(data, chunk.bytes(), chunk.checksum());
                consumer.accept(data, chunk.bytes(), chunk.count());
            }
        }
    }

    private ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(length);
        long position = offset;
        while (block.hasRemaining()) {
            int read = channel.read(block, position);
            if (read < 0) {
                throw new EOFException("a run file is cut off");
            }
            position += read;
        }
        return block.flip();
    }

    private static void prove(byte[] data, int length, long expected) throws IOException {
        CRC32C checksum = new CRC32C();
        checksum.update(data, 0, length);
        if (checksum.getValue() != expected) {
            throw new IOException("a run file is damaged");
        }
    }
}
