package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.DecisionStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InboxStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.night.NightReport;
import io.saldo.documents.night.NightReport.Change;
import io.saldo.documents.night.NightReportFiles;
import io.saldo.documents.night.NightReportPdf;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BreakCase;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.NightOutcome;
import io.saldo.reconcile.Verdict;
import io.saldo.reconcile.Verdicts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Writes the report of a night's discrepancies in all its forms. */
@Component
public class NightReports {
    private final DeliveryStore deliveries;
    private final InboxStore inbox;
    private final OutcomeStore outcomes;
    private final StatementStore statements;
    private final BreakStore breaks;
    private final DecisionStore decisions;

    /** Over the books. */
    public NightReports(
            DeliveryStore deliveries,
            InboxStore inbox,
            OutcomeStore outcomes,
            StatementStore statements,
            BreakStore breaks,
            DecisionStore decisions) {
        this.deliveries = deliveries;
        this.inbox = inbox;
        this.outcomes = outcomes;
        this.breaks = breaks;
        this.decisions = decisions;
        this.statements = statements;
    }

    /**
     * What a night came to.
     *
     * @param verdict of the night
     * @param before the breaks as they stood before it, by id
     * @param breaks the breaks that it looked at, as they stand after it
     * @param outcome what it did to them
     * @param incomplete accounts without a conclusion
     */
    record Night(
            Verdict verdict,
            Map<String, BreakCase> before,
            List<BreakCase> breaks,
            NightOutcome outcome,
            Set<String> incomplete) {}

    /** Writes {@code night-report} as PDF, XLSX, CSV and JSON. */
    void write(Run run, Home home, RunConfiguration configuration, Night night) throws IOException {
        NightReport report = new NightReport(
                run.businessDate(),
                Long.toString(run.id()),
                night.verdict(),
                deliveries(run),
                shown(run, night),
                accounts(run, configuration, night.breaks(), night.incomplete()),
                statements.countOfRun(run.id()),
                configuration.configuration().settings().breakFloodLimit());
        Path folder = home.nightReports(run.businessDate());
        PublishedFile.write(folder.resolve("night-report.pdf"), out -> new NightReportPdf().write(report, out));
        PublishedFile.write(folder.resolve("night-report.xlsx"), out -> NightReportFiles.writeXlsx(report, out));
        PublishedFile.write(folder.resolve("night-report.csv"), out -> NightReportFiles.writeCsv(report, out));
        PublishedFile.write(folder.resolve("night-report.json"), out -> NightReportFiles.writeJson(report, out));
    }

    private List<NightReport.Delivery> deliveries(Run run) {
        List<NightReport.Delivery> rows = new ArrayList<>();
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            DeliveryCounts counts = outcomes.counts(delivery.id());
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
        for (InboxStore.Repeat repeat : inbox.repeats(run.id())) {
            rows.add(withoutRecords(
                    repeat.source(),
                    repeat.fileName(),
                    "skipped: same content as "
                            + deliveries.get(repeat.deliveryId()).place()));
        }
        for (InboxStore.Waiting waiting : inbox.waiting(run.id())) {
            rows.add(withoutRecords(waiting.source(), waiting.fileName(), "waits: " + waiting.reason()));
        }
        return rows;
    }

    private static NightReport.Delivery withoutRecords(String source, String fileName, String note) {
        return new NightReport.Delivery(source, fileName, 0, 0, 0, 0, 0, 0, 0, note);
    }

    /** What holds, what the night resolved, and what persons resolved since the night before. */
    private List<NightReport.Break> shown(Run run, Night night) {
        Set<String> reopenedIds = Set.copyOf(night.outcome().reopenedIds());
        Set<String> resolvedIds = new HashSet<>(night.outcome().resolvedIds());
        Map<String, BreakCase> all = new LinkedHashMap<>();
        night.breaks().forEach(each -> all.put(each.id(), each));
        for (BreakCase each : breaks.resolvedByPersons(run)) {
            resolvedIds.add(each.id());
            all.putIfAbsent(each.id(), each);
        }
        Map<String, List<BreakDecision>> byBreak = decisions.byBreak(run);
        return all.values().stream()
                .filter(each -> each.isUnresolved() || resolvedIds.contains(each.id()))
                .map(each -> {
                    BreakCase before = night.before().get(each.id());
                    String note = before == null || !each.isUnresolved() ? "" : difference(before, each);
                    Change change = change(each, run.businessDate(), reopenedIds, note);
                    return row(
                            each,
                            byBreak.getOrDefault(each.id(), List.of()),
                            change,
                            change == Change.CHANGED ? note : "");
                })
                .toList();
    }

