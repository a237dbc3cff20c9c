package io.saldo.app.store;

import io.saldo.app.statement.StatementFacts;
import io.saldo.money.Amount;
import io.saldo.statement.Correction;
import io.saldo.statement.FallenUsage;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.UnfundedShare;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which account-months are closed or open again, and what the closed ones leave for the next. */
@Repository
public class CloseStore {
    private static final String STATEMENTS =
            "SELECT c.account_id, c.month, s.content, c.run_id, NULL FROM account_month_close c LEFT JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE NOT EXISTS (SELECT 1 FROM account_month_reopening r WHERE r.account_id = c.account_id AND r.month = c.month AND r.close_run_id = c.run_id %s ORDER BY c.account_id, c.month";

    /** What was kept of accounts, and the statements that they closed since. */
    private static final String KEPT_AND_STATEMENTS =
            "SELECT c.account_id, c.month, s.content, c.run_id, CASE WHEN c.month = k.month THEN k.content END FROM account_month_closed c LEFT JOIN (SELECT f.account_id, f.month, f.content FROM frozen_account f JOIN account_month_closed h ON h.account_id = f.account_id AND h.month = f.month AND h.run_id = f.run_id) k ON k.account_id = c.account_id LEFT JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision AND (k.month IS NULL OR c.month > k.month) WHERE k.month IS NULL OR c.month >= k.month ORDER BY c.account_id, c.month";

    private static final int ACCOUNTS_AT_ONCE = 1_000;

    private final JdbcClient jdbc;
    private final BulkInsert bulk;
    private final DisputeStore disputes;

    /** Over the books. */
    public CloseStore(JdbcClient jdbc, BulkInsert bulk, DisputeStore disputes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.disputes = disputes;
    }

    /**
     * What the closed months of an account leave for the next one. It is stored ({@link #keepFrozen}): who changes its components
     * empties {@code frozen_account} in a migration.
     *
     * @param lastMonth the last of them
     * @param appliedEntries credit entries that they applied
     * @param closing the position after them; null where none of them has a statement
     * @param usage what of usage they counted, by usage month
     * @param unfunded by statement month, what of its usage nobody pays
     * @param charged what closed statements charged by decisions, by break
     * @param fallen usage months with figures that fell after they were counted, as the last statement knew them
     * @param corrections by disputed month, what approved disputes move in the month after the last
     */
    public record Frozen(
            String lastMonth,
            Set<String> appliedEntries,
            @Nullable OpeningPosition closing,
            SortedMap<YearMonth, CountedUsage> usage,
            Map<YearMonth, List<UnfundedShare>> unfunded,
            Map<String, Amount> charged,
            Set<YearMonth> fallen,
            SortedMap<YearMonth, List<Correction>> corrections) {
        /** Before the first close. */
        private static Frozen none() {
            return new Frozen(
                    "",
                    new TreeSet<>(),
                    null,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    Set.of(),
                    new TreeMap<>());
        }

        /**
         * After a further close.
         *
         * @param facts of the frozen statement; null where the month has none
         */
        private Frozen after(YearMonth month, @Nullable StatementFacts facts, long run) {
            for (MonthCounters counters : facts == null ? List.of(MonthCounters.none(month)) : facts.counters()) {
                CountedUsage earlier = usage.get(counters.month());
                List<Long> runs = new ArrayList<>(earlier == null ? List.of() : earlier.runs());
                runs.add(run);
                usage.put(counters.month(), new CountedUsage(runs, counters));
            }
            if (facts == null) {
                return new Frozen(
                        month.toString(), appliedEntries, closing, usage, unfunded, charged, fallen, corrections);
            }
            appliedEntries.addAll(facts.appliedEntries());
            unfunded.put(month, facts.unfunded());
            facts.charged().forEach(each -> charged.merge(each.breakId(), each.amount(), Amount::plus));
            return new Frozen(
                    month.toString(),
                    appliedEntries,
                    facts.closing(),
                    usage,
                    unfunded,
                    charged,
                    facts.fallen().stream().map(FallenUsage::usageMonth).collect(Collectors.toCollection(TreeSet::new)),
                    corrections);
        }

        /**
         * Applies an approved dispute: its run counted all usage of the month, whoever counted it before, and who counts later
         * usage goes on from there. What the month leaves uncovered is what the disputed revision leaves.
         */
        private void apply(DisputeStore.Approved approved) {
            CountedUsage before = usage.get(approved.month());
            List<Long> later = before == null
                    ? List.of()
                    : before.runs().stream()
                            .filter(run -> run > approved.runId())
                            .toList();
            List<Long> runs = new ArrayList<>(List.of(approved.runId()));
            runs.addAll(later);
            usage.put(
                    approved.month(),
                    new CountedUsage(
                            runs, before == null || later.isEmpty() ? approved.counters() : before.counters()));
            unfunded.put(approved.month(), approved.unfunded());
            if (approved.openMonth().equals(YearMonth.parse(lastMonth).plusMonths(1))) {
                corrections
                        .computeIfAbsent(approved.month(), month -> new ArrayList<>())
                        .add(approved.correction());
            }
        }
    }

