package io.saldo.app.pricelist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.Program;
import io.saldo.pricelist.PriceKey;
import io.saldo.pricelist.PriceSpan;
import io.saldo.pricelist.PriceTimeline;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the two public lists say in rows, and what has none. */
class PriceListTest {
    @TempDir
    Path folder;

    private PriceList read(PriceList.Form form, String json) throws IOException {
        Path file = folder.resolve("list.json");
        Files.writeString(file, json);
        return PriceList.read(form, file, PriceList.Scope.ALL);
    }

    /** A LiteLLM list of one model. */
    private PriceList litellm(String members) throws IOException {
        return read(PriceList.Form.LITELLM, "{\"m\": {\"litellm_provider\": \"p\", " + members + "}}");
    }

    /** A list of genai-prices with one model. */
    private PriceList genai(String prices) throws IOException {
        return read(
                PriceList.Form.GENAI_PRICES,
                "[{\"id\": \"p\", \"models\": [{\"id\": \"m\", \"prices\": " + prices + "}]}]");
    }

    private static List<String> rows(PriceList list) {
        return list.prices().entrySet().stream()
                .flatMap(each -> each.getValue().spans().stream()
                        .map(span -> each.getKey() + " " + span.unitPrice() + " per " + span.perUnits() + bounds(span)))
                .toList();
    }

    private static String bounds(PriceSpan span) {
        return (span.from() == Instants.MIN ? "" : " from " + Instants.ofMicros(span.from()))
                + (span.to() == Instants.MAX ? "" : " to " + Instants.ofMicros(span.to()));
    }

    @ParameterizedTest
    @EnumSource(PriceList.Form.class)
    void everyModelOfARealListHasRowsOrIsToldWithAReason(PriceList.Form form) throws IOException {
        Path file = PublicLists.write(form, folder);
        PriceList list = PriceList.read(form, file, PriceList.Scope.ALL);

        Set<List<String>> told = new HashSet<>();
        list.prices().keySet().forEach(key -> told.add(List.of(key.provider(), key.model())));
        list.leftOut().forEach(each -> {
            assertThat(each.reason()).isNotBlank().doesNotContain("does not know");
            told.add(List.of(each.provider(), each.model()));
        });
        Set<List<String>> models = new HashSet<>();
        JsonNode document = JsonMapper.shared().readTree(file);
        if (form == PriceList.Form.GENAI_PRICES) {
            document.forEach(provider -> provider.get("models")
                    .forEach(model -> models.add(List.of(
                            provider.get("id").asString(), model.get("id").asString()))));
        } else {
            document.properties().forEach(model -> {
                if (!Set.of("sample_spec", "last_updated", "fallback_generalizations")
                        .contains(model.getKey())) {
                    models.add(List.of(model.getValue().get("litellm_provider").asString(), model.getKey()));
                }
            });
        }
        assertThat(told).isEqualTo(models);
        assertThat(list.models()).isEqualTo(models.size());
    }

    /** How many figures of each list are prices: every number that is neither has a reason, and none is both. */
    @Test
    void everyFigureOfARealListIsAPriceOrLeftOut() throws IOException {
        PriceList list = PriceList.read(
                PriceList.Form.LITELLM, PublicLists.write(PriceList.Form.LITELLM, folder), PriceList.Scope.ALL);
        long figures = 0;
        JsonNode document = JsonMapper.shared().readTree(folder.resolve("litellm.json"));
        for (var model : document.properties()) {
            if (!Set.of("sample_spec", "last_updated", "fallback_generalizations")
                    .contains(model.getKey())) {
                for (var member : model.getValue().properties()) {
                    String name = member.getKey();
                    boolean older = name.equals("input_cost_per_token_cache_hit")
                            && model.getValue().has("cache_read_input_token_cost");
                    if (!older && name.matches(".*(_cost|multiplier|_cost_per).*")) {
                        figures++;
                    }
                }
            }
        }
        long ofRanges = list.prices().keySet().stream()
                .filter(key -> document.get(key.model()).has("tiered_pricing"))
                .count();
        long figuresLeftOut = list.leftOut().stream()
                .filter(each -> !each.figure().isEmpty() && !each.figure().startsWith("tiered_pricing"))
                .count();
        assertThat(figures).isGreaterThan(8_000);
        assertThat(list.prices().size() - ofRanges + figuresLeftOut).isEqualTo(figures);
    }

