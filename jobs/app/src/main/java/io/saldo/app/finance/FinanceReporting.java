package io.saldo.app.finance;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.config.PostingAccount;
import io.saldo.app.export.MonthStatements;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.statement.CreditMovements;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.credit.CreditMovement;
import io.saldo.documents.finance.FinanceReport;
import io.saldo.documents.finance.FinanceReportFiles;
import io.saldo.documents.finance.FinanceReportPdf;
import io.saldo.documents.table.ReportTables;
import io.saldo.documents.table.Table;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.TaxLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.statement.StatementTotals;
import io.saldo.statement.TakenBack;
import io.saldo.time.BillingZone;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the finance report of a month in all its forms. */
@Component
public class FinanceReporting {
    private static final String NAME = "finance-report";

    private final StatementStore statements;
    private final CloseStore closes;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final InvoiceStore invoices;
    private final JournalStore journal;

    /** Over the books. */
    public FinanceReporting(
            StatementStore statements,
            CloseStore closes,
            LakeStore lake,
            FeedStore feeds,
            InvoiceStore invoices,
            JournalStore journal) {
        this.statements = statements;
        this.closes = closes;
        this.lake = lake;
        this.feeds = feeds;
        this.invoices = invoices;
        this.journal = journal;
    }

    /**
     * Writes {@code finance-report} as PDF, XLSX and JSON and each of its tables as CSV; what is there is replaced.
     *
     * @return the folder
     * @throws ProblemException with {@code PROOF_FAILED} where deferred revenue and the journal differ
     */
    public Path write(YearMonth month, Home home, Configuration configuration) throws IOException {
        FinanceReport report = report(month, home, configuration);
        prove(report, configuration);
        Path folder = home.out().resolve("finance").resolve(month.toString());
        PublishedFile.write(folder.resolve(NAME + ".pdf"), out -> new FinanceReportPdf().write(report, out));
        PublishedFile.write(folder.resolve(NAME + ".xlsx"), out -> FinanceReportFiles.writeXlsx(report, out));
        PublishedFile.write(folder.resolve(NAME + ".json"), out -> FinanceReportFiles.writeJson(report, out));
        for (Table table : FinanceReportFiles.each(report)) {
            PublishedFile.write(folder.resolve(table.name() + ".csv"), out -> ReportTables.writeCsv(table, out));
        }
        return folder;
    }

    /**
     * Proves that what the journal moved of deferred revenue is what closed account-months of that month did.
     *
     * @throws ProblemException with {@code PROOF_FAILED} where they differ
     */
    public void prove(YearMonth month, Home home, Configuration configuration) {
        prove(report(month, home, configuration), configuration);
    }

    private FinanceReport report(YearMonth month, Home home, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        MonthStatements shown = MonthStatements.of(month, home, statements, closes, lake);
        Map<String, StatementRevision> before = MonthStatements.of(month.minusMonths(1), home, statements, closes, lake)
                .revisions();
        CreditMovements movements = new CreditMovements(statements, configuration.openings());
        List<FinanceReport.RollForward> rollForward = new ArrayList<>();
        List<FinanceReport.Breakage> breakage = new ArrayList<>();
        List<FinanceReport.Coverage> coverage = new ArrayList<>();
        List<FinanceReport.Change> changes = new ArrayList<>();
        List<FinanceReport.Tax> taxes = new ArrayList<>(documentTaxes(month));
        LocalDate asOf = month.atDay(1);
        for (StatementRevision each : shown.revisions().values()) {
            String status = shown.isClosed(each.accountId())
                    ? FinanceReport.CLOSED
                    : each.status().word();
            List<CreditMovement> credits = movements.of(each);
            rollForward.add(rollForward(each, status, credits));
            for (CreditMovement credit : credits) {
                if (!credit.expired().isZero()) {
                    breakage.add(new FinanceReport.Breakage(
                            each.accountId(),
                            credit.grant().creditId(),
                            credit.grant().kind().word(),
                            each.currency(),
                            zone.dateOf(credit.grant().expiresAt()),
                            credit.expired()));
                }
            }
            coverage.add(coverage(each, status));
            changes.add(change(each, status, before.get(each.accountId())));
            Account account = configuration.accounts().at(each.accountId(), zone.endOf(month) - 1);
            creditTaxes(each, account == null ? "" : account.country(), credits, taxes);
            LocalDate last = zone.dateOf(each.asOf() - 1);
            asOf = last.isAfter(asOf) ? last : asOf;
        }
        if (!changes.isEmpty()) {
            before.values().stream()
                    .filter(each -> !shown.revisions().containsKey(each.accountId()))
                    .forEach(each -> changes.add(stopped(each)));
            changes.sort(Comparator.comparing(FinanceReport.Change::accountId, TextOrder.UTF_8));
        }
        return new FinanceReport(month, asOf, rollForward, breakage, coverage, taxes, changes);
    }

    private static FinanceReport.RollForward rollForward(
            StatementRevision revision, String status, List<CreditMovement> credits) {
        Amount opening = Amount.ZERO;
        Amount purchased = Amount.ZERO;
        Amount restored = Amount.ZERO;
        Amount consumed = Amount.ZERO;
        Amount expired = Amount.ZERO;
        Amount refunded = Amount.ZERO;
        Amount closing = Amount.ZERO;
        for (CreditMovement credit : credits) {
            if (credit.grant().kind() == CreditKind.PURCHASE) {
                opening = opening.plus(credit.opening());
                purchased = purchased.plus(credit.granted());
                restored = restored.plus(credit.restored());
                consumed = consumed.plus(credit.drawn());
                expired = expired.plus(credit.expired());
                refunded = refunded.plus(credit.withdrawn());
                closing = closing.plus(credit.closing());
            }
        }
        return new FinanceReport.RollForward(
                revision.accountId(),
                revision.currency(),
                status,
                opening,
                purchased,
                restored,
                consumed,
                expired,
                refunded,
                closing);
    }

