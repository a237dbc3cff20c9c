package io.saldo.app.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Decisions to move events to another account, and what became of them. */
@Repository
public class ReassignmentStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public ReassignmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A decision.
     *
     * @param id rises with each decision
     * @param month YYYY-MM, in which the event stands
     * @param namespace within which the event id is unique
     * @param eventId the event
     * @param fromAccountId where it stood
     * @param toAccountId where it is to stand
     * @param reason why, in the words of who decided
     * @param events how many events the decision moved; null until a night has taken it
     * @param runId the night that took it; null until then
     */
    public record Decision(
            long id,
            String month,
            String namespace,
            String eventId,
            String fromAccountId,
            String toAccountId,
            String reason,
            @Nullable Long events,
            @Nullable Long runId) {}

    /** Enters a decision. */
    public void decide(
            String month,
            String namespace,
            String eventId,
            String fromAccountId,
            String toAccountId,
            String reason,
            Instant decidedAt) {
        jdbc.sql(
                        "INSERT INTO reassignment (reassignment_id, month, namespace, event_id, from_account_id, to_account_id, reason, decided_at) VALUES ((SELECT COALESCE(MAX(reassignment_id), 0) + 1 FROM reassignment), ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        month,
                        namespace,
                        eventId,
                        fromAccountId,
                        toAccountId,
                        reason,
                        OffsetDateTime.ofInstant(decidedAt, ZoneOffset.UTC))
                .update();
    }

    /** Gives a run the decisions that no run has yet. Belongs into the transaction that enters the run. */
    public void register(long runId) {
        jdbc.sql(
                        "INSERT INTO run_reassignment (run_id, reassignment_id) SELECT ?, reassignment_id FROM reassignment WHERE reassignment_id NOT IN (SELECT reassignment_id FROM run_reassignment)")
                .param(runId)
                .update();
    }

    /** The decisions of a run, in order. */
    public List<Decision> ofRun(long runId) {
        return decisions("WHERE t.run_id = " + runId);
    }

    /** Every decision, in order. */
    public List<Decision> all() {
        return decisions("");
    }

    private List<Decision> decisions(String where) {
        return jdbc.sql(
                        "SELECT r.reassignment_id, r.month, r.namespace, r.event_id, r.from_account_id, r.to_account_id, r.reason, o.events, t.run_id FROM reassignment r LEFT JOIN run_reassignment t ON t.reassignment_id = r.reassignment_id LEFT JOIN reassignment_outcome o ON o.reassignment_id = r.reassignment_id "
                                + where + " ORDER BY r.reassignment_id")
                .query((row, number) -> new Decision(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        (Long) row.getObject(8),
                        (Long) row.getObject(9)))
                .list();
    }

    /** Enters what a decision came to. */
    public void addOutcome(long id, long runId, long events) {
        jdbc.sql("INSERT INTO reassignment_outcome (reassignment_id, run_id, events) VALUES (?, ?, ?)")
                .params(id, runId, events)
                .update();
    }
}
