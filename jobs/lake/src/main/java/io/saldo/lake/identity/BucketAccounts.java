package io.saldo.lake.identity;

import io.saldo.lake.file.StoredFile;
import io.saldo.usage.Identity;
import io.saldo.usage.IdentityRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells the index which account a bucket's event stands with now, so that its next figure is taken there. */
public final class BucketAccounts {
    private static final int ID_DIGITS = 32;

    private BucketAccounts() {}

    /**
     * A bucket that moved.
     *
     * @param eventId the event's id in the lake; one that no bucket has is left alone
     * @param accountId where it stands now
     */
    public record Change(String eventId, String accountId) {}

    /**
     * Writes what changed as index segments, one for each shard that has one.
     *
     * @param name names them, unique among the runs of a lake
     * @param index the index segments of all shards, in the order in which they were listed
     */
    public static List<IndexSegment> change(
            Path lakeFolder, String name, List<IndexSegment> index, int shards, List<Change> changes)
            throws IOException {
        TreeMap<Integer, TreeMap<Id, String>> byShard = new TreeMap<>();
        for (Change change : changes) {
            Id id = Id.of(change.eventId());
            if (id != null) {
                byShard.computeIfAbsent((int) Long.remainderUnsigned(id.low(), shards), shard -> new TreeMap<>())
                        .put(id, change.accountId());
            }
        }
        List<IndexSegment> changed = new ArrayList<>();
        for (Map.Entry<Integer, TreeMap<Id, String>> each : byShard.entrySet()) {
            int shard = each.getKey();
            List<IndexSegment> known = index.stream()
                    .filter(segment -> segment.shard() == shard && segment.identity() == IdentityRule.BUCKET)
                    .toList();
            IndexSegment segment = change(lakeFolder, name, shard, known, each.getValue());
            if (segment != null) {
                changed.add(segment);
            }
        }
        return changed;
    }

    private static @Nullable IndexSegment change(
            Path lakeFolder, String name, int shard, List<IndexSegment> known, SortedMap<Id, String> accounts)
            throws IOException {
        String path =
                String.format(Locale.ROOT, "identity/shard=%02d/%s-%s.index", shard, name, IdentityRule.BUCKET.word());
        long[] entry = new long[IndexEntry.longs(IdentityRule.BUCKET)];
        Identity identity = new Identity();
        try (KnownEvents events = new KnownEvents(lakeFolder, known);
                IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(lakeFolder, path, entry.length)) {
            for (Map.Entry<Id, String> account : accounts.entrySet()) {
                IndexSegmentFile.Reader reader =
                        events.find(account.getKey().high(), account.getKey().low());
                if (reader != null) {
                    reader.copyTo(entry);
                    entry[IndexEntry.ACCOUNT] = identity.content(List.of(account.getValue()));
                    writer.add(entry);
                }
            }
            if (writer.entries() == 0) {
                return null;
            }
            StoredFile stored = writer.commit();
            return new IndexSegment(
                    path,
                    shard,
                    IdentityRule.BUCKET,
                    IndexSegment.ALL_KNOWN,
                    writer.entries(),
                    stored.bytes(),
                    stored.sha256());
        }
    }

    /** Sorted as the index is. */
    private record Id(long high, long low) implements Comparable<Id> {
        static @Nullable Id of(String eventId) {
            if (eventId.length() != ID_DIGITS || !eventId.matches("[0-9a-f]+")) {
                return null;
            }
            return new Id(
                    Long.parseUnsignedLong(eventId.substring(0, ID_DIGITS / 2), 16),
                    Long.parseUnsignedLong(eventId.substring(ID_DIGITS / 2), 16));
        }

        @Override
        public int compareTo(Id other) {
            int byHigh = Long.compareUnsigned(high, other.high);
            return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
        }
    }
}