    /**
     * What closed statements counted of a month's usage.
     *
     * @param runs the runs that closed them, rising
     * @param counters how far they counted
     */
    public record CountedUsage(List<Long> runs, MonthCounters counters) {
        /** Whether usage that this run brought is in one of them. */
        public boolean has(long run) {
            return !runs.isEmpty() && run <= runs.get(runs.size() - 1);
        }
    }

    /** An account-month that is closed. */
    public record Closed(String accountId, String month, int revision, LocalDate closedOn) {}

    /** Closes an account-month with that revision. */
    public void close(long runId, Closed closed) {
        jdbc.sql(
                        "INSERT INTO account_month_close (account_id, month, revision, run_id, closed_on) VALUES (?, ?, ?, ?, ?)")
                .params(closed.accountId(), closed.month(), closed.revision(), runId, closed.closedOn())
                .update();
    }

    /** How often the account-month was closed, reopened or not. */
    public int closes(String accountId, String month) {
        return jdbc.sql("SELECT COUNT(*) FROM account_month_close WHERE account_id = ? AND month = ?")
                .params(accountId, month)
                .query(Integer.class)
                .single();
    }

    /** The closed months of the account after that one which have a statement, oldest first. */
    public List<String> closedAfter(String accountId, String month) {
        return jdbc.sql(
                        "SELECT month FROM account_month_closed WHERE account_id = ? AND month > ? AND revision > 0 ORDER BY month")
                .params(accountId, month)
                .query(String.class)
                .list();
    }

    /** Opens an account's closed months from that one on again: for every run after the last one, their closes did not happen. */
    public void reopen(String accountId, String month, LocalDate on) {
        jdbc.sql(
                        "INSERT INTO account_month_reopening (account_id, month, close_run_id, after_run_id, reopened_on) SELECT c.account_id, c.month, c.run_id, (SELECT MAX(run_id) FROM runs), ? FROM account_month_closed c WHERE c.account_id = ? AND c.month >= ?")
                .params(on, accountId, month)
                .update();
    }

    /**
     * What closed months leave for the next one, by account; accounts without a closed month have none. From every closed
     * statement.
     */
    public Map<String, Frozen> frozen() {
        return disputed(frozen(jdbc.sql(STATEMENTS.formatted(")"))));
    }

    /** The same, from what {@link #keepFrozen} kept and the statements that were closed since: for each night. */
    public Map<String, Frozen> kept() {
        return disputed(frozen(jdbc.sql(KEPT_AND_STATEMENTS)));
    }

    private Map<String, Frozen> disputed(Map<String, Frozen> byAccount) {
        for (DisputeStore.Approved each : disputes.approved()) {
            Frozen frozen = byAccount.get(each.accountId());
            if (frozen != null) {
                frozen.apply(each);
            }
        }
        return byAccount;
    }

