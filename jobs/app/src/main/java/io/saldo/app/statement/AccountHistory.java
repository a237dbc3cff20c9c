package io.saldo.app.statement;

import io.saldo.app.run.Run;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.reconcile.BreakDecision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param charges decisions to charge that the run knows, oldest first
 */
public record AccountHistory(
        SortedMap<String, LakeStore.AccountMonthUsage> usage,
        List<LakeStore.UsageOfRun> late,
        List<CreditEntry> entries,
        CloseStore.@Nullable Frozen frozen,
        ComputationStore.@Nullable LastComputation last,
        Map<String, StatementStore.Latest> latest,
        List<BreakDecision> charges) {
    /** Of all accounts, with one question to each table: a question for each account would cost more than its statement. */
    public static final class All {
        private final Map<String, SortedMap<String, LakeStore.AccountMonthUsage>> usage;
        private final Map<String, List<LakeStore.UsageOfRun>> late;
        private final Map<String, List<CreditEntry>> entries = new HashMap<>();
        private final Map<String, CloseStore.Frozen> frozen;
        private final Map<String, ComputationStore.LastComputation> last;
        private final Map<String, Map<String, StatementStore.Latest>> latest;
        private final Map<String, List<BreakDecision>> charges;

        All(
                Run run,
                Map<String, CloseStore.Frozen> frozen,
                LakeStore lake,
                FeedStore feeds,
                StatementStore statements,
                ComputationStore computations,
                DecisionStore decisions) {
            usage = lake.usage();
            late = lake.lateUsage().stream().collect(Collectors.groupingBy(LakeStore.UsageOfRun::accountId));
            for (CreditEntry entry : feeds.allEntries()) {
                entries.computeIfAbsent(entry.accountId(), account -> new ArrayList<>())
                        .add(entry);
            }
            this.frozen = frozen;
            last = computations.lastComputations();
            latest = statements.latestOfOpenMonths();
            charges = decisions.charges(run);
        }

        /** Those with usage or credit entries. */
        Set<String> accounts() {
            Set<String> accounts = new HashSet<>(usage.keySet());
            accounts.addAll(entries.keySet());
            return accounts;
        }

        AccountHistory of(String accountId) {
            return new AccountHistory(
                    usage.getOrDefault(accountId, new TreeMap<>()),
                    late.getOrDefault(accountId, List.of()),
                    entries.getOrDefault(accountId, List.of()),
                    frozen.get(accountId),
                    last.get(accountId),
                    latest.getOrDefault(accountId, Map.of()),
                    charges.getOrDefault(accountId, List.of()));
        }
    }
}
