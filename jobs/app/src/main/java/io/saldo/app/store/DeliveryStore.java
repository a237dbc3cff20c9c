package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import io.saldo.documents.csv.CsvText;
import io.saldo.lake.file.StoredFile;
import io.saldo.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries and where each of their records ended. */
@Repository
public class DeliveryStore {
    private final JdbcClient jdbc;
    private final BulkInsert bulk;

    /** Over the books. */
    public DeliveryStore(JdbcClient jdbc, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /** Why records of a delivery were rejected. */
    public record Rejection(
            long deliveryId, long runId, String code, long records, long firstLine, String firstMessage) {}

    /** Records that wait for an account or key. */
    public record HeldSubject(
            long deliveryId, boolean byKey, String subject, String month, long records, String evidence) {}

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

    /**
     * Why a delivery as a whole was not taken.
     *
     * @param code of the problem
     * @param expected what its control file names; null where it is not about a figure
     * @param actual what was found instead
     */
    public record Refusal(
            String code,
            String message,
            @Nullable BigInteger expected,
            @Nullable BigInteger actual) {
        /** Refused without a figure. */
        public static Refusal of(ProblemCode code, String message) {
            return new Refusal(code.id(), message, null, null);
        }

        /** Whether it is its control file that speaks against it. */
        public boolean isByControlFile() {
            return code.equals(ProblemCode.CONTROL_FILE.id());
        }

        /** As people read it. */
        public String text() {
            return code + " " + message;
        }
    }

    /** What a delivery's control file says, and where it is archived. */
    public record Control(String sha256, String archivePath, ControlFigures figures) {}

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

    /** A file of records of a delivery that were not taken, relative to the lake. */
    public record RejectedFile(String path, long deliveryId, long records) {}

    /** Records of a delivery that are of one day. */
    public record Day(LocalDate date, long records) {}

    /** The id that the next delivery gets. */
    public long nextId() {
        return jdbc.sql("SELECT COALESCE(MAX(delivery_id), 0) + 1 FROM delivery")
                .query(Long.class)
                .single();
    }

    /** Enters a delivery. */
    public void add(Delivery delivery) {
        jdbc.sql(
                        "INSERT INTO delivery (delivery_id, run_id, night, source, profile, format, file_name, sha256, bytes, archive_path) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        delivery.id(),
                        delivery.runId(),
                        delivery.night(),
                        delivery.source(),
                        delivery.profile(),
                        delivery.format(),
                        delivery.fileName(),
                        delivery.sha256(),
                        delivery.bytes(),
                        delivery.archivePath())
                .update();
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
                .sorted(Comparator.comparingLong(Repeat::runId).thenComparing(Repeat::place, CsvText.BYTE_ORDER))
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
                .sorted(Comparator.comparing(Waiting::place, CsvText.BYTE_ORDER))
                .toList();
    }

    /** Enters what the control file of a delivery says. */
    public void addControl(long deliveryId, Control control) {
        ControlFigures figures = control.figures();
        jdbc.sql(
                        "INSERT INTO delivery_control (delivery_id, sha256, archive_path, records, content_sha256, input_tokens, output_tokens, problem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        deliveryId,
                        control.sha256(),
                        control.archivePath(),
                        decimal(figures.records()),
                        figures.contentSha256(),
                        decimal(figures.inputTokens()),
                        decimal(figures.outputTokens()),
                        bounded(figures.problem())))
                .update();
    }

    /** What the control file of a delivery says; empty where none came. */
    public Optional<Control> control(long deliveryId) {
        return jdbc.sql("SELECT * FROM delivery_control WHERE delivery_id = ?")
                .param(deliveryId)
                .query((row, number) -> new Control(
                        row.getString("sha256"),
                        row.getString("archive_path"),
                        new ControlFigures(
                                whole(row, "records"),
                                row.getString("content_sha256"),
                                whole(row, "input_tokens"),
                                whole(row, "output_tokens"),
                                row.getString("problem"))))
                .optional();
    }

    /** Enters of which days the records of a delivery are. */
    public void addDay(long deliveryId, Day day) {
        jdbc.sql("INSERT INTO delivery_day (delivery_id, usage_date, records) VALUES (?, ?, ?)")
                .params(deliveryId, day.date(), day.records())
                .update();
    }

