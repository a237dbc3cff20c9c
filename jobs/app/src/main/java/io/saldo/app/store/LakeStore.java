package io.saldo.app.store;

import io.saldo.lake.file.StoredFile;
import io.saldo.lake.gather.GatherManifest;
import io.saldo.lake.identity.IndexSegment;
import io.saldo.lake.usage.UsageSegment;
import io.saldo.usage.IdentityRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which files of the lake count. */
@Repository
public class LakeStore {
    private static final String USAGE =
            "SELECT account_id, month, MAX(run_id), SUM(events), SUM(quantity) FROM account_month_usage %s GROUP BY account_id, month";

    private static final String USAGE_BY_RUN =
            "SELECT u.account_id, u.month, u.run_id, u.events, u.restated, u.quantity FROM account_month_usage u %s ORDER BY u.account_id, u.month, u.run_id";

    private static final List<String> USAGE_COLUMNS = List.of(
            "events",
            "restated",
            "not_billable",
            "quantity",
            "first_occurred_at",
            "account_id",
            "month",
            "run_id",
            "shard");

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final BulkInsert bulk;

    /** Over the books. */
    public LakeStore(JdbcClient jdbc, JdbcOperations batches, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.bulk = bulk;
    }

    /**
     * Accepted usage of an account-month: what the statement must find in the lake.
     *
     * @param lastRun the last run that brought any of it: usage is only appended, so the same last run means the same
     *     events, in whatever files they lie by now
     */
    public record AccountMonthUsage(String accountId, String month, long lastRun, long events, BigInteger quantity) {}

    /** Lists a usage segment. */
    public void addSegment(long runId, UsageSegment segment) {
        jdbc.sql(
                        "INSERT INTO usage_segment (path, run_id, month, shard, records, bytes, sha256, first_account_id, last_account_id, min_occurred_at, max_occurred_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        segment.path(),
                        runId,
                        segment.month(),
                        segment.shard(),
                        segment.records(),
                        segment.bytes(),
                        segment.sha256(),
                        segment.firstAccountId(),
                        segment.lastAccountId(),
                        segment.minOccurredAtMicros(),
                        segment.maxOccurredAtMicros())
                .update();
    }

    /** Takes a usage segment from the list whose rows another one holds now. */
    public void removeSegment(UsageSegment segment) {
        int removed = jdbc.sql("DELETE FROM usage_segment WHERE path = ? AND sha256 = ?")
                .params(segment.path(), segment.sha256())
                .update();
        if (removed != 1) {
            throw new IllegalStateException(segment.path() + " is not listed");
        }
    }

    /** The usage segments of a shard, in order of path. */
    public List<UsageSegment> segments(int shard) {
        return jdbc.sql("SELECT * FROM usage_segment WHERE shard = ? ORDER BY path")
                .param(shard)
                .query(LakeStore::segment)
                .list();
    }

    /** Where the usage of a shard's month lies in the lake, in order. */
    public List<String> paths(int shard, String month) {
        return jdbc.sql("SELECT path FROM usage_segment WHERE shard = ? AND month = ? ORDER BY path")
                .params(shard, month)
                .query(String.class)
                .list();
    }

    /** All usage segments, in order of path. */
    public List<UsageSegment> segments() {
        return jdbc.sql("SELECT * FROM usage_segment ORDER BY path")
                .query(LakeStore::segment)
                .list();
    }

    private static UsageSegment segment(ResultSet row, int number) throws SQLException {
        return new UsageSegment(
                row.getString("path"),
                row.getString("month"),
                row.getInt("shard"),
                row.getLong("records"),
                row.getLong("bytes"),
                row.getString("sha256"),
                row.getString("first_account_id"),
                row.getString("last_account_id"),
                row.getLong("min_occurred_at"),
                row.getLong("max_occurred_at"));
    }

    /** Lists an index segment. */
    public void addIndex(long runId, IndexSegment segment) {
        jdbc.sql(
                        "INSERT INTO index_segment (path, run_id, shard, identity, known_from, entries, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        segment.path(),
                        runId,
                        segment.shard(),
                        segment.identity().word(),
                        segment.knownFromMicros(),
                        segment.entries(),
                        segment.bytes(),
                        segment.sha256())
                .update();
    }

    /** Takes an index segment from the list whose entries another one holds now. */
    public void removeIndex(String path) {
        jdbc.sql("DELETE FROM index_segment WHERE path = ?").param(path).update();
    }

    /** The index segments of a shard, in the order in which they were listed. */
    public List<IndexSegment> index(int shard) {
        return indexBefore(shard, Long.MAX_VALUE);
    }

    /** The index segments of a shard that runs before that one listed, in the order in which they were. */
    public List<IndexSegment> indexBefore(int shard, long runId) {
        return jdbc.sql("SELECT * FROM index_segment WHERE shard = ? AND run_id < ? ORDER BY run_id, path")
                .params(shard, runId)
                .query((row, number) -> new IndexSegment(
                        row.getString("path"),
                        row.getInt("shard"),
                        IdentityRule.of(row.getString("identity")),
                        row.getLong("known_from"),
                        row.getLong("entries"),
                        row.getLong("bytes"),
                        row.getString("sha256")))
                .list();
    }

