package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import io.saldo.app.run.Run;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.BreakResolution;
import io.saldo.reconcile.BreakState;
import io.saldo.reconcile.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Breaks, and what runs made of them.
 *
 * <p>A row of {@code break_case} is the break as the last run left it, with the decisions that this run knew. Who asks
 * for a break gets it with the decisions that came after its row.
 */
@Repository
public class BreakStore {
    private static final String ORDER = " ORDER BY code, account_id, subject, period, break_id";
    private static final String CONCERNING = "SELECT * FROM break_case WHERE (account_id <> '' OR code IN ("
            + Arrays.stream(BreakCode.values())
                    .filter(BreakCode::preventsConclusion)
                    .map(code -> "'" + code.name() + "'")
                    .collect(Collectors.joining(", "))
            + ")) AND SUBSTRING(period FROM 1 FOR 7) = ?" + ORDER;
    private static final List<String> COLUMNS = List.of(
            "code",
            "subject",
            "period",
            "account_id",
            "severity",
            "state",
            "resolution",
            "expected",
            "actual",
            "difference",
            "currency",
            "cause",
            "evidence",
            "first_seen",
            "last_seen",
            "occurrences",
            "grace_until",
            "decided_to",
            "break_id");
    private static final int IDS_AT_ONCE = 500;
    private static final int ROWS_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final JdbcOperations batches;
    private final BulkInsert bulk;
    private final DecisionStore decisions;

