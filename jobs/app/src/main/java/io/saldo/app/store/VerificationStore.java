package io.saldo.app.store;

import io.saldo.app.verification.Scope;
import io.saldo.money.Amount;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What the books say that can be proved again; it only reads. */
@Repository
public class VerificationStore {
    private static final String LAKE_FILES =
            "SELECT path, 'usage' AS kind, bytes, sha256, records FROM usage_segment UNION ALL SELECT path, 'index', bytes, sha256, 0 FROM index_segment UNION ALL SELECT path, kind, bytes, sha256, 0 FROM lake_file UNION ALL SELECT path, CASE WHEN released_by IS NULL THEN 'held' ELSE 'released' END, bytes, sha256, records FROM held_file";

    private static final String ARCHIVE =
            "SELECT d.archive_path, d.source || '/' || d.file_name, d.bytes, d.sha256, CASE WHEN EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = d.delivery_id) THEN 1 ELSE 0 END FROM delivery d UNION ALL SELECT c.archive_path, d.source || '/' || d.file_name || '.control.json', NULL, c.sha256, 0 FROM delivery_control c JOIN delivery d ON d.delivery_id = c.delivery_id";

    private static final String ENTERED =
            "SELECT delivery_id, COUNT(*) FROM (SELECT delivery_id FROM credit_entry UNION ALL SELECT delivery_id FROM recorded_balance UNION ALL SELECT delivery_id FROM payment UNION ALL SELECT delivery_id FROM provider_bucket UNION ALL SELECT delivery_id FROM provider_charge) e GROUP BY delivery_id";

    private static final String CONFLICTS =
            "SELECT delivery_id, COUNT(*) FROM (SELECT delivery_id FROM usage_conflict UNION ALL SELECT delivery_id FROM feed_conflict) c GROUP BY delivery_id";

    /** Revisions that something rests on: the latest, and those that a close froze or an invoice charges. */
    private static final String RESTED_ON =
            "AND (NOT EXISTS (SELECT 1 FROM statement_revision l WHERE l.account_id = s.account_id AND l.month = s.month AND l.revision > s.revision AND l.status <> 'disputed') OR EXISTS (SELECT 1 FROM account_month_close c WHERE c.account_id = s.account_id AND c.month = s.month AND c.revision = s.revision) OR EXISTS (SELECT 1 FROM invoice i WHERE i.account_id = s.account_id AND i.month = s.month AND i.revision = s.revision)) ";

    private final JdbcClient jdbc;

    /** Over the books. */
    public VerificationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file of the lake that counts.
     *
     * @param path relative to the lake
     * @param kind {@code usage}, {@code index}, {@code held}, {@code released}, or as the books list it
     * @param bytes null where they were not listed yet
     * @param sha256 the same
     * @param records of usage and held files
     */
    public record ListedFile(
            String path,
            String kind,
            @Nullable Long bytes,
            @Nullable String sha256,
            long records) {}

    /**
     * A file of the archive.
     *
     * @param place source and name, as people know it
     * @param bytes null where they are not listed
     * @param refused whether it was not taken: then it may never have reached the archive
     */
    public record ArchivedFile(
            String path, String place, @Nullable Long bytes, String sha256, boolean refused) {}

    /** A shard of a month. */
    public record MonthShard(String month, int shard) {}

    /** What a run brought for an account-month, as the books have it. */
    public record BroughtUsage(
            String accountId, long run, long events, long restated, long notBillable, BigInteger quantity) {}

    /** Names a revision. */
    public record RevisionKey(String accountId, String month, int revision) {}

    /** A close of an account-month, reopened since or not. */
    public record MonthClosed(long run, int revision, LocalDate closedOn) {}

    /** A posting whose sides differ. */
    public record Unbalanced(String entry, String currency, Amount debit, Amount credit) {}

    /** A booked payment, and what the journal has of it. */
    public record BookedPayment(String entry, Amount amount, Amount posted) {}