    private static Change change(BreakCase each, LocalDate night, Set<String> reopenedIds, String note) {
        if (!each.isUnresolved()) {
            return Change.RESOLVED;
        }
        if (each.firstSeen().equals(night)) {
            return Change.NEW;
        }
        if (reopenedIds.contains(each.id())) {
            return Change.REOPENED;
        }
        return note.isEmpty() ? Change.CARRIED : Change.CHANGED;
    }

    /** What a break was before where it is not so any more; empty where nothing that matters has moved. */
    private static String difference(BreakCase before, BreakCase now) {
        List<String> changes = new ArrayList<>();
        if (before.state() != now.state()) {
            changes.add(before.state().word() + " before");
        }
        if (!Objects.equals(before.difference(), now.difference())) {
            changes.add("difference was " + (before.difference() == null ? "not stated" : before.difference()));
        } else if (!Objects.equals(before.expected(), now.expected())
                || !Objects.equals(before.actual(), now.actual())) {
            changes.add("both sides moved alike");
        }
        if (!before.cause().equals(now.cause())) {
            changes.add("cause was " + (before.cause().isEmpty() ? "not stated" : before.cause()));
        }
        return String.join(", ", changes);
    }

    /** A break as exports show it. */
    public static NightReport.Break row(BreakCase each) {
        return row(each, List.of(), Change.CARRIED, "");
    }

    private static NightReport.Break row(
            BreakCase each, List<BreakDecision> decisions, Change change, String changeNote) {
        boolean hasCandidates = each.evidence().contains(BalanceCheck.CANDIDATES);
        Map<Boolean, String> evidence = hasCandidates
                ? Arrays.stream(each.evidence().split("; "))
                        .collect(Collectors.partitioningBy(
                                part -> part.startsWith(BalanceCheck.CANDIDATES), Collectors.joining("; ")))
                : Map.of(false, each.evidence());
        return new NightReport.Break(
                each.id(),
                each.code().name(),
                each.code().check().word(),
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
                evidence.getOrDefault(true, "").replace(BalanceCheck.CANDIDATES, ""),
                evidence.getOrDefault(false, ""),
                decisions.stream()
                        .map(decision -> new NightReport.Decided(
                                decision.decidedOn(),
                                decision.decision().word(),
                                decision.decidedBy(),
                                decision.note()))
                        .toList(),
                each.firstSeen(),
                each.lastSeen(),
                each.occurrences(),
                change,
                changeNote);
    }

    private List<NightReport.Account> accounts(
            Run run, RunConfiguration configuration, List<BreakCase> all, Set<String> incomplete) {
        Configuration settings = configuration.configuration();
        Map<String, StatementStore.Ending> endings = statements.endings();
        Map<String, List<BreakCase>> byAccount = new HashMap<>();
        all.forEach(each -> byAccount
                .computeIfAbsent(each.accountId(), id -> new ArrayList<>())
                .add(each));
        Verdict ofEveryAccount = Verdicts.ofAccount("", byAccount.getOrDefault("", List.of()), false);
        List<NightReport.Account> rows = new ArrayList<>();
        Set<String> ids = new TreeSet<>(settings.accounts().ids());
        ids.addAll(incomplete);
        for (String account : ids) {
            StatementStore.Ending ending = endings.get(account);
            Account row = settings.accounts().at(account, run.asOf() - 1);
            if (ending == null && !incomplete.contains(account)) {
                continue;
            }
            rows.add(new NightReport.Account(
                    account,
                    row == null ? "" : row.name(),
                    Verdicts.worse(
                            ofEveryAccount,
                            Verdicts.of(byAccount.getOrDefault(account, List.of()), incomplete.contains(account))),
                    ending == null ? Amount.ZERO : ending.balance(),
                    ending == null ? Amount.ZERO : ending.debt(),
                    ending == null ? "" : ending.currency()));
        }
        return rows;
    }
}
