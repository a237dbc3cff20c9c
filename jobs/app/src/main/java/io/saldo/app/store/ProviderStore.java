package io.saldo.app.store;

import io.saldo.provider.ChargeCategory;
import io.saldo.provider.ProviderBucket;
import io.saldo.provider.ProviderCharge;
import io.saldo.provider.ProviderWindow;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * What providers counted and billed, as delivered.
 *
 * <p>Providers restate figures: of a window of a source, all rows of the last delivery that has any of it hold, and none of
 * the earlier ones.
 */
@Repository
public class ProviderStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public ProviderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which rows are asked for. */
    public enum Kind {
        /** What providers counted. */
        BUCKET("provider_bucket"),
        /** What they billed. */
        CHARGE("provider_charge");

        private final String table;

        Kind(String table) {
            this.table = table;
        }
    }

    /** Enters a count. */
    public void addBucket(long runId, long deliveryId, long line, String provider, ProviderBucket bucket) {
        jdbc.sql(
                        "INSERT INTO provider_bucket (delivery_id, line, run_id, provider, window_from, window_to, model, quantities) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        deliveryId,
                        line,
                        runId,
                        provider,
                        bucket.window().from(),
                        bucket.window().to(),
                        bucket.model(),
                        bucket.quantities().entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(",")))
                .update();
    }

    /** Enters a charge. */
    public void addCharge(long runId, long deliveryId, long line, String provider, ProviderCharge charge) {
        Meter meter = charge.meter();
        jdbc.sql(
                        "INSERT INTO provider_charge (delivery_id, line, run_id, provider, window_from, window_to, category, line_item, model, meter, quantity, amount, currency) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        deliveryId,
                        line,
                        runId,
                        provider,
                        charge.window().from(),
                        charge.window().to(),
                        charge.category().word(),
                        charge.lineItem(),
                        charge.model(),
                        meter == null ? null : meter.name(),
                        Decimals.bindOptional(charge.quantity()),
                        Decimals.bind(charge.amount()),
                        charge.currency()))
                .update();
    }

    /** Every window of which a provider said something, by provider. */
    public Map<String, SortedSet<ProviderWindow>> windows(Kind kind) {
        return windows("SELECT DISTINCT provider, window_from, window_to FROM " + kind.table, List.of());
    }

    /** The windows of which the run brought something, by provider. */
    public Map<String, SortedSet<ProviderWindow>> windowsOfRun(Kind kind, long runId) {
        return windows(
                "SELECT DISTINCT provider, window_from, window_to FROM " + kind.table + " WHERE run_id = ?",
                List.of(runId));
    }

    private Map<String, SortedSet<ProviderWindow>> windows(String sql, List<Object> parameters) {
        Map<String, SortedSet<ProviderWindow>> windows = new TreeMap<>();
        jdbc.sql(sql)
                .params(parameters)
                .query((row, number) -> Map.entry(row.getString(1), new ProviderWindow(row.getLong(2), row.getLong(3))))
                .list()
                .forEach(each -> windows.computeIfAbsent(each.getKey(), provider -> new TreeSet<>())
                        .add(each.getValue()));
        return windows;
    }

    /** What holds of the provider's counts within that range, by window and place. */
    public List<ProviderBucket> buckets(String provider, ProviderWindow range) {
        return holding(Kind.BUCKET, provider, range, ProviderStore::bucket).stream()
                .map(Row::value)
                .toList();
    }

    /** What holds of the provider's charges within that range, by window and place. */
    public List<ProviderCharge> charges(String provider, ProviderWindow range) {
        return holding(Kind.CHARGE, provider, range, ProviderStore::charge).stream()
                .map(Row::value)
                .toList();
    }

    private record Row<T>(List<Object> window, long deliveryId, T value) {}

    private interface Reader<T> {
        T read(ResultSet row, ProviderWindow window, String place) throws SQLException;
    }

    private <T> List<Row<T>> holding(Kind kind, String provider, ProviderWindow range, Reader<T> reader) {
        List<Row<T>> rows = jdbc.sql("SELECT p.*, d.source, d.file_name FROM " + kind.table
                        + " p JOIN delivery d ON d.delivery_id = p.delivery_id WHERE p.provider = ?"
                        + " AND p.window_from >= ? AND p.window_to <= ?"
                        + " ORDER BY p.window_from, p.window_to, p.delivery_id, p.line")
                .params(provider, range.from(), range.to())
                .query((row, number) -> {
                    ProviderWindow window = new ProviderWindow(row.getLong("window_from"), row.getLong("window_to"));
                    String place =
                            row.getString("source") + "/" + row.getString("file_name") + ":" + row.getLong("line");
                    return new Row<>(
                            List.<Object>of(row.getString("source"), window),
                            row.getLong("delivery_id"),
                            reader.read(row, window, place));
                })
                .list();
        Map<List<Object>, Long> last = new HashMap<>();
        rows.forEach(row -> last.merge(row.window(), row.deliveryId(), Math::max));
        return rows.stream()
                .filter(row -> Objects.equals(last.get(row.window()), row.deliveryId()))
                .toList();
    }

    private static ProviderBucket bucket(ResultSet row, ProviderWindow window, String place) throws SQLException {
        EnumMap<Meter, BigInteger> quantities = new EnumMap<>(Meter.class);
        String text = row.getString("quantities");
        for (String each : text.isEmpty() ? new String[0] : text.split(",")) {
            int blank = each.indexOf(' ');
            quantities.put(Meter.valueOf(each.substring(0, blank)), new BigInteger(each.substring(blank + 1)));
        }
        return new ProviderBucket(window, row.getString("model"), quantities, place);
    }

    private static ProviderCharge charge(ResultSet row, ProviderWindow window, String place) throws SQLException {
        @Nullable String meter = row.getString("meter");
        return new ProviderCharge(
                window,
                ChargeCategory.of(row.getString("category")),
                row.getString("line_item"),
                row.getString("model"),
                meter == null ? null : Meter.valueOf(meter),
                Decimals.readOptional(row, "quantity"),
                Decimals.read(row, "amount"),
                row.getString("currency"),
                place);
    }
}
