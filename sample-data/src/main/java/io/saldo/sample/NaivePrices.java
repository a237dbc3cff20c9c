package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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

    private record Row(Instant from, Instant to, Price price) {}

    private final Map<String, String> extended = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final Map<List<String>, List<Row>> rows = new HashMap<>();
    private final Set<List<String>> pricedMeters = new HashSet<>();

    NaivePrices(Path config, ZoneId billingZone) {
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
                String book = column(row, "price_book");
                String provider = column(row, "provider");
                String model = column(row, "model");
                String tier = column(row, "service_tier").isEmpty() ? "standard" : column(row, "service_tier");
                String meter = column(row, "meter");
                String perUnits = column(row, "per_units").isEmpty() ? "1" : column(row, "per_units");
                pricedMeters.add(List.of(book, provider, model, meter));
                rows.computeIfAbsent(List.of(book, provider, model, tier, meter), key -> new ArrayList<>())
                        .add(new Row(
                                Instants.bound(column(row, "effective_from"), billingZone, Instant.MIN),
                                Instants.bound(column(row, "effective_to"), billingZone, Instant.MAX),
                                new Price(new BigDecimal(column(row, "unit_price")), new BigDecimal(perUnits))));
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
            if (pricedMeters.contains(List.of(from, provider, model, meter))
                    || pricedMeters.contains(List.of(from, "*", model, meter))) {
                return false;
            }
        }
        return true;
    }

    Optional<Price> price(String book, String provider, String model, String tier, String meter, Instant at) {
        for (String from = book; !from.isEmpty(); from = extended.getOrDefault(from, "")) {
            for (String seller : List.of(provider, "*")) {
                for (Row row : rows.getOrDefault(List.of(from, seller, model, tier, meter), List.of())) {
                    if (!at.isBefore(row.from()) && at.isBefore(row.to())) {
                        return Optional.of(row.price());
                    }
                }
            }
        }
        String fallback = FALLBACK.getOrDefault(meter, "");
        return fallback.isEmpty() ? Optional.empty() : price(book, provider, model, tier, fallback, at);
    }
}
