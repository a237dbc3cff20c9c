package io.saldo.app.export;

import io.saldo.app.config.Account;
import io.saldo.app.config.Configuration;
import io.saldo.app.home.Home;
import io.saldo.app.statement.CreditMovements;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.DisputeStore;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditMovement;
import io.saldo.documents.table.Table;
import io.saldo.money.Amount;
import io.saldo.statement.Correction;
import io.saldo.statement.StatementTotals;
import io.saldo.time.BillingZone;
import java.io.IOException;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a month as FOCUS 1.2 rows: one table {@code focus} of all accounts. */
@Component
public class FocusExport {
    private final StatementStore statements;
    private final CloseStore closes;
    private final LakeStore lake;
    private final FeedStore feeds;
    private final InvoiceStore invoices;
    private final DisputeStore disputes;

    /** Over the books. */
    public FocusExport(
            StatementStore statements,
            CloseStore closes,
            LakeStore lake,
            FeedStore feeds,
            InvoiceStore invoices,
            DisputeStore disputes) {
        this.statements = statements;
        this.closes = closes;
        this.lake = lake;
        this.feeds = feeds;
        this.invoices = invoices;
        this.disputes = disputes;
    }

    /** Writes the table into the folder; one of its name is replaced. */
    public void write(YearMonth month, Home home, Configuration configuration, Path folder, ExportFormat format)
            throws IOException {
        format.write(table(month, home, configuration), folder);
    }

    private Table table(YearMonth month, Home home, Configuration configuration) throws IOException {
        MonthStatements shown = MonthStatements.of(month, home, statements, closes, lake);
        Map<String, List<FocusRows.Line>> lines = new HashMap<>();
        shown.read(StatementTables.LINES, row -> {
            FocusRows.Line line = line(row);
            if (line != null) {
                lines.computeIfAbsent(text(row, 0), account -> new ArrayList<>())
                        .add(line);
            }
        });
        Map<String, InvoiceStore.Stored> issued = new HashMap<>();
        Map<Long, InvoiceStore.Stored> ofDisputes = new HashMap<>();
        for (InvoiceStore.Stored each : invoices.postedIn(month)) {
            boolean left = each.state() == InvoiceStore.State.ISSUED || each.state() == InvoiceStore.State.PUBLISHED;
            if (left && each.dispute() == 0) {
                issued.put(each.accountId(), each);
            } else if (left) {
                ofDisputes.put(each.dispute(), each);
            }
        }
        CreditMovements movements = new CreditMovements(statements, configuration.openings());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StatementRevision each : shown.revisions().values()) {
            rows.addAll(rows(
                    each,
                    configuration,
                    lines.getOrDefault(each.accountId(), List.of()),
                    movements.of(each),
                    issued.get(each.accountId())));
        }
        for (DisputeStore.Approved each : disputes.approved()) {
            if (each.openMonth().equals(month)) {
                rows.addAll(rows(each, configuration, ofDisputes.get(each.id())));
            }
        }
        return new Table("focus", FocusColumns.ALL, rows);
    }

    private List<List<@Nullable Object>> rows(
            StatementRevision revision,
            Configuration configuration,
            List<FocusRows.Line> lines,
            List<CreditMovement> movements,
            InvoiceStore.@Nullable Stored issued) {
        FocusRows rows =
                of(configuration, revision.accountId(), revision.currency(), YearMonth.parse(revision.month()), issued);
        lines.forEach(rows::usage);
        StatementTotals totals = revision.totals();
        rows.totals(totals);
        Set<String> applied = Set.copyOf(revision.facts().appliedEntries());
        List<CreditEntry> entries = feeds.entries(revision.accountId()).stream()
                .filter(entry -> applied.contains(entry.entryId()))
                .toList();
        movements.forEach(
                movement -> rows.credit(movement, entries, revision.facts().withdrawalsAfterUse()));
        if (issued != null) {
            rows.document(
                    issued.draft().invoice(),
                    totals.payg()
                            .plus(totals.overage())
                            .plus(totals.surcharge())
                            .plus(totals.receivable()));
        }
        return rows.rows();
    }

    /** What an approved dispute moves beside credit, in the month that takes it. */
    private List<List<@Nullable Object>> rows(
            DisputeStore.Approved dispute, Configuration configuration, InvoiceStore.@Nullable Stored issued) {
        DisputeStore.Outcome outcome = disputes.outcome(dispute.id());
        String currency = statements
                .get(dispute.accountId(), dispute.month().toString(), outcome.original())
                .currency();
        FocusRows rows = of(configuration, dispute.accountId(), currency, dispute.openMonth(), issued);
        Amount due = outcome.difference().due();
        Amount restored = dispute.correction().restored().stream()
                .map(Correction.Restored::amount)
                .reduce(Amount.ZERO, Amount::plus);
        rows.dispute(dispute.id(), dispute.month(), due, restored);
        if (issued != null) {
            rows.document(issued.draft().invoice(), due);
        }
        return rows.rows();
    }

    private static FocusRows of(
            Configuration configuration,
            String accountId,
            String currency,
            YearMonth month,
            InvoiceStore.@Nullable Stored issued) {
        BillingZone zone = configuration.settings().billingZone();
        Account account = configuration.accounts().at(accountId, zone.endOf(month) - 1);
        return new FocusRows(
                new FocusRows.Subject(
                        accountId,
                        account == null ? "" : account.name(),
                        currency,
                        month,
                        configuration.issuer().party().name()),
                zone,
                issued == null ? "" : issued.number());
    }

    /** A row of the lake's table of lines; null where it has no price. */
    private static FocusRows.@Nullable Line line(List<@Nullable Object> row) {
        if (row.get(8) == null) {
            return null;
        }
        return new FocusRows.Line(
                YearMonth.parse(text(row, 3)),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                text(row, 7),
                amount(row, 8),
                (Long) Objects.requireNonNull(row.get(9)),
                amount(row, 10),
                amount(row, 11),
                amount(row, 13),
                amount(row, 14),
                amount(row, 16));
    }

    private static String text(List<@Nullable Object> row, int column) {
        return (String) Objects.requireNonNull(row.get(column));
    }

    private static Amount amount(List<@Nullable Object> row, int column) {
        return (Amount) Objects.requireNonNull(row.get(column));
    }
}
