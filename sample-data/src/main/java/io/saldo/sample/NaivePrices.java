package io.saldo.sample;

import static io.saldo.sample.NaiveIntake.column;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Flat, graduated and package prices: a row with a volume price or a context threshold is refused, not misread. */
final class NaivePrices {

    private static final Map<String, String> FALLBACK =
            Map.of("cached_input", "input", "cache_write", "input", "audio_input", "input", "audio_output", "output");

    /** A tier of a price; the last one has no end. */
    private record Tier(Optional<BigInteger> upTo, BigDecimal unitPrice, BigDecimal perUnits, BigDecimal fee) {}

    /** What one tier charges of a quantity; the fee of a tier is a part of its own. */
    record Part(boolean fee, BigInteger quantity, BigDecimal unitPrice, BigDecimal perUnits, BigDecimal amount) {}

    /** The price that won: what rows have in common, and their tiers in rising order. */
    record Price(List<String> key, Instant from, Instant to, String mode, BigInteger packageSize, List<Tier> tiers) {
        boolean isFlat() {
            return mode.isEmpty() || mode.equals("flat");
        }

        /** What a quantity costs when the account has used so many units of the month before. */
        List<Part> parts(BigInteger before, BigInteger quantity) {
            List<Part> parts = new ArrayList<>();
            if (mode.equals("package")) {
                BigInteger started = packages(before.add(quantity)).subtract(packages(before));
                BigDecimal each = tiers.get(0).unitPrice();
                parts.add(new Part(
                        false, started, each, new BigDecimal(packageSize), each.multiply(new BigDecimal(started))));
                return parts;
            }
            BigInteger used = before;
            BigInteger left = quantity;
            BigInteger start = BigInteger.ZERO;
            for (Tier tier : tiers) {
                BigInteger last = tier.upTo().orElse(used.add(left));
                BigInteger here = last.subtract(used).min(left);
                if (here.signum() > 0) {
                    if (used.equals(start) && tier.fee().signum() > 0) {
                        parts.add(new Part(true, BigInteger.ONE, tier.fee(), BigDecimal.ONE, tier.fee()));
                    }
                    BigDecimal amount = tier.unitPrice()
                            .multiply(new BigDecimal(here))
                            .divide(tier.perUnits(), 30, RoundingMode.UNNECESSARY);
                    parts.add(new Part(false, here, tier.unitPrice(), tier.perUnits(), amount));
                    used = used.add(here);
                    left = left.subtract(here);
                }
                start = last;
            }
            return parts;
        }

        private BigInteger packages(BigInteger units) {
            return units.add(packageSize).subtract(BigInteger.ONE).divide(packageSize);
        }
    }

    private final Map<String, String> extended = new HashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final Map<List<String>, List<Price>> rows = new HashMap<>();
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
                String mode = column(row, "tier_mode");
                if (mode.equals("volume") || !Set.of("", "0").contains(column(row, "context_over"))) {
                    throw new IllegalArgumentException("the naive books know no such price: " + row);
                }
                String book = column(row, "price_book");
                String provider = column(row, "provider");
                String model = column(row, "model");
                String tier = column(row, "service_tier").isEmpty() ? "standard" : column(row, "service_tier");
                String meter = column(row, "meter");
                pricedMeters.add(List.of(book, provider, model, meter));
                add(row, List.of(book, provider, model, tier, meter), mode, billingZone);
            }
        }
    }

    /** A row makes a price, or is a tier more of one that is known. */
    private void add(Map<String, String> row, List<String> key, String mode, ZoneId billingZone) {
        Instant from = Instants.bound(column(row, "effective_from"), billingZone, Instant.MIN);
        Instant to = Instants.bound(column(row, "effective_to"), billingZone, Instant.MAX);
        List<Price> known = rows.computeIfAbsent(key, each -> new ArrayList<>());
        List<Tier> tiers = new ArrayList<>();
        known.removeIf(each -> each.from().equals(from) && each.to().equals(to) && tiers.addAll(each.tiers()));
        String upTo = column(row, "tier_up_to");
        tiers.add(new Tier(
                upTo.isEmpty() ? Optional.empty() : Optional.of(new BigInteger(upTo)),
                new BigDecimal(column(row, "unit_price")),
                number(row, "per_units", "1"),
                number(row, "tier_flat_fee", "0")));
        tiers.sort(Comparator.comparing(tier -> tier.upTo().orElse(BigInteger.TWO.pow(64))));
        known.add(
                new Price(key, from, to, mode, number(row, "package_size", "0").toBigInteger(), List.copyOf(tiers)));
    }

    private static BigDecimal number(Map<String, String> row, String name, String otherwise) {
        return new BigDecimal(column(row, name).isEmpty() ? otherwise : column(row, name));
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
                for (Price price : rows.getOrDefault(List.of(from, seller, model, tier, meter), List.of())) {
                    if (!at.isBefore(price.from()) && at.isBefore(price.to())) {
                        return Optional.of(price);
                    }
                }
            }
        }
        String fallback = FALLBACK.getOrDefault(meter, "");
        return fallback.isEmpty() ? Optional.empty() : price(book, provider, model, tier, fallback, at);
    }
}
