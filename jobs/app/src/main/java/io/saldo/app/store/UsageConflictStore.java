package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Records that came with the id of a known event and other content. */
@Repository
public class UsageConflictStore {
    private final JdbcClient jdbc;
    private final BulkInsert bulk;

    /** Over the books. */
    public UsageConflictStore(JdbcClient jdbc, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

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

    /** Enters conflicts. */
    public void add(long runId, List<Conflict> conflicts) {
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
    public List<Conflict> ofRun(long runId) {
        return select("run_id = ? ORDER BY delivery_id, line", runId);
    }

    /** Every record that came with the id of an event and other content. */
    public List<Conflict> ofEvent(String eventId) {
        return select("event_id = ? ORDER BY delivery_id, line", StorableText.of(eventId));
    }

    /** Every record that came with the id of an event of that account and other content. */
    public List<Conflict> ofAccount(String accountId) {
        return select("account_id = ? ORDER BY delivery_id, line", accountId);
    }

    /** The first conflicts of a delivery. */
    public List<Conflict> firstOf(long deliveryId, int most) {
        return select("delivery_id = ? ORDER BY line FETCH FIRST " + most + " ROWS ONLY", deliveryId);
    }

    private List<Conflict> select(String where, Object id) {
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
}