    /** Of which days the records of a delivery are, in order. */
    public List<Day> days(long deliveryId) {
        return jdbc.sql("SELECT usage_date, records FROM delivery_day WHERE delivery_id = ? ORDER BY usage_date")
                .param(deliveryId)
                .query((row, number) -> new Day(row.getObject(1, LocalDate.class), row.getLong(2)))
                .list();
    }

    /** The delivery that brought that content; empty also where the one that did could not be taken. */
    public Optional<Delivery> withContent(String sha256) {
        return jdbc
                .sql(
                        "SELECT * FROM delivery d WHERE d.sha256 = ? AND NOT EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = d.delivery_id) ORDER BY d.delivery_id")
                .param(sha256)
                .query(DeliveryStore::delivery)
                .list()
                .stream()
                .findFirst();
    }

    /**
     * Whether what was refused on that night under that name was taken since: as the same content, or as a file of that
     * name. Where the name had been taken before too, the source uses it for one file after the other, so that a later
     * one proves nothing.
     */
    public boolean isTakenSince(String place, LocalDate night) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM delivery bad
                        WHERE bad.source || '/' || bad.file_name = ? AND bad.night = ?
                        AND EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = bad.delivery_id)
                        AND EXISTS (SELECT 1 FROM delivery d WHERE d.delivery_id > bad.delivery_id
                            AND NOT EXISTS (SELECT 1 FROM delivery_problem p WHERE p.delivery_id = d.delivery_id)
                            AND (d.sha256 = bad.sha256
                                OR (d.source = bad.source AND d.file_name = bad.file_name
                                    AND NOT EXISTS (SELECT 1 FROM delivery e
                                        WHERE e.source = bad.source AND e.file_name = bad.file_name
                                        AND e.delivery_id < bad.delivery_id
                                        AND NOT EXISTS (SELECT 1 FROM delivery_problem p
                                            WHERE p.delivery_id = e.delivery_id)))))
                        """).params(place, night).query(Long.class).single() > 0;
    }

    /** Deliveries of that source and name, in the order in which they were registered. */
    public List<Delivery> ofPlace(String source, String fileName) {
        return jdbc.sql("SELECT * FROM delivery WHERE source = ? AND file_name = ? ORDER BY delivery_id")
                .params(source, fileName)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** The delivery with that id, if there is one. */
    public Optional<Delivery> find(long deliveryId) {
        return jdbc.sql("SELECT * FROM delivery WHERE delivery_id = ?")
                .param(deliveryId)
                .query(DeliveryStore::delivery)
                .optional();
    }

    /** All deliveries, in order. */
    public List<Delivery> all() {
        return jdbc.sql("SELECT * FROM delivery ORDER BY delivery_id")
                .query(DeliveryStore::delivery)
                .list();
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

    /** Deliveries of a source from that night on, in order. */
    public List<Delivery> ofSourceSince(String source, LocalDate night) {
        return jdbc.sql("SELECT * FROM delivery WHERE source = ? AND night >= ? ORDER BY delivery_id")
                .params(source, night)
                .query(DeliveryStore::delivery)
                .list();
    }

    /** Whether a source has delivered a record of that day. */
    public boolean hasRecordsOf(String source, LocalDate day) {
        return jdbc.sql(
                                "SELECT COUNT(*) FROM delivery_day t JOIN delivery d ON d.delivery_id = t.delivery_id WHERE d.source = ? AND t.usage_date = ?")
                        .params(source, day)
                        .query(Long.class)
                        .single()
                > 0;
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

    /** Whether a run has counted the records of a delivery. */
    public boolean isCounted(long deliveryId) {
        return jdbc.sql("SELECT COUNT(*) FROM delivery_outcome WHERE delivery_id = ?")
                        .param(deliveryId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Enters why a delivery could not be taken. */
    public void refuse(long deliveryId, long runId, Refusal refusal) {
        jdbc.sql(
                        "INSERT INTO delivery_problem (delivery_id, run_id, code, message, expected, actual) VALUES (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        deliveryId,
                        runId,
                        refusal.code(),
                        bounded(refusal.message()),
                        decimal(refusal.expected()),
                        decimal(refusal.actual())))
                .update();
    }

    /** Why a delivery could not be taken; empty where it was. */
    public Optional<Refusal> refusal(long deliveryId) {
        return jdbc
                .sql("SELECT * FROM delivery_problem WHERE delivery_id = ? ORDER BY run_id")
                .param(deliveryId)
                .query((row, number) -> new Refusal(
                        row.getString("code"), row.getString("message"), whole(row, "expected"), whole(row, "actual")))
                .list()
                .stream()
                .findFirst();
    }

    /** Enters where rejected records of a delivery lie. */
    public void addRejectedFile(String path, long deliveryId, long runId, long records) {
        jdbc.sql("INSERT INTO rejected_file (path, delivery_id, run_id, records) VALUES (?, ?, ?, ?)")
                .params(path, deliveryId, runId, records)
                .update();
    }

    /** Where the rejected records of a delivery lie, in the order in which they were rejected. */
    public List<RejectedFile> rejectedFiles(long deliveryId) {
        return jdbc.sql(
                        "SELECT path, delivery_id, records FROM rejected_file r WHERE delivery_id = ? AND NOT EXISTS (SELECT 1 FROM dropped_file g WHERE g.path = r.path) ORDER BY run_id, path")
                .param(deliveryId)
                .query((row, number) -> new RejectedFile(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /** Where the records of a delivery lie that are held now. */
    public List<HeldFile> heldFiles(long deliveryId) {
        return jdbc.sql(
                        "SELECT path, delivery_id, records FROM held_file WHERE delivery_id = ? AND released_by IS NULL ORDER BY run_id, path")
                .param(deliveryId)
                .query((row, number) -> new HeldFile(row.getString(1), row.getLong(2), row.getLong(3)))
                .list();
    }

    /**
     * A file of records that a run did not take.
     *
     * @param path relative to the lake
     * @param deliveryId whose records they are
     * @param held whether they are held now; else they were rejected
     */
    public record UntakenFile(String path, long deliveryId, boolean held) {}

    /** Where the rejected and held records lie of deliveries of that night and those after it, by delivery and path. */
    public List<UntakenFile> untakenFilesSince(LocalDate night) {
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
                        bounded(rejection.firstMessage()))
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

    /** Enters conflicts. */
    public void addConflicts(long runId, List<Conflict> conflicts) {
        bulk.add(
                "usage_conflict",
                List.of(
                        "delivery_id",
                        "line",
                        "run_id",
                        "namespace",
                        "event_id",
                        "account_id",
                        "month",
                        "first_delivery_id",
                        "first_line"),
                conflicts.stream()
                        .map(conflict -> new Object[] {
                            conflict.deliveryId(),
                            conflict.line(),
                            runId,
                            conflict.namespace(),
                            StorableText.of(conflict.eventId()),
                            conflict.accountId(),
                            conflict.month(),
                            conflict.firstDeliveryId(),
                            conflict.firstLine()
                        })
                        .toList());
    }

    /** The conflicts that a run found. */
    public List<Conflict> conflicts(long runId) {
        return conflicts("run_id = ? ORDER BY delivery_id, line", runId);
    }

    /** Every record that came with the id of an event and other content. */
    public List<Conflict> conflictsOf(String eventId) {
        return conflicts("event_id = ? ORDER BY delivery_id, line", StorableText.of(eventId));
    }

    /** Every record that came with the id of an event of that account and other content. */
    public List<Conflict> conflictsOfAccount(String accountId) {
        return conflicts("account_id = ? ORDER BY delivery_id, line", accountId);
    }

    /** The first conflicts of a delivery. */
    public List<Conflict> conflictsOf(long deliveryId, int most) {
        return conflicts("delivery_id = ? ORDER BY line FETCH FIRST " + most + " ROWS ONLY", deliveryId);
    }

    private List<Conflict> conflicts(String where, Object id) {
        return jdbc.sql("SELECT * FROM usage_conflict WHERE " + where)
                .param(id)
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

    private static @Nullable BigDecimal decimal(@Nullable BigInteger value) {
        return value == null ? null : new BigDecimal(value);
    }

    private static @Nullable BigInteger whole(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : value.toBigIntegerExact();
    }

    private static String bounded(String message) {
        return StorableText.of(message.length() <= 2_000 ? message : message.substring(0, 1_997) + "...");
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getLong("delivery_id"),
                row.getLong("run_id"),
                row.getObject("night", LocalDate.class),
                row.getString("source"),
                row.getString("profile"),
                row.getString("format"),
                row.getString("file_name"),
                row.getString("sha256"),
                row.getLong("bytes"),
                row.getString("archive_path"));
    }
}
