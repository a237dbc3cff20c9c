package io.saldo.app.reconcile;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.Opening;
import io.saldo.app.config.Settings;
import io.saldo.app.config.Source;
import io.saldo.app.run.Run;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.UncountedUsage;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.BillingMode;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.reconcile.BalanceCheck;
import io.saldo.reconcile.BalanceCoverage;
import io.saldo.reconcile.BalanceFact;
import io.saldo.reconcile.BalanceReading;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.GrantedCredit;
import io.saldo.reconcile.PaymentCheck;
import io.saldo.reconcile.PaymentRecord;
import io.saldo.reconcile.PaymentRules;
import io.saldo.reconcile.StatementCheck;
import io.saldo.statement.FallenUsage;
import io.saldo.time.BillingZone;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Runs the checks of SPEC 8.1 over the books, as they are after a night's statements. */
@Component
public class NightFindings {
    private final DeliveryStore deliveries;
    private final FeedStore feeds;
    private final StatementStore statements;
    private final InvoiceStore invoices;
    private final LakeStore lake;
    private final DeliveryCheck deliveryCheck;
    private final BreakStore breaks;

    /** Over the books. */
    public NightFindings(
            DeliveryStore deliveries,
            FeedStore feeds,
            StatementStore statements,
            InvoiceStore invoices,
            LakeStore lake,
            DeliveryCheck deliveryCheck,
            BreakStore breaks) {
        this.deliveries = deliveries;
        this.feeds = feeds;
        this.statements = statements;
        this.invoices = invoices;
        this.lake = lake;
        this.deliveryCheck = deliveryCheck;
        this.breaks = breaks;
    }

