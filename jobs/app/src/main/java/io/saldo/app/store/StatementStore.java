package io.saldo.app.store;

import io.saldo.app.statement.StatementFacts;
import io.saldo.app.statement.StatementRevision;
import io.saldo.money.Amount;
import io.saldo.statement.Correction;
import io.saldo.statement.FallenUsage;
import io.saldo.statement.MonthCounters;
import io.saldo.statement.OpeningPosition;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import io.saldo.statement.UnfundedShare;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Statement revisions, closed account-months, and what the last computation of an account rested on. */
@Repository
public class StatementStore {
    private static final List<String> AMOUNTS = List.of(
            "usage_amount",
            "credit_amount",
            "payg_amount",
            "overage_amount",
            "surcharge_amount",
            "carried_amount",
            "unfunded_amount",
            "receivable_amount",
            "opening_balance",
            "granted_amount",
            "restored_amount",
            "drawn_amount",
            "expired_amount",
            "withdrawn_amount",
            "closing_balance",
            "opening_debt",
            "settled_debt",
            "closing_debt");

    private static final String FROZEN =
            "SELECT c.account_id, c.month, s.content, c.run_id FROM account_month_close c LEFT JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE NOT EXISTS (SELECT 1 FROM account_month_reopening r WHERE r.account_id = c.account_id AND r.month = c.month AND r.close_run_id = c.run_id %s ORDER BY c.account_id, c.month";

    private static final String LATEST =
            "SELECT s.account_id, s.month, s.revision, s.result_sha256 FROM statement_revision s WHERE NOT EXISTS (SELECT 1 FROM account_month_closed c WHERE c.account_id = s.account_id AND c.month = s.month) %s ORDER BY s.account_id, s.month, s.revision";

    private static final List<String> COLUMNS = Stream.concat(
                    Stream.of(
                            "account_id",
                            "month",
                            "revision",
                            "run_id",
                            "shard",
                            "as_of",
                            "status",
                            "result_sha256",
                            "dependency_sha256",
                            "content",
                            "currency",
                            "events",
                            "unpriced_quantity"),
                    AMOUNTS.stream())
            .toList();

    private final JdbcClient jdbc;
    private final BulkInsert bulk;
    private final DisputeStore disputes;

