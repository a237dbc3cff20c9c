package io.saldo.app.store;

import io.saldo.app.statement.StatementFacts;
import io.saldo.app.statement.StatementRevision;
import io.saldo.money.Amount;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Statement revisions. */
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

    private static final String OPEN_REVISIONS =
            "SELECT s.account_id, s.month, s.revision, s.result_sha256 FROM statement_revision s WHERE NOT EXISTS (SELECT 1 FROM account_month_closed c WHERE c.account_id = s.account_id AND c.month = s.month) ORDER BY s.account_id, s.month, s.revision";

    private static final int ACCOUNTS_AT_ONCE = 1_000;

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

    /** Over the books. */
    public StatementStore(JdbcClient jdbc, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /** The number of an account-month's latest revision, and what it says. */
    public record Latest(int revision, String resultSha256) {}

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
        return find(accountId, month, revision).orElseThrow();
    }

    /** The revision of that number, where there is one. */
    public Optional<StatementRevision> find(String accountId, String month, int revision) {
        return unproved(accountId, month, revision).map(StatementStore::proved);
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

    /** The latest revision of each month with a statement of these accounts. */
    public List<StatementRevision> latestOfAccounts(List<String> accountIds) {
        List<StatementRevision> revisions = new ArrayList<>();
        for (int first = 0; first < accountIds.size(); first += ACCOUNTS_AT_ONCE) {
            revisions.addAll(jdbc.sql(
                            "SELECT s.* FROM statement_revision s JOIN (SELECT account_id, month, MAX(revision) AS revision FROM statement_revision WHERE account_id IN (:accounts) GROUP BY account_id, month) l ON l.account_id = s.account_id AND l.month = s.month AND l.revision = s.revision")
                    .param("accounts", accountIds.subList(first, Math.min(first + ACCOUNTS_AT_ONCE, accountIds.size())))
                    .query(StatementStore::revision)
                    .list());
        }
        return revisions;
    }

    /** The latest revision of every account-month with a statement that is open, by month and account. */
    public List<StatementRevision> latestOpen() {
        return jdbc.sql(
                        "SELECT s.* FROM statement_revision s JOIN (SELECT r.account_id, r.month, MAX(r.revision) AS revision FROM statement_revision r WHERE NOT EXISTS (SELECT 1 FROM account_month_closed c WHERE c.account_id = r.account_id AND c.month = r.month) GROUP BY r.account_id, r.month) l ON l.account_id = s.account_id AND l.month = s.month AND l.revision = s.revision ORDER BY s.month, s.account_id")
                .query(StatementStore::revision)
                .list();
    }

    /**
     * How an account's last statement ends.
     *
     * @param balance unspent credit
     * @param debt carried usage that is not settled
     */
    public record Ending(Amount balance, Amount debt, String currency) {}

    /** How the last statement of every account ends, by account. */
    public Map<String, Ending> endings() {
        Map<String, Ending> byAccount = new HashMap<>();
        jdbc.sql(
                        "SELECT account_id, closing_balance, closing_debt, currency FROM (SELECT account_id, closing_balance, closing_debt, currency, ROW_NUMBER() OVER (PARTITION BY account_id ORDER BY month DESC, revision DESC) AS age FROM statement_revision) s WHERE age = 1")
                .query((RowCallbackHandler) row -> byAccount.put(
                        row.getString("account_id"),
                        new Ending(
                                Decimals.read(row, "closing_balance"),
                                Decimals.read(row, "closing_debt"),
                                row.getString("currency"))));
        return byAccount;
    }

    /** What the closed statements of a month left, unspent credit less debt, by account. */
    public Map<String, Amount> closedBalances(String month) {
        Map<String, Amount> byAccount = new HashMap<>();
        jdbc.sql(
                        "SELECT s.account_id, s.closing_balance, s.closing_debt FROM account_month_closed c JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE c.month = ?")
                .param(month)
                .query((RowCallbackHandler) row -> byAccount.put(
                        row.getString("account_id"),
                        Decimals.read(row, "closing_balance").minus(Decimals.read(row, "closing_debt"))));
        return byAccount;
    }

    /** How many revisions a run made. */
    public long countOfRun(long runId) {
        return jdbc.sql("SELECT COUNT(*) FROM statement_revision WHERE run_id = ?")
                .param(runId)
                .query(Long.class)
                .single();
    }

    /** The frozen statements of the account's months after that one, oldest first, as they were before that run began. */
    public List<StatementRevision> closedRevisionsAfter(String accountId, String month, long beforeRun) {
        return jdbc.sql(
                        "SELECT s.* FROM account_month_close c JOIN statement_revision s ON s.account_id = c.account_id AND s.month = c.month AND s.revision = c.revision WHERE NOT EXISTS (SELECT 1 FROM account_month_reopening r WHERE r.account_id = c.account_id AND r.month = c.month AND r.close_run_id = c.run_id AND r.after_run_id < ?) AND c.account_id = ? AND c.month > ? AND c.run_id < ? ORDER BY c.month")
                .params(beforeRun, accountId, month, beforeRun)
                .query(StatementStore::revision)
                .list();
    }

    /** The latest revisions of open months, by account and month. */
    public Map<String, Map<String, Latest>> latestOfOpenMonths() {
        Map<String, Map<String, Latest>> byAccount = new HashMap<>();
        jdbc.sql(OPEN_REVISIONS).query((RowCallbackHandler) row -> byAccount
                .computeIfAbsent(row.getString(1), account -> new HashMap<>())
                .put(row.getString(2), new Latest(row.getInt(3), row.getString(4))));
        return byAccount;
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

    private static StatementRevision revision(ResultSet row, int number) throws SQLException {
        return proved(unproved(row, number));
    }

    private static StatementRevision proved(StatementRevision revision) {
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
                Arrays.stream(Statement.Status.values())
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
