package io.saldo.app.store;

import io.saldo.dispute.UsageBill;
import io.saldo.lake.usage.EventName;
import io.saldo.statement.Correction;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.UnfundedShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;

/** Disputes of closed account-months, what their runs came to, and what persons decided. */
@Repository
public class DisputeStore {
    private static final String SELECT =
            "SELECT d.*, r.revision, c.approved, c.decided_on, c.decided_by, c.note, c.open_month FROM dispute d LEFT JOIN dispute_revision r ON r.dispute_id = d.dispute_id LEFT JOIN dispute_decision c ON c.dispute_id = d.dispute_id ";

    private static final String APPROVED =
            "SELECT d.dispute_id, d.account_id, d.month, d.run_id, c.after_run_id, c.open_month, r.outcome, c.correction, r.statement FROM dispute d JOIN dispute_revision r ON r.dispute_id = d.dispute_id JOIN dispute_decision c ON c.dispute_id = d.dispute_id WHERE c.approved = TRUE %s ORDER BY d.dispute_id";

    private final JdbcClient jdbc;

    /** Over the books. */
    public DisputeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far a dispute is. */
    public enum State {
        /** Its run has not ended. */
        RUNNING,
        /** Waits for a person. */
        COMPUTED,
        /** Its difference is booked. */
        APPROVED,
        /** Kept for the record. */
        DISCARDED;

        /** The word in lists. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a person asks for.
     *
     * @param excluded events to leave out
     * @param priceBook the book that prices the month; empty for that of the terms
     */
    public record Request(String accountId, YearMonth month, String reason, Set<EventName> excluded, String priceBook) {
        /** Keeps a sorted copy. */
        public Request {
            excluded = Collections.unmodifiableSet(new TreeSet<>(excluded));
        }
    }

    /**
     * A dispute as it stands.
     *
     * @param id counted from 1
     * @param runId the run that computes it, up to which it knows usage
     * @param revision the number of its revision of the statement; 0 while its run has not ended
     * @param decidedOn null before a decision
     * @param openMonth the month that an approval moves; null without one
     */
    public record Dispute(
            long id,
            long runId,
            Request request,
            LocalDate openedOn,
            int revision,
            State state,
            @Nullable LocalDate decidedOn,
            String decidedBy,
            String note,
            @Nullable YearMonth openMonth) {}

    /**
     * What a run came to.
     *
     * @param original the number of the closed revision
     * @param invoiced everything that was invoiced for the usage month until then
     * @param revised what the disputed revision charges for it
     * @param counters how far the disputed revision counted
     */
    public record Outcome(int original, UsageBill invoiced, UsageBill revised, MonthCounters counters) {
        /** What the revision charges more; with signs. */
        public UsageBill difference() {
            return revised.minus(invoiced);
        }
    }

    /**
     * What is stored of a disputed revision.
     *
     * @param statement the whole of it, as JSON
     * @param outcome the {@link Outcome}, as JSON
     */
    public record Revision(String resultSha256, String statement, String outcome) {}

    /**
     * An approved dispute as later runs see it.
     *
     * @param runId up to which it counted usage
     * @param afterRunId the last run that did not know the approval
     * @param openMonth the month that it moves
     * @param unfunded what nothing covers in the disputed revision
     */
    public record Approved(
            long id,
            String accountId,
            YearMonth month,
            long runId,
            long afterRunId,
            YearMonth openMonth,
            MonthCounters counters,
            List<UnfundedShare> unfunded,
            Correction correction) {}

    /** Enters a dispute of a run that begins. */
    public long add(long runId, Request request, LocalDate openedOn) {
        long id = jdbc.sql("SELECT COALESCE(MAX(dispute_id), 0) + 1 FROM dispute")
                .query(Long.class)
                .single();
        jdbc.sql(
                        "INSERT INTO dispute (dispute_id, run_id, account_id, month, reason, price_book, opened_on) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        runId,
                        request.accountId(),
                        request.month().toString(),
                        request.reason(),
                        request.priceBook(),
                        openedOn)
                .update();
        for (EventName each : request.excluded()) {
            jdbc.sql("INSERT INTO dispute_exclusion (dispute_id, namespace, event_id) VALUES (?, ?, ?)")
                    .params(id, each.namespace(), each.eventId())
                    .update();
        }
        return id;
    }

    /** Enters what a run came to. */
    public void addRevision(long id, int number, Revision revision) {
        jdbc.sql(
                        "INSERT INTO dispute_revision (dispute_id, revision, result_sha256, statement, outcome) VALUES (?, ?, ?, ?, ?)")
                .params(id, number, revision.resultSha256(), revision.statement(), revision.outcome())
                .update();
    }

    /** The number of the next disputed revision of an account-month, after every revision that there is. */
    public int nextRevision(String accountId, String month) {
        return jdbc.sql(
                        "SELECT 1 + GREATEST((SELECT COALESCE(MAX(revision), 0) FROM statement_revision WHERE account_id = ? AND month = ?), (SELECT COALESCE(MAX(r.revision), 0) FROM dispute_revision r JOIN dispute d ON d.dispute_id = r.dispute_id WHERE d.account_id = ? AND d.month = ?))")
                .params(accountId, month, accountId, month)
                .query(Integer.class)
                .single();
    }

