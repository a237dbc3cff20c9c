package io.saldo.app.health;

import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.Exhaustion;
import io.saldo.statement.UnfundedShare;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the statements of an account say about its credit.
 *
 * @param grants every grant that began, as the last statement left it, in the order in which they are spent
 * @param debt carried usage that is not settled
 * @param exhaustions of all months, in order
 * @param servedWithoutCredit of the open months
 * @param revisions the number of each month's latest revision
 */
record AccountPosition(
        List<GrantPosition> grants,
        Amount debt,
        List<Exhaustion> exhaustions,
        Amount servedWithoutCredit,
        Map<YearMonth, Integer> revisions) {
    /** That of an account without a statement. */
    static final AccountPosition NONE = new AccountPosition(List.of(), Amount.ZERO, List.of(), Amount.ZERO, Map.of());

    /** The positions by shard and account, from the statements up to a month. */
    static SortedMap<Integer, Map<String, AccountPosition>> byShard(
            StatementStore statements, CloseStore closes, YearMonth until) {
        SortedMap<Integer, Map<String, AccountPosition>> shards = new TreeMap<>();
        for (YearMonth month : statements.months()) {
            if (month.isAfter(until)) {
                continue;
            }
            Set<String> closed = closes.closedOfMonth(month.toString()).keySet();
            for (StatementRevision revision : statements.latestOfMonth(month.toString())) {
                Map<String, AccountPosition> accounts =
                        shards.computeIfAbsent(revision.shard(), shard -> new TreeMap<>());
                accounts.put(
                        revision.accountId(),
                        accounts.getOrDefault(revision.accountId(), NONE)
                                .after(month, revision, closed.contains(revision.accountId())));
            }
        }
        return shards;
    }

    private AccountPosition after(YearMonth month, StatementRevision revision, boolean closed) {
        List<Exhaustion> all = new ArrayList<>(exhaustions);
        all.addAll(revision.facts().exhaustions());
        Amount served = servedWithoutCredit;
        for (UnfundedShare share : revision.facts().unfunded()) {
            if (!closed && share.reason() == UnfundedShare.Reason.SERVED_WITHOUT_CREDIT) {
                served = served.plus(share.amount());
            }
        }
        Map<YearMonth, Integer> numbers = new TreeMap<>(revisions);
        numbers.put(month, revision.revision());
        return new AccountPosition(
                revision.facts().closing().grants(), revision.totals().closingDebt(), all, served, numbers);
    }
}
