package io.saldo.app.store;

import io.saldo.app.run.Run;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.Decision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What persons decided about breaks. Decisions are only appended. */
@Repository
public class DecisionStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public DecisionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the last decision; 0 where nothing was decided yet. */
    public long last() {
        return jdbc.sql("SELECT COALESCE(MAX(decision_id), 0) FROM break_decision")
                .query(Long.class)
                .single();
    }

    /** Appends a decision on a break as it stands now, and gives it the next number. */
    public BreakDecision decide(
            BreakCase each, Decision decision, LocalDate decidedOn, Instant decidedAt, String decidedBy, String note) {
        BreakDecision entered = new BreakDecision(last() + 1, each, decision, decidedOn, decidedAt, decidedBy, note);
        jdbc.sql(
                        "INSERT INTO break_decision (decision_id, break_id, account_id, period, decision, decided_on, decided_at, decided_by, note, frozen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        entered.number(),
                        each.id(),
                        each.accountId(),
                        each.period(),
                        decision.name(),
                        decidedOn,
                        OffsetDateTime.ofInstant(decidedAt, ZoneOffset.UTC),
                        decidedBy,
                        note,
                        Json.write(each))
                .update();
        return entered;
    }

    /** The decisions on a break, oldest first. */
    public List<BreakDecision> ofBreak(String breakId) {
        return select("WHERE d.break_id = ?", breakId);
    }

    /** The decisions to charge that the run knows, by account, oldest first. */
    public Map<String, List<BreakDecision>> charges(Run run) {
        return select("WHERE d.decision = 'CHARGE' AND d.decision_id <= ?", run.lastDecision()).stream()
                .collect(Collectors.groupingBy(each -> each.frozen().accountId()));
    }

    /** Those of an account, oldest first. */
    public List<BreakDecision> charges(Run run, String accountId) {
        return select(
                "WHERE d.decision = 'CHARGE' AND d.decision_id <= ? AND d.account_id = ?",
                run.lastDecision(),
                accountId);
    }

    /** The decisions that the run knows, by break and oldest first. */
    public Map<String, List<BreakDecision>> byBreak(Run run) {
        return byBreak(select("WHERE d.decision_id <= ?", run.lastDecision()));
    }

    /** Decisions up to that number that the rows of their breaks do not have yet, by break and oldest first. */
    SortedMap<String, List<BreakDecision>> unsettled(long last) {
        return byBreak(select("WHERE d.decision_id > c.decided_to AND d.decision_id <= ?", last));
    }

    private List<BreakDecision> select(String where, Object... parameters) {
        return jdbc.sql("SELECT d.* FROM break_decision d JOIN break_case c ON c.break_id = d.break_id " + where
                        + " ORDER BY d.decision_id")
                .params(parameters)
                .query(DecisionStore::decision)
                .list();
    }

    private static SortedMap<String, List<BreakDecision>> byBreak(List<BreakDecision> decisions) {
        return decisions.stream()
                .collect(Collectors.groupingBy(each -> each.frozen().id(), TreeMap::new, Collectors.toList()));
    }

    private static BreakDecision decision(ResultSet row, int number) throws SQLException {
        return new BreakDecision(
                row.getLong("decision_id"),
                Json.read(row.getString("frozen"), BreakCase.class),
                Decision.valueOf(row.getString("decision")),
                row.getObject("decided_on", LocalDate.class),
                row.getObject("decided_at", OffsetDateTime.class).toInstant(),
                row.getString("decided_by"),
                row.getString("note"));
    }
}
