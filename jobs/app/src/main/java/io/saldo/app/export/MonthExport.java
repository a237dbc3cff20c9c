package io.saldo.app.export;

import io.saldo.app.home.Home;
import io.saldo.app.reconcile.NightReports;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InvoicePaymentStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.OutcomeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.documents.night.BreakTable;
import io.saldo.documents.table.Table;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.TaxLine;
import io.saldo.lake.table.TableSchema;
import io.saldo.money.Amount;
import io.saldo.statement.StatementTotals;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the files of the export contract of one month. */
@Component
public class MonthExport {
    private final StatementStore statements;
    private final CloseStore closes;
    private final LakeStore lake;
    private final BreakStore breaks;
    private final DeliveryStore deliveries;
    private final OutcomeStore outcomes;
    private final InvoiceStore invoices;
    private final InvoicePaymentStore payments;
    private final JournalStore journal;
    private final RunStore runs;

    /** Over the books. */
    public MonthExport(
            StatementStore statements,
            CloseStore closes,
            LakeStore lake,
            BreakStore breaks,
            DeliveryStore deliveries,
            OutcomeStore outcomes,
            InvoiceStore invoices,
            InvoicePaymentStore payments,
            JournalStore journal,
            RunStore runs) {
        this.statements = statements;
        this.closes = closes;
        this.lake = lake;
        this.breaks = breaks;
        this.deliveries = deliveries;
        this.outcomes = outcomes;
        this.invoices = invoices;
        this.payments = payments;
        this.journal = journal;
        this.runs = runs;
    }

    /**
     * Writes all files into the folder; those of their names are replaced.
     *
     * @return how many
     */
    public int write(YearMonth month, Home home, Path folder, ExportFormat format) throws IOException {
        MonthStatements shown = MonthStatements.of(month, home, statements, closes, lake);
        format.write(statements(shown), folder);
        format.write(details(shown, StatementTables.LINES, "statement_lines"), folder);
        format.write(details(shown, StatementTables.DRAWDOWNS, "drawdowns"), folder);
        format.write(details(shown, StatementTables.GRANTS, "grants"), folder);
        format.write(dailyBalances(shown), folder);
        format.write(breaks(month), folder);
        format.write(deliveries(month), folder);
        for (Table each : invoices(month)) {
            format.write(each, folder);
        }
        format.write(journal(month), folder);
        return ExportColumns.ALL.size();
    }

