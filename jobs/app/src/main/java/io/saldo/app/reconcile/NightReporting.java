package io.saldo.app.reconcile;

import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakLifecycle;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.NightOutcome;
import io.saldo.reconcile.Verdict;
import io.saldo.reconcile.Verdicts;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Turns a night's findings into breaks, a verdict and the report. */
@Component
public class NightReporting {
    private static final Comparator<BreakCase> IN_ORDER = Comparator.comparing(
                    (BreakCase each) -> each.code().name())
            .thenComparing(BreakCase::accountId, TextOrder.UTF_8)
            .thenComparing(BreakCase::subject, TextOrder.UTF_8)
            .thenComparing(BreakCase::period)
            .thenComparing(BreakCase::id);

    private final NightFindings checks;
    private final ProviderFindings providerChecks;
    private final PriceFindings priceChecks;
    private final DeliveryCheck deliveryCheck;
    private final BreakStore breaks;
    private final StatementStore statements;
    private final LakeStore lake;
    private final NightReports reports;

    /** Over the books. */
    public NightReporting(
            NightFindings checks,
            ProviderFindings providerChecks,
            PriceFindings priceChecks,
            DeliveryCheck deliveryCheck,
            BreakStore breaks,
            StatementStore statements,
            LakeStore lake,
            NightReports reports) {
        this.checks = checks;
        this.providerChecks = providerChecks;
        this.priceChecks = priceChecks;
        this.deliveryCheck = deliveryCheck;
        this.breaks = breaks;
        this.statements = statements;
        this.lake = lake;
        this.reports = reports;
    }

    /**
     * Reconciles and reports; belongs into one transaction.
     *
     * @return the verdict of the night
     */
    public Verdict report(Run run, Home home, RunConfiguration configuration) throws IOException {
        breaks.settle(run);
        ProviderFindings.Outcome ofProviders = providerChecks.of(run, home, configuration.configuration());
        List<Finding> findings = new ArrayList<>(checks.of(run, home, configuration.configuration()));
        findings.addAll(ofProviders.findings());
        findings.addAll(priceChecks.of(run, configuration.configuration()));
        Map<String, BreakCase> known =
                breaks.known(findings.stream().map(Finding::id).toList());
        Set<List<String>> closed = new HashSet<>();
        for (YearMonth month : statements.months()) {
            statements
                    .closedOfMonth(month.toString())
                    .keySet()
                    .forEach(account -> closed.add(List.of(account, month.toString())));
        }
        NightOutcome outcome = BreakLifecycle.night(
                List.copyOf(known.values()),
                findings,
                run.businessDate(),
                code -> configuration.configuration().reconciliation().graceDays(code.name()),
                each -> ofProviders.isJudged(each) && isJudged(run, configuration, each, closed));
        breaks.put(run, known, outcome.changed());
        Map<String, BreakCase> before = Map.copyOf(known);
        outcome.changed().forEach(each -> known.put(each.id(), each));
        List<BreakCase> all = known.values().stream().sorted(IN_ORDER).toList();
        Set<String> incomplete = new TreeSet<>(statements.problems(run.id()).keySet());
        incomplete.addAll(configuration.heldAccounts());
        Set<String> vanished = new TreeSet<>(lake.accountsWithUsage());
        vanished.removeAll(configuration.configuration().accounts().ids());
        incomplete.addAll(vanished);
        Verdict verdict = Verdicts.of(all, !incomplete.isEmpty());
        reports.write(run, home, configuration, new NightReports.Night(verdict, before, all, outcome, incomplete));
        return verdict;
    }

    /** A frozen month is not judged again; what the delivery check says of its own breaks is its business. */
    private boolean isJudged(Run run, RunConfiguration configuration, BreakCase each, Set<List<String>> closed) {
        return deliveryCheck.isJudged(run, configuration.configuration(), each)
                && !closed.contains(List.of(each.accountId(), each.period()));
    }
}
