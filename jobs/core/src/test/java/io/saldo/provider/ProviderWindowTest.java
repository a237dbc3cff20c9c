package io.saldo.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.usage.Meter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderWindowTest {
    @Test
    void aMissingWindowIsFoundBetweenItsNeighbours() {
        assertThat(ProviderWindow.withGaps(List.of(window(30, 40), window(0, 10), window(0, 10))))
                .containsExactly(window(0, 10), window(10, 20), window(20, 30), window(30, 40));
    }

    @Test
    void aGapThatDoesNotComeOutEvenOrIsTooLongIsOneWindow() {
        assertThat(ProviderWindow.withGaps(List.of(window(0, 10), window(25, 35))))
                .containsExactly(window(0, 10), window(10, 25), window(25, 35));
        assertThat(ProviderWindow.withGaps(List.of(window(0, 1), window(1_002, 1_003))))
                .containsExactly(window(0, 1), window(1, 1_002), window(1_002, 1_003));
        assertThat(ProviderWindow.withGaps(List.of(window(0, 1), window(1_001, 1_002))))
                .hasSize(1_002);
    }

    @Test
    void overlappingWindowsHaveNothingBetweenThem() {
        assertThat(ProviderWindow.withGaps(List.of(window(0, 100), window(10, 20), window(100, 110))))
                .containsExactly(window(0, 100), window(10, 20), window(100, 110));
    }

    @Test
    void aPeriodNamesItsWindowAlone() {
        assertThat(ProviderWindow.around(1, ProviderWindow.DAY_MICROS).period()).isEqualTo("1970-01-01");
        assertThat(ProviderWindow.around(-1, ProviderWindow.DAY_MICROS).period())
                .isEqualTo("1969-12-31");
        assertThat(window(3_600_000_000L, 7_200_000_000L).period()).isEqualTo("1970-01-01T01:00:00Z/PT1H");
        for (ProviderWindow each : List.of(
                ProviderWindow.around(-1, ProviderWindow.DAY_MICROS),
                window(3_600_000_000L, 7_200_000_000L),
                window(1, ProviderWindow.DAY_MICROS),
                window(0, 30 * ProviderWindow.DAY_MICROS + 1))) {
            assertThat(ProviderWindow.ofPeriod(each.period())).isEqualTo(each);
        }
    }

    @Test
    void aStretchIsCoveredWhereNoInstantIsLeftOut() {
        List<ProviderWindow> windows = List.of(window(0, 10), window(5, 7), window(10, 20), window(21, 30));
        assertThat(window(0, 20).isCoveredBy(windows)).isTrue();
        assertThat(window(3, 12).isCoveredBy(windows)).isTrue();
        assertThat(window(21, 22).isCoveredBy(windows)).isTrue();
        assertThat(window(19, 21).isCoveredBy(windows)).isFalse();
        assertThat(window(0, 30).isCoveredBy(windows)).isFalse();
        assertThat(window(-1, 5).isCoveredBy(windows)).isFalse();
        assertThat(window(29, 31).isCoveredBy(windows)).isFalse();
        assertThat(window(0, 1).isCoveredBy(List.of())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'gpt-5-nano, input_tokens', gpt-5-nano, INPUT",
        "'gpt-4o-2024-08-06, cached input', gpt-4o-2024-08-06, CACHED_INPUT",
        "'ft:gpt-4o, org, Output', 'ft:gpt-4o, org', OUTPUT",
    })
    void aLineItemSaysItsModelAndMeter(String name, String model, Meter meter) {
        assertThat(LineItem.of(name)).contains(new LineItem(model, meter));
    }

    @ParameterizedTest
    @CsvSource({"'gpt-4o, training'", "Image models", "', input'", "'gpt-4o,input'"})
    void whatIsNoMeterIsNotGuessed(String name) {
        assertThat(LineItem.of(name)).isEmpty();
    }

    private static ProviderWindow window(long from, long to) {
        return new ProviderWindow(from, to);
    }
}