    /** Over the books. */
    public StatementStore(JdbcClient jdbc, BulkInsert bulk, DisputeStore disputes) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.disputes = disputes;
    }

    /**
     * What the closed months of an account leave for the next one.
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
        /**
         * With an approved dispute: its run counted all usage of the month, whoever counted it before, and who counts later
         * usage goes on from there.
         */
        private Frozen with(DisputeStore.Approved approved) {
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
            if (approved.openMonth().equals(YearMonth.parse(lastMonth).plusMonths(1))) {
                corrections
                        .computeIfAbsent(approved.month(), month -> new ArrayList<>())
                        .add(approved.correction());
            }
            return this;
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

    /** The number of an account-month's latest revision, and what it says. */
    public record Latest(int revision, String resultSha256) {}

    /** An account-month that is closed. */
    public record Closed(String accountId, String month, int revision, LocalDate closedOn) {}

    /** Enters revisions. */
    public void add(long runId, List<StatementRevision> revisions) {
        bulk.add(
                "statement_revision",
                COLUMNS,
                revisions.stream().map(each -> values(runId, each)).toList());
    }

    private static @Nullable Object[] values(long runId, StatementRevision revision) {
        StatementTotals totals = revision.totals();
        List<Object> values = new ArrayList<>(List.of(
                revision.accountId(),
                revision.month(),
                revision.revision(),
                runId,
                revision.shard(),
                revision.asOf(),
                revision.status().word(),
                revision.resultSha256(),
                revision.dependencySha256(),
                Json.write(revision.facts()),
                revision.currency(),
                revision.events(),
                new BigDecimal(revision.unpricedQuantity())));
        for (Amount amount : List.of(
                totals.usage(),
                totals.credit(),
                totals.payg(),
                totals.overage(),
                totals.surcharge(),
                totals.carried(),
                totals.unfunded(),
                totals.receivable(),
                totals.openingBalance(),
                totals.granted(),
                totals.restored(),
                totals.drawn(),
                totals.expired(),
                totals.withdrawn(),
                totals.closingBalance(),
                totals.openingDebt(),
                totals.settledDebt(),
                totals.closingDebt())) {
            values.add(Decimals.bind(amount));
        }
        return values.toArray();
    }

    /** The latest revision of an account-month. */
    public Optional<StatementRevision> latest(String accountId, String month) {
        return jdbc.sql(
                        "SELECT * FROM statement_revision WHERE account_id = ? AND month = ? ORDER BY revision DESC FETCH FIRST 1 ROWS ONLY")
                .params(accountId, month)
                .query(StatementStore::revision)
                .optional();
    }

    /** The revision of that number. */
    public StatementRevision get(String accountId, String month, int revision) {
        return jdbc.sql("SELECT * FROM statement_revision WHERE account_id = ? AND month = ? AND revision = ?")
                .params(accountId, month, revision)
                .query(StatementStore::revision)
                .single();
    }

    /** The revision of that number, where there is one. */
    public Optional<StatementRevision> find(String accountId, String month, int revision) {
        return jdbc.sql("SELECT * FROM statement_revision WHERE account_id = ? AND month = ? AND revision = ?")
                .params(accountId, month, revision)
                .query(StatementStore::revision)
                .optional();
    }

    /** The latest revision that a run made whose as-of is not after that instant in microseconds. */
    public Optional<StatementRevision> knownOn(String accountId, String month, long instant) {
        return jdbc.sql(
                        "SELECT s.* FROM statement_revision s JOIN runs r ON r.run_id = s.run_id WHERE s.account_id = ? AND s.month = ? AND r.as_of <= ? ORDER BY s.revision DESC FETCH FIRST 1 ROWS ONLY")
                .params(accountId, month, instant)
                .query(StatementStore::revision)
                .optional();
    }

    /** The revision of that number as it stands, also where its figures contradict each other. */
    public Optional<StatementRevision> unproved(String accountId, String month, int revision) {
        return jdbc.sql("SELECT * FROM statement_revision WHERE account_id = ? AND month = ? AND revision = ?")
                .params(accountId, month, revision)
                .query(StatementStore::unproved)
                .optional();
    }

    /** The run that made the revision. */
    public long runOf(StatementRevision revision) {
        return jdbc.sql("SELECT run_id FROM statement_revision WHERE account_id = ? AND month = ? AND revision = ?")
                .params(revision.accountId(), revision.month(), revision.revision())
                .query(Long.class)
                .single();
    }

    /** The runs whose statements are frozen in that month. */
    public List<Long> runsOfClosed(String month) {
        return jdbc.sql(
                        "SELECT DISTINCT s.run_id FROM account_month_closed c JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE c.month = ? ORDER BY s.run_id")
                .param(month)
                .query(Long.class)
                .list();
    }

    /** What that run knew of the month before: the latest revision of the latest earlier month that has one. */
    public Optional<StatementRevision> before(String accountId, String month, long runId) {
        return jdbc.sql(
                        "SELECT * FROM statement_revision WHERE account_id = ? AND month < ? AND run_id <= ? ORDER BY month DESC, revision DESC FETCH FIRST 1 ROWS ONLY")
                .params(accountId, month, runId)
                .query(StatementStore::revision)
                .optional();
    }

    /** The months of which the account has a statement, oldest first. */
    public List<String> months(String accountId) {
        return jdbc.sql("SELECT DISTINCT month FROM statement_revision WHERE account_id = ? ORDER BY month")
                .param(accountId)
                .query(String.class)
                .list();
    }

    /** The latest revision of every account with a statement of the month, by account. */
    public List<StatementRevision> latestOfMonth(String month) {
        return jdbc.sql(
                        "SELECT s.* FROM statement_revision s JOIN (SELECT account_id, MAX(revision) AS revision FROM statement_revision WHERE month = ? GROUP BY account_id) l ON l.account_id = s.account_id AND l.revision = s.revision WHERE s.month = ? ORDER BY s.account_id")
                .params(month, month)
                .query(StatementStore::revision)
                .list();
    }

    /** How many revisions a run made. */
    public long countOfRun(long runId) {
        return jdbc.sql("SELECT COUNT(*) FROM statement_revision WHERE run_id = ?")
                .param(runId)
                .query(Long.class)
                .single();
    }

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

    /** The frozen statements of the account's months after that one, oldest first, as they were before that run began. */
    public List<StatementRevision> closedRevisionsAfter(String accountId, String month, long beforeRun) {
        return jdbc.sql(
                        "SELECT s.* FROM account_month_close c JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE NOT EXISTS (SELECT 1 FROM account_month_reopening r WHERE r.account_id = c.account_id AND r.month = c.month AND r.close_run_id = c.run_id AND r.after_run_id < ?) AND c.account_id = ? AND c.month > ? AND c.run_id < ? ORDER BY c.month")
                .params(beforeRun, accountId, month, beforeRun)
                .query(StatementStore::revision)
                .list();
    }

    /** Opens an account's closed months from that one on again: for every run after the last one, their closes did not happen. */
    public void reopen(String accountId, String month, LocalDate on) {
        jdbc.sql(
                        "INSERT INTO account_month_reopening (account_id, month, close_run_id, after_run_id, reopened_on) SELECT c.account_id, c.month, c.run_id, (SELECT MAX(run_id) FROM runs), ? FROM account_month_closed c WHERE c.account_id = ? AND c.month >= ?")
                .params(on, accountId, month)
                .update();
    }

    /** What closed months leave for the next one, by account; accounts without a closed month have none. */
    public Map<String, Frozen> frozen() {
        return frozen(jdbc.sql(FROZEN.formatted(")")), Long.MAX_VALUE);
    }

    /** What the closed months of an account leave for the next one; empty when none is closed. */
    public Optional<Frozen> frozen(String accountId) {
        return Optional.ofNullable(
                frozen(jdbc.sql(FROZEN.formatted(") AND c.account_id = ?")).param(accountId), Long.MAX_VALUE)
                        .get(accountId));
    }

    /** The same, as it was before that run began; empty when none was closed by then. */
    public Optional<Frozen> frozenBefore(long runId, String accountId) {
        return Optional.ofNullable(frozen(
                        jdbc.sql(FROZEN.formatted("AND r.after_run_id < ?) AND c.account_id = ? AND c.run_id < ?"))
                                .params(runId, accountId, runId),
                        runId)
                .get(accountId));
    }

    private Map<String, Frozen> frozen(JdbcClient.StatementSpec query, long beforeRun) {
        Map<String, Frozen> byAccount = new HashMap<>();
        query.query((RowCallbackHandler) row -> {
            Frozen before = byAccount.get(row.getString(1));
            String content = row.getString(3);
            Set<String> applied = before == null ? new HashSet<>() : before.appliedEntries();
            OpeningPosition closing = before == null ? null : before.closing();
            SortedMap<YearMonth, CountedUsage> usage = before == null ? new TreeMap<>() : before.usage();
            Map<YearMonth, List<UnfundedShare>> unfunded = before == null ? new HashMap<>() : before.unfunded();
            Map<String, Amount> charged = before == null ? new HashMap<>() : before.charged();
            Set<YearMonth> fallen = before == null ? Set.of() : before.fallen();
            YearMonth month = YearMonth.parse(row.getString(2));
            List<MonthCounters> counted = List.of(MonthCounters.none(month));
            if (content != null) {
                StatementFacts facts = Json.read(content, StatementFacts.class);
                applied.addAll(facts.appliedEntries());
                closing = facts.closing();
                counted = facts.counters();
                unfunded.put(month, facts.unfunded());
                facts.charged().forEach(each -> charged.merge(each.breakId(), each.amount(), Amount::plus));
                fallen = facts.fallen().stream().map(FallenUsage::usageMonth).collect(Collectors.toSet());
            }
            for (MonthCounters counters : counted) {
                CountedUsage earlier = usage.get(counters.month());
                List<Long> runs = new ArrayList<>(earlier == null ? List.of() : earlier.runs());
                runs.add(row.getLong(4));
                usage.put(counters.month(), new CountedUsage(runs, counters));
            }
            byAccount.put(
                    row.getString(1),
                    new Frozen(row.getString(2), applied, closing, usage, unfunded, charged, fallen, new TreeMap<>()));
        });
        for (DisputeStore.Approved each : disputes.approved()) {
            if (each.afterRunId() < beforeRun) {
                byAccount.computeIfPresent(each.accountId(), (account, frozen) -> frozen.with(each));
            }
        }
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
                .query(StatementStore::closed)
                .list()
                .forEach(closed -> byAccount.put(closed.accountId(), closed));
        return byAccount;
    }

    /** The latest revisions of open months, by account and month. */
    public Map<String, Map<String, Latest>> latestOfOpenMonths() {
        return latestOfOpenMonths(jdbc.sql(LATEST.formatted("")));
    }

    /** The latest revisions of the account's open months, by month. */
    public Map<String, Latest> latestOfOpenMonths(String accountId) {
        return latestOfOpenMonths(
                        jdbc.sql(LATEST.formatted("AND s.account_id = ?")).param(accountId))
                .getOrDefault(accountId, Map.of());
    }

    private static Map<String, Map<String, Latest>> latestOfOpenMonths(JdbcClient.StatementSpec query) {
        Map<String, Map<String, Latest>> byAccount = new HashMap<>();
        query.query((RowCallbackHandler) row -> byAccount
                .computeIfAbsent(row.getString(1), account -> new HashMap<>())
                .put(row.getString(2), new Latest(row.getInt(3), row.getString(4))));
        return byAccount;
    }

    /** What the last computation of each account rested on. */
    public Map<String, String> dependencies() {
        Map<String, String> byAccount = new HashMap<>();
        jdbc.sql("SELECT account_id, dependency_sha256 FROM account_dependency")
                .query((RowCallbackHandler) row -> byAccount.put(row.getString(1), row.getString(2)));
        return byAccount;
    }

    /**
     * An account's last computation and what changed since.
     *
     * @param run the run that computed it
     * @param changedFrom by month, the earliest instant of usage that later runs brought, in microseconds
     */
    public record LastComputation(long run, Map<String, Long> changedFrom) {}

    /** The last computation of every account that has one. */
    public Map<String, LastComputation> lastComputations() {
        Map<String, LastComputation> byAccount = new HashMap<>();
        jdbc.sql(
                        "SELECT d.account_id, d.run_id, u.month, MIN(u.first_occurred_at) FROM account_dependency d LEFT JOIN account_month_usage u ON u.account_id = d.account_id AND u.run_id > d.run_id GROUP BY d.account_id, d.run_id, u.month")
                .query((RowCallbackHandler) row -> {
                    LastComputation last = byAccount.get(row.getString(1));
                    if (last == null) {
                        last = new LastComputation(row.getLong(2), new HashMap<>());
                        byAccount.put(row.getString(1), last);
                    }
                    String month = row.getString(3);
                    if (month != null) {
                        last.changedFrom().put(month, row.getLong(4));
                    }
                });
        return byAccount;
    }

    /**
     * What the computation of an account rested on.
     *
     * @param sha256 of all its inputs
     */
    public record Dependency(String accountId, String sha256) {}

    /** Remembers what computations rested on. */
    public void setDependencies(long runId, long asOf, List<Dependency> dependencies) {
        bulk.put(
                "account_dependency",
                List.of("account_id"),
                List.of("run_id", "as_of", "dependency_sha256"),
                dependencies.stream()
                        .map(each -> new Object[] {each.accountId(), runId, asOf, each.sha256()})
                        .toList());
    }

    /** Our balance of an account at an instant in microseconds for which a live balance was recorded. */
    public record ComputedBalance(String accountId, long asOf, Amount balance) {}

    /** Remembers our balances. */
    public void setComputedBalances(long runId, List<ComputedBalance> balances) {
        bulk.put(
                "computed_balance",
                List.of("account_id", "as_of"),
                List.of("run_id", "balance"),
                balances.stream()
                        .map(each -> new Object[] {each.accountId(), each.asOf(), runId, Decimals.bind(each.balance())})
                        .toList());
    }

    /** Our balances, by account and instant in microseconds. */
    public Map<String, Map<Long, Amount>> computedBalances() {
        Map<String, Map<Long, Amount>> balances = new TreeMap<>();
        jdbc.sql("SELECT account_id, as_of, balance FROM computed_balance")
                .query((row, number) -> balances.computeIfAbsent(
                                row.getString("account_id"), account -> new TreeMap<>())
                        .put(row.getLong("as_of"), Decimals.read(row, "balance")))
                .list();
        return balances;
    }

    /** Remembers why an account has no new statement. */
    public void addProblem(long runId, String accountId, String code, String message) {
        jdbc.sql("INSERT INTO account_problem (run_id, account_id, code, message) VALUES (?, ?, ?, ?)")
                .params(runId, accountId, code, message.length() > 2_000 ? message.substring(0, 2_000) : message)
                .update();
    }

    /** Accounts that have no new statement in a run, with the reason. */
    public Map<String, String> problems(long runId) {
        Map<String, String> problems = new TreeMap<>();
        jdbc.sql("SELECT account_id, message FROM account_problem WHERE run_id = ?")
                .param(runId)
                .query((row, number) -> problems.put(row.getString(1), row.getString(2)))
                .list();
        return problems;
    }

    /** The months of which there is a statement, oldest first. */
    public List<YearMonth> months() {
        return jdbc
                .sql("SELECT DISTINCT month FROM statement_revision ORDER BY month")
                .query(String.class)
                .list()
                .stream()
                .map(YearMonth::parse)
                .toList();
    }

    private static Closed closed(ResultSet row, int number) throws SQLException {
        return new Closed(
                row.getString("account_id"),
                row.getString("month"),
                row.getInt("revision"),
                row.getObject("closed_on", LocalDate.class));
    }

    private static StatementRevision revision(ResultSet row, int number) throws SQLException {
        StatementRevision revision = unproved(row, number);
        revision.totals().prove(revision.accountId(), YearMonth.parse(revision.month()));
        return revision;
    }

    private static StatementRevision unproved(ResultSet row, int number) throws SQLException {
        List<Amount> amounts = new ArrayList<>();
        for (String column : AMOUNTS) {
            amounts.add(Decimals.read(row, column));
        }
        String status = row.getString("status");
        StatementTotals totals = new StatementTotals(
                amounts.get(0),
                amounts.get(1),
                amounts.get(2),
                amounts.get(3),
                amounts.get(4),
                amounts.get(5),
                amounts.get(6),
                amounts.get(7),
                amounts.get(8),
                amounts.get(9),
                amounts.get(10),
                amounts.get(11),
                amounts.get(12),
                amounts.get(13),
                amounts.get(14),
                amounts.get(15),
                amounts.get(16),
                amounts.get(17));
        return new StatementRevision(
                row.getString("account_id"),
                row.getString("month"),
                row.getInt("revision"),
                row.getInt("shard"),
                row.getLong("as_of"),
                java.util.Arrays.stream(Statement.Status.values())
                        .filter(each -> each.word().equals(status))
                        .findFirst()
                        .orElseThrow(),
                row.getString("currency"),
                row.getString("result_sha256"),
                row.getString("dependency_sha256"),
                row.getLong("events"),
                row.getBigDecimal("unpriced_quantity").toBigIntegerExact(),
                totals,
                Json.read(row.getString("content"), StatementFacts.class));
    }
}
