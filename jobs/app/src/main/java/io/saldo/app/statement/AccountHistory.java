package io.saldo.app.statement;

import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the books know of an account before its open months are computed.
 *
 * @param usage what the lake has, by month
 * @param late usage that came after its months were closed, counted by now or not; it may have other usage too
 * @param entries its credit entries, by entry id
 * @param frozen what its closed months leave; null where none is closed
 * @param last its last computation; null where it has none
 * @param latest the latest revisions of its open months, by month
 */
record AccountHistory(
        SortedMap<String, LakeStore.AccountMonthUsage> usage,
        List<LakeStore.UsageOfRun> late,
        List<CreditEntry> entries,
        StatementStore.@Nullable Frozen frozen,
        StatementStore.@Nullable LastComputation last,
        Map<String, StatementStore.Latest> latest) {

    /** Of one account, as if it were computed for the first time. */
    static AccountHistory of(String accountId, LakeStore lake, FeedStore feeds, StatementStore statements) {
        return new AccountHistory(
                lake.usage(accountId),
                lake.usageByRun(accountId),
                feeds.entries(accountId),
                statements.frozen(accountId).orElse(null),
                null,
                statements.latestOfOpenMonths(accountId));
    }

    /** Of all accounts, with one question to each table: a question for each account would cost more than its statement. */
    static final class All {
        private final Map<String, SortedMap<String, LakeStore.AccountMonthUsage>> usage;
        private final Map<String, List<LakeStore.UsageOfRun>> late;
        private final Map<String, List<CreditEntry>> entries = new HashMap<>();
        private final Map<String, StatementStore.Frozen> frozen;
        private final Map<String, StatementStore.LastComputation> last;
        private final Map<String, Map<String, StatementStore.Latest>> latest;

        All(LakeStore lake, FeedStore feeds, StatementStore statements) {
            usage = lake.usage();
            late = lake.lateUsage().stream().collect(Collectors.groupingBy(LakeStore.UsageOfRun::accountId));
            for (CreditEntry entry : feeds.allEntries()) {
                entries.computeIfAbsent(entry.accountId(), account -> new ArrayList<>())
                        .add(entry);
            }
            frozen = statements.frozen();
            last = statements.lastComputations();
            latest = statements.latestOfOpenMonths();
        }

        AccountHistory of(String accountId) {
            return new AccountHistory(
                    usage.getOrDefault(accountId, new TreeMap<>()),
                    late.getOrDefault(accountId, List.of()),
                    entries.getOrDefault(accountId, List.of()),
                    frozen.get(accountId),
                    last.get(accountId),
                    latest.getOrDefault(accountId, Map.of()));
        }
    }
}