    /** The index knows every event from that instant on. */
    public long identityKnownFrom() {
        return jdbc.sql("SELECT COALESCE(MAX(known_from), ?) FROM index_segment")
                .param(IndexSegment.ALL_KNOWN)
                .query(Long.class)
                .single();
    }

    /** Lists any other file. */
    public void addFile(long runId, String kind, StoredFile file) {
        jdbc.sql("INSERT INTO lake_file (path, kind, run_id, bytes, sha256) VALUES (?, ?, ?, ?, ?)")
                .params(file.path(), kind, runId, file.bytes(), file.sha256())
                .update();
    }

    /** Files of a kind below a folder, in order of path. */
    public List<StoredFile> files(String kind, String folder) {
        return jdbc.sql(
                        "SELECT path, bytes, sha256 FROM lake_file WHERE kind = ? AND path LIKE ? ESCAPE '!' ORDER BY path")
                .params(kind, folder.replaceAll("[!%_]", "!$0") + "%")
                .query((row, number) -> new StoredFile(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /** Every path that counts, of whatever kind. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        for (String sql : List.of(
                "SELECT path FROM usage_segment",
                "SELECT path FROM index_segment",
                "SELECT path FROM lake_file",
                "SELECT path FROM held_file")) {
            paths.addAll(jdbc.sql(sql).query(String.class).list());
        }
        return paths;
    }

    /** Enters what a run brought for account-months, none of them twice, beside what the same run brought before. */
    public void addUsage(long runId, int shard, List<GatherManifest.AccountMonth> usage) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (GatherManifest.AccountMonth each : usage) {
            rows.add(new Object[] {
                each.events(),
                each.restated(),
                each.notBillable(),
                new BigDecimal(each.quantity()),
                each.firstOccurredAtMicros(),
                each.accountId(),
                each.month(),
                runId
            });
        }
        int[] changed = rows.isEmpty()
                ? new int[0]
                : batches.batchUpdate(
                        "UPDATE account_month_usage SET events = events + ?, restated = restated + ?, not_billable = not_billable + ?, quantity = quantity + ?, first_occurred_at = LEAST(first_occurred_at, ?) WHERE account_id = ? AND month = ? AND run_id = ?",
                        rows);
        List<@Nullable Object[]> added = new ArrayList<>();
        for (int row = 0; row < changed.length; row++) {
            if (changed[row] == 0) {
                List<@Nullable Object> values = new ArrayList<>(Arrays.asList(rows.get(row)));
                values.add(shard);
                added.add(values.toArray());
            }
        }
        bulk.add("account_month_usage", USAGE_COLUMNS, added);
    }

    /** What all runs brought, by account and month. */
    public Map<String, SortedMap<String, AccountMonthUsage>> usage() {
        return usage(jdbc.sql(USAGE.formatted("")));
    }

    /** What all runs brought for an account, by month. */
    public SortedMap<String, AccountMonthUsage> usage(String accountId) {
        return usage(jdbc.sql(USAGE.formatted("WHERE account_id = ?")).param(accountId))
                .getOrDefault(accountId, new TreeMap<>());
    }

    private static Map<String, SortedMap<String, AccountMonthUsage>> usage(JdbcClient.StatementSpec query) {
        Map<String, SortedMap<String, AccountMonthUsage>> byAccount = new HashMap<>();
        query.query((RowCallbackHandler) row -> byAccount
                .computeIfAbsent(row.getString(1), account -> new TreeMap<>())
                .put(
                        row.getString(2),
                        new AccountMonthUsage(
                                row.getString(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getBigDecimal(5).toBigIntegerExact())));
        return byAccount;
    }

    /**
     * Usage of account-months that are closed or older than a closed one, which came after their own close, if they have
     * one: by account, month and run. A later statement may have counted it.
     */
    public List<UsageOfRun> lateUsage() {
        return jdbc.sql(
                        USAGE_BY_RUN.formatted(
                                "LEFT JOIN account_month_closed c ON c.account_id = u.account_id AND c.month = u.month WHERE (c.run_id IS NULL OR u.run_id > c.run_id) AND u.month <= (SELECT MAX(l.month) FROM account_month_closed l WHERE l.account_id = u.account_id)"))
                .query(LakeStore::usageOfRun)
                .list();
    }

    /** All usage of an account, by month and run. */
    public List<UsageOfRun> usageByRun(String accountId) {
        return jdbc.sql(USAGE_BY_RUN.formatted("WHERE u.account_id = ?"))
                .param(accountId)
                .query(LakeStore::usageOfRun)
                .list();
    }

    private static UsageOfRun usageOfRun(ResultSet row, int number) throws SQLException {
        return new UsageOfRun(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getBigDecimal(6).toBigIntegerExact());
    }

    /**
     * Usage of an account-month that a run brought.
     *
     * @param events new ones
     * @param restated figures that were restated
     * @param quantity units of all meters together; negative where figures became smaller
     */
    public record UsageOfRun(
            String accountId, String month, long run, long events, long restated, BigInteger quantity) {}

    /** Every account that has usage. */
    public Set<String> accountsWithUsage() {
        return new TreeSet<>(jdbc.sql("SELECT DISTINCT account_id FROM account_month_usage")
                .query(String.class)
                .list());
    }
}
