package io.saldo.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The price books against the public list they come from; what is generated is named in {@code prices/SOURCE.md}. */
class PricesTest {

    private static final Map<String, String> METERS =
            Map.of("input_mtok", "input", "cache_read_mtok", "cached_input", "output_mtok", "output");

    private final List<Map<String, String>> dollars = CsvText.table(Path.of("config/prices/standard-usd.csv"));

    @Test
    void tokenPricesOfTheStandardTierAreTheLists() {
        Map<String, Set<BigDecimal>> listed = new TreeMap<>();
        JsonNode providers = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(CsvText.bytes(Path.of("prices/genai-prices-slice.json")));
        for (JsonNode provider : providers) {
            for (JsonNode model : provider.get("models")) {
                JsonNode prices = model.get("prices");
                List<JsonNode> versions = new ArrayList<>();
                if (prices.isArray()) {
                    prices.forEach(version -> versions.add(version.get("prices")));
                } else {
                    versions.add(prices);
                }
                for (JsonNode version : versions) {
                    METERS.forEach((name, meter) -> {
                        if (version.has(name)) {
                            String key = provider.get("id").asString() + " "
                                    + model.get("id").asString() + " " + meter;
                            listed.computeIfAbsent(key, unused -> new TreeSet<>())
                                    .add(version.get(name).decimalValue());
                        }
                    });
                }
            }
        }
        Map<String, Set<BigDecimal>> ours = new TreeMap<>();
        for (Map<String, String> row : dollars) {
            if (row.get("service_tier").isEmpty() && !row.get("meter").equals("request")) {
                String provider = row.get("provider").equals("*") ? "openai" : row.get("provider");
                assertThat(row.get("per_units")).isEqualTo("1000000");
                ours.computeIfAbsent(
                                provider + " " + row.get("model") + " " + row.get("meter"), unused -> new TreeSet<>())
                        .add(new BigDecimal(row.get("unit_price")));
            }
        }
        assertThat(ours.keySet()).isEqualTo(listed.keySet());
        ours.forEach((key, prices) -> assertThat(prices)
                .as(key)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactlyElementsOf(listed.get(key)));
    }

    @Test
    void euroPricesAreTheDollarPricesTimes086() {
        List<Map<String, String>> euros = CsvText.table(Path.of("config/prices/standard-eur.csv"));
        assertThat(euros).hasSameSizeAs(dollars);
        for (int row = 0; row < euros.size(); row++) {
            Map<String, String> expected = new TreeMap<>(dollars.get(row));
            expected.put("price_book", "standard-eur");
            expected.put(
                    "unit_price",
                    NaiveAccount.plain(new BigDecimal(expected.get("unit_price")).multiply(new BigDecimal("0.86"))));
            assertThat(euros.get(row)).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }
}
