package io.saldo.sample;

import io.saldo.sample.PlantedFaults.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;

/** Writes what the live system recorded: what the naive books make of what it did, with its rounding. */
final class LiveBalances {
    private final PlantedFaults planting;

    LiveBalances(PlantedFaults planting) {
        this.planting = planting;
    }

    void write() throws IOException {
        NaiveBooks books = NaiveBooks.read(planting.live.resolve("deliveries"), planting.live.resolve("config"));
        Set<String> rounding = planting.accountsWith(Kind.ROUNDING);
        for (LocalDate day : planting.days) {
            Instant end = PlantedFaults.start(day.plusDays(1));
            StringBuilder rows = new StringBuilder("account_id,as_of,balance,currency\n");
            for (String account : books.prepaidAccountsAt(end)) {
                if (planting.charged.containsKey(account)) {
                    BigDecimal balance = books.balanceAt(account, end);
                    if (rounding.contains(account)) {
                        balance = balance.add(lostByRounding(books, account, end));
                    }
                    rows.append(account + "," + end + "," + balance.toPlainString() + ",USD\n");
                }
            }
            Path file = PlantedFaults.balances(planting.plan.out(), day);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, rows);
        }
    }

    private static BigDecimal lostByRounding(NaiveBooks books, String account, Instant until) {
        return books.chargesBefore(account, until).stream()
                .map(charge -> charge.subtract(charge.setScale(2, RoundingMode.HALF_UP)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
