package io.saldo.lake.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.lake.usage.UsageSegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactionRuleTest {
    private static UsageSegment segment(int number, long records) {
        return new UsageSegment("usage/%06d.parquet".formatted(number), "2026-10", 0, records, 1, "", "a", "a", 0, 0);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            open, 10 11 12 13 14 15 16,                            -
            open, 10 11 12 13 14 15 16 17,                         10 11 12 13 14 15 16 17
            open, 10 11 12 13 14 15 16 64,                         -
            open, 10 11 12 13 14 15 16 17 64,                      10 11 12 13 14 15 16 17
            open, 10 11 12 13 14 15 16 17 1,                       10 11 12 13 14 15 16 17 1
            open, 64 65 66 67 68 69 70 71 10 1 511 512,            64 65 66 67 68 69 70 71 10 1 511
            open, 1 1 1 1 1 1 1 1 64 65 66 67 68 69 70 71,         1 1 1 1 1 1 1 1 64 65 66 67 68 69 70 71
            over, 10,                                              -
            over, 10 11,                                           -
            over, 10 11 12,                                        10 11 12
            over, 10 11 21,                                        -
            over, 10 11 20,                                        10 11 20
            over, 1 1 1 1 1 1 1 1 9999,                            1 1 1 1 1 1 1 1
            """)
    void eightOfASizeAndWhatIsSmaller(String month, String records, String expected) {
        List<UsageSegment> segments = new ArrayList<>();
        for (String each : records.split(" ")) {
            segments.add(segment(segments.size(), Long.parseLong(each)));
        }
        assertThat(CompactionRule.chosen(segments, month.equals("over")).stream()
                        .map(UsageSegment::records))
                .containsExactlyElementsOf(
                        expected.equals("-")
                                ? List.of()
                                : Arrays.stream(expected.split(" "))
                                        .map(Long::valueOf)
                                        .toList());
    }

    /** Thousands of nights of any size leave few segments, and write a row as often as it changes its size. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void rowsAreRewrittenAsOftenAsTheLogarithmOfTheirNumber(long seed) {
        Random random = new Random(seed);
        List<UsageSegment> segments = new ArrayList<>();
        long rows = 0;
        long rewritten = 0;
        for (int night = 0; night < 3_000; night++) {
            long records = 1L + random.nextInt(1 << random.nextInt(16));
            rows += records;
            segments.add(segment(night, records));
            List<UsageSegment> chosen = CompactionRule.chosen(segments, false);
            if (!chosen.isEmpty()) {
                long merged = chosen.stream().mapToLong(UsageSegment::records).sum();
                rewritten += merged;
                segments.removeAll(chosen);
                segments.add(segment(10_000 + night, merged));
            }
        }
        double sizes = Math.log((double) rows) / Math.log(CompactionRule.FAN_IN);
        assertThat((double) rewritten / rows).as("seed %s", seed).isLessThan(sizes);
        assertThat((double) segments.size()).as("seed %s", seed).isLessThanOrEqualTo(CompactionRule.FAN_IN * sizes);
        List<UsageSegment> over = CompactionRule.chosen(segments, true);
        assertThat(over).as("seed %s", seed).hasSameSizeAs(segments);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noMoreAreMergedAtOnceThanMayBeOpen(boolean over) {
        List<UsageSegment> segments = new ArrayList<>();
        for (int number = 0; number < 1_000; number++) {
            segments.add(segment(number, 10));
        }
        assertThat(CompactionRule.chosen(segments, over)).hasSize(CompactionRule.SEGMENTS_MAX);
    }
}
