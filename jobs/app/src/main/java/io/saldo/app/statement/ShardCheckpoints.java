package io.saldo.app.statement;

import io.saldo.app.store.Json;
import io.saldo.credit.CreditEntry;
import io.saldo.lake.file.NewFile;
import io.saldo.statement.Checkpoint;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.UnusableCheckpointException;
import io.saldo.usage.Identity;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a shard's accounts: those that an earlier run left in its file, and those that this one leaves in
 * the next. Without a file, or with a damaged one, there are none, and every month is computed whole.
 *
 * <p>A file begins with a mark of what all in it was computed with; then, for each account-month, two lengths, what it
 * is, and the checkpoint's bytes, which have a checksum; then the lengths 0 and 0.
 */
final class ShardCheckpoints implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardCheckpoints.class);

    private record Key(String accountId, YearMonth month) {}

    /**
     * One of the previous file.
     *
     * @param run that made it
     * @param at its instant
     * @param basisSha256 hash of what it rests on beside usage
     * @param offset where its bytes begin
     * @param length how many they are
     */
    private record Kept(long run, long at, String basisSha256, long offset, int length) {}

    private final @Nullable CheckpointPlace place;
    private final Map<Key, Kept> kept = new HashMap<>();
    private final @Nullable FileChannel previous;
    private final @Nullable NewFile next;

    /** Opens the previous file, and begins the next; neither where there is no place. */
    ShardCheckpoints(@Nullable CheckpointPlace place) throws IOException {
        this.place = place;
        previous = place == null || place.previous().isEmpty() ? null : open(place);
        if (place == null) {
            next = null;
        } else {
            next = NewFile.withoutHash(Path.of(place.folder()), place.next());
            new DataOutputStream(next).writeUTF(place.computedWith());
        }
    }

    private @Nullable FileChannel open(CheckpointPlace from) throws IOException {
        Path file = Path.of(from.folder(), from.previous());
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            index(file, from.computedWith());
        } catch (IOException damage) {
            LOG.warn("{} is damaged: its accounts are computed whole", from.previous(), damage);
            kept.clear();
        }
        return kept.isEmpty() ? null : FileChannel.open(file, StandardOpenOption.READ);
    }

    private void index(Path file, String computedWith) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            String mark = in.readUTF();
            if (!mark.equals(computedWith)) {
                return;
            }
            long position = 2L + mark.length();
            for (int head = in.readInt(), body = in.readInt(); head != 0; head = in.readInt(), body = in.readInt()) {
                if (head < 0 || body < 0 || head + (long) body > Files.size(file)) {
                    throw new EOFException("a length is " + head + " or " + body);
                }
                byte[] what = in.readNBytes(head);
                in.skipNBytes(body);
                position += 2L * Integer.BYTES + head;
                DataInputStream fields = new DataInputStream(new ByteArrayInputStream(what));
                Key key = new Key(fields.readUTF(), YearMonth.of(fields.readInt(), fields.readByte()));
                kept.put(key, new Kept(fields.readLong(), fields.readLong(), fields.readUTF(), position, body));
                position += body;
            }
        } catch (DateTimeException damage) {
            throw new IOException(damage);
        }
    }

    /**
     * By month of a task, the instant from which its usage is to be read; a month that is not there is read whole. A
     * checkpoint counts when the account's last computation made it, and no usage came since that occurred before it. A
     * month after one with new usage is opened by another position.
     */
    Map<YearMonth, Long> starts(StatementTask task, long asOf) {
        Map<YearMonth, Long> starts = new HashMap<>();
        for (StatementTask.Month month : task.months()) {
            Kept found = kept.get(new Key(task.accountId(), month.month()));
            boolean first = month.equals(task.months().get(0));
            if (found != null
                    && found.run() == task.computedBy()
                    && found.at() <= Math.min(asOf, month.changedFrom())
                    && (!first
                            || basis(found.at(), task.opening(), task.entries(), task.late())
                                    .equals(found.basisSha256()))) {
                starts.put(month.month(), found.at());
            }
            if (month.changedFrom() != Long.MAX_VALUE) {
                break;
            }
        }
        return starts;
    }

    /**
     * The one that {@link #starts} named.
     *
     * @throws UnusableCheckpointException when it is damaged or rests on something else
     */
    Checkpoint find(
            StatementTask task,
            YearMonth month,
            OpeningPosition opening,
            List<CreditEntry> entries,
            List<StatementTask.LateMonth> late)
            throws IOException {
        Kept found = kept.get(new Key(task.accountId(), month));
        if (found == null || !basis(found.at(), opening, entries, late).equals(found.basisSha256())) {
            throw new UnusableCheckpointException("it rests on another position");
        }
        Checkpoint checkpoint = new Checkpoint(bytes(found));
        if (checkpoint.at() != found.at()) {
            throw new UnusableCheckpointException("it is of another instant");
        }
        return checkpoint;
    }

    /** Leaves one for later runs. */
    void leave(
            Checkpoint checkpoint,
            OpeningPosition opening,
            List<CreditEntry> entries,
            List<StatementTask.LateMonth> late)
            throws IOException {
        if (place != null) {
            Key key = new Key(checkpoint.accountId(), checkpoint.month());
            byte[] bytes = checkpoint.bytes();
            String basis = basis(checkpoint.at(), opening, entries, late);
            write(key, new Kept(place.run(), checkpoint.at(), basis, 0, bytes.length), bytes);
            kept.remove(key);
        }
    }

    /** Completes the next file, with what the previous has of other accounts and is of that month or later. */
    void commit(YearMonth oldest) throws IOException {
        if (next == null) {
            return;
        }
        for (Map.Entry<Key, Kept> each : kept.entrySet()) {
            if (!each.getKey().month().isBefore(oldest)) {
                write(each.getKey(), each.getValue(), bytes(each.getValue()));
            }
        }
        DataOutputStream out = new DataOutputStream(next);
        out.writeInt(0);
        out.writeInt(0);
        next.commit();
    }

    @Override
    public void close() throws IOException {
        if (previous != null) {
            previous.close();
        }
        if (next != null) {
            next.close();
        }
    }

    private void write(Key key, Kept what, byte[] bytes) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(head);
        fields.writeUTF(key.accountId());
        fields.writeInt(key.month().getYear());
        fields.writeByte(key.month().getMonthValue());
        fields.writeLong(what.run());
        fields.writeLong(what.at());
        fields.writeUTF(what.basisSha256());
        DataOutputStream out = new DataOutputStream(Objects.requireNonNull(next));
        out.writeInt(head.size());
        out.writeInt(bytes.length);
        out.write(head.toByteArray());
        out.write(bytes);
    }

    private byte[] bytes(Kept of) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(of.length());
        while (bytes.hasRemaining()) {
            if (previous == null || previous.read(bytes, of.offset() + bytes.position()) < 0) {
                throw new EOFException("a file of checkpoints became shorter");
            }
        }
        return bytes.array();
    }

    /** What decides on the time before a checkpoint, beside usage and what concerns all accounts. */
    private static String basis(
            long at, OpeningPosition opening, List<CreditEntry> entries, List<StatementTask.LateMonth> late) {
        return new Identity()
                .contentId(List.of(
                        Long.toString(at),
                        Json.write(opening),
                        Json.write(entries.stream()
                                .filter(entry -> entry.effectiveAt() < at)
                                .toList()),
                        Json.write(late)));
    }
}
