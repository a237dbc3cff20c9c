package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.ComputationStore;
import io.saldo.app.store.LakeStore;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakLifecycle;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.NightOutcome;
import io.saldo.reconcile.Verdict;
import io.saldo.reconcile.Verdicts;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
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
    private final BreakStore breaks;
    private final ComputationStore computations;
    private final LakeStore lake;
    private final NightReports reports;

    /** Over the books. */
    public NightReporting(
            NightFindings checks,
            BreakStore breaks,
            ComputationStore computations,
            LakeStore lake,
            NightReports reports) {
        this.checks = checks;
        this.breaks = breaks;
        this.computations = computations;
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
        Judged judged = judge(run, home, configuration.configuration());
        Map<String, BreakCase> after = new HashMap<>(judged.before());
        judged.outcome().changed().forEach(each -> after.put(each.id(), each));
        List<BreakCase> all = after.values().stream().sorted(IN_ORDER).toList();
        Set<String> incomplete = new TreeSet<>(computations.problems(run.id()).keySet());
        incomplete.addAll(configuration.heldAccounts());
        Set<String> vanished = new TreeSet<>(lake.accountsWithUsage());
        vanished.removeAll(configuration.configuration().accounts().ids());
        incomplete.addAll(vanished);
        Verdict verdict = Verdicts.of(all, !incomplete.isEmpty());
        reports.write(
                run,
                home,
                configuration,
                new NightReports.Night(verdict, judged.before(), all, judged.outcome(), incomplete));
        return verdict;
    }

    /** What a night did to the breaks that stood before it. */
    private record Judged(Map<String, BreakCase> before, NightOutcome outcome) {}

    // The findings are let go with its end: there may be very many.
    private Judged judge(Run run, Home home, Configuration configuration) throws IOException {
        NightFindings.Outcome found = checks.of(run, home, configuration);
        Map<String, BreakCase> known =
                breaks.known(found.findings().stream().map(Finding::id).toList());
        NightOutcome outcome = BreakLifecycle.night(
                List.copyOf(known.values()),
                found.findings(),
                run.businessDate(),
                code -> configuration.reconciliation().graceDays(code.name()),
                found.isJudged());
        breaks.put(run, known, outcome.changed());
        return new Judged(known, outcome);
    }
}