    private static Table statements(MonthStatements shown) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StatementRevision each : shown.revisions().values()) {
            StatementTotals totals = each.totals();
            rows.add(row(
                    each.accountId(),
                    each.month(),
                    each.revision(),
                    shown.isClosed(each.accountId()) ? "closed" : each.status().word(),
                    each.currency(),
                    each.events(),
                    totals.usage(),
                    totals.credit(),
                    totals.payg(),
                    totals.overage(),
                    totals.surcharge(),
                    totals.carried(),
                    totals.unfunded(),
                    each.unpricedQuantity(),
                    totals.receivable(),
                    totals.openingBalance(),
                    totals.granted(),
                    totals.restored(),
                    totals.drawn(),
                    totals.expired(),
                    totals.withdrawn(),
                    totals.closingBalance(),
                    totals.openingDebt(),
                    totals.settledDebt(),
                    totals.closingDebt()));
        }
        return table("statements", rows);
    }

    /** Rows of the shown revisions from the lake, without the revision column. */
    private static Table details(MonthStatements shown, TableSchema schema, String name) throws IOException {
        boolean withMonth =
                ExportColumns.of(name).stream().anyMatch(column -> column.name().equals("month"));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        DetailProof proof = new DetailProof(schema);
        shown.read(schema, row -> {
            proof.add(row);
            List<@Nullable Object> shownRow = new ArrayList<>(row);
            shownRow.remove(2);
            if (!withMonth) {
                shownRow.remove(1);
            }
            rows.add(shownRow);
        });
        proof.conclude(shown.revisions());
        return table(name, rows);
    }

    /** A revision ends with its as-of; the days after it, up to the last night, repeat its last balances. */
    private Table dailyBalances(MonthStatements shown) throws IOException {
        YearMonth month = shown.month();
        LocalDate until = runs.lastNight().orElse(month.atEndOfMonth());
        LocalDate last = until.isAfter(month.atEndOfMonth()) ? month.atEndOfMonth() : until;
        Map<String, TreeMap<LocalDate, List<@Nullable Object>>> days = new TreeMap<>(TextOrder.UTF_8);
        shown.read(StatementTables.BALANCES, row -> days.computeIfAbsent(
                        String.valueOf(row.get(0)), account -> new TreeMap<>())
                .put((LocalDate) Objects.requireNonNull(row.get(3)), row));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        days.forEach((account, byDate) -> {
            for (LocalDate date = byDate.firstKey(); !date.isAfter(last); date = date.plusDays(1)) {
                Map.Entry<LocalDate, List<@Nullable Object>> entry = byDate.floorEntry(date);
                if (entry != null) {
                    boolean own = entry.getKey().equals(date);
                    List<@Nullable Object> row = entry.getValue();
                    rows.add(row(account, date, own ? row.get(4) : Amount.ZERO, row.get(5), row.get(6)));
                }
            }
        });
        return table("daily_balances", rows);
    }

    private Table breaks(YearMonth month) {
        return BreakTable.export(breaks.select(new BreakStore.Selection(false, null, null, month.toString())).stream()
                .map(NightReports::row)
                .toList());
    }

    private Table deliveries(YearMonth month) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Delivery each :
                deliveries.ofNights(month.atDay(1), month.plusMonths(1).atDay(1))) {
            DeliveryCounts counts = outcomes.counts(each.id());
            rows.add(row(
                    each.source(),
                    each.fileName(),
                    each.sha256(),
                    each.night(),
                    counts.records(),
                    counts.accepted(),
                    counts.duplicate(),
                    counts.conflict(),
                    counts.rejected(),
                    counts.held(),
                    counts.notBillable(),
                    counts.inputTokens(),
                    counts.outputTokens()));
        }
        return table("deliveries", rows);
    }

    private List<Table> invoices(YearMonth month) {
        List<List<@Nullable Object>> heads = new ArrayList<>();
        List<List<@Nullable Object>> lines = new ArrayList<>();
        List<List<@Nullable Object>> taxes = new ArrayList<>();
        Map<String, Amount> paid = payments.paidOfMonth(month);
        for (InvoiceStore.Stored each : invoices.ofMonth(month)) {
            Invoice invoice = each.draft().invoice();
            if (invoice.kind() == Invoice.Kind.STATEMENT) {
                continue;
            }
            heads.add(row(
                    each.number(),
                    each.accountId(),
                    each.month(),
                    each.state().word(),
                    invoice.currency().getCurrencyCode(),
                    invoice.net(),
                    invoice.tax(),
                    invoice.total(),
                    each.issuedOn(),
                    each.dueOn(),
                    paid.getOrDefault(each.number(), Amount.ZERO),
                    corrected(each),
                    each.fileName(),
                    each.sha256()));
            long number = 0;
            for (InvoiceLine line : invoice.lines()) {
                number = line.line();
                lines.add(row(
                        each.number(),
                        number,
                        line.kind().word(),
                        line.usageMonth(),
                        description(line),
                        line.quantity(),
                        line.unitPrice(),
                        line.pricedUnits(),
                        line.amount()));
            }
            for (Allowance allowance : invoice.allowances()) {
                number++;
                lines.add(row(
                        each.number(),
                        number,
                        allowance.kind().word(),
                        each.month(),
                        String.join(" ", allowance.purchaseInvoices()),
                        null,
                        null,
                        null,
                        allowance.amount().toAmount().negated()));
            }
            for (TaxLine tax : invoice.taxes()) {
                taxes.add(row(each.number(), tax.category(), tax.ratePercent(), tax.net(), tax.tax()));
            }
        }
        return List.of(table("invoices", heads), table("invoice_lines", lines), table("invoice_taxes", taxes));
    }

    private static String corrected(InvoiceStore.Stored invoice) {
        InvoiceDocument.Original original = invoice.draft().original();
        return original == null ? "" : original.number();
    }

    private static String description(InvoiceLine line) {
        return String.join(
                " ",
                Stream.of(line.provider(), line.model(), line.serviceTier(), line.meter())
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private Table journal(YearMonth month) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (JournalStore.Line each : journal.ofMonth(month.toString())) {
            rows.add(row(
                    each.entry(),
                    each.month(),
                    each.bookedOn(),
                    each.account(),
                    each.debit(),
                    each.credit(),
                    each.currency(),
                    each.subject()));
        }
        return table("journal", rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    /** The rows sorted by their leading columns. */
    private static Table table(String name, List<List<@Nullable Object>> rows) {
        rows.sort(BY_LEADING_COLUMNS);
        return new Table(name, ExportColumns.of(name), rows);
    }

    /** Text by its UTF-8 bytes, numbers numerically, empty first. */
    static final Comparator<List<@Nullable Object>> BY_LEADING_COLUMNS = (one, other) -> {
        for (int index = 0; index < Math.min(one.size(), other.size()); index++) {
            int order = compare(one.get(index), other.get(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return Boolean.compare(one != null, other != null);
        }
        if (one instanceof Amount first && other instanceof Amount second) {
            return first.compareTo(second);
        }
        if (one instanceof Long first && other instanceof Long second) {
            return first.compareTo(second);
        }
        if (one instanceof LocalDate first && other instanceof LocalDate second) {
            return first.compareTo(second);
        }
        return TextOrder.UTF_8.compare(one.toString(), other.toString());
    }
}
