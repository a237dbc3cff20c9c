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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
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

    /**
     * What differs tonight, with its causes. What is known of a month that is closed keeps the cause that it had: nothing of
     * such a month changes, so nothing is looked for again.
     */
    List<Finding> of(Run run, Home home, Configuration configuration, List<BalanceReading> all) throws IOException {
        Map<String, SortedMap<String, Amount>> accepted = breaks.acceptedGaps();
        Amount tolerance = configuration.reconciliation().balanceTolerance();
        List<BalanceReading> readings = ofAccountsThatDiffer(all, accepted.keySet(), tolerance);
        List<BalanceChange> changes = BalanceCheck.changes(readings, accepted, tolerance);
        if (changes.isEmpty()) {
            return BalanceCheck.differences(readings, List.of(), accepted, tolerance, run.businessDate());
        }
        Map<List<String>, BreakCase> settled = settled(changes);
        Map<String, List<BalanceChange>> open = changes.stream()
                .filter(each -> !settled.containsKey(List.of(each.accountId(), each.month())))
                .collect(Collectors.groupingBy(BalanceChange::accountId));
        List<String> accounts = open.keySet().stream()
                .sorted(Comparator.comparing((String each) -> BalanceFacts.shard(configuration, each))
                        .thenComparing(each -> each, TextOrder.UTF_8))
                .toList();
        Map<String, List<BalanceReading>> byAccount =
                readings.stream().collect(Collectors.groupingBy(BalanceReading::accountId));
        BalanceFacts.Look look = facts.look(run, home, configuration);
        List<Finding> findings = new ArrayList<>();
        for (int from = 0; from < accounts.size(); from += ACCOUNTS_AT_ONCE) {
            List<String> some = accounts.subList(from, Math.min(accounts.size(), from + ACCOUNTS_AT_ONCE));
            findings.addAll(BalanceCheck.differences(
                    readingsOf(byAccount, some),
                    look.of(some.stream()
                            .flatMap(each -> open.getOrDefault(each, List.of()).stream())
                            .toList()),
                    accepted,
                    tolerance,
                    run.businessDate()));
        }
        findings.addAll(BalanceCheck.differences(
                readingsOf(
                        byAccount,
                        byAccount.keySet().stream()
                                .filter(each -> !open.containsKey(each))
                                .toList()),
                List.of(),
                accepted,
                tolerance,
                run.businessDate()));
        return findings.stream()
                .map(finding -> {
                    BreakCase known = settled.get(List.of(finding.accountId(), finding.period()));
                    return known != null && Objects.equals(known.difference(), finding.difference())
                            ? with(finding, known.cause(), known.evidence())
                            : finding;
                })
                .toList();
    }

    /** Where every reading agrees, and no gap was ever accepted, there is nothing to tell. */
    private static List<BalanceReading> ofAccountsThatDiffer(
            List<BalanceReading> readings, Set<String> accepted, Amount tolerance) {
        Set<String> differ = new HashSet<>(accepted);
        for (BalanceReading each : readings) {
            if (!each.agrees(tolerance)) {
                differ.add(each.accountId());
            }
        }
        return readings.stream()
                .filter(each -> differ.contains(each.accountId()))
                .toList();
    }

    private static List<BalanceReading> readingsOf(Map<String, List<BalanceReading>> byAccount, List<String> accounts) {
        return accounts.stream()
                .flatMap(each -> byAccount.getOrDefault(each, List.of()).stream())
                .toList();
    }

    /** The known breaks of account-months that are closed. */
    private Map<List<String>, BreakCase> settled(List<BalanceChange> changes) {
        Map<String, Set<String>> closed = new HashMap<>();
        Set<List<String>> wanted = new HashSet<>();
        for (BalanceChange each : changes) {
            if (closed.computeIfAbsent(
                            each.month(), month -> closes.closedOfMonth(month).keySet())
                    .contains(each.accountId())) {
                wanted.add(List.of(each.accountId(), each.month()));
            }
        }
        Map<List<String>, BreakCase> settled = new HashMap<>();
        if (!wanted.isEmpty()) {
            breaks.select(new BreakStore.Selection(false, BreakCode.BALANCE_DIFFERS, null, null)).stream()
                    .filter(each -> wanted.contains(List.of(each.accountId(), each.period())))
                    .forEach(each -> settled.put(List.of(each.accountId(), each.period()), each));
        }
        return settled;
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
