package io.saldo.app.statement;

import io.saldo.app.store.Json;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementTotals;
import io.saldo.usage.Identity;
import java.math.BigInteger;
import java.util.List;

/**
 * One numbered result for an account-month.
 *
 * @param accountId whose
 * @param month YYYY-MM
 * @param revision counted from 1
 * @param shard the account's shard, where its details lie
 * @param asOf exclusive, in microseconds
 * @param status when it was computed; a close freezes it as it is
 * @param currency of every amount
 * @param resultSha256 of everything that a reader sees of it
 * @param dependencySha256 of everything that it was computed from
 * @param events accepted events
 * @param unpricedQuantity units without a price
 * @param totals its figures
 * @param facts the rest that the books keep
 */
public record StatementRevision(
        String accountId,
        String month,
        int revision,
        int shard,
        long asOf,
        Statement.Status status,
        String currency,
        String resultSha256,
        String dependencySha256,
        long events,
        BigInteger unpricedQuantity,
        StatementTotals totals,
        StatementFacts facts) {
    /**
     * The {@link #resultSha256} of a statement: the hash of what a reader sees of a statement. Days after the last movement repeat its balances, so they are left
     * out: a night on which nothing happens makes no revision.
     */
    public static String resultSha256(Statement statement) {
        List<DailyBalance> days = statement.dailyBalances();
        int size = days.size();
        while (size > 1
                && days.get(size - 1).usage().isZero()
                && days.get(size - 1).closingBalance().equals(days.get(size - 2).closingBalance())
                && days.get(size - 1).closingDebt().equals(days.get(size - 2).closingDebt())) {
            size--;
        }
        return new Identity()
                .contentId(List.of(
                        statement.accountId(),
                        statement.month().toString(),
                        statement.status().word(),
                        statement.currency().getCurrencyCode(),
                        Json.write(statement.events()),
                        Json.write(statement.totals()),
                        Json.write(statement.quantities()),
                        Json.write(statement.lines()),
                        Json.write(statement.unpriced()),
                        Json.write(statement.drawdowns()),
                        Json.write(days.subList(0, size)),
                        Json.write(statement.exhaustions()),
                        Json.write(statement.overage()),
                        Json.write(statement.unfunded()),
                        Json.write(statement.receivables()),
                        Json.write(statement.withdrawalsAfterUse()),
                        Json.write(statement.backdatedEntries()),
                        Json.write(statement.appliedEntries()),
                        Json.write(statement.fallen()),
                        Json.write(statement.counters()),
                        Json.write(statement.opening()),
                        Json.write(statement.closing())));
    }
}
