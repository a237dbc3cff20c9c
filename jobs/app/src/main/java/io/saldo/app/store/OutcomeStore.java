package io.saldo.app.store;

import java.math.BigDecimal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many records of a delivery ended where. */
@Repository
public class OutcomeStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public OutcomeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Enters what a run did with records of a delivery. */
    public void add(long deliveryId, long runId, DeliveryCounts counts) {
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
        add(deliveryId, runId, before.plus(moved));
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
}
