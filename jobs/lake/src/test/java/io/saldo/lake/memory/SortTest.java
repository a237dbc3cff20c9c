package io.saldo.lake.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sorts give the same whether they spill or not; the table numbers as a map does. */
class SortTest {
    @TempDir
    Path folder;

    @Test
    void spillingChangesNothing() throws IOException {
        for (int size : new int[] {0, 1, 13, 1_024, 1_025, 50_000}) {
            assertThat(sorted(size, 1)).isEqualTo(sorted(size, Long.MAX_VALUE / 64));
        }
        try (var files = Files.list(folder)) {
            assertThat(files).as("spill files left").isEmpty();
        }
    }

    private List<String> sorted(int size, long budget) throws IOException {
        Random random = new Random(20261005);
        List<String> result = new ArrayList<>();
        try (LongRecordSort sort = new LongRecordSort(3, 2, budget, folder, "test")) {
            List<long[]> expected = new ArrayList<>();
            for (int record = 0; record < size; record++) {
                long[] longs = {random.nextLong() >> 60, random.nextLong(), record};
                expected.add(longs);
                sort.add(longs, 0);
            }
            expected.sort((left, right) -> left[0] != right[0]
                    ? Long.compareUnsigned(left[0], right[0])
                    : Long.compareUnsigned(left[1], right[1]));
            LongRecordSort.Sorted sorted = sort.sorted();
            for (long[] longs : expected) {
                assertThat(sorted.next()).isTrue();
                assertThat(new long[] {sorted.at(0), sorted.at(1), sorted.at(2)})
                        .isEqualTo(longs);
                result.add(Arrays.toString(longs));
            }
            assertThat(sorted.next()).isFalse();
        }
        return result;
    }

    @Test
    void tableNumbersDistinctBytes() {
        Random random = new Random(20261006);
        BytesTable table = new BytesTable();
        TreeMap<byte[], Integer> expected = new TreeMap<>(Arrays::compareUnsigned);
        for (int trial = 0; trial < 100_000; trial++) {
            byte[] key = new byte[trial % 3 == 0 ? random.nextInt(4) : random.nextInt(30)];
            random.nextBytes(key);
            byte[] padded = new byte[key.length + 2];
            System.arraycopy(key, 0, padded, 1, key.length);
            int number = expected.computeIfAbsent(key, fresh -> table.size());
            assertThat(table.add(padded, 1, key.length + 1)).isEqualTo(number);
        }
        int[] ranks = table.ranks();
        int rank = 0;
        for (int number : expected.values()) {
            assertThat(ranks[number]).isEqualTo(rank++);
        }
        assertThat(table.find(new byte[] {1, 2, 3, 4, 5}, 0, 5)).isEqualTo(-1);
    }
}