    /** Over the books. */
    public BreakStore(JdbcClient jdbc, JdbcOperations batches, BulkInsert bulk, DecisionStore decisions) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.bulk = bulk;
        this.decisions = decisions;
    }

    /**
     * What a run made of a break.
     *
     * @param runId the run
     * @param lastDecision the last decision that the run knew
     * @param changedOn the date of the run
     * @param state the state that it left
     * @param resolution how it was resolved; {@code NONE} where it was not
     */
    public record Change(
            long runId, long lastDecision, LocalDate changedOn, BreakState state, BreakResolution resolution) {}

    /**
     * Which breaks to look for; what is null or false selects all.
     *
     * @param unresolved only those that still hold
     * @param code of this code
     * @param accountId concerning this account
     * @param month of this month, or of a day or window that begins in it
     */
    public record Selection(
            boolean unresolved,
            @Nullable BreakCode code,
            @Nullable String accountId,
            @Nullable String month) {
        /** Every break that still holds. */
        public static final Selection UNRESOLVED = new Selection(true, null, null, null);

        private String condition(List<Object> parameters) {
            List<String> conditions = new ArrayList<>();
            if (unresolved) {
                conditions.add("state <> 'RESOLVED'");
            }
            if (code != null) {
                conditions.add("code = ?");
                parameters.add(code.name());
            }
            if (accountId != null) {
                conditions.add("account_id = ?");
                parameters.add(accountId);
            }
            if (month != null) {
                conditions.add("SUBSTRING(period FROM 1 FOR 7) = ?");
                parameters.add(month);
            }
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }
    }

    /** The selected breaks as they stand now, by code, account, subject and period. */
    public List<BreakCase> select(Selection selection) {
        List<Object> parameters = new ArrayList<>();
        String condition = selection.condition(parameters);
        Map<String, List<BreakDecision>> newer = decisions.unsettled(Long.MAX_VALUE);
        return rows("SELECT * FROM break_case" + condition + ORDER, parameters).stream()
                .map(each -> decided(each, newer.getOrDefault(each.id(), List.of())))
                .filter(each -> !selection.unresolved() || each.isUnresolved())
                .toList();
    }

    /** The break with that id, as it stands now. */
    public Optional<BreakCase> find(String breakId) {
        Map<String, List<BreakDecision>> newer = decisions.unsettled(Long.MAX_VALUE);
        return rows("SELECT * FROM break_case WHERE break_id = ?", List.of(breakId)).stream()
                .map(each -> decided(each, newer.getOrDefault(each.id(), List.of())))
                .findFirst();
    }

    /**
     * Breaks of one month, as its close looks at them.
     *
     * @param ofAccounts by account
     * @param ofAll those without an account that leave every account without a conclusion
     */
    public record OfMonth(Map<String, List<BreakCase>> ofAccounts, List<BreakCase> ofAll) {
        /** Those that count for an account's close, by code, the others' first. */
        public List<BreakCase> concerning(String accountId) {
            return Stream.concat(ofAll.stream(), ofAccounts.getOrDefault(accountId, List.of()).stream())
                    .sorted(Comparator.comparing(each -> each.code().name()))
                    .toList();
        }
    }

    /** What the close of the run's month has to look at, with the decisions that the run knows. */
    public OfMonth ofMonth(Run run) {
        Map<String, List<BreakDecision>> newer = decisions.unsettled(run.lastDecision());
        Map<String, List<BreakCase>> byAccount = rows(
                        CONCERNING, List.of(run.month().toString()))
                .stream()
                .map(each -> decided(each, newer.getOrDefault(each.id(), List.of())))
                .collect(Collectors.groupingBy(BreakCase::accountId));
        return new OfMonth(byAccount, byAccount.getOrDefault("", List.of()));
    }

    /** Writes the decisions that the run knows into the rows that do not have them yet. */
    public void settle(Run run) {
        decisions.unsettled(run.lastDecision()).forEach((breakId, newer) -> {
            BreakCase each = decided(
                    rows("SELECT * FROM break_case WHERE break_id = ?", List.of(breakId))
                            .get(0),
                    newer);
            jdbc.sql("UPDATE break_case SET state = ?, resolution = ?, decided_to = ? WHERE break_id = ?")
                    .params(each.state().name(), each.resolution().name(), run.lastDecision(), breakId)
                    .update();
        });
    }

    /**
     * What a night has to look at, by id: every break that still holds, and of the resolved ones those that it found.
     * With the decisions that were {@linkplain #settle settled}, and no newer one.
     */
    public Map<String, BreakCase> known(Collection<String> foundIds) {
        Map<String, BreakCase> known = new TreeMap<>();
        rows("SELECT * FROM break_case WHERE state <> 'RESOLVED'", List.of())
                .forEach(each -> known.put(each.id(), each));
        List<String> rest = foundIds.stream()
                .filter(id -> !known.containsKey(id))
                .distinct()
                .toList();
        for (List<String> ids : portions(rest)) {
            rows("SELECT * FROM break_case WHERE break_id IN (" + marks(ids) + ")", List.copyOf(ids))
                    .forEach(each -> known.put(each.id(), each));
        }
        return known;
    }

    /** How often runs changed each of these breaks. */
    private Map<String, Integer> changes(List<String> breakIds) {
        Map<String, Integer> changes = new HashMap<>();
        for (List<String> ids : portions(breakIds)) {
            jdbc.sql("SELECT break_id, MAX(sequence) FROM break_history WHERE break_id IN (" + marks(ids)
                            + ") GROUP BY break_id")
                    .params(ids)
                    .query((RowCallbackHandler)
                            row -> changes.put(row.getString(1).strip(), row.getInt(2)));
        }
        return changes;
    }

    private static List<List<String>> portions(List<String> ids) {
        List<List<String>> portions = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_AT_ONCE) {
            portions.add(ids.subList(from, Math.min(ids.size(), from + IDS_AT_ONCE)));
        }
        return portions;
    }

    private static String marks(List<String> ids) {
        return "?, ".repeat(ids.size() - 1) + "?";
    }

    /** Stores what a run made of breaks, and appends to the history of those whose state moved. */
    public void put(Run run, Map<String, BreakCase> before, List<BreakCase> changed) {
        // The driver keeps every value of a batch until it has run.
        for (int from = 0; from < changed.size(); from += ROWS_AT_ONCE) {
            putSome(run, before, changed.subList(from, Math.min(changed.size(), from + ROWS_AT_ONCE)));
        }
    }

    private void putSome(Run run, Map<String, BreakCase> before, List<BreakCase> changed) {
        List<@Nullable Object[]> added = new ArrayList<>();
        List<@Nullable Object[]> updated = new ArrayList<>();
        List<BreakCase> moved = new ArrayList<>();
        for (BreakCase each : changed) {
            BreakCase known = before.get(each.id());
            (known == null ? added : updated).add(values(run, each));
            if (known == null || known.state() != each.state() || known.resolution() != each.resolution()) {
                moved.add(each);
            }
        }
        bulk.add("break_case", COLUMNS, added);
        batches.batchUpdate(
                "UPDATE break_case SET code = ?, subject = ?, period = ?, account_id = ?, severity = ?, state = ?, resolution = ?, expected = ?, actual = ?, difference = ?, currency = ?, cause = ?, evidence = ?, first_seen = ?, last_seen = ?, occurrences = ?, grace_until = ?, decided_to = ? WHERE break_id = ?",
                updated);
        bulk.add(
                "break_history",
                List.of("break_id", "sequence", "run_id", "changed_on", "state", "resolution"),
                history(run, moved));
    }

    private List<@Nullable Object[]> history(Run run, List<BreakCase> moved) {
        Map<String, Integer> changes = changes(moved.stream().map(BreakCase::id).toList());
        List<@Nullable Object[]> history = new ArrayList<>();
        for (BreakCase each : moved) {
            history.add(new Object[] {
                each.id(),
                changes.getOrDefault(each.id(), 0) + 1,
                run.id(),
                run.businessDate(),
                each.state().name(),
                each.resolution().name()
            });
        }
        return history;
    }

    private static @Nullable Object[] values(Run run, BreakCase each) {
        return new @Nullable Object[] {
            each.code().name(),
            StorableText.of(each.subject()),
            each.period(),
            each.accountId(),
            each.severity().name(),
            each.state().name(),
            each.resolution().name(),
            Decimals.bindOptional(each.expected()),
            Decimals.bindOptional(each.actual()),
            Decimals.bindOptional(each.difference()),
            each.currency(),
            StorableText.of(each.cause()),
            StorableText.of(each.evidence()),
            each.firstSeen(),
            each.lastSeen(),
            each.occurrences(),
            each.graceUntil(),
            run.lastDecision(),
            each.id()
        };
    }

    /** What runs made of a break, oldest first. */
    public List<Change> history(String breakId) {
        return jdbc.sql(
                        "SELECT h.*, r.last_decision FROM break_history h JOIN runs r ON r.run_id = h.run_id WHERE h.break_id = ? ORDER BY h.sequence")
                .param(breakId)
                .query((row, number) -> new Change(
                        row.getLong("run_id"),
                        row.getLong("last_decision"),
                        row.getObject("changed_on", LocalDate.class),
                        BreakState.valueOf(row.getString("state")),
                        BreakResolution.valueOf(row.getString("resolution"))))
                .list();
    }

    /** The breaks that stand resolved, and on which the run knows a decision that no earlier night knew. */
    public List<BreakCase> resolvedByPersons(Run run) {
        return rows(
                "SELECT * FROM break_case WHERE state = 'RESOLVED' AND resolution <> 'AUTO' AND break_id IN (SELECT break_id FROM break_decision WHERE decision_id <= ? AND decision_id > (SELECT COALESCE(MAX(last_decision), 0) FROM runs WHERE job = 'nightly' AND business_date < ?))"
                        + ORDER,
                List.of(run.lastDecision(), run.businessDate()));
    }

    /**
     * The balance gaps that stand accepted, by account and month; with the decisions that were {@linkplain #settle
     * settled}, and no newer one.
     */
    public Map<String, SortedMap<String, Amount>> acceptedGaps() {
        Map<String, SortedMap<String, Amount>> byAccount = new HashMap<>();
        rows(
                        "SELECT * FROM break_case WHERE code = 'BALANCE_DIFFERS' AND resolution = 'ACCEPTED' AND difference IS NOT NULL",
                        List.of())
                .forEach(each -> byAccount
                        .computeIfAbsent(each.accountId(), account -> new TreeMap<>())
                        .put(each.period(), Objects.requireNonNull(each.difference())));
        return byAccount;
    }

    private static BreakCase decided(BreakCase each, List<BreakDecision> decisions) {
        BreakCase standing = each;
        for (BreakDecision decision : decisions) {
            standing = standing.decided(decision);
        }
        return standing;
    }

    private List<BreakCase> rows(String sql, List<Object> parameters) {
        return jdbc.sql(sql).params(parameters).query(BreakStore::breakCase).list();
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
