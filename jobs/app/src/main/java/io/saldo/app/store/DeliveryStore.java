package io.saldo.app.store;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries and where each of their records ended. */
@Repository
public class DeliveryStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why records of a delivery were rejected. */
    public record Rejection(
            long deliveryId, long runId, String code, long records, long firstLine, String firstMessage) {}

    /** Records that wait for an account or key. */
    public record HeldSubject(boolean byKey, String subject, String month, long records, String evidence) {}

    /** A file of held records. */
    public record HeldFile(String path, long deliveryId, long records) {}

    /** An event id that came with other content. */
    public record Conflict(
            long deliveryId,
            long line,
            String namespace,
            String eventId,
            String accountId,
            String month,
            long firstDeliveryId,
            long firstLine) {}

    /** The id that the next delivery gets. */
    public long nextId() {
        return jdbc.sql("SELECT COALESCE(MAX(delivery_id), 0) + 1 FROM delivery")
                .query(Long.class)
                .single();
    }

    /** Enters a delivery. */
    public void add(Delivery delivery) {
        jdbc.sql(
                        "INSERT INTO delivery (delivery_id, run_id, night, source, profile, file_name, sha256, bytes, archive_path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        delivery.id(),
                        delivery.runId(),
                        delivery.night(),
                        delivery.source(),
                        delivery.profile(),
                        delivery.fileName(),
                        delivery.sha256(),
                        delivery.bytes(),
                        delivery.archivePath())
                .update();
    }

    /** Enters that a known file came again. */
    public void addRepeat(long runId, String source, String fileName, long deliveryId) {
        jdbc.sql("INSERT INTO delivery_repeat (run_id, source, file_name, delivery_id) VALUES (?, ?, ?, ?)")
                .params(runId, source, fileName, deliveryId)
                .update();
    }

    /** Files of the run that were known, as source and name, with the delivery that they repeat. */
    public Map<List<String>, Long> repeats(long runId) {
        Map<List<String>, Long> repeats = new TreeMap<>(
                java.util.Comparator.comparing((List<String> key) -> key.get(0)).thenComparing(key -> key.get(1)));
        jdbc.sql("SELECT source, file_name, delivery_id FROM delivery_repeat WHERE run_id = ?")
                .param(runId)
                .query((row, number) -> repeats.put(List.of(row.getString(1), row.getString(2)), row.getLong(3)))
                .list();
        return repeats;
    }

    /** The delivery that brought that content; empty also where the one that did could not be taken. */
    public Optional<Delivery> withContent(String sha256) {
        return jdbc.sql(
                        "SELECT * FROM delivery d WHERE d.sha256 = ? AND NOT EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = d.delivery_id)")
                .param(sha256)
                .query(DeliveryStore::delivery)
                .optional();
    }

    /** Whether a file of that source and name was taken. */
    public boolean isTaken(String place) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM delivery d WHERE d.source || '/' || d.file_name = ? AND NOT EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = d.delivery_id)")
                        .param(place)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** The delivery with that id. */
    public Delivery get(long deliveryId) {
        return jdbc.sql("SELECT * FROM delivery WHERE delivery_id = ?")
                .param(deliveryId)
                .query(DeliveryStore::delivery)
                .single();
    }

    /** What a run took, in order. */
    public List<Delivery> ofRun(long runId) {
        return jdbc.sql("SELECT * FROM delivery WHERE run_id = ? ORDER BY delivery_id")
                .param(runId)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** Deliveries whose night lies in that range of dates, in order. */
    public List<Delivery> ofNights(LocalDate from, LocalDate to) {
        return jdbc.sql("SELECT * FROM delivery WHERE night >= ? AND night < ? ORDER BY delivery_id")
                .params(from, to)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** Enters what a run did with records of a delivery. */
    public void addOutcome(long deliveryId, long runId, DeliveryCounts counts) {
        if (!counts.isProved()) {
            throw new IllegalStateException("delivery " + deliveryId + " does not add up: " + counts);
        }
        jdbc.sql(
                        "INSERT INTO delivery_outcome (delivery_id, run_id, records, accepted, duplicate, conflict, rejected, held, not_billable, input_tokens, output_tokens) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        deliveryId,
                        runId,
                        counts.records(),
                        counts.accepted(),
                        counts.duplicate(),
                        counts.conflict(),
                        counts.rejected(),
                        counts.held(),
                        counts.notBillable(),
                        new BigDecimal(counts.inputTokens()),
                        new BigDecimal(counts.outputTokens()))
                .update();
    }

    /**
     * Enters that records which an earlier run held were taken.
     *
     * @param taken where they are now: their sum is how many are no longer held
     */
    public void moveHeld(long deliveryId, long runId, DeliveryCounts taken) {
        DeliveryCounts moved = new DeliveryCounts(
                0,
                taken.accepted(),
                taken.duplicate(),
                taken.conflict(),
                taken.rejected(),
                taken.held() - taken.records(),
                taken.notBillable(),
                taken.inputTokens(),
                taken.outputTokens());
        DeliveryCounts before = ofRun(deliveryId, runId);
        jdbc.sql("DELETE FROM delivery_outcome WHERE delivery_id = ? AND run_id = ?")
                .params(deliveryId, runId)
                .update();
        addOutcome(deliveryId, runId, before.plus(moved));
    }

    /** Where the records of a delivery are now. */
    public DeliveryCounts counts(long deliveryId) {
        return sum("SELECT * FROM delivery_outcome WHERE delivery_id = ?", deliveryId);
    }

    private DeliveryCounts ofRun(long deliveryId, long runId) {
        return sum("SELECT * FROM delivery_outcome WHERE delivery_id = ? AND run_id = ?", deliveryId, runId);
    }

    private DeliveryCounts sum(String sql, Object... parameters) {
        return jdbc
                .sql(sql)
                .params(parameters)
                .query((row, number) -> new DeliveryCounts(
                        row.getLong("records"),
                        row.getLong("accepted"),
                        row.getLong("duplicate"),
                        row.getLong("conflict"),
                        row.getLong("rejected"),
                        row.getLong("held"),
                        row.getLong("not_billable"),
                        row.getBigDecimal("input_tokens").toBigIntegerExact(),
                        row.getBigDecimal("output_tokens").toBigIntegerExact()))
                .list()
                .stream()
                .reduce(DeliveryCounts.NONE, DeliveryCounts::plus);
    }

    /** Enters why a delivery could not be taken. */
    public void addProblem(long deliveryId, long runId, String code, String message) {
        jdbc.sql("INSERT INTO delivery_problem (delivery_id, run_id, code, message) VALUES (?, ?, ?, ?)")
                .params(deliveryId, runId, code, bounded(message))
                .update();
    }

    /** Why a delivery could not be taken; empty where it was. */
    public Optional<String> problem(long deliveryId) {
        return jdbc
                .sql("SELECT code, message FROM delivery_problem WHERE delivery_id = ?")
                .param(deliveryId)
                .query((row, number) -> row.getString(1) + " " + row.getString(2))
                .list()
                .stream()
                .findFirst();
    }

    /** Enters why records were rejected. */
    public void addRejection(Rejection rejection) {
        jdbc.sql(
                        "INSERT INTO delivery_rejection (delivery_id, run_id, code, records, first_line, first_message) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        rejection.deliveryId(),
                        rejection.runId(),
                        rejection.code(),
                        rejection.records(),
                        rejection.firstLine(),
                        bounded(rejection.firstMessage()))
                .update();
    }

    /** What a run rejected. */
    public List<Rejection> rejections(long runId) {
        return jdbc.sql("SELECT * FROM delivery_rejection WHERE run_id = ? ORDER BY delivery_id, code")
                .param(runId)
                .query((row, number) -> new Rejection(
                        row.getLong("delivery_id"),
                        row.getLong("run_id"),
                        row.getString("code"),
                        row.getLong("records"),
                        row.getLong("first_line"),
                        row.getString("first_message")))
                .list();
    }

    /** Lists a file of held records. */
    public void addHeldFile(String path, long deliveryId, long runId, long records) {
        jdbc.sql("INSERT INTO held_file (path, delivery_id, run_id, records) VALUES (?, ?, ?, ?)")
                .params(path, deliveryId, runId, records)
                .update();
    }

    /** Lists who the records of a held file wait for. */
    public void addHeldSubject(String path, boolean byKey, String subject, String month, long records) {
        jdbc.sql("INSERT INTO held_subject (path, by_key, subject, month, records) VALUES (?, ?, ?, ?, ?)")
                .params(path, byKey, subject, month, records)
                .update();
    }

    /** Files of held records that an earlier run left and none has released. */
    public List<HeldFile> heldFilesBefore(long runId) {
        return jdbc.sql(
                        "SELECT path, delivery_id, records FROM held_file WHERE run_id < ? AND (released_by IS NULL OR released_by = ?) ORDER BY delivery_id, path")
                .params(runId, runId)
                .query((row, number) -> new HeldFile(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** Marks a held file as read again. */
    public void releaseHeldFile(String path, long runId) {
        jdbc.sql("UPDATE held_file SET released_by = ? WHERE path = ?")
                .params(runId, path)
                .update();
    }

    /** Who records wait for now. */
    public List<HeldSubject> heldSubjects() {
        return jdbc.sql(
                        "SELECT s.by_key, s.subject, s.month, s.records, d.source, d.file_name FROM held_subject s JOIN held_file f ON f.path = s.path JOIN delivery d ON d.delivery_id = f.delivery_id WHERE f.released_by IS NULL ORDER BY s.subject, s.month, d.delivery_id")
                .query((row, number) -> new HeldSubject(
                        row.getBoolean(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(4) + " in " + row.getString(5) + "/" + row.getString(6)))
                .list();
    }

    /** Enters a conflict. */
    public void addConflict(long runId, Conflict conflict) {
        jdbc.sql(
                        "INSERT INTO usage_conflict (delivery_id, line, run_id, namespace, event_id, account_id, month, first_delivery_id, first_line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        conflict.deliveryId(),
                        conflict.line(),
                        runId,
                        conflict.namespace(),
                        conflict.eventId(),
                        conflict.accountId(),
                        conflict.month(),
                        conflict.firstDeliveryId(),
                        conflict.firstLine())
                .update();
    }

    /** The conflicts that a run found. */
    public List<Conflict> conflicts(long runId) {
        return jdbc.sql("SELECT * FROM usage_conflict WHERE run_id = ? ORDER BY delivery_id, line")
                .param(runId)
                .query((row, number) -> new Conflict(
                        row.getLong("delivery_id"),
                        row.getLong("line"),
                        row.getString("namespace"),
                        row.getString("event_id"),
                        row.getString("account_id"),
                        row.getString("month"),
                        row.getLong("first_delivery_id"),
                        row.getLong("first_line")))
                .list();
    }

    private static String bounded(String message) {
        return message.length() <= 2_000 ? message : message.substring(0, 1_997) + "...";
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getLong("delivery_id"),
                row.getLong("run_id"),
                row.getObject("night", LocalDate.class),
                row.getString("source"),
                row.getString("profile"),
                row.getString("file_name"),
                row.getString("sha256"),
                row.getLong("bytes"),
                row.getString("archive_path"));
    }
}
