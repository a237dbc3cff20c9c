package io.saldo.lake.intake;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.memory.BytesTable;
import io.saldo.lake.usage.Dimensions;
import io.saldo.usage.IdentityRule;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes a run file: chunks of encoded events by account shard and of identity tuples by identity shard, an index of
 * the chunks, and a tail that says where the index is.
 *
 * <p>Among the events of a shard stand {@link Dimensions}, each after the negative of its length (4 bytes) and its number
 * (4), before the first event that has this number. A number that comes again stands for the later ones.
 */
final class RunFileWriter implements Closeable {
    static final long MAGIC = 0x53414C4452554E32L;
    private static final int CHUNK_BYTES = 1 << 18;
    private static final int FIRST_BYTES = 1 << 12;
    static final int DIMENSIONS_AT = 2 * Integer.BYTES;
    private static final int DIMENSIONS_MAX = 1 << 16;
    private static final int DIMENSIONS_BYTES_MAX = 4 << 20;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final NewFile file;
    private final String namespace;
    private final int accountShards;
    private final int tupleBytes;
    private final Section[] sections;
    private final List<Chunk> chunks = new ArrayList<>();
    private final BytesTable dimensions = new BytesTable();
    private long dimensionsBytes;
    private int[] shards = new int[1 << 10];
    private final long budgetBytes;
    private long buffered;
    private long records;

    record Chunk(int section, long offset, int bytes, int count, long checksum) {}

    private static final class Section {
        byte[] data = new byte[0];
        int length;
        int count;
        long total;
    }

    RunFileWriter(
            Path workFolder,
            String path,
            String namespace,
            IdentityRule identity,
            int accountShards,
            int identityShards,
            long budgetBytes)
            throws IOException {
        file = NewFile.withoutHash(workFolder, path);
        this.namespace = namespace;
        this.accountShards = accountShards;
        tupleBytes = IdentityTuple.longs(identity) * Long.BYTES;
        this.budgetBytes = budgetBytes;
        sections = new Section[accountShards + identityShards];
        for (int section = 0; section < sections.length; section++) {
            sections[section] = new Section();
        }
    }

    /** Ordinal of the next record. */
    long records() {
        return records;
    }

    /**
     * The number by which an event says that it has these dimensions; -1 where they are new, until {@link #define}.
     *
     * @param encoded from its start to {@code end} what {@link Dimensions#encode} wrote
     */
    int find(byte[] encoded, int end) {
        return dimensions.find(encoded, 0, end);
    }

    /**
     * Writes dimensions that {@link #find} did not find, whose account is in that shard, and returns their number.
     *
     * <p>Where there are too many to remember, further ones are written for each event, under one number.
     */
    int define(int accountShard, byte[] encoded, int end) throws IOException {
        int number = DIMENSIONS_MAX;
        if (dimensions.size() < DIMENSIONS_MAX && dimensionsBytes + end <= DIMENSIONS_BYTES_MAX) {
            number = dimensions.add(encoded, 0, end);
            dimensionsBytes += end;
        }
        if (number >= shards.length) {
            shards = Arrays.copyOf(shards, Math.max(number + 1, shards.length * 2));
        }
        shards[number] = accountShard;
        Section section = reserve(accountShard, DIMENSIONS_AT + end);
        INT.set(section.data, section.length, -DIMENSIONS_AT - end);
        INT.set(section.data, section.length + Integer.BYTES, number);
        System.arraycopy(encoded, 0, section.data, section.length + DIMENSIONS_AT, end);
        section.length += DIMENSIONS_AT + end;
        return number;
    }

    /** Whether dimensions keep that number for good. */
    boolean remembers(int number) {
        return number < DIMENSIONS_MAX;
    }

    /** The dimensions of a number that {@link #remembers} says is kept, as {@link Dimensions#encode} wrote them; not to be changed. */
    byte[] dimensions(int number) {
        return dimensions.key(number);
    }

    /** The account shard for which those dimensions were defined last. */
    int shard(int number) {
        return shards[number];
    }

    /** Adds an encoded event and its identity. */
    void add(int accountShard, byte[] event, int length, int identityShard, byte[] tuple) throws IOException {
        append(accountShard, event, length);
        append(accountShards + identityShard, tuple, tupleBytes);
        records++;
        if (buffered > budgetBytes) {
            for (int section = 0; section < sections.length; section++) {
                flush(section);
            }
        }
    }

    List<Long> accountTotals() {
        return totals(0, accountShards);
    }

    List<Long> identityTotals() {
        return totals(accountShards, sections.length);
    }

    /** Completes the file. */
    void commit() throws IOException {
        for (int section = 0; section < sections.length; section++) {
            flush(section);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream index = new DataOutputStream(bytes);
        byte[] name = namespace.getBytes(StandardCharsets.UTF_8);
        index.writeInt(name.length);
        index.write(name);
        index.writeInt(tupleBytes / Long.BYTES);
        index.writeInt(accountShards);
        index.writeInt(sections.length - accountShards);
        index.writeLong(records);
        index.writeInt(chunks.size());
        for (Chunk chunk : chunks) {
            index.writeInt(chunk.section());
            index.writeLong(chunk.offset());
            index.writeInt(chunk.bytes());
            index.writeInt(chunk.count());
            index.writeLong(chunk.checksum());
        }
        byte[] whole = bytes.toByteArray();
        long indexOffset = file.position();
        file.write(whole, 0, whole.length);
        CRC32C checksum = new CRC32C();
        checksum.update(whole);
        DataOutputStream tail = new DataOutputStream(file);
        tail.writeLong(indexOffset);
        tail.writeLong(checksum.getValue());
        tail.writeLong(MAGIC);
        tail.flush();
        file.commit();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private List<Long> totals(int from, int to) {
        List<Long> totals = new ArrayList<>();
        for (int section = from; section < to; section++) {
            totals.add(sections[section].total);
        }
        return totals;
    }

    private void append(int number, byte[] record, int length) throws IOException {
        Section section = reserve(number, length);
        System.arraycopy(record, 0, section.data, section.length, length);
        section.length += length;
        section.count++;
        section.total++;
    }

    /** The section, with room for so many bytes more. */
    private Section reserve(int number, int length) throws IOException {
        Section section = sections[number];
        if (section.length + length > CHUNK_BYTES) {
            flush(number);
        }
        if (section.length + length > section.data.length) {
            int grown = Math.max(section.length + length, Math.max(FIRST_BYTES, section.data.length * 2));
            section.data = Arrays.copyOf(section.data, grown);
        }
        buffered += length;
        return section;
    }

    private void flush(int number) throws IOException {
        Section section = sections[number];
        if (section.length == 0) {
            return;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(section.data, 0, section.length);
        chunks.add(new Chunk(number, file.position(), section.length, section.count, checksum.getValue()));
        file.write(section.data, 0, section.length);
        buffered -= section.length;
        section.length = 0;
        section.count = 0;
    }
}
