package io.saldo.sample;

import io.saldo.sample.PlantedFaults.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Writes what the live system recorded: what the naive books make of what it did, with its rounding. */
final class LiveBalances {
    private final PlantedFaults planting;

    LiveBalances(PlantedFaults planting) {
        this.planting = planting;
    }

    void write() throws IOException {
        NaiveBooks books = NaiveBooks.read(planting.live.resolve("deliveries"), planting.live.resolve("config"));
        Map<String, BigDecimal> rounded = new HashMap<>();
        NaivePrices prices = new NaivePrices(planting.live.resolve("config"), ZoneOffset.UTC);
        Set<String> rounding = planting.accountsWith(Kind.ROUNDING);
        Set<String> old = planting.accountsWith(Kind.PRICE);
        for (LocalDate day : planting.days) {
            for (Map<String, String> event : CsvText.table(PlantedFaults.usage(planting.live, day))) {
                String account = event.getOrDefault("account_id", "");
                if (rounding.contains(account) && "ok".equals(event.get("status"))) {
                    BigDecimal charge = charge(prices, old.contains(account) ? "old" : "standard-usd", event);
                    rounded.merge(account, charge.subtract(charge.setScale(2, RoundingMode.HALF_UP)), BigDecimal::add);
                }
            }
            Instant end = PlantedFaults.start(day.plusDays(1));
            StringBuilder rows = new StringBuilder("account_id,as_of,balance,currency\n");
            for (String account : books.prepaidAccountsAt(end)) {
                if (planting.charged.containsKey(account)) {
                    BigDecimal balance =
                            books.balanceAt(account, end).add(rounded.getOrDefault(account, BigDecimal.ZERO));
                    rows.append(account + "," + end + "," + balance.toPlainString() + ",USD\n");
                }
            }
            Path file = PlantedFaults.balances(planting.plan.out(), day);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, rows);
        }
    }

    private static BigDecimal charge(NaivePrices prices, String book, Map<String, String> event) {
        String provider = event.getOrDefault("provider", "");
        String model = prices.model(provider, event.getOrDefault("model", ""));
        Instant at = Instant.parse(event.getOrDefault("occurred_at", ""));
        BigInteger cached = new BigInteger("0" + event.getOrDefault("cached_input_tokens", ""));
        Map<String, BigInteger> quantities = Map.of(
                "input",
                new BigInteger("0" + event.getOrDefault("input_tokens", "")).subtract(cached),
                "cached_input",
                cached,
                "output",
                new BigInteger("0" + event.getOrDefault("output_tokens", "")),
                "request",
                BigInteger.ONE);
        BigDecimal charge = BigDecimal.ZERO;
        for (Map.Entry<String, BigInteger> each : quantities.entrySet()) {
            if (each.getValue().signum() > 0 && !prices.free(book, provider, model, each.getKey())) {
                NaivePrices.Price price = prices.price(book, provider, model, "standard", each.getKey(), at)
                        .orElseThrow();
                charge = charge.add(price.unitPrice()
                        .multiply(new BigDecimal(each.getValue()))
                        .divide(price.perUnits(), 30, RoundingMode.UNNECESSARY));
            }
        }
        return charge;
    }
}
