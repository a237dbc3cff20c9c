package io.saldo.lake.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.file.StoredFile;
import io.saldo.usage.IdentityRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every id that was written is found, and no other, also where first words are equal across blocks. */
class IndexSegmentTest {
    private static final Comparator<long[]> BY_ID = (left, right) ->
            left[0] != right[0] ? Long.compareUnsigned(left[0], right[0]) : Long.compareUnsigned(left[1], right[1]);

    @TempDir
    Path folder;

    private IndexSegment write(String path, Iterable<long[]> entries) throws IOException {
        try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(folder, path, 5)) {
            for (long[] entry : entries) {
                writer.add(entry);
            }
            StoredFile stored = writer.commit();
            return new IndexSegment(
                    stored.path(),
                    0,
                    IdentityRule.EVENT_ID,
                    IndexSegment.ALL_KNOWN,
                    writer.entries(),
                    stored.bytes(),
                    stored.sha256());
        }
    }

    @Test
    void findsWhatIsThere() throws IOException {
        Random random = new Random(20261005);
        for (int size : new int[] {1, 127, 128, 129, 5_000}) {
            TreeMap<long[], Long> entries = new TreeMap<>(BY_ID);
            for (long entry = 0; entry < size; entry++) {
                // Few first words: many equal ones in a row.
                entries.put(new long[] {(long) random.nextInt(4) << 62, random.nextLong()}, entry);
            }
            List<long[]> rows = new ArrayList<>();
            entries.forEach((id, number) ->
                    rows.add(new long[] {id[0], id[1], number, IndexEntry.place(7, number + 1), number % 400}));
            IndexSegment segment = write("x-" + size, rows);
            try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment)) {
                for (long[] row : rows) {
                    assertThat(reader.find(row[0], row[1])).isTrue();
                    long[] found = new long[5];
                    reader.copyTo(found);
                    assertThat(found).isEqualTo(row);
                    assertThat(IndexEntry.delivery(found[IndexEntry.PLACE])).isEqualTo(7);
                    assertThat(IndexEntry.line(found[IndexEntry.PLACE])).isEqualTo(row[2] + 1);
                    long[] other = {row[0], row[1] + 1};
                    assertThat(reader.find(other[0], other[1]))
                            .as(Arrays.toString(other))
                            .isEqualTo(entries.containsKey(other));
                }
            }
            try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment)) {
                assertThat(reader.find(5, 5)).isFalse();
                assertThat(reader.find(-1, -1)).isFalse();
            }
            try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment)) {
                for (long[] row : rows) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.at(IndexEntry.CONTENT)).isEqualTo(row[2]);
                }
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void refusesDisorderAndDamage() throws IOException {
        try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(folder, "y", 5)) {
            writer.add(new long[] {1, 2, 0, 0, 0});
            assertThatThrownBy(() -> writer.add(new long[] {1, 2, 0, 0, 0}))
                    .hasMessage("index entries are not in order");
        }
        List<long[]> rows = new ArrayList<>();
        Random random = new Random(1);
        for (long row = 0; row < 1_000; row++) {
            rows.add(new long[] {row << 40, random.nextLong(), row, row + 1, 0});
        }
        IndexSegment good = write("x", rows);
        assertThatThrownBy(() -> read(withEntries(good, 999, good.bytes()), rows))
                .hasMessageStartingWith("x is damaged");
        assertThatThrownBy(() -> read(withEntries(good, 1_000, 5), rows)).hasMessageContaining("the books say 5");
        byte[] whole = Files.readAllBytes(folder.resolve("x"));
        // In a block, in a filter, in a first id word, in a checksum, and in the tail.
        int end = whole.length;
        for (int at : new int[] {17_003, 40_100, end - 32 - 9, end - 32 - 3, end - 30, end - 20, end - 9, end - 1}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            Files.write(folder.resolve("x"), damaged);
            assertThatThrownBy(() -> read(good, rows)).as("byte %s", at).hasMessageStartingWith("x is damaged");
        }
    }

    private static IndexSegment withEntries(IndexSegment segment, long entries, long bytes) {
        return new IndexSegment(
                segment.path(),
                segment.shard(),
                segment.identity(),
                segment.knownFromMicros(),
                entries,
                bytes,
                segment.sha256());
    }

    private void read(IndexSegment segment, List<long[]> rows) throws IOException {
        try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment)) {
            for (long[] row : rows) {
                assertThat(reader.find(row[0], row[1])).isTrue();
            }
        }
    }

    @Test
    void mergesToTheNewestAndForgetsBeyondTheHorizon() throws IOException {
        Random random = new Random(7);
        TreeMap<long[], long[]> expected = new TreeMap<>(BY_ID);
        List<IndexSegment> segments = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (int age = 0; age < 5; age++) {
            TreeMap<long[], long[]> entries = new TreeMap<>(BY_ID);
            for (int row = 0; row < 700; row++) {
                long[] entry = {random.nextInt(3_000), 1, age, row + 1, random.nextInt(10)};
                entries.put(entry, entry);
            }
            segments.add(write("s" + age, entries.values()));
            folders.add(folder);
            expected.putAll(entries);
            entries.forEach(expected::put);
        }
        try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(folder, "all", 5)) {
            IndexMerge.copy(segments, folders, 4, writer);
            StoredFile stored = writer.commit();
            IndexSegment all = new IndexSegment(
                    "all", 0, IdentityRule.EVENT_ID, 4, writer.entries(), stored.bytes(), stored.sha256());
            List<long[]> kept = expected.values().stream()
                    .filter(entry -> entry[IndexEntry.DAY] >= 4)
                    .toList();
            assertThat(all.entries()).isEqualTo(kept.size()).isPositive();
            try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, all)) {
                for (long[] entry : kept) {
                    assertThat(reader.next()).isTrue();
                    long[] found = new long[5];
                    reader.copyTo(found);
                    assertThat(found).isEqualTo(entry);
                }
            }
        }
    }

    @Test
    void thereAreNeverMoreSegmentsThanTheLogarithmOfTheNights() {
        List<IndexSegment> segments = new ArrayList<>();
        long written = 0;
        for (int night = 1; night <= 1_000; night++) {
            List<IndexSegment> chosen = IndexMerge.chosen(segments, 10);
            long entries = 10 + chosen.stream().mapToLong(IndexSegment::entries).sum();
            segments.subList(segments.size() - chosen.size(), segments.size()).clear();
            segments.add(new IndexSegment("n" + night, 0, IdentityRule.EVENT_ID, 0, entries, 0, ""));
            written += entries;
            assertThat(segments.size()).isLessThanOrEqualTo(11);
        }
        assertThat(segments.stream().mapToLong(IndexSegment::entries).sum()).isEqualTo(10_000);
        assertThat(written).isLessThanOrEqualTo(10_000 * 11);
    }
}