    private static FinanceReport.Coverage coverage(StatementRevision revision, String status) {
        StatementTotals totals = revision.totals();
        return new FinanceReport.Coverage(
                revision.accountId(),
                revision.currency(),
                status,
                totals.usage(),
                totals.credit(),
                totals.payg(),
                totals.overage(),
                totals.surcharge(),
                totals.carried(),
                totals.unfunded(),
                totals.receivable());
    }

    private static FinanceReport.Change change(
            StatementRevision revision, String status, @Nullable StatementRevision before) {
        StatementTotals totals = revision.totals();
        return new FinanceReport.Change(
                revision.accountId(),
                revision.currency(),
                status,
                totals.usage(),
                before == null ? Amount.ZERO : before.totals().usage(),
                charged(totals),
                before == null ? Amount.ZERO : charged(before.totals()),
                totals.closingBalance(),
                totals.openingBalance());
    }

    /** An account without a statement: it used nothing any more, and nothing of it moved. */
    private static FinanceReport.Change stopped(StatementRevision before) {
        return new FinanceReport.Change(
                before.accountId(),
                before.currency(),
                FinanceReport.NO_STATEMENT,
                Amount.ZERO,
                before.totals().usage(),
                Amount.ZERO,
                charged(before.totals()),
                before.totals().closingBalance(),
                before.totals().closingBalance());
    }

    private static Amount charged(StatementTotals totals) {
        return totals.payg().plus(totals.overage()).plus(totals.surcharge());
    }

    private List<FinanceReport.Tax> documentTaxes(YearMonth month) {
        List<FinanceReport.Tax> taxes = new ArrayList<>();
        for (InvoiceStore.Stored each : invoices.postedIn(month)) {
            Invoice invoice = each.draft().invoice();
            if (invoice.kind() == Invoice.Kind.STATEMENT || each.state() == InvoiceStore.State.REJECTED) {
                continue;
            }
            boolean back = invoice.kind() == Invoice.Kind.CREDIT_NOTE;
            for (TaxLine line : invoice.taxes()) {
                taxes.add(new FinanceReport.Tax(
                        each.number(),
                        back ? "credit_note" : "invoice",
                        each.state().word(),
                        each.accountId(),
                        each.draft().buyer().country(),
                        line.category(),
                        line.ratePercent(),
                        invoice.currency().getCurrencyCode(),
                        signed(line.net(), back),
                        signed(line.tax(), back)));
            }
        }
        return taxes;
    }

    private static Amount signed(Money money, boolean back) {
        return back ? money.toAmount().negated() : money.toAmount();
    }

    /** The tax of purchases that the statement took, and of what was taken back of them, as the journal posts it. */
    private void creditTaxes(
            StatementRevision revision, String country, List<CreditMovement> credits, List<FinanceReport.Tax> taxes) {
        Set<String> ids = Set.copyOf(revision.facts().appliedEntries());
        List<CreditEntry> applied = feeds.entries(revision.accountId()).stream()
                .filter(entry -> ids.contains(entry.entryId()))
                .toList();
        for (CreditMovement credit : credits) {
            if (credit.grant().kind() != CreditKind.PURCHASE) {
                continue;
            }
            for (CreditEntry entry : applied) {
                Amount net = entry.amount();
                if (entry.creditId().equals(credit.grant().creditId())
                        && entry.type() == CreditEntry.Type.GRANT
                        && net != null) {
                    add(taxes, revision, country, entry.creditId(), "credit_purchase", net, entry.taxAmount());
                }
            }
            for (TakenBack back : TakenBack.of(
                    credit.grant().creditId(),
                    credit.withdrawn(),
                    applied,
                    revision.facts().withdrawalsAfterUse(),
                    Currency.getInstance(revision.currency()))) {
                add(
                        taxes,
                        revision,
                        country,
                        back.entry().creditId(),
                        "credit_refund",
                        back.reversed().negated(),
                        back.taxReversed().negated());
            }
        }
    }

    private static void add(
            List<FinanceReport.Tax> taxes,
            StatementRevision revision,
            String country,
            String creditId,
            String source,
            Amount net,
            Amount tax) {
        if (!tax.isZero()) {
            taxes.add(new FinanceReport.Tax(
                    creditId,
                    source,
                    "booked",
                    revision.accountId(),
                    country,
                    "",
                    null,
                    revision.currency(),
                    net,
                    tax));
        }
    }

    /** What the month moved of customer credit in the journal is what the roll-forward of closed account-months says. */
    private void prove(FinanceReport report, Configuration configuration) {
        String number = configuration.ledgerAccounts().getOrDefault(PostingAccount.CUSTOMER_CREDIT, "");
        boolean alone = configuration.ledgerAccounts().values().stream()
                        .filter(number::equals)
                        .count()
                == 1;
        if (!alone) {
            return;
        }
        Map<String, Amount> moved = new TreeMap<>();
        for (JournalStore.Line line : journal.ofMonth(report.month().toString())) {
            if (line.account().equals(number)) {
                moved.merge(line.currency(), line.credit().minus(line.debit()), Amount::plus);
            }
        }
        for (FinanceReport.RollForward each : report.rollForward()) {
            if (each.isClosed()) {
                moved.merge(each.currency(), each.opening().minus(each.closing()), Amount::plus);
            }
        }
        moved.forEach((currency, difference) -> {
            if (!difference.isZero()) {
                throw new ProblemException(
                        ProblemCode.PROOF_FAILED,
                        Place.NOWHERE,
                        report.month() + ": deferred revenue in " + currency + " and the journal differ by "
                                + difference);
            }
        });
    }
}
