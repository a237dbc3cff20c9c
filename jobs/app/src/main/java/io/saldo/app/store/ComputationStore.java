package io.saldo.app.store;

import io.saldo.app.database.StorableText;
import io.saldo.money.Amount;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The last computation of each account: what it rested on, which balances it came to, and why there was none. */
@Repository
public class ComputationStore {
    private final JdbcClient jdbc;
    private final BulkInsert bulk;

    /** Over the books. */
    public ComputationStore(JdbcClient jdbc, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /**
     * An account's last computation and what changed since.
     *
     * @param run the run that computed it
     * @param changedFrom by month, the earliest instant of usage that later runs brought, in microseconds
     */
    public record LastComputation(long run, Map<String, Long> changedFrom) {}

    /**
     * What the computation of an account rested on.
     *
     * @param sha256 of all its inputs
     */
    public record Dependency(String accountId, String sha256) {}

    /** Our balance of an account at an instant in microseconds for which a live balance was recorded. */
    public record ComputedBalance(String accountId, long asOf, Amount balance) {}

    /** What the last computation of each account rested on. */
    public Map<String, String> dependencies() {
        Map<String, String> byAccount = new HashMap<>();
        jdbc.sql("SELECT account_id, dependency_sha256 FROM account_dependency")
                .query((RowCallbackHandler) row -> byAccount.put(row.getString(1), row.getString(2)));
        return byAccount;
    }

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

    /** Remembers why an account has no new statement. */
    public void addProblem(long runId, String accountId, String code, String message) {
        jdbc.sql("INSERT INTO account_problem (run_id, account_id, code, message) VALUES (?, ?, ?, ?)")
                .params(runId, accountId, code, StorableText.message(message))
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
}