    /** Every file that counts, in order of path. */
    public List<ListedFile> lakeFiles() {
        return jdbc.sql("SELECT * FROM (" + LAKE_FILES + ") f ORDER BY path")
                .query((row, number) -> new ListedFile(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, Long.class),
                        row.getString(4),
                        row.getLong(5)))
                .list();
    }

    /** Every archived delivery and control file. */
    public List<ArchivedFile> archive() {
        return jdbc.sql(ARCHIVE)
                .query((row, number) -> new ArchivedFile(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, Long.class),
                        row.getString(4),
                        row.getInt(5) == 1))
                .list();
    }

    /** When retention dropped files, by path relative to the lake. */
    public Map<String, LocalDate> dropped() {
        Map<String, LocalDate> dropped = new HashMap<>();
        jdbc.sql("SELECT path, dropped_on FROM dropped_file")
                .query((RowCallbackHandler) row -> dropped.put(row.getString(1), row.getObject(2, LocalDate.class)));
        return dropped;
    }

    /** Every published document; its name is below the folder of invoices. */
    public List<InvoiceStore.File> documents() {
        return jdbc.sql("SELECT file_name, bytes, sha256 FROM invoice_file ORDER BY file_name")
                .query((row, number) -> new InvoiceStore.File(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /** Whether a run has left files of its own that it reads again when it is resumed. */
    public boolean hasWork(long runId) {
        return jdbc.sql("SELECT COUNT(*) FROM partition_manifest WHERE run_id = ? AND step = 'scatter'")
                        .param(runId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Hands over each version of each configuration file: the hash that it is known by, and its bytes. */
    public void eachReference(BiConsumer<String, byte[]> taker) {
        jdbc.sql("SELECT sha256, content FROM reference_version").query((RowCallbackHandler) row -> taker.accept(
                row.getString(1), Base64.getDecoder().decode(row.getString(2).getBytes(StandardCharsets.US_ASCII))));
    }

    /** Records that stand in the books themselves, by delivery: of everything that is not usage. */
    public Map<Long, Long> entered() {
        return counts(ENTERED);
    }

    /** Conflicts that the books know, by delivery. */
    public Map<Long, Long> conflicts() {
        return counts(CONFLICTS);
    }

    /** Records that wait in the books themselves, by delivery. */
    public Map<Long, Long> heldEntries() {
        return counts("SELECT delivery_id, COUNT(*) FROM held_entry WHERE released_by IS NULL GROUP BY delivery_id");
    }

    /** Rejected records whose files retention dropped, by delivery. */
    public Map<Long, Long> droppedRejections() {
        return counts(
                "SELECT r.delivery_id, SUM(r.records) FROM rejected_file r JOIN dropped_file g ON g.path = r.path GROUP BY r.delivery_id");
    }

    private Map<Long, Long> counts(String sql) {
        Map<Long, Long> counts = new HashMap<>();
        jdbc.sql(sql).query((RowCallbackHandler) row -> counts.put(row.getLong(1), row.getLong(2)));
        return counts;
    }

    /** The shards of months for which usage came. */
    public List<MonthShard> usageShards() {
        return jdbc.sql(
                        "SELECT month, shard FROM account_month_usage UNION SELECT month, shard FROM usage_segment ORDER BY month, shard")
                .query((row, number) -> new MonthShard(row.getString(1), row.getInt(2)))
                .list();
    }

    /** What runs brought for the accounts of a shard, by account and run. */
    public Map<String, Map<Long, BroughtUsage>> brought(MonthShard place) {
        Map<String, Map<Long, BroughtUsage>> brought = new TreeMap<>();
        jdbc.sql(
                        "SELECT account_id, run_id, events, restated, not_billable, quantity FROM account_month_usage WHERE month = ? AND shard = ?")
                .params(place.month(), place.shard())
                .query((RowCallbackHandler) row -> brought.computeIfAbsent(row.getString(1), account -> new TreeMap<>())
                        .put(
                                row.getLong(2),
                                new BroughtUsage(
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getBigDecimal(6).toBigIntegerExact())));
        return brought;
    }

    /** The shards of months that have statements in that scope. */
    public List<MonthShard> statementShards(Scope scope) {
        List<Object> parameters = new ArrayList<>();
        return jdbc.sql("SELECT DISTINCT s.month, s.shard FROM statement_revision s WHERE 1 = 1 "
                        + within(scope, "s", parameters) + "ORDER BY s.month, s.shard")
                .params(parameters)
                .query((row, number) -> new MonthShard(row.getString(1), row.getInt(2)))
                .list();
    }

    /** The revisions of a shard to be computed again, by account and number; what a dispute computed is no night's. */
    public List<RevisionKey> revisions(MonthShard place, Scope scope) {
        List<Object> parameters = new ArrayList<>(List.of(place.month(), place.shard()));
        return jdbc.sql(
                        "SELECT s.account_id, s.month, s.revision FROM statement_revision s WHERE s.status <> 'disputed' AND s.month = ? AND s.shard = ? "
                                + within(scope, "s", parameters) + (scope.everyRevision() ? "" : RESTED_ON)
                                + "ORDER BY s.account_id, s.revision")
                .params(parameters)
                .query((row, number) -> new RevisionKey(row.getString(1), row.getString(2), row.getInt(3)))
                .list();
    }

    private static String within(Scope scope, String table, List<Object> parameters) {
        String condition = "";
        if (scope.month() != null) {
            condition += "AND " + table + ".month = ? ";
            parameters.add(scope.month().toString());
        }
        if (scope.accountId() != null) {
            condition += "AND " + table + ".account_id = ? ";
            parameters.add(scope.accountId());
        }
        return condition;
    }

    /** Every close of an account-month that froze a statement, in order. */
    public List<MonthClosed> closes(String accountId, String month) {
        return jdbc.sql(
                        "SELECT run_id, revision, closed_on FROM account_month_close WHERE account_id = ? AND month = ? ORDER BY run_id")
                .params(accountId, month)
                .query((row, number) ->
                        new MonthClosed(row.getLong(1), row.getInt(2), row.getObject(3, LocalDate.class)))
                .list();
    }

    /** The last run that closed accounts of a month; null where none did. */
    public @Nullable Long lastClose(String month) {
        return jdbc.sql("SELECT MAX(run_id) FROM account_month_closed WHERE month = ?")
                .param(month)
                .query((row, number) -> row.getObject(1, Long.class))
                .list()
                .get(0);
    }

    /** How many postings there are. */
    public long postings(Scope scope) {
        List<Object> parameters = new ArrayList<>();
        return jdbc.sql("SELECT COUNT(DISTINCT j.entry) FROM journal j WHERE 1 = 1 " + within(scope, "j", parameters))
                .params(parameters)
                .query(Long.class)
                .single();
    }

    /** Postings whose debits and credits differ. */
    public List<Unbalanced> unbalanced(Scope scope) {
        List<Object> parameters = new ArrayList<>();
        return jdbc.sql("SELECT j.entry, j.currency, SUM(j.debit), SUM(j.credit) FROM journal j WHERE 1 = 1 "
                        + within(scope, "j", parameters)
                        + "GROUP BY j.entry, j.currency HAVING SUM(j.debit) <> SUM(j.credit) ORDER BY j.entry")
                .params(parameters)
                .query((row, number) -> new Unbalanced(
                        row.getString(1),
                        row.getString(2),
                        Amount.of(row.getBigDecimal(3)),
                        Amount.of(row.getBigDecimal(4))))
                .list();
    }

    /** Every booking of a payment, with the sum that the journal debits for it. */
    public List<BookedPayment> payments() {
        return jdbc.sql(
                        "SELECT p.entry, p.amount, COALESCE((SELECT SUM(j.debit) FROM journal j WHERE j.entry = p.entry), 0) FROM (SELECT 'payment/' || processor || '/' || payment_id || '/' || CAST(sequence AS VARCHAR(20)) AS entry, amount FROM invoice_payment) p ORDER BY p.entry")
                .query((row, number) -> new BookedPayment(
                        row.getString(1), Amount.of(row.getBigDecimal(2)), Amount.of(row.getBigDecimal(3))))
                .list();
    }

    /** How many numbers the series say were given, and how many invoices have one. */
    public List<Long> numbers() {
        return List.of(
                jdbc.sql("SELECT COALESCE(SUM(last_number), 0) FROM number_series")
                        .query(Long.class)
                        .single(),
                jdbc.sql("SELECT COUNT(*) FROM invoice_number")
                        .query(Long.class)
                        .single());
    }

    /** The ids of invoices in that scope, in order. */
    public List<Long> invoices(Scope scope) {
        List<Object> parameters = new ArrayList<>();
        return jdbc.sql("SELECT i.invoice_id FROM invoice i WHERE 1 = 1 " + within(scope, "i", parameters)
                        + "ORDER BY i.invoice_id")
                .params(parameters)
                .query(Long.class)
                .list();
    }

    /** An invoice's row beside its content: kind, currency, net, tax and total. */
    public List<String> columns(long invoiceId) {
        return jdbc.sql(
                        "SELECT kind, currency, net_document, tax_document, total_document FROM invoice WHERE invoice_id = ?")
                .param(invoiceId)
                .query((row, number) -> List.of(
                        row.getString(1),
                        row.getString(2),
                        Decimals.read(row, "net_document").toString(),
                        Decimals.read(row, "tax_document").toString(),
                        Decimals.read(row, "total_document").toString()))
                .single();
    }
}