    /** Notes a decision; there can be only one. */
    public void decide(
            Dispute dispute,
            boolean approved,
            LocalDate on,
            Instant at,
            String by,
            String note,
            YearMonth openMonth,
            Correction correction) {
        jdbc.sql(
                        "INSERT INTO dispute_decision (dispute_id, approved, decided_on, decided_at, decided_by, note, after_run_id, open_month, correction) VALUES (?, ?, ?, ?, ?, ?, (SELECT MAX(run_id) FROM runs), ?, ?)")
                .params(
                        dispute.id(),
                        approved,
                        on,
                        OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                        by,
                        note,
                        openMonth.toString(),
                        Json.write(correction))
                .update();
    }

    /** All disputes, by number. */
    public List<Dispute> all() {
        return jdbc.sql(SELECT + "ORDER BY d.dispute_id").query(this::dispute).list();
    }

    /** The dispute of that number. */
    public Optional<Dispute> find(long id) {
        return jdbc.sql(SELECT + "WHERE d.dispute_id = ?")
                .param(id)
                .query(this::dispute)
                .optional();
    }

    /** The dispute that the run computes. */
    public Dispute ofRun(long runId) {
        return jdbc.sql(SELECT + "WHERE d.run_id = ?")
                .param(runId)
                .query(this::dispute)
                .single();
    }

    /** What its run came to. */
    public Outcome outcome(long id) {
        return Json.read(
                jdbc.sql("SELECT outcome FROM dispute_revision WHERE dispute_id = ?")
                        .param(id)
                        .query(String.class)
                        .single(),
                Outcome.class);
    }

    /** The disputed revision of a dispute as it is stored. */
    public Revision revision(long id) {
        return jdbc.sql("SELECT result_sha256, statement, outcome FROM dispute_revision WHERE dispute_id = ?")
                .param(id)
                .query((row, number) -> new Revision(row.getString(1), row.getString(2), row.getString(3)))
                .single();
    }

    /** Approved disputes, by number. */
    public List<Approved> approved() {
        return approved(jdbc.sql(APPROVED.formatted("")));
    }

    /** Approved disputes of an account, by number. */
    public List<Approved> approved(String accountId) {
        return approved(jdbc.sql(APPROVED.formatted("AND d.account_id = ?")).param(accountId));
    }

    private static List<Approved> approved(JdbcClient.StatementSpec query) {
        return query.query((row, number) -> new Approved(
                        row.getLong(1),
                        row.getString(2),
                        YearMonth.parse(row.getString(3)),
                        row.getLong(4),
                        row.getLong(5),
                        YearMonth.parse(row.getString(6)),
                        Json.read(row.getString(7), Outcome.class).counters(),
                        unfunded(row.getString(9)),
                        Json.read(row.getString(8), Correction.class)))
                .list();
    }

    /** Of a whole statement only this: what else it has another version of this program may have written otherwise. */
    private static List<UnfundedShare> unfunded(String statement) {
        JsonNode shares = Json.read(statement, JsonNode.class).path("unfunded");
        return List.of(Json.read(shares.toString(), UnfundedShare[].class));
    }

    /** Disputes of an account-month that were approved before that run began, by number. */
    public List<Dispute> approvedOf(String accountId, YearMonth month, long beforeRun) {
        return jdbc.sql(
                        SELECT
                                + "WHERE c.approved = TRUE AND c.after_run_id < ? AND d.account_id = ? AND d.month = ? ORDER BY d.dispute_id")
                .params(beforeRun, accountId, month.toString())
                .query(this::dispute)
                .list();
    }

    private Dispute dispute(ResultSet row, int number) throws SQLException {
        long id = row.getLong("dispute_id");
        int revision = row.getInt("revision");
        Object approved = row.getObject("approved");
        String openMonth = row.getString("open_month");
        return new Dispute(
                id,
                row.getLong("run_id"),
                new Request(
                        row.getString("account_id"),
                        YearMonth.parse(row.getString("month")),
                        row.getString("reason"),
                        exclusions(id),
                        text(row.getString("price_book"))),
                row.getObject("opened_on", LocalDate.class),
                revision,
                approved == null
                        ? revision == 0 ? State.RUNNING : State.COMPUTED
                        : row.getBoolean("approved") ? State.APPROVED : State.DISCARDED,
                row.getObject("decided_on", LocalDate.class),
                text(row.getString("decided_by")),
                text(row.getString("note")),
                openMonth == null ? null : YearMonth.parse(openMonth));
    }

    private Set<EventName> exclusions(long id) {
        return new TreeSet<>(jdbc.sql("SELECT namespace, event_id FROM dispute_exclusion WHERE dispute_id = ?")
                .param(id)
                .query((row, number) -> new EventName(row.getString(1), row.getString(2)))
                .list());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
