package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import io.saldo.problem.ProblemCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deliveries: what their control files say, of which days they are, and why some were refused. */
@Repository
public class DeliveryStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public DeliveryStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

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
                        StorableText.message(figures.problem())))
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

    /** Enters why a delivery could not be taken. */
    public void refuse(long deliveryId, long runId, Refusal refusal) {
        jdbc.sql(
                        "INSERT INTO delivery_problem (delivery_id, run_id, code, message, expected, actual) VALUES (?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        deliveryId,
                        runId,
                        refusal.code(),
                        StorableText.message(refusal.message()),
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

    private static @Nullable BigDecimal decimal(@Nullable BigInteger value) {
        return value == null ? null : new BigDecimal(value);
    }

    private static @Nullable BigInteger whole(ResultSet row, String column) throws SQLException {
        BigDecimal value = row.getBigDecimal(column);
        return value == null ? null : value.toBigIntegerExact();
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
