package io.saldo.app.health;

import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.statement.Exhaustion;
import io.saldo.statement.UnfundedShare;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the statements of an account say about its credit.
 *
 * @param closings by month, every grant that began, as the month's statement left it, in the order in which they are spent
 * @param debt carried usage that is not settled
 * @param exhaustions in order; of all months where the credit was gone when the days began that the report looks at
 * @param servedWithoutCredit of the open months
 * @param revisions the number of the latest revision of each month that was read
 */
record AccountPosition(
        SortedMap<YearMonth, List<GrantPosition>> closings,
        Amount debt,
        List<Exhaustion> exhaustions,
        Amount servedWithoutCredit,
        Map<YearMonth, Integer> revisions) {
    /** That of an account without a statement. */
    static final AccountPosition NONE =
            new AccountPosition(Collections.emptySortedMap(), Amount.ZERO, List.of(), Amount.ZERO, Map.of());

    /** Every grant that began, as the last statement left it, in the order in which they are spent. */
    List<GrantPosition> grants() {
        return closings.isEmpty() ? List.of() : closings.getOrDefault(closings.lastKey(), List.of());
    }

    /**
     * The positions by shard and account, as of a night. Statements of before the days that the report looks at are read only
     * where an account has none since, or where its credit was gone when they began: how long it has been tells the rest.
     *
     * @param isPrepaid whether an account is shown also where it has no credit
     */
    static SortedMap<Integer, Map<String, AccountPosition>> byShard(
            StatementStore statements, LocalDate night, Predicate<String> isPrepaid) {
        YearMonth until = YearMonth.from(night);
        List<StatementRevision> open = statements.latestOpen();
        Map<String, SortedMap<YearMonth, StatementRevision>> byAccount = new TreeMap<>();
        put(open, until, byAccount);
        for (YearMonth month = YearMonth.from(DailyBalances.firstDay(night));
                !month.isAfter(until);
                month = month.plusMonths(1)) {
            put(statements.latestOfMonth(month.toString()), until, byAccount);
        }
        List<String> older = new ArrayList<>();
        statements.endings().forEach((account, ending) -> {
            SortedMap<YearMonth, StatementRevision> known = byAccount.get(account);
            boolean isShown = ending.balance().signum() > 0 || isPrepaid.test(account);
            if (isShown && (known == null || beganWithoutCredit(known))) {
                older.add(account);
            }
        });
        put(statements.latestOfAccounts(older), until, byAccount);
        Set<StatementRevision> ofOpen = Collections.newSetFromMap(new IdentityHashMap<>());
        ofOpen.addAll(open);
        SortedMap<Integer, Map<String, AccountPosition>> shards = new TreeMap<>();
        byAccount.forEach((account, months) -> {
            AccountPosition position = NONE;
            int shard = 0;
            for (Map.Entry<YearMonth, StatementRevision> month : months.entrySet()) {
                shard = month.getValue().shard();
                position = position.after(month.getKey(), month.getValue(), !ofOpen.contains(month.getValue()));
            }
            shards.computeIfAbsent(shard, number -> new TreeMap<>()).put(account, position);
        });
        return shards;
    }

    /** Adds what is not known yet. */
    private static void put(
            List<StatementRevision> revisions,
            YearMonth until,
            Map<String, SortedMap<YearMonth, StatementRevision>> byAccount) {
        for (StatementRevision revision : revisions) {
            YearMonth month = YearMonth.parse(revision.month());
            if (!month.isAfter(until)) {
                byAccount
                        .computeIfAbsent(revision.accountId(), account -> new TreeMap<>())
                        .putIfAbsent(month, revision);
            }
        }
    }

    /** Whether it had no credit left when its first month began, but had or has some. */
    private static boolean beganWithoutCredit(SortedMap<YearMonth, StatementRevision> months) {
        List<StatementRevision> revisions = List.copyOf(months.values());
        StatementRevision last = revisions.get(revisions.size() - 1);
        return revisions.get(0).totals().openingBalance().isZero()
                && !last.facts().closing().grants().isEmpty();
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
        SortedMap<YearMonth, List<GrantPosition>> grants = new TreeMap<>(closings);
        grants.put(month, revision.facts().closing().grants());
        Map<YearMonth, Integer> numbers = new TreeMap<>(revisions);
        numbers.put(month, revision.revision());
        return new AccountPosition(grants, revision.totals().closingDebt(), all, served, numbers);
    }
}
