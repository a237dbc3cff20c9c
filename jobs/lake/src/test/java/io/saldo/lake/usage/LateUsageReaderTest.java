package io.saldo.lake.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a month no statement has counted, from rows that say which run added them. */
class LateUsageReaderTest {
    private static final int OCTOBER = 2026 * 12 + 9;
    private static final long START = 1_790_812_800_000_000L;

    private static final Dimensions DIMENSIONS = Dimensions.of(Stream.of("a-1", "", "", "openai", "m", "", "ok")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));

    @TempDir
    Path lake;

    /** A row: an event, a restatement by a difference, or one that takes it back. */
    private record Row(String id, long hour, int events, long input, long run) {}

    private String segment(String name, Row... rows) throws IOException {
        try (UsageSegmentWriter writer = new UsageSegmentWriter(lake, OCTOBER, 0, name, 1 << 20)) {
            for (Row row : rows) {
                EncodedEvent event = new EncodedEvent();
                event.wrap(encoded(row), 0, DIMENSIONS);
                writer.add(event, "gateway".getBytes(StandardCharsets.UTF_8), row.run(), row.run());
            }
            return writer.commit().path();
        }
    }

    private static byte[] encoded(Row row) {
        byte[] id = row.id().getBytes(StandardCharsets.UTF_8);
        long[] quantities = new long[Meter.COUNT];
        quantities[Meter.INPUT.ordinal()] = row.input();
        byte[] target = new byte[500];
        EncodedEvent.encode(
                target,
                0,
                0,
                0,
                1,
                START + row.hour() * 3_600_000_000L,
                OCTOBER,
                true,
                row.events(),
                id,
                0,
                id.length,
                0,
                quantities);
        return target;
    }

    /** Late quantities and whole figures of input tokens, and how many events fell. */
    private String late(List<String> segments, Long... countedBy) throws IOException {
        LateUsageReader.Late late =
                new LateUsageReader(lake, ContextTiers.NONE).read(segments, "a-1", List.of(countedBy));
        int input = Meter.INPUT.ordinal();
        List<String> events = IntStream.range(0, late.events().events().size())
                .mapToObj(event -> late.events().events().quantities()[input][event] + " of "
                        + late.events().figures()[input][event])
                .toList();
        return events + " fallen " + late.fallen();
    }

    @Test
    void whatCameAfterTheCountIsLate() throws IOException {
        List<String> segments = List.of(
                segment("first", new Row("a", 1, 1, 10, 1), new Row("c", 3, 1, 30, 1)),
                segment("second", new Row("b", 2, 1, 20, 3)));

        assertThat(late(segments)).isEqualTo("[10 of 10, 20 of 20, 30 of 30] fallen 0");
        assertThat(late(segments, 2L)).isEqualTo("[20 of 20] fallen 0");
        assertThat(late(segments, 2L, 3L)).isEqualTo("[] fallen 0");
    }

    @Test
    void ofAFigureThatRoseTheRiseIsLate() throws IOException {
        List<String> segments =
                List.of(segment("first", new Row("a", 1, 1, 10, 1)), segment("second", new Row("a", 1, 0, 5, 3)));

        assertThat(late(segments, 2L)).isEqualTo("[5 of 15] fallen 0");
    }

    @Test
    void aFigureThatFellIsToldAndWhatWasChargedIsNotChargedAgain() throws IOException {
        List<String> segments = List.of(
                segment("first", new Row("a", 1, 1, 10, 1)),
                segment("second", new Row("a", 1, 0, 5, 3)),
                segment("third", new Row("a", 1, 0, -7, 5)),
                segment("fourth", new Row("a", 1, 0, 9, 7)));

        assertThat(late(segments.subList(0, 3), 2L, 4L)).isEqualTo("[] fallen 1");
        assertThat(late(segments.subList(0, 3), 2L, 4L, 6L)).isEqualTo("[] fallen 1");
        assertThat(late(segments, 2L, 4L, 6L)).as("15 were charged").isEqualTo("[2 of 17] fallen 0");
    }

    @Test
    void ofEqualCopiesOnlyTheNewOnesAreLate() throws IOException {
        List<String> segments = List.of(
                segment("first", new Row("a", 1, 1, 10, 1), new Row("a", 1, 1, 10, 1)),
                segment("second", new Row("a", 1, 1, 10, 3)));

        assertThat(late(segments, 2L)).isEqualTo("[10 of 10] fallen 0");
    }

    @Test
    void anEventThatWasTakenBackFell() throws IOException {
        List<String> segments =
                List.of(segment("first", new Row("a", 1, 1, 10, 1)), segment("second", new Row("a", 1, -1, -10, 3)));

        assertThat(late(segments, 2L)).isEqualTo("[] fallen 1");
    }
}
