package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flat prices only: a row with a tier or a context threshold is refused, not misread. */
final class NaivePrices {

    private static final Map<String, String> FALLBACK =
            Map.of("cached_input", "input", "cache_write", "input", "audio_input", "input", "audio_output", "output");

    /** The price that won. */
    record Price(BigDecimal unitPrice, BigDecimal perUnits) {}

    private final Map<String, String> extended = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final List<Map<String, String>> rows = new ArrayList<>();
    private final ZoneId billingZone;

    NaivePrices(Path config, ZoneId billingZone) {
        this.billingZone = billingZone;
        for (Map<String, String> book : CsvText.table(config.resolve("price-books.csv"))) {
            extended.put(column(book, "price_book"), column(book, "extends"));
        }
        if (Files.exists(config.resolve("models.csv"))) {
            for (Map<String, String> alias : CsvText.table(config.resolve("models.csv"))) {
                models.put(column(alias, "provider") + "\u001F" + column(alias, "alias"), column(alias, "model"));
            }
        }
        for (Path file : NaiveIntake.children(config.resolve("prices"))) {
            for (Map<String, String> row : CsvText.table(file)) {
                boolean flat = Set.of("", "flat").contains(column(row, "tier_mode"))
                        && Set.of("", "0").contains(column(row, "context_over"));
                if (!flat) {
                    throw new IllegalArgumentException("the naive books know flat prices only: " + row);
                }
                rows.add(row);
            }
        }
    }

    String model(String provider, String logged) {
        return models.getOrDefault(provider + "\u001F" + logged, logged);
    }

    /** Whether a quantity of this meter costs nothing because nobody prices it. */
    boolean free(String book, String provider, String model, String meter) {
        if (!meter.equals("unit") && !meter.equals("request")) {
            return false;
        }
        for (String from = book; !from.isEmpty(); from = extended.getOrDefault(from, "")) {
            for (Map<String, String> row : rows) {
                if (column(row, "price_book").equals(from)
                        && Set.of(provider, "*").contains(column(row, "provider"))
                        && column(row, "model").equals(model)
                        && column(row, "meter").equals(meter)) {
                    return false;
                }
            }
        }
        return true;
    }

    Optional<Price> price(String book, String provider, String model, String tier, String meter, Instant at) {
        for (String from = book; !from.isEmpty(); from = extended.getOrDefault(from, "")) {
            for (String seller : List.of(provider, "*")) {
                for (Map<String, String> row : rows) {
                    if (column(row, "price_book").equals(from)
                            && column(row, "provider").equals(seller)
                            && column(row, "model").equals(model)
                            && orStandard(column(row, "service_tier")).equals(tier)
                            && column(row, "meter").equals(meter)
                            && !at.isBefore(Instants.bound(column(row, "effective_from"), billingZone, Instant.MIN))
                            && at.isBefore(Instants.bound(column(row, "effective_to"), billingZone, Instant.MAX))) {
                        String perUnits = column(row, "per_units");
                        return Optional.of(new Price(
                                new BigDecimal(column(row, "unit_price")),
                                new BigDecimal(perUnits.isEmpty() ? "1" : perUnits)));
                    }
                }
            }
        }
        String fallback = FALLBACK.getOrDefault(meter, "");
        return fallback.isEmpty() ? Optional.empty() : price(book, provider, model, tier, fallback, at);
    }

    private static String orStandard(String tier) {
        return tier.isEmpty() ? "standard" : tier;
    }
}