    /** Everything that the checks see tonight. */
    public List<Finding> of(Run run, Configuration configuration) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(deliveryCheck.findings(run, configuration));
        identity(run, configuration, findings);
        statement(run, configuration, findings);
        balance(run, configuration, findings);
        payment(run, configuration, findings);
        return findings;
    }

    private void identity(Run run, Configuration configuration, List<Finding> findings) {
        for (DeliveryStore.Conflict conflict : deliveries.conflicts(run.id())) {
            findings.add(Finding.withoutFigures(
                    BreakCode.USAGE_CONFLICT,
                    conflict.namespace() + "/" + conflict.eventId(),
                    conflict.month(),
                    conflict.accountId(),
                    "",
                    "stands: " + deliveries.get(conflict.firstDeliveryId()).place() + ":" + conflict.firstLine()
                            + ", differs: "
                            + deliveries.get(conflict.deliveryId()).place() + ":" + conflict.line(),
                    run.businessDate()));
        }
        late(run, configuration, findings);
        for (Delivery delivery : deliveries.ofRun(run.id())) {
            DeliveryCounts counts = deliveries.counts(delivery.id());
            if (counts.duplicate() > 0 && Source.Profile.of(delivery.profile()).isUsage()) {
                findings.add(new Finding(
                        BreakCode.USAGE_DUPLICATE,
                        delivery.place(),
                        run.businessDate().toString(),
                        "",
                        Amount.ZERO,
                        Amount.of(counts.duplicate()),
                        Amount.of(counts.duplicate()),
                        "",
                        "",
                        counts.duplicate() + " of " + counts.records() + " records were known",
                        run.businessDate()));
            }
        }
    }

    /** Usage of closed months that no closed statement has counted. */
    private void late(Run run, Configuration configuration, List<Finding> findings) {
        Map<String, StatementStore.Frozen> frozen = statements.frozen();
        Map<String, List<LakeStore.UsageOfRun>> byAccount = lake.lateUsage().stream()
                .collect(Collectors.groupingBy(LakeStore.UsageOfRun::accountId, TreeMap::new, Collectors.toList()));
        byAccount.forEach((account, late) -> {
            Opening golive = configuration.openings().get(account);
            for (UncountedUsage uncounted : UncountedUsage.of(late, frozen.get(account))) {
                String cause;
                if (golive != null && uncounted.month().isBefore(golive.month())) {
                    cause = "delivered after the go-live, in no statement";
                } else if (configuration.settings().lateUsage() == Settings.LateUsage.NEXT_INVOICE) {
                    cause = "delivered after the close, charged with the oldest open month but for figures that fell";
                } else {
                    cause = "delivered after the close, in no statement until a person has it charged";
                }
                findings.add(uncounted.finding(cause, run.businessDate()));
            }
        });
    }

    private void statement(Run run, Configuration configuration, List<Finding> findings) {
        for (YearMonth month : statements.months()) {
            Set<String> closed = statements.closedOfMonth(month.toString()).keySet();
            for (StatementRevision revision : statements.latestOfMonth(month.toString())) {
                if (!closed.contains(revision.accountId())) {
                    statement(run, configuration, revision, findings);
                }
            }
        }
    }

    /** Figures that fell after a closed statement charged them, where nothing else is told of their month. */
    private static void fallen(Run run, StatementRevision revision, List<Finding> findings) {
        for (FallenUsage fallen : revision.facts().fallen()) {
            String usageMonth = fallen.usageMonth().toString();
            boolean told = findings.stream()
                    .anyMatch(each -> each.code() == BreakCode.USAGE_LATE
                            && each.subject().equals(revision.accountId())
                            && each.period().equals(usageMonth));
            if (!told) {
                findings.add(Finding.withoutFigures(
                        BreakCode.USAGE_LATE,
                        revision.accountId(),
                        usageMonth,
                        revision.accountId(),
                        "figures fell after the close",
                        fallen.events() + " events were charged with higher figures than they have by now",
                        run.businessDate()));
            }
        }
    }

    private static void statement(
            Run run, Configuration configuration, StatementRevision revision, List<Finding> findings) {
        BillingZone zone = configuration.settings().billingZone();
        String account = revision.accountId();
        findings.addAll(StatementCheck.findings(
                new StatementCheck.Subject(
                        account,
                        revision.month(),
                        revision.currency(),
                        revision.facts().unpriced(),
                        revision.facts().unfunded(),
                        revision.facts().withdrawalsAfterUse(),
                        revision.facts().backdatedEntries()),
                run.businessDate()));
        fallen(run, revision, findings);
        Account row = configuration.accounts().at(account, revision.asOf() - 1);
        long ownEvents = revision.events() - revision.facts().events().late();
        LocalDate closedOn = row == null ? null : row.closedOn();
        if (closedOn != null
                && ownEvents > 0
                && zone.startOf(closedOn.plusDays(1)) <= zone.startOf(YearMonth.parse(revision.month()))) {
            findings.add(Finding.withoutFigures(
                    BreakCode.ACCOUNT_CLOSED,
                    account,
                    revision.month(),
                    account,
                    "",
                    ownEvents + " events after " + closedOn,
                    run.businessDate()));
        }
    }

    private void balance(Run run, Configuration configuration, List<Finding> findings) {
        BillingZone zone = configuration.settings().billingZone();
        Map<String, Map<Long, Amount>> computed = statements.computedBalances();
        List<BalanceReading> readings = new ArrayList<>();
        Map<LocalDate, Set<String>> recorded = new TreeMap<>();
        for (FeedStore.RecordedBalance balance : feeds.balances()) {
            if (balance.asOf() > run.asOf()) {
                continue;
            }
            LocalDate date = zone.dateOf(balance.asOf() - 1);
            recorded.computeIfAbsent(date, each -> new TreeSet<>()).add(balance.accountId());
            Amount ours = computed.getOrDefault(balance.accountId(), Map.of()).get(balance.asOf());
            List<Account> rows = configuration.accounts().rows(balance.accountId());
            if (!rows.isEmpty()) {
                readings.add(new BalanceReading(
                        balance.accountId(),
                        balance.asOf(),
                        date,
                        balance.balance(),
                        balance.currency(),
                        ours == null ? Amount.ZERO : ours,
                        rows.get(0).currency().getCurrencyCode()));
            }
        }
        findings.addAll(BalanceCheck.differences(
                readings,
                expiries(),
                breaks.acceptedGaps(),
                configuration.reconciliation().balanceTolerance(),
                run.businessDate()));
        Set<String> tonight = recorded.get(run.businessDate());
        if (tonight != null) {
            findings.addAll(BalanceCheck.missing(
                    List.of(new BalanceCoverage(
                            "live balances", run.businessDate(), prepaid(run, configuration), tonight)),
                    run.businessDate()));
        }
    }

    /** An expired rest that the live system may still have spent. */
    private List<BalanceFact> expiries() {
        List<BalanceFact> facts = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (YearMonth month : statements.months()) {
            for (StatementRevision revision : statements.latestOfMonth(month.toString())) {
                for (GrantPosition grant : revision.facts().closing().grants()) {
                    if (!grant.expired().isZero() && told.add(revision.accountId() + "\n" + grant.creditId())) {
                        facts.add(new BalanceFact(
                                revision.accountId(),
                                grant.expiresAt(),
                                grant.expired(),
                                "credit " + grant.creditId() + " expired with " + grant.expired()));
                    }
                }
            }
        }
        return facts;
    }

    private static Set<String> prepaid(Run run, Configuration configuration) {
        Set<String> prepaid = new TreeSet<>();
        for (String account : configuration.accounts().ids()) {
            Terms inForce = null;
            for (Terms terms : configuration.terms().getOrDefault(account, List.of())) {
                if (terms.effectiveFrom() < run.asOf()) {
                    inForce = terms;
                }
            }
            if (inForce != null
                    && inForce.billingMode() == BillingMode.PREPAID
                    && configuration.accounts().at(account, run.asOf() - 1) != null) {
                prepaid.add(account);
            }
        }
        return prepaid;
    }

    private void payment(Run run, Configuration configuration, List<Finding> findings) {
        BillingZone zone = configuration.settings().billingZone();
        Map<List<String>, List<GrantedCredit.Withdrawal>> withdrawals = new java.util.HashMap<>();
        List<CreditEntry> entries = feeds.allEntries();
        for (CreditEntry entry : entries) {
            if (entry.type() == CreditEntry.Type.WITHDRAW) {
                withdrawals
                        .computeIfAbsent(List.of(entry.accountId(), entry.creditId()), key -> new ArrayList<>())
                        .add(new GrantedCredit.Withdrawal(entry.amount(), entry.taxAmount(), entry.reason()));
            }
        }
        List<GrantedCredit> credits = new ArrayList<>();
        for (CreditEntry entry : entries) {
            Amount amount = entry.amount();
            if (entry.type() == CreditEntry.Type.GRANT && amount != null) {
                credits.add(new GrantedCredit(
                        entry.creditId(),
                        entry.accountId(),
                        entry.kind().word(),
                        amount,
                        entry.taxAmount(),
                        entry.currency().getCurrencyCode(),
                        entry.paymentReference(),
                        entry.paymentMethod(),
                        zone.dateOf(entry.bookedAt()),
                        withdrawals.getOrDefault(List.of(entry.accountId(), entry.creditId()), List.of())));
            }
        }
        List<PaymentRecord> payments = feeds.payments().stream()
                .map(payment -> new PaymentRecord(
                        payment.paymentId(),
                        payment.processor(),
                        payment.accountId(),
                        payment.reference(),
                        payment.method(),
                        payment.status(),
                        payment.amount(),
                        payment.currency(),
                        payment.createdAt(),
                        zone.dateOf(payment.createdAt()),
                        payment.parentPaymentId()))
                .toList();
        findings.addAll(PaymentCheck.findings(
                credits,
                payments,
                new TreeSet<>(invoices.numbers()),
                new PaymentRules(
                        configuration.reconciliation().declinesLimit(),
                        configuration.reconciliation().declinesWindowDays(),
                        configuration.reconciliation().paymentTolerance()),
                run.businessDate()));
    }
}