    /** Prices that a person looked up in the lists and computed by hand. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            genai-prices, openai,     gpt-4o,                             standard, input,        0,      2026-10-05, 2.5
            genai-prices, openai,     gpt-4o,                             standard, cached_input, 0,      2026-10-05, 1.25
            genai-prices, openai,     gpt-4o,                             standard, output,       0,      2026-10-05, 10
            genai-prices, openai,     o3,                                 standard, input,        0,      2025-06-09, 10
            genai-prices, openai,     o3,                                 standard, input,        0,      2025-06-10, 2
            genai-prices, openai,     o3,                                 standard, output,       0,      2025-06-10, 8
            genai-prices, anthropic,  claude-opus-4-6,                    standard, input,        0,      2026-03-12, 5
            genai-prices, anthropic,  claude-opus-4-6,                    standard, input,        200000, 2026-03-12, 10
            genai-prices, anthropic,  claude-opus-4-6,                    standard, output,       200000, 2026-03-12, 37.5
            genai-prices, anthropic,  claude-opus-4-6,                    standard, cache_write,  200000, 2026-03-12, 12.5
            genai-prices, anthropic,  claude-opus-4-6,                    standard, input,        200000, 2026-03-13, none
            genai-prices, anthropic,  claude-opus-4-6,                    standard, input,        0,      2026-03-13, 5
            genai-prices, deepseek,   deepseek-chat,                      standard, input,        0,      2026-10-05, none
            litellm,      openai,     gpt-4o,                             standard, input,        0,      2026-10-05, 2.5
            litellm,      openai,     gpt-4o,                             standard, cached_input, 0,      2026-10-05, 1.25
            litellm,      openai,     gpt-4o,                             standard, output,       0,      2026-10-05, 10
            litellm,      openai,     gpt-4o,                             batch,    input,        0,      2026-10-05, 1.25
            litellm,      openai,     gpt-4o,                             priority, output,       0,      2026-10-05, 17
            litellm,      anthropic,  claude-sonnet-4-5,                  standard, input,        200000, 2026-10-05, 6
            litellm,      anthropic,  claude-sonnet-4-5,                  standard, cache_write,  0,      2026-10-05, 3.75
            litellm,      deepseek,   deepseek/deepseek-chat,             standard, cached_input, 0,      2026-10-05, 0.028
            litellm,      deepseek,   deepseek/deepseek-r1,               standard, cached_input, 0,      2026-10-05, 0.14
            litellm,      azure_ai,   azure_ai/gpt-5.5,                   priority, input,        272000, 2026-10-05, 20
            litellm,      dashscope,  dashscope/qwen-flash,               standard, output,       256000, 2026-10-05, 2
            litellm,      dashscope,  dashscope/qwen-flash,               standard, input,        0,      2026-10-05, 0.05
            """)
    void wellKnownModelsCostWhatTheyCost(
            String form,
            String provider,
            String model,
            String tier,
            String meter,
            long contextOver,
            String date,
            String perMillion)
            throws IOException {
        PriceList.Form list = PriceList.Form.valueOf(form.replace('-', '_').toUpperCase(Locale.ROOT));
        PriceTimeline timeline = PriceList.read(
                        list, PublicLists.write(list, folder), new PriceList.Scope(Set.of(provider), Set.of(model)))
                .prices()
                .getOrDefault(new PriceKey(provider, model, tier, Meter.of(meter), contextOver), PriceTimeline.NEVER);
        assertThat(timeline.at(Instants.toMicros(Instant.parse(date + "T00:00:00Z")))
                        .map(span -> span.unitPrice() + (span.perUnits() == 1_000_000 ? "" : "?"))
                        .orElse("none"))
                .isEqualTo(perMillion);
    }

    @Test
    void theLastSetThatHasBegunHoldsInWhateverOrderTheyStand() throws IOException {
        assertThat(rows(genai("""
                        [{"prices": {"input_mtok": 1}},
                         {"constraint": {"start_date": "2026-03-01"}, "prices": {"input_mtok": 3}},
                         {"constraint": {"start_date": "2026-02-01"}, "prices": {"input_mtok": 2.50}}]
                        """)))
                .containsExactly(
                        "p/m/standard/input 1 per 1000000 to 2026-02-01T00:00:00Z",
                        "p/m/standard/input 2.5 per 1000000 from 2026-02-01T00:00:00Z");
    }

    @Test
    void aPriceThatADateDoesNotChangeIsOneRow() throws IOException {
        assertThat(rows(genai("""
                        [{"constraint": null, "prices": {"input_mtok": 1, "output_mtok": 4, "requests_kcount": 12}},
                         {"constraint": {"start_date": "2026-03-01"}, "prices": {"input_mtok": 1.0, "output_mtok": 5}}]
                        """)))
                .containsExactly(
                        "p/m/standard/input 1 per 1000000",
                        "p/m/standard/output 4 per 1000000 to 2026-03-01T00:00:00Z",
                        "p/m/standard/output 5 per 1000000 from 2026-03-01T00:00:00Z",
                        "p/m/standard/request 12 per 1000 to 2026-03-01T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [{"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z"}, "prices": {"input_mtok": 1}}] | prices
            [{"constraint": {"start_date": "2026-02-30"}, "prices": {"input_mtok": 1}}] | prices
            [{"constraint": {"start_date": "+999999999-01-01"}, "prices": {"input_mtok": 1}}] | prices
            [{"constraint": {"start_date": "2026-02-01", "region": "eu"}, "prices": {"input_mtok": 1}}] | prices
            [7] | prices
            7 | prices
            {"input_mtok": {"base": 1, "tiers": [{"start": 0.5, "price": 2}]}} | input_mtok
            {"input_mtok": {"base": 1, "tiers": [{"start": 5, "price": 2}, {"start": 5, "price": 3}]}} | input_mtok
            {"input_mtok": {"base": 1}} | input_mtok
            {"input_mtok": [1]} | input_mtok
            {"input_mtok": "1"} | input_mtok
            {"input_mtok": -1} | input_mtok
            {"input_mtok": 0.08333333333333334} | input_mtok
            {"input_mtok": 1e99} | input_mtok
            {"input_mtok": 1e-99} | input_mtok
            {"input_mtok": 1000000000001} | input_mtok
            {"input_smell_mtok": 1} | input_smell_mtok
            {} | ''
            null | prices
            """)
    void whatHasNoRowIsToldAndNeverGuessed(String prices, String figure) throws IOException {
        PriceList list = genai(prices);
        assertThat(list.prices()).isEmpty();
        assertThat(list.leftOut()).singleElement().satisfies(each -> {
            assertThat(each.figure()).isEqualTo(figure);
            assertThat(each.reason()).isNotBlank();
        });
    }

    @Test
    void figuresOfLitellmNameMeterThresholdAndTier() throws IOException {
        assertThat(rows(litellm("""
                        "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6E-7, "input_cost_per_audio_token": 1,
                        "cache_read_input_token_cost_above_272k_tokens_priority": 0.0000036,
                        "cache_creation_input_token_cost_flex": 3.125e-06, "output_cost_per_audio_token": 0,
                        "input_cost_per_token_batches": 7.5e-08, "input_cost_per_token_above_128k_tokens": null,
                        "input_cost_per_request": 0.005
                        """)))
                .containsExactly(
                        "p/m/batch/input 0.075 per 1000000",
                        "p/m/flex/cache_write 3.125 per 1000000",
                        "p/m/priority/cached_input/over-272000 3.6 per 1000000",
                        "p/m/standard/input 0.15 per 1000000",
                        "p/m/standard/output 0.6 per 1000000",
                        "p/m/standard/audio_input 1000000 per 1000000",
                        "p/m/standard/audio_output 0 per 1000000",
                        "p/m/standard/request 5 per 1000");
    }

    @Test
    void rangesOfTotalInputAreThresholds() throws IOException {
        assertThat(rows(litellm("""
                        "tiered_pricing": [{"range": [0, 32000.0], "input_cost_per_token": 1e-06},
                                           {"range": [32000.0, 128e3], "input_cost_per_token": 2e-06}]
                        """))).isEmpty();
        assertThat(rows(litellm("""
                        "tiered_pricing": [{"range": [0, 32000.0], "input_cost_per_token": 1e-06},
                                           {"range": [32000, 128000], "input_cost_per_token": 2e-06}]
                        """)))
                .containsExactly("p/m/standard/input 1 per 1000000", "p/m/standard/input/over-32000 2 per 1000000");
        for (String wrong : List.of(
                "[{\"range\": [1, 9], \"input_cost_per_token\": 1}]",
                "[{\"range\": [0, 9], \"input_cost_per_token\": 1}, {\"range\": [10, 19], \"input_cost_per_token\": 1}]",
                "[{\"range\": [0, 9], \"input_cost_per_token\": 1}, {\"range\": [9, 19], \"output_cost_per_token\": 1}]",
                "[{\"range\": [0, 9], \"input_cost_per_token\": 1}], \"output_cost_per_token\": 1",
                "[]",
                "{}")) {
            PriceList list = litellm("\"tiered_pricing\": " + wrong);
            assertThat(list.leftOut())
                    .as(wrong)
                    .extracting(PriceList.LeftOut::figure)
                    .contains("tiered_pricing");
            assertThat(list.prices().keySet()).as(wrong).allMatch(key -> key.meter() == Meter.OUTPUT);
        }
    }

    @Test
    void anOlderNameOfCachedInputIsTakenOnceAndAContradictionIsTold() throws IOException {
        assertThat(rows(litellm("\"input_cost_per_token_cache_hit\": 1e-6")))
                .containsExactly("p/m/standard/cached_input 1 per 1000000");
        PriceList both = litellm("\"input_cost_per_token_cache_hit\": 1e-6, \"cache_read_input_token_cost\": 2e-6");
        assertThat(rows(both)).containsExactly("p/m/standard/cached_input 2 per 1000000");
        assertThat(both.leftOut()).hasSize(1);
        assertThat(litellm("\"input_cost_per_token_cache_hit\": 1e-6, \"cache_read_input_token_cost\": 1e-6")
                        .leftOut())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(1)",
                "+1",
                "-m",
                "@m",
                "a\\nb",
                "a\\u0000b",
                "a\\u001b[31mb",
                " a",
                "a ",
                "",
                "a\\u202eb",
                "a\\u2028b"
            })
    void aNameThatDisturbsIsLeftOut(String name) throws IOException {
        for (String json : List.of(
                "{\"" + name + "\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": 1}}",
                "{\"m\": {\"litellm_provider\": \"" + name + "\", \"input_cost_per_token\": 1}}")) {
            PriceList list = read(PriceList.Form.LITELLM, json);
            assertThat(list.prices()).isEmpty();
            assertThat(list.leftOut()).hasSize(1);
        }
    }

    @Test
    void aVeryLongNameAndAProviderWithASlashAreLeftOut() throws IOException {
        assertThat(read(
                                PriceList.Form.LITELLM,
                                "{\"" + "m".repeat(301)
                                        + "\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": 1},"
                                        + "\"m\": {\"litellm_provider\": \"p/q\", \"input_cost_per_token\": 1},"
                                        + "\"n\": {\"input_cost_per_token\": 1}}")
                        .leftOut())
                .hasSize(3);
    }

    @Test
    void aModelThatTheListHasTwiceIsLeftOutWhole() throws IOException {
        PriceList list = read(
                PriceList.Form.GENAI_PRICES,
                "[{\"id\": \"p\", \"models\": [{\"id\": \"m\", \"prices\": {\"input_mtok\": 1}}, "
                        + "{\"id\": \"n\", \"prices\": {\"input_mtok\": 1}}, "
                        + "{\"id\": \"m\", \"prices\": {\"input_mtok\": 2}}]}]");
        assertThat(rows(list)).containsExactly("p/n/standard/input 1 per 1000000");
        assertThat(list.leftOut()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[",
                "7",
                "null",
                "\"x\"",
                "{}",
                "[7]",
                "[{}]",
                "{\"m\": 7}",
                "{\"m\": {}} x",
                "{\"m\": {}, \"m\": {}}",
                "[{\"id\": \"p\", \"models\": [7]}]",
                "[{\"id\": \"p\", \"models\": [{\"id\": 1}]}]",
                "{\"m\": {\"litellm_provider\": \"p\", \"input_cost_per_token\": NaN}}"
            })
    void whatIsNoListIsRefused(String json) {
        for (PriceList.Form form : PriceList.Form.values()) {
            assertThatThrownBy(() -> read(form, json))
                    .as(form + " " + json)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageStartingWith("PRL-001");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aFileBeyondTheLimitsIsRefused(int limit) throws IOException {
        String json =
                switch (limit) {
                    case 1 -> "[".repeat(100_000);
                    case 2 -> "[" + "1".repeat(5_000) + "]";
                    case 3 -> "{\"" + "m".repeat(100_000) + "\": {}}";
                    default -> " ".repeat(JsonDocument.BYTES_MAX + 1);
                };
        assertThatThrownBy(() -> read(PriceList.Form.LITELLM, json))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("PRL-001");
    }

    @Test
    void thatNoFileIsThereIsTold() {
        assertThatThrownBy(
                        () -> PriceList.read(PriceList.Form.LITELLM, folder.resolve("none.json"), PriceList.Scope.ALL))
                .hasMessageContaining("there is no such file");
    }

    @Test
    void theSampleDataAgreesWithTheList() throws IOException {
        PriceList slice = PriceList.read(
                PriceList.Form.GENAI_PRICES,
                Program.repository("sample-data").resolve("prices/genai-prices-slice.json"),
                PriceList.Scope.ALL);
        assertThat(Stream.of("gpt-4o", "gpt-4.1", "o3"))
                .allSatisfy(model -> assertThat(slice.prices().keySet())
                        .contains(new PriceKey("openai", model, "standard", Meter.INPUT, 0)));
    }
}
