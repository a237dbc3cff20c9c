package io.saldo.app.health;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.ReconciliationSettings;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.run.Run;
import io.saldo.app.run.RunConfiguration;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.documents.health.HealthReport;
import io.saldo.documents.health.HealthReportFiles;
import io.saldo.documents.health.HealthReportPdf;
import io.saldo.health.AccountHealth;
import io.saldo.health.CreditAccount;
import io.saldo.health.CreditGap;
import io.saldo.health.RemainingCredit;
import io.saldo.health.TopUpDeclines;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Writes the credit health report of a night in all its forms. */
@Component
public class HealthReporting {
    private final FeedStore feeds;
    private final StatementStore statements;
    private final LakeStore lake;

    /** Over the books. */
    public HealthReporting(FeedStore feeds, StatementStore statements, LakeStore lake) {
        this.feeds = feeds;
        this.statements = statements;
        this.lake = lake;
    }

    /** Writes {@code credit-health} as PDF, XLSX, CSV and JSON. */
    public void write(Run run, Home home, RunConfiguration runConfiguration) throws IOException {
        Configuration configuration = runConfiguration.configuration();
        ReconciliationSettings settings = configuration.reconciliation();
        BillingZone zone = configuration.settings().billingZone();
        HealthReport report = new HealthReport(
                run.businessDate(),
                Long.toString(run.id()),
                settings.health(),
                settings.declinesWindowDays(),
                zone,
                lines(run, home, configuration));
        Path folder = home.nightReports(run.businessDate());
        PublishedFile.write(folder.resolve("credit-health.pdf"), out -> new HealthReportPdf().write(report, out));
        PublishedFile.write(folder.resolve("credit-health.xlsx"), out -> HealthReportFiles.writeXlsx(report, out));
        PublishedFile.write(folder.resolve("credit-health.csv"), out -> HealthReportFiles.writeCsv(report, out));
        PublishedFile.write(folder.resolve("credit-health.json"), out -> HealthReportFiles.writeJson(report, out));
    }

    private List<HealthReport.Line> lines(Run run, Home home, Configuration configuration) throws IOException {
        BillingZone zone = configuration.settings().billingZone();
        List<CreditEntry> entries = feeds.allEntries();
        Map<String, Amount> bought = boughtInMonth(entries, run, zone);
        Map<String, List<TopUpDeclines.Decline>> declines = declines(entries, run, zone);
        ReconciliationSettings settings = configuration.reconciliation();
        List<HealthReport.Line> lines = new ArrayList<>();
        SortedMap<Integer, Map<String, AccountPosition>> shards =
                AccountPosition.byShard(statements, run.businessDate(), id -> {
                    Terms terms = configuration.termsAt(id, run.asOf() - 1);
                    return terms != null && terms.billingMode() == BillingMode.PREPAID;
                });
        Map<String, AccountPosition> withoutStatement = new TreeMap<>();
        for (String id : configuration.accounts().ids()) {
            if (shards.values().stream().noneMatch(accounts -> accounts.containsKey(id))) {
                withoutStatement.put(id, AccountPosition.NONE);
            }
        }
        shards.put(-1, withoutStatement);
        for (Map.Entry<Integer, Map<String, AccountPosition>> shard : shards.entrySet()) {
            Map<String, SortedMap<LocalDate, DailyBalance>> days =
                    new DailyBalances(lake, home).of(shard.getKey(), shard.getValue(), run.businessDate());
            for (Map.Entry<String, AccountPosition> each : shard.getValue().entrySet()) {
                String id = each.getKey();
                Account row = configuration.accounts().at(id, run.asOf() - 1);
                Terms terms = configuration.termsAt(id, run.asOf() - 1);
                if (row == null || terms == null || isClosed(row, run.businessDate())) {
                    continue;
                }
                List<RemainingCredit> credit = credit(each.getValue(), run, zone);
                if (terms.billingMode() != BillingMode.PREPAID && credit.isEmpty()) {
                    continue;
                }
                CreditAccount account = new CreditAccount(
                        id,
                        terms,
                        credit,
                        each.getValue().debt(),
                        usage(each.getValue(), days.getOrDefault(id, new TreeMap<>()), run, zone),
                        bought.getOrDefault(id, Amount.ZERO),
                        CreditGap.of(
                                each.getValue().exhaustions(),
                                each.getValue().closings(),
                                List.copyOf(
                                        days.getOrDefault(id, new TreeMap<>()).values()),
                                zone,
                                zone.startOf(DailyBalances.firstDay(run.businessDate()))),
                        each.getValue().servedWithoutCredit(),
                        TopUpDeclines.of(
                                declines.getOrDefault(id, List.of()),
                                run.businessDate(),
                                settings.declinesWindowDays(),
                                settings.declinesLimit()));
                lines.add(new HealthReport.Line(
                        AccountHealth.of(account, settings.health(), run.businessDate()),
                        row.name(),
                        row.currency().getCurrencyCode()));
            }
        }
        return lines;
    }

