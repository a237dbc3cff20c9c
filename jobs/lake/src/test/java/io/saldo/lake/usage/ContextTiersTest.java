package io.saldo.lake.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of one product in several namespaces, of which some declare their context. */
class ContextTiersTest {
    private static final int OCTOBER = 2026 * 12 + 9;
    private static final long START = 1_790_812_800_000_000L;
    private static final List<String> NAMESPACES = List.of("long", "plain", "short", "long", "short", "plain");

    @TempDir
    Path lake;

    private String segment() throws IOException {
        Dimensions dimensions = Dimensions.of(Stream.of("a-1", "", "", "openai", "m", "", "ok")
                .map(ContextTiersTest::bytes)
                .toArray(byte[][]::new));
        try (UsageSegmentWriter writer = new UsageSegmentWriter(lake, OCTOBER, 0, "run-000001-s0001", 1 << 20)) {
            for (int index = 0; index < NAMESPACES.size(); index++) {
                byte[] id = bytes("e-" + index);
                byte[] target = new byte[500];
                long at = START + index * 1_000_000L;
                EncodedEvent.encode(
                        target, 0, 0, 0, 1, at, OCTOBER, true, 1, id, 0, id.length, 0, new long[Meter.COUNT]);
                EncodedEvent event = new EncodedEvent();
                event.wrap(target, 0, dimensions);
                writer.add(event, bytes(NAMESPACES.get(index)), 1, 1);
            }
            return writer.commit().path();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Long> tiers(AccountEvents events) {
        return IntStream.range(0, events.size())
                .mapToObj(
                        event -> events.products().get(events.product()[event]).contextTier())
                .toList();
    }

    @Test
    void eachNamespaceHasItsOwn() throws IOException {
        List<String> segments = List.of(segment());
        ContextTiers declared = new ContextTiers(Map.of("short", 0L, "long", 200_000L));
        AccountEvents events = new AccountEventsReader(lake, declared).read(segments, "a-1");
        assertThat(tiers(events)).containsExactly(200_000L, -1L, 0L, 200_000L, 0L, -1L);
        assertThat(events.products()).hasSize(3);
        assertThat(tiers(new AccountEventsReader(lake, declared).knownTo(1).read(segments, "a-1")))
                .isEqualTo(tiers(events));
        assertThat(tiers(new LateUsageReader(lake, declared)
                        .read(segments, "a-1", List.of())
                        .events()
                        .events()))
                .isEqualTo(tiers(events));
        assertThat(new AccountEventsReader(lake, ContextTiers.NONE)
                        .read(segments, "a-1")
                        .products())
                .hasSize(1);
    }
}