    /** What the closed months of an account leave for the next one; empty when none is closed. */
    public Optional<Frozen> frozen(String accountId) {
        return frozenBefore(Long.MAX_VALUE, accountId);
    }

    /** The same, as it was before that run began; empty when none was closed by then. */
    public Optional<Frozen> frozenBefore(long runId, String accountId) {
        Frozen frozen = frozen(
                        jdbc.sql(STATEMENTS.formatted("AND r.after_run_id < ?) AND c.account_id = ? AND c.run_id < ?"))
                                .params(runId, accountId, runId))
                .get(accountId);
        if (frozen != null) {
            disputes.approved(accountId).stream()
                    .filter(each -> each.afterRunId() < runId)
                    .forEach(frozen::apply);
        }
        return Optional.ofNullable(frozen);
    }

    /** Keeps with the accounts that the run closed what their closed months leave, for nights to go on from. */
    public void keepFrozen(long runId) {
        List<String> accounts = jdbc.sql(
                        "SELECT account_id FROM account_month_closed WHERE run_id = ? ORDER BY account_id")
                .param(runId)
                .query(String.class)
                .list();
        for (int first = 0; first < accounts.size(); first += ACCOUNTS_AT_ONCE) {
            List<String> some = accounts.subList(first, Math.min(first + ACCOUNTS_AT_ONCE, accounts.size()));
            List<@Nullable Object[]> rows = new ArrayList<>();
            frozen(jdbc.sql(STATEMENTS.formatted(") AND c.account_id IN (:accounts)"))
                            .param("accounts", some))
                    .forEach((account, frozen) ->
                            rows.add(new Object[] {account, frozen.lastMonth(), runId, Json.write(frozen)}));
            bulk.put("frozen_account", List.of("account_id"), List.of("month", "run_id", "content"), rows);
        }
    }

    /** By account, of closes in order: each with its account, month, statement, run, and what was kept up to it. */
    private static SortedMap<String, Frozen> frozen(JdbcClient.StatementSpec query) {
        SortedMap<String, Frozen> byAccount = new TreeMap<>();
        query.query((RowCallbackHandler) row -> {
            String account = row.getString(1);
            String content = row.getString(3);
            String kept = row.getString(5);
            byAccount.put(
                    account,
                    kept == null
                            ? byAccount
                                    .getOrDefault(account, Frozen.none())
                                    .after(
                                            YearMonth.parse(row.getString(2)),
                                            content == null ? null : Json.read(content, StatementFacts.class),
                                            row.getLong(4))
                            : Json.read(kept, Frozen.class));
        });
        return byAccount;
    }

    /** The last closed month of every account that has one. */
    public Map<String, YearMonth> lastClosedMonths() {
        Map<String, YearMonth> byAccount = new TreeMap<>();
        jdbc.sql("SELECT account_id, MAX(month) FROM account_month_closed GROUP BY account_id")
                .query((row, number) -> Map.entry(row.getString(1), YearMonth.parse(row.getString(2))))
                .list()
                .forEach(entry -> byAccount.put(entry.getKey(), entry.getValue()));
        return byAccount;
    }

    /** The closed accounts of a month. */
    public Map<String, Closed> closedOfMonth(String month) {
        Map<String, Closed> byAccount = new TreeMap<>();
        jdbc.sql("SELECT * FROM account_month_closed WHERE month = ?")
                .param(month)
                .query(CloseStore::closed)
                .list()
                .forEach(closed -> byAccount.put(closed.accountId(), closed));
        return byAccount;
    }

    private static Closed closed(ResultSet row, int number) throws SQLException {
        return new Closed(
                row.getString("account_id"),
                row.getString("month"),
                row.getInt("revision"),
                row.getObject("closed_on", LocalDate.class));
    }

    /** Enters that a close went on in spite of a break. */
    public void addWaiver(long runId, String accountId, String month, String breakId) {
        jdbc.sql("INSERT INTO waiver (run_id, account_id, month, break_id) VALUES (?, ?, ?, ?)")
                .params(runId, accountId, month, breakId)
                .update();
    }
}
