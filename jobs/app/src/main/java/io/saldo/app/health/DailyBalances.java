package io.saldo.app.health;

import io.saldo.app.home.Home;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.LakeStore;
import io.saldo.health.BurnRate;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableReader;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the daily balances of a shard's accounts from the details of their latest statements. */
final class DailyBalances {
    private final LakeStore lake;
    private final Home home;

    DailyBalances(LakeStore lake, Home home) {
        this.lake = lake;
        this.home = home;
    }

    /** The first of the days that are looked at. */
    static LocalDate firstDay(LocalDate night) {
        return night.minusDays(BurnRate.DAYS_MAX - 1L);
    }

    /** By account and day. */
    Map<String, SortedMap<LocalDate, DailyBalance>> of(
            int shard, Map<String, AccountPosition> accounts, LocalDate night) throws IOException {
        Map<String, SortedMap<LocalDate, DailyBalance>> days = new TreeMap<>();
        LocalDate first = firstDay(night);
        for (YearMonth month = YearMonth.from(first);
                !month.isAfter(YearMonth.from(night));
                month = month.plusMonths(1)) {
            Map<String, Integer> wanted = new TreeMap<>();
            for (Map.Entry<String, AccountPosition> each : accounts.entrySet()) {
                Integer revision = each.getValue().revisions().get(month);
                if (revision != null) {
                    wanted.put(each.getKey(), revision);
                }
            }
            if (!wanted.isEmpty()) {
                read(
                        String.format(Locale.ROOT, "statements/month=%s/shard=%02d/", month, shard),
                        wanted,
                        first,
                        night,
                        days);
            }
        }
        return days;
    }

    /** The newest files first: most accounts were computed last night, and then no older file is opened. */
    private void read(
            String folder,
            Map<String, Integer> wanted,
            LocalDate first,
            LocalDate night,
            Map<String, SortedMap<LocalDate, DailyBalance>> days)
            throws IOException {
        List<StoredFile> files = new ArrayList<>(lake.files(StatementTables.BALANCES.name(), folder));
        Collections.reverse(files);
        for (StoredFile file : files) {
            if (wanted.isEmpty()) {
                return;
            }
            Set<String> found = new HashSet<>();
            try (TableReader reader = TableReader.open(home.lake().resolve(file.path()), StatementTables.BALANCES)) {
                for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                    String account = (String) value(row, 0);
                    Integer revision = wanted.get(account);
                    if (revision != null && value(row, 2).equals(revision.longValue())) {
                        found.add(account);
                        LocalDate date = (LocalDate) value(row, 3);
                        if (!date.isBefore(first) && !date.isAfter(night)) {
                            days.computeIfAbsent(account, id -> new TreeMap<>())
                                    .put(date, new DailyBalance(date, amount(row, 4), amount(row, 5), amount(row, 6)));
                        }
                    }
                }
            }
            wanted.keySet().removeAll(found);
        }
    }

    private static Amount amount(List<@Nullable Object> row, int column) {
        return (Amount) value(row, column);
    }

    private static Object value(List<@Nullable Object> row, int column) {
        return Objects.requireNonNull(row.get(column));
    }
}
