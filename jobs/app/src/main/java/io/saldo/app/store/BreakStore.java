package io.saldo.app.store;

import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakResolution;
import io.saldo.reconcile.BreakState;
import io.saldo.reconcile.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Breaks as they stand, and every change of them. */
@Repository
public class BreakStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public BreakStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One change of a break. */
    public record Change(LocalDate changedOn, String state, String resolution, String decidedBy, String note) {}

    /** All breaks, by code, account, subject and period. */
    public List<BreakCase> all() {
        return jdbc.sql("SELECT * FROM break_case ORDER BY code, account_id, subject, period, break_id")
                .query(BreakStore::breakCase)
                .list();
    }

    /** The break with that id. */
    public Optional<BreakCase> find(String breakId) {
        return jdbc.sql("SELECT * FROM break_case WHERE break_id = ?")
                .param(breakId)
                .query(BreakStore::breakCase)
                .optional();
    }

    /** Stores a break as it stands now and appends the change to its history where its state moved. */
    public void put(@Nullable Long runId, LocalDate changedOn, BreakCase each, String decidedBy, String note) {
        Optional<BreakCase> before = find(each.id());
        List<@Nullable Object> values = Arrays.asList(
                each.code().name(),
                each.subject(),
                each.period(),
                each.accountId(),
                each.severity().name(),
                each.state().name(),
                each.resolution().name(),
                Decimals.bindOptional(each.expected()),
                Decimals.bindOptional(each.actual()),
                Decimals.bindOptional(each.difference()),
                each.currency(),
                each.cause(),
                each.evidence(),
                each.firstSeen(),
                each.lastSeen(),
                each.occurrences(),
                each.graceUntil(),
                each.id());
        jdbc.sql(
                        before.isPresent()
                                ? "UPDATE break_case SET code = ?, subject = ?, period = ?, account_id = ?, severity = ?, state = ?, resolution = ?, expected = ?, actual = ?, difference = ?, currency = ?, cause = ?, evidence = ?, first_seen = ?, last_seen = ?, occurrences = ?, grace_until = ? WHERE break_id = ?"
                                : "INSERT INTO break_case (code, subject, period, account_id, severity, state, resolution, expected, actual, difference, currency, cause, evidence, first_seen, last_seen, occurrences, grace_until, break_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(values)
                .update();
        boolean moved = before.isEmpty()
                || before.get().state() != each.state()
                || before.get().resolution() != each.resolution();
        if (moved) {
            jdbc.sql(
                            "INSERT INTO break_history (break_id, sequence, run_id, changed_on, state, resolution, decided_by, note) VALUES (?, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM break_history WHERE break_id = ?), ?, ?, ?, ?, ?, ?)")
                    .params(Arrays.asList(
                            each.id(),
                            each.id(),
                            runId,
                            changedOn,
                            each.state().name(),
                            each.resolution().name(),
                            decidedBy,
                            note))
                    .update();
        }
    }

    /** The changes of a break, oldest first. */
    public List<Change> history(String breakId) {
        return jdbc.sql("SELECT * FROM break_history WHERE break_id = ? ORDER BY sequence")
                .param(breakId)
                .query((row, number) -> new Change(
                        row.getObject("changed_on", LocalDate.class),
                        BreakState.valueOf(row.getString("state")).word(),
                        BreakResolution.valueOf(row.getString("resolution")).word(),
                        row.getString("decided_by"),
                        row.getString("note")))
                .list();
    }

    /** Enters that a close went on in spite of a break. */
    public void addWaiver(long runId, String accountId, String month, String breakId) {
        jdbc.sql("INSERT INTO waiver (run_id, account_id, month, break_id) VALUES (?, ?, ?, ?)")
                .params(runId, accountId, month, breakId)
                .update();
    }

    private static BreakCase breakCase(ResultSet row, int number) throws SQLException {
        return new BreakCase(
                row.getString("break_id").strip(),
                BreakCode.valueOf(row.getString("code")),
                row.getString("subject"),
                row.getString("period"),
                row.getString("account_id"),
                Severity.valueOf(row.getString("severity")),
                BreakState.valueOf(row.getString("state")),
                BreakResolution.valueOf(row.getString("resolution")),
                Decimals.readOptional(row, "expected"),
                Decimals.readOptional(row, "actual"),
                Decimals.readOptional(row, "difference"),
                row.getString("currency"),
                row.getString("cause"),
                row.getString("evidence"),
                row.getObject("first_seen", LocalDate.class),
                row.getObject("last_seen", LocalDate.class),
                row.getInt("occurrences"),
                row.getObject("grace_until", LocalDate.class));
    }
}