    private static boolean isClosed(Account row, LocalDate night) {
        LocalDate closedOn = row.closedOn();
        return closedOn != null && !closedOn.isAfter(night);
    }

    /** What is left at the end of the night; what expired since the statement is not. */
    private static List<RemainingCredit> credit(AccountPosition position, Run run, BillingZone zone) {
        List<RemainingCredit> credit = new ArrayList<>();
        for (GrantPosition grant : position.grants()) {
            if (grant.remaining().signum() > 0 && grant.expiresAt() > run.asOf()) {
                boolean scoped =
                        !grant.scopeProvider().isEmpty() || !grant.scopeModel().isEmpty();
                credit.add(
                        new RemainingCredit(grant.creditId(), grant.remaining(), usableDays(grant, run, zone), scoped));
            }
        }
        return credit;
    }

    private static int usableDays(GrantPosition grant, Run run, BillingZone zone) {
        if (grant.expiresAt() == Instants.MAX) {
            return RemainingCredit.FOR_EVER;
        }
        LocalDate tomorrow = run.businessDate().plusDays(1);
        return Math.toIntExact(ChronoUnit.DAYS.between(tomorrow, zone.dateOf(grant.expiresAt())));
    }

    /** Each day's usage from the account's first day on; a day that no statement names had none. */
    private static List<Amount> usage(
            AccountPosition position, SortedMap<LocalDate, DailyBalance> days, Run run, BillingZone zone) {
        LocalDate first = LocalDate.MAX;
        for (GrantPosition grant : position.grants()) {
            LocalDate begun = zone.dateOf(grant.effectiveAt());
            first = begun.isBefore(first) ? begun : first;
        }
        for (DailyBalance day : days.values()) {
            if (day.usage().signum() > 0) {
                first = day.date().isBefore(first) ? day.date() : first;
                break;
            }
        }
        LocalDate window = DailyBalances.firstDay(run.businessDate());
        List<Amount> usage = new ArrayList<>();
        for (LocalDate date = first.isBefore(window) ? window : first;
                !date.isAfter(run.businessDate());
                date = date.plusDays(1)) {
            DailyBalance day = days.get(date);
            usage.add(day == null ? Amount.ZERO : day.usage());
        }
        return usage;
    }

    /** Every purchase counts, however it was made: nobody can tell from its entry. */
    private static Map<String, Amount> boughtInMonth(List<CreditEntry> entries, Run run, BillingZone zone) {
        YearMonth month = YearMonth.from(run.businessDate());
        Map<String, Amount> bought = new TreeMap<>();
        for (CreditEntry entry : entries) {
            Amount amount = entry.amount();
            if (entry.type() == CreditEntry.Type.GRANT
                    && entry.kind() == CreditKind.PURCHASE
                    && amount != null
                    && entry.bookedAt() < run.asOf()
                    && zone.monthOf(entry.bookedAt()).equals(month)) {
                bought.merge(entry.accountId(), amount, Amount::plus);
            }
        }
        return bought;
    }

    /** The processor's word for the account, else that of the credit with the same reference. */
    private Map<String, List<TopUpDeclines.Decline>> declines(List<CreditEntry> entries, Run run, BillingZone zone) {
        Map<String, String> byReference = new TreeMap<>();
        for (CreditEntry entry : entries) {
            if (!entry.paymentReference().isEmpty()) {
                byReference.putIfAbsent(entry.paymentReference(), entry.accountId());
            }
        }
        Map<String, List<TopUpDeclines.Decline>> declines = new TreeMap<>();
        for (FeedStore.Payment payment : feeds.declinedPayments()) {
            if (payment.createdAt() < run.asOf()) {
                String account = payment.accountId().isEmpty()
                        ? byReference.getOrDefault(payment.reference(), "")
                        : payment.accountId();
                declines.computeIfAbsent(account, id -> new ArrayList<>())
                        .add(new TopUpDeclines.Decline(
                                payment.method(), payment.declineCode(), zone.dateOf(payment.createdAt())));
            }
        }
        return declines;
    }
}
