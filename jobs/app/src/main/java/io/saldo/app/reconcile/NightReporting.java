package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.night.NightReport;
import io.saldo.documents.night.NightReportCsv;
import io.saldo.documents.night.NightReportPdf;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakCode;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
    private final DeliveryCheck deliveryCheck;
    private final BreakStore breaks;
    private final DeliveryStore deliveries;
    private final StatementStore statements;
    private final LakeStore lake;

    /** Over the books. */
    public NightReporting(
            NightFindings checks,
            DeliveryCheck deliveryCheck,
            BreakStore breaks,
            DeliveryStore deliveries,
            StatementStore statements,
            LakeStore lake) {
        this.checks = checks;
        this.deliveryCheck = deliveryCheck;
        this.breaks = breaks;
        this.deliveries = deliveries;
        this.statements = statements;
        this.lake = lake;
    }

    /**
     * Reconciles and reports; belongs into one transaction.
     *
     * @return the verdict of the night
     */
    public Verdict report(Run run, Home home, RunConfiguration configuration) throws IOException {
        breaks.settle(run);
        List<Finding> findings = checks.of(run, configuration.configuration());
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
                each -> isJudged(run, configuration, each, closed));
        breaks.put(run, known, outcome.changed());
        outcome.changed().forEach(each -> known.put(each.id(), each));
        List<BreakCase> all = known.values().stream().sorted(IN_ORDER).toList();
        Set<String> newIds = Set.copyOf(outcome.newIds());
        Set<String> resolvedIds = Set.copyOf(outcome.resolvedIds());
        Set<String> incomplete = new TreeSet<>(statements.problems(run.id()).keySet());
        incomplete.addAll(configuration.heldAccounts());
        Set<String> vanished = new TreeSet<>(lake.accountsWithUsage());
        vanished.removeAll(configuration.configuration().accounts().ids());
        incomplete.addAll(vanished);
        Verdict verdict = Verdicts.of(all, !incomplete.isEmpty());
        NightReport report = new NightReport(
                run.businessDate(),
                Long.toString(run.id()),
                NightReport.Verdict.of(verdict.word()),
                deliveries(run),
                shown(all, newIds, resolvedIds),
                codes(all, newIds, resolvedIds),
                accounts(run, configuration, all, incomplete),
                statements.countOfRun(run.id()),
                new NightReport.Change(
                        outcome.newIds().size(),
                        outcome.resolvedIds().size(),
                        outcome.reopenedIds().size()),
                configuration.configuration().settings().breakFloodLimit());
        PublishedFile.write(
                home.nightReports(run.businessDate()).resolve("night-report.pdf"),
                out -> new NightReportPdf().write(report, out));
        PublishedFile.write(home.nightReports(run.businessDate()).resolve("breaks.csv"), out -> new NightReportCsv()
                .write(report, out));
        return verdict;
    }

    /** A frozen month is not judged again; what the delivery check says of its own breaks is its business. */
    private boolean isJudged(Run run, RunConfiguration configuration, BreakCase each, Set<List<String>> closed) {
        return deliveryCheck.isJudged(run, configuration.configuration(), each)
                && !closed.contains(List.of(each.accountId(), each.period()));
    }

    private List<NightReport.Delivery> deliveries(Run run) {
        List<NightReport.Delivery> rows = new ArrayList<>();
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            DeliveryCounts counts = deliveries.counts(delivery.id());
            rows.add(new NightReport.Delivery(
                    delivery.source(),
                    delivery.fileName(),
                    counts.records(),
                    counts.accepted(),
                    counts.duplicate(),
                    counts.conflict(),
                    counts.rejected(),
                    counts.held(),
                    counts.notBillable(),
                    deliveries
                            .refusal(delivery.id())
                            .map(refusal -> "not taken: " + refusal.text())
                            .orElse("")));
        }
        for (DeliveryStore.Repeat repeat : deliveries.repeats(run.id())) {
            rows.add(withoutRecords(
                    repeat.source(),
                    repeat.fileName(),
                    "skipped: same content as "
                            + deliveries.get(repeat.deliveryId()).place()));
        }
        for (DeliveryStore.Waiting waiting : deliveries.waiting(run.id())) {
            rows.add(withoutRecords(waiting.source(), waiting.fileName(), "waits: " + waiting.reason()));
        }
        return rows;
    }

    private static NightReport.Delivery withoutRecords(String source, String fileName, String note) {
        return new NightReport.Delivery(source, fileName, 0, 0, 0, 0, 0, 0, 0, note);
    }

    private static List<NightReport.Break> shown(List<BreakCase> all, Set<String> newIds, Set<String> resolvedIds) {
        return all.stream()
                .filter(each -> each.isUnresolved() || resolvedIds.contains(each.id()))
                .map(each -> row(each, newIds.contains(each.id())))
                .toList();
    }

    /** A break as reports and exports show it. */
    public static NightReport.Break row(BreakCase each, boolean newTonight) {
        return new NightReport.Break(
                each.id(),
                each.code().name(),
                each.severity().word(),
                each.state().word(),
                each.resolution().word(),
                each.accountId(),
                each.period(),
                each.subject(),
                each.expected(),
                each.actual(),
                each.difference(),
                each.currency(),
                each.cause(),
                each.evidence(),
                each.firstSeen(),
                each.lastSeen(),
                each.occurrences(),
                newTonight);
    }

    private static List<NightReport.CodeCount> codes(List<BreakCase> all, Set<String> newIds, Set<String> resolvedIds) {
        Map<BreakCode, long[]> counts = new TreeMap<>();
        for (BreakCase each : all) {
            boolean resolvedTonight = resolvedIds.contains(each.id());
            if (each.isUnresolved() || resolvedTonight) {
                long[] count = counts.computeIfAbsent(each.code(), code -> new long[3]);
                count[0] += each.isUnresolved() ? 1 : 0;
                count[1] += newIds.contains(each.id()) ? 1 : 0;
                count[2] += resolvedTonight ? 1 : 0;
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new NightReport.CodeCount(
                        entry.getKey().name(), entry.getValue()[0], entry.getValue()[1], entry.getValue()[2]))
                .toList();
    }

    private List<NightReport.Account> accounts(
            Run run, RunConfiguration configuration, List<BreakCase> all, Set<String> incomplete) {
        Configuration settings = configuration.configuration();
        Map<String, StatementRevision> latest = new TreeMap<>();
        for (YearMonth month : statements.months()) {
            statements.latestOfMonth(month.toString()).forEach(revision -> latest.put(revision.accountId(), revision));
        }
        Map<String, List<BreakCase>> byAccount = new HashMap<>();
        all.forEach(each -> byAccount
                .computeIfAbsent(each.accountId(), id -> new ArrayList<>())
                .add(each));
        Verdict ofEveryAccount = Verdicts.ofAccount("", byAccount.getOrDefault("", List.of()), false);
        List<NightReport.Account> rows = new ArrayList<>();
        Set<String> ids = new TreeSet<>(settings.accounts().ids());
        ids.addAll(incomplete);
        for (String account : ids) {
            StatementRevision revision = latest.get(account);
            Account row = settings.accounts().at(account, run.asOf() - 1);
            if (revision == null && !incomplete.contains(account)) {
                continue;
            }
            rows.add(new NightReport.Account(
                    account,
                    row == null ? "" : row.name(),
                    NightReport.Verdict.of(Verdicts.worse(
                                    ofEveryAccount,
                                    Verdicts.of(
                                            byAccount.getOrDefault(account, List.of()), incomplete.contains(account)))
                            .word()),
                    revision == null ? Amount.ZERO : revision.totals().closingBalance(),
                    revision == null ? Amount.ZERO : revision.totals().closingDebt(),
                    revision == null ? "" : revision.currency()));
        }
        return rows;
    }
}
