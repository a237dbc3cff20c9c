package io.saldo.lake.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.file.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every id that was written is found, and no other, also where first words are equal across blocks. */
class IndexSegmentTest {
    @TempDir
    Path folder;

    @Test
    void findsWhatIsThere() throws IOException {
        Random random = new Random(20261005);
        for (int size : new int[] {1, 511, 512, 513, 5_000}) {
            TreeMap<long[], Long> entries = new TreeMap<>((left, right) -> left[0] != right[0]
                    ? Long.compareUnsigned(left[0], right[0])
                    : Long.compareUnsigned(left[1], right[1]));
            for (long entry = 0; entry < size; entry++) {
                // Few first words: many equal ones in a row.
                entries.put(new long[] {(long) random.nextInt(4) << 62, random.nextLong()}, entry);
            }
            IndexSegment segment;
            try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(folder, "x-" + size)) {
                for (var entry : entries.entrySet()) {
                    writer.add(entry.getKey()[0], entry.getKey()[1], entry.getValue(), 7, entry.getValue() + 1);
                }
                StoredFile stored = writer.commit();
                segment = new IndexSegment(stored.path(), 0, writer.entries(), stored.bytes(), stored.sha256());
            }
            try (IndexSegmentFile.Reader reader = new IndexSegmentFile.Reader(folder, segment)) {
                for (var entry : entries.entrySet()) {
                    long[] id = entry.getKey();
                    assertThat(reader.find(id[0], id[1])).isTrue();
                    assertThat(new long[] {reader.at(2), reader.at(3), reader.at(4)})
                            .isEqualTo(new long[] {entry.getValue(), 7, entry.getValue() + 1});
                    long[] other = {id[0], id[1] + 1};
                    assertThat(reader.find(other[0], other[1]))
                            .as(Arrays.toString(other))
                            .isEqualTo(entries.containsKey(other));
                }
                assertThat(reader.find(5, 5)).isFalse();
                assertThat(reader.find(-1, -1)).isFalse();
            }
        }
    }

    @Test
    void refusesDisorderAndDamage() throws IOException {
        try (IndexSegmentFile.Writer writer = new IndexSegmentFile.Writer(folder, "x")) {
            writer.add(1, 2, 0, 0, 0);
            assertThatThrownBy(() -> writer.add(1, 2, 0, 0, 0)).hasMessage("index entries are not in order");
            StoredFile stored = writer.commit();
            assertThatThrownBy(() -> new IndexSegmentFile.Reader(
                                    folder, new IndexSegment(stored.path(), 0, 2, stored.bytes(), stored.sha256()))
                            .close())
                    .hasMessage("index segment x is damaged");
            assertThatThrownBy(() -> new IndexSegmentFile.Reader(
                                    folder, new IndexSegment(stored.path(), 0, 1, 5, stored.sha256()))
                            .close())
                    .hasMessageContaining("the books say 5");
        }
    }
}
