package io.saldo.app.store;

import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What runs found in the inbox that became no delivery of its own: files that came again, and files that wait. */
@Repository
public class InboxStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public InboxStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A file that came again.
     *
     * @param deliveryId which delivery has its content
     * @param controlSha256 of the control file that came with it; null where none did
     */
    public record Repeat(
            long runId,
            LocalDate night,
            String source,
            String fileName,
            long deliveryId,
            @Nullable String controlSha256) {
        /** {@code source/file}: how reports name it. */
        public String place() {
            return source + "/" + fileName;
        }
    }

    /** A file that a run left in the inbox, and why. */
    public record Waiting(long runId, LocalDate night, String source, String fileName, String reason) {
        /** {@code source/file}: how reports name it. */
        public String place() {
            return source + "/" + fileName;
        }
    }

    /** Enters that a known file came again. */
    public void addRepeat(long runId, String source, String fileName, long deliveryId, @Nullable String controlSha256) {
        jdbc.sql(
                        "INSERT INTO delivery_repeat (run_id, source, file_name, delivery_id, control_sha256) VALUES (?, ?, ?, ?, ?)")
                .params(Arrays.asList(runId, source, fileName, deliveryId, controlSha256))
                .update();
    }

    /** Files of the run that were known, by source and name. */
    public List<Repeat> repeats(long runId) {
        return repeats("WHERE p.run_id = ?", runId);
    }

    /** Files that were known and came on nights of that range of dates. */
    public List<Repeat> repeatsOfNights(LocalDate from, LocalDate to) {
        return repeats("WHERE r.business_date >= ? AND r.business_date < ?", from, to);
    }

    /** Files that repeat that delivery. */
    public List<Repeat> repeatsOf(long deliveryId) {
        return repeats("WHERE p.delivery_id = ?", deliveryId);
    }

    /** Files that were known and had that source and name, oldest first. */
    public List<Repeat> repeatsOfPlace(String place) {
        return repeats("WHERE p.source || '/' || p.file_name = ?", place);
    }

    /** All files that were known. */
    public List<Repeat> allRepeats() {
        return repeats("");
    }

    private List<Repeat> repeats(String where, Object... parameters) {
        return jdbc
                .sql(
                        "SELECT p.run_id, r.business_date, p.source, p.file_name, p.delivery_id, p.control_sha256 FROM delivery_repeat p JOIN runs r ON r.run_id = p.run_id "
                                + where)
                .params(parameters)
                .query((row, number) -> new Repeat(
                        row.getLong(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getString(4),
                        row.getLong(5),
                        row.getString(6)))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Repeat::runId).thenComparing(Repeat::place, TextOrder.UTF_8))
                .toList();
    }

    /** Enters that a run left a file in the inbox. */
    public void addWaiting(long runId, String source, String fileName, String reason) {
        jdbc.sql("INSERT INTO inbox_waiting (run_id, source, file_name, reason) VALUES (?, ?, ?, ?)")
                .params(runId, source, fileName, reason)
                .update();
    }

    /** Files that the run left in the inbox, by source and name. */
    public List<Waiting> waiting(long runId) {
        return jdbc
                .sql(
                        "SELECT w.run_id, r.business_date, w.source, w.file_name, w.reason FROM inbox_waiting w JOIN runs r ON r.run_id = w.run_id WHERE w.run_id = ?")
                .param(runId)
                .query((row, number) -> new Waiting(
                        row.getLong(1),
                        row.getObject(2, LocalDate.class),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5)))
                .list()
                .stream()
                .sorted(Comparator.comparing(Waiting::place, TextOrder.UTF_8))
                .toList();
    }
}
