package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceChange;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Compares recorded balances with ours, and looks for the causes of what differs. */
@Component
class BalanceDifferences {
    /** Of so many accounts facts are in memory. */
    private static final int ACCOUNTS_AT_ONCE = 2_000;

    private final CloseStore closes;
    private final BreakStore breaks;
    private final BalanceFacts facts;

    /** Over the books. */
    BalanceDifferences(CloseStore closes, BreakStore breaks, BalanceFacts facts) {
        this.closes = closes;
        this.breaks = breaks;
        this.facts = facts;
    }

    /** Recorded balances beside ours: of all accounts they are not in memory at once. */
    interface Readings {
        /** Gives the readings of one account after the other, each in time. */
        void forEachAccount(Consumer<List<BalanceReading>> taker);

        /** Those of some accounts. */
        List<BalanceReading> of(Collection<String> accountIds);
    }

    /**
     * What differs tonight, with its causes. What is known of a month that is closed keeps the cause that it had: nothing of
     * such a month changes, so nothing is looked for again.
     */
    List<Finding> of(Run run, Home home, Configuration configuration, Readings readings) throws IOException {
        Map<String, SortedMap<String, Amount>> accepted = breaks.acceptedGaps();
        Amount tolerance = configuration.reconciliation().balanceTolerance();
        Settled settled = new Settled();
        Map<String, List<BalanceChange>> open = new HashMap<>();
        List<Finding> findings = new ArrayList<>();
        readings.forEachAccount(ofAccount -> {
            String accountId = ofAccount.get(0).accountId();
            // Where every reading agrees, and no gap was ever accepted, there is nothing to tell.
            if (!accepted.containsKey(accountId) && ofAccount.stream().allMatch(each -> each.agrees(tolerance))) {
                return;
            }
            List<BalanceChange> changes = BalanceCheck.changes(ofAccount, accepted, tolerance).stream()
                    .filter(each -> !settled.holds(each))
                    .toList();
            if (changes.isEmpty()) {
                findings.addAll(
                        BalanceCheck.differences(ofAccount, List.of(), accepted, tolerance, run.businessDate()));
            } else {
                open.put(accountId, changes);
            }
        });
        if (!open.isEmpty()) {
            List<String> accounts = open.keySet().stream()
                    .sorted(Comparator.comparing((String each) -> BalanceFacts.shard(configuration, each))
                            .thenComparing(each -> each, TextOrder.UTF_8))
                    .toList();
            BalanceFacts.Look look = facts.look(run, home, configuration);
            for (int from = 0; from < accounts.size(); from += ACCOUNTS_AT_ONCE) {
                List<String> some = accounts.subList(from, Math.min(accounts.size(), from + ACCOUNTS_AT_ONCE));
                findings.addAll(BalanceCheck.differences(
                        readings.of(some),
                        look.of(some.stream()
                                .flatMap(each -> open.getOrDefault(each, List.of()).stream())
                                .toList()),
                        accepted,
                        tolerance,
                        run.businessDate()));
            }
        }
        return findings.stream().map(settled::withItsCause).toList();
    }

    /** The known breaks of account-months that are closed, as far as changes asked for them. */
    private final class Settled {
        private final Map<String, Set<String>> closed = new HashMap<>();
        private final Map<List<String>, BreakCase> asked = new HashMap<>();
        private @Nullable Map<List<String>, BreakCase> known;

        boolean holds(BalanceChange change) {
            if (!closed.computeIfAbsent(
                            change.month(), month -> closes.closedOfMonth(month).keySet())
                    .contains(change.accountId())) {
                return false;
            }
            List<String> accountMonth = List.of(change.accountId(), change.month());
            BreakCase settled = known().get(accountMonth);
            if (settled == null) {
                return false;
            }
            asked.put(accountMonth, settled);
            return true;
        }

        private Map<List<String>, BreakCase> known() {
            Map<List<String>, BreakCase> all = known;
            if (all == null) {
                all = new HashMap<>();
                for (BreakCase each :
                        breaks.select(new BreakStore.Selection(false, BreakCode.BALANCE_DIFFERS, null, null))) {
                    all.put(List.of(each.accountId(), each.period()), each);
                }
                known = all;
            }
            return all;
        }

        Finding withItsCause(Finding finding) {
            BreakCase settled = asked.get(List.of(finding.accountId(), finding.period()));
            return settled != null && Objects.equals(settled.difference(), finding.difference())
                    ? with(finding, settled.cause(), settled.evidence())
                    : finding;
        }
    }

    private static Finding with(Finding finding, String cause, String evidence) {
        return new Finding(
                finding.code(),
                finding.subject(),
                finding.period(),
                finding.accountId(),
                finding.expected(),
                finding.actual(),
                finding.difference(),
                finding.currency(),
                cause,
                evidence,
                finding.observedOn());
    }
}
