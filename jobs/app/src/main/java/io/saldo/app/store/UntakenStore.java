package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import io.saldo.lake.file.StoredFile;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Records of deliveries that were not taken: rejected, and why; held, and whom they wait for. */
@Repository
public class UntakenStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public UntakenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Why records of a delivery were rejected. */
    public record Rejection(
            long deliveryId, long runId, String code, long records, long firstLine, String firstMessage) {}

    /** Records that wait for an account or key. */
    public record HeldSubject(
            long deliveryId, boolean byKey, String subject, String month, long records, String evidence) {}

    /** A file of held records. */
    public record HeldFile(String path, long deliveryId) {}

    /**
     * A file of records that a run did not take.
     *
     * @param path relative to the lake
     * @param deliveryId whose records they are
     * @param held whether they are held now; else they were rejected
     */
    public record UntakenFile(String path, long deliveryId, boolean held) {}

    /** Enters where rejected records of a delivery lie. */
    public void addRejectedFile(String path, long deliveryId, long runId, long records) {
        jdbc.sql("INSERT INTO rejected_file (path, delivery_id, run_id, records) VALUES (?, ?, ?, ?)")
                .params(path, deliveryId, runId, records)
                .update();
    }

    /** Where the rejected records of a delivery lie, in the order in which they were rejected. */
    public List<String> rejectedFiles(long deliveryId) {
        return jdbc.sql(
                        "SELECT path FROM rejected_file r WHERE delivery_id = ? AND NOT EXISTS (SELECT 1 FROM dropped_file g WHERE g.path = r.path) ORDER BY run_id, path")
                .param(deliveryId)
                .query(String.class)
                .list();
    }

    /** Where the records of a delivery lie that are held now. */
    public List<String> heldFiles(long deliveryId) {
        return jdbc.sql(
                        "SELECT path FROM held_file WHERE delivery_id = ? AND released_by IS NULL ORDER BY run_id, path")
                .param(deliveryId)
                .query(String.class)
                .list();
    }

    /** Where the rejected and held records lie of deliveries of that night and those after it, by delivery and path. */
    public List<UntakenFile> filesSince(LocalDate night) {
        return jdbc.sql(
                        "SELECT f.path, f.delivery_id, f.held FROM (SELECT path, delivery_id, FALSE AS held FROM rejected_file UNION ALL SELECT path, delivery_id, TRUE FROM held_file WHERE released_by IS NULL) f JOIN delivery d ON d.delivery_id = f.delivery_id WHERE d.night >= ? AND NOT EXISTS (SELECT 1 FROM dropped_file g WHERE g.path = f.path) ORDER BY f.delivery_id, f.path")
                .param(night)
                .query((row, number) -> new UntakenFile(row.getString(1), row.getLong(2), row.getBoolean(3)))
                .list();
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
                        StorableText.message(rejection.firstMessage()))
                .update();
    }

    /** What a run rejected. */
    public List<Rejection> rejections(long runId) {
        return rejections("run_id", runId);
    }

    /** What was rejected of a delivery, on whatever night. */
    public List<Rejection> rejectionsOf(long deliveryId) {
        return rejections("delivery_id", deliveryId);
    }

    private List<Rejection> rejections(String column, long id) {
        return jdbc.sql("SELECT * FROM delivery_rejection WHERE " + column + " = ? ORDER BY delivery_id, run_id, code")
                .param(id)
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
    public void addHeldFile(StoredFile file, long deliveryId, long runId, long records) {
        jdbc.sql("INSERT INTO held_file (path, delivery_id, run_id, records, bytes, sha256) VALUES (?, ?, ?, ?, ?, ?)")
                .params(file.path(), deliveryId, runId, records, file.bytes(), file.sha256())
                .update();
    }

    /** Lists who the records of a held file wait for. */
    public void addHeldSubject(String path, boolean byKey, String subject, String month, long records) {
        jdbc.sql("INSERT INTO held_subject (path, by_key, subject, month, records) VALUES (?, ?, ?, ?, ?)")
                .params(path, byKey, StorableText.of(subject), month, records)
                .update();
    }

    /** Files of held records that an earlier run left and none has released. */
    public List<HeldFile> heldFilesBefore(long runId) {
        return jdbc.sql(
                        "SELECT path, delivery_id FROM held_file WHERE run_id < ? AND (released_by IS NULL OR released_by = ?) ORDER BY delivery_id, path")
                .params(runId, runId)
                .query((row, number) -> new HeldFile(row.getString(1), row.getLong(2)))
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
                        "SELECT s.by_key, s.subject, s.month, s.records, d.source, d.file_name, d.delivery_id FROM held_subject s JOIN held_file f ON f.path = s.path JOIN delivery d ON d.delivery_id = f.delivery_id WHERE f.released_by IS NULL ORDER BY s.subject, s.month, d.delivery_id")
                .query((row, number) -> new HeldSubject(
                        row.getLong(7),
                        row.getBoolean(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(4) + " in " + row.getString(5) + "/" + row.getString(6)))
                .list();
    }
}
