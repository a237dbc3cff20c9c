package io.saldo.app.export;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.app.reconcile.NightReports;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.BreakStore;
import io.saldo.app.store.Delivery;
import io.saldo.app.store.DeliveryCounts;
import io.saldo.app.store.DeliveryStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.app.store.JournalStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.RunStore;
import io.saldo.app.store.StatementStore;
import io.saldo.documents.csv.CsvTable;
import io.saldo.documents.csv.CsvText;
import io.saldo.documents.night.BreakTable;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.ReportTables;
import io.saldo.invoice.Allowance;
import io.saldo.invoice.Invoice;
import io.saldo.invoice.InvoiceLine;
import io.saldo.invoice.TaxLine;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import io.saldo.money.Amount;
import io.saldo.statement.StatementTotals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the files of the export contract (SPEC 12) of one month. */
@Component
public class MonthExport {
    /** Columns of each file, in order. */
    public static final Map<String, List<String>> COLUMNS = columns();

    private final StatementStore statements;
    private final LakeStore lake;
    private final BreakStore breaks;
    private final DeliveryStore deliveries;
    private final InvoiceStore invoices;
    private final JournalStore journal;
    private final RunStore runs;

    /** Over the books. */
    public MonthExport(
            StatementStore statements,
            LakeStore lake,
            BreakStore breaks,
            DeliveryStore deliveries,
            InvoiceStore invoices,
            JournalStore journal,
            RunStore runs) {
        this.statements = statements;
        this.lake = lake;
        this.breaks = breaks;
        this.deliveries = deliveries;
        this.invoices = invoices;
        this.journal = journal;
        this.runs = runs;
    }

    /** Writes all files into the folder. */
    public void write(YearMonth month, Home home, Path folder) throws IOException {
        Map<String, StatementRevision> shown = shown(month);
        statements(month, shown, folder);
        details(month, home, shown, StatementTables.LINES, "statement_lines", folder);
        details(month, home, shown, StatementTables.DRAWDOWNS, "drawdowns", folder);
        details(month, home, shown, StatementTables.GRANTS, "grants", folder);
        dailyBalances(month, home, shown, folder);
        breaks(month, folder);
        deliveries(month, folder);
        invoices(month, folder);
        journal(month, folder);
    }

    /** What is frozen where the month is closed, else the latest revision. */
    private Map<String, StatementRevision> shown(YearMonth month) {
        Map<String, StatementRevision> shown = new TreeMap<>(CsvText.BYTE_ORDER);
        statements.latestOfMonth(month.toString()).forEach(revision -> shown.put(revision.accountId(), revision));
        statements.closedOfMonth(month.toString()).values().forEach(closed -> {
            if (closed.revision() > 0) {
                shown.put(closed.accountId(), statements.get(closed.accountId(), closed.month(), closed.revision()));
            }
        });
        return shown;
    }

    private void statements(YearMonth month, Map<String, StatementRevision> shown, Path folder) throws IOException {
        Set<String> closed = statements.closedOfMonth(month.toString()).keySet();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StatementRevision each : shown.values()) {
            StatementTotals totals = each.totals();
            rows.add(row(
                    each.accountId(),
                    each.month(),
                    each.revision(),
                    closed.contains(each.accountId()) ? "closed" : each.status().word(),
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
        write(folder, "statements", rows);
    }

    private interface Rows {
        void accept(List<@Nullable Object> row) throws IOException;
    }

    /** Rows of the shown revisions from the lake, without the revision column, sorted by their leading columns. */
    private void read(YearMonth month, Home home, Map<String, StatementRevision> shown, TableSchema schema, Rows rows)
            throws IOException {
        for (StoredFile file : lake.files(schema.name(), "statements/month=" + month + "/")) {
            try (TableReader reader = TableReader.open(home.lake().resolve(file.path()), schema)) {
                for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                    StatementRevision revision = shown.get(String.valueOf(row.get(0)));
                    if (revision != null && Long.valueOf(revision.revision()).equals(row.get(2))) {
                        rows.accept(row);
                    }
                }
            }
        }
    }

    private void details(
            YearMonth month,
            Home home,
            Map<String, StatementRevision> shown,
            TableSchema schema,
            String name,
            Path folder)
            throws IOException {
        boolean withMonth = columnsOf(name).contains("month");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        DetailProof proof = new DetailProof(schema);
        read(month, home, shown, schema, row -> {
            proof.add(row);
            List<@Nullable Object> shownRow = new ArrayList<>(row);
            shownRow.remove(2);
            if (!withMonth) {
                shownRow.remove(1);
            }
            rows.add(shownRow);
        });
        proof.conclude(shown);
        rows.sort(BY_LEADING_COLUMNS);
        write(folder, name, rows);
    }

    /** A revision ends with its as-of; the days after it, up to the last night, repeat its last balances. */
    private void dailyBalances(YearMonth month, Home home, Map<String, StatementRevision> shown, Path folder)
            throws IOException {
        LocalDate until = runs.lastNight().orElse(month.atEndOfMonth());
        LocalDate last = until.isAfter(month.atEndOfMonth()) ? month.atEndOfMonth() : until;
        Map<String, TreeMap<LocalDate, List<@Nullable Object>>> days = new TreeMap<>(CsvText.BYTE_ORDER);
        read(month, home, shown, StatementTables.BALANCES, row -> days.computeIfAbsent(
                        String.valueOf(row.get(0)), account -> new TreeMap<>())
                .put((LocalDate) java.util.Objects.requireNonNull(row.get(3)), row));
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
        write(folder, "daily_balances", rows);
    }

    private void breaks(YearMonth month, Path folder) throws IOException {
        PublishedFile.write(
                folder.resolve("breaks.csv"),
                out -> ReportTables.writeCsv(
                        BreakTable.export(
                                breaks.select(new BreakStore.Selection(false, null, null, month.toString())).stream()
                                        .map(NightReports::row)
                                        .toList()),
                        out));
    }

    private void deliveries(YearMonth month, Path folder) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Delivery each :
                deliveries.ofNights(month.atDay(1), month.plusMonths(1).atDay(1))) {
            DeliveryCounts counts = deliveries.counts(each.id());
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
        rows.sort(BY_LEADING_COLUMNS);
        write(folder, "deliveries", rows);
    }

    private void invoices(YearMonth month, Path folder) throws IOException {
        List<List<@Nullable Object>> heads = new ArrayList<>();
        List<List<@Nullable Object>> lines = new ArrayList<>();
        List<List<@Nullable Object>> taxes = new ArrayList<>();
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
                    Amount.ZERO,
                    "",
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
                        line.perUnits(),
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
        heads.sort(BY_LEADING_COLUMNS);
        lines.sort(BY_LEADING_COLUMNS);
        taxes.sort(BY_LEADING_COLUMNS);
        write(folder, "invoices", heads);
        write(folder, "invoice_lines", lines);
        write(folder, "invoice_taxes", taxes);
    }

    private static String description(InvoiceLine line) {
        return String.join(
                " ",
                java.util.stream.Stream.of(line.provider(), line.model(), line.serviceTier(), line.meter())
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private void journal(YearMonth month, Path folder) throws IOException {
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
        rows.sort(BY_LEADING_COLUMNS);
        write(folder, "journal", rows);
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return java.util.Arrays.asList(cells);
    }

    private static void write(Path folder, String name, List<List<@Nullable Object>> rows) throws IOException {
        PublishedFile.write(folder.resolve(name + ".csv"), out -> {
            try (CsvTable table = new CsvTable(out, columnsOf(name))) {
                for (List<@Nullable Object> row : rows) {
                    table.row(row.toArray());
                }
            }
        });
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
        return CsvText.BYTE_ORDER.compare(one.toString(), other.toString());
    }

    private static Map<String, List<String>> columns() {
        Map<String, List<String>> columns = new TreeMap<>();
        columns.put(
                "statements",
                words(
                        "account_id month revision status currency events usage_amount credit_amount payg_amount overage_amount surcharge_amount carried_amount unfunded_amount unpriced_quantity receivable_amount opening_balance granted_amount restored_amount drawn_amount expired_amount withdrawn_amount closing_balance opening_debt settled_debt closing_debt"));
        columns.put(
                "statement_lines",
                words(
                        "account_id month usage_month provider model service_tier meter unit_price per_units quantity amount credit_amount payg_amount overage_amount carried_amount unfunded_amount"));
        columns.put("drawdowns", words("account_id credit_id usage_date purpose amount"));
        columns.put(
                "grants",
                words(
                        "account_id credit_id kind amount drawn_amount expired_amount withdrawn_amount restored_amount remaining_amount"));
        columns.put("daily_balances", words("account_id date usage_amount closing_balance closing_debt"));
        columns.put("breaks", BreakTable.EXPORT.stream().map(Column::name).toList());
        columns.put(
                "deliveries",
                words(
                        "source file_name sha256 night records accepted duplicate conflict rejected held not_billable input_tokens output_tokens"));
        columns.put(
                "invoices",
                words(
                        "number account_id month state currency net_document tax_document total_document issued_on due_on paid_document corrects file_name sha256"));
        columns.put(
                "invoice_lines",
                words("number line kind usage_month description quantity unit_price per_units amount_document"));
        columns.put("invoice_taxes", words("number category rate net_document tax_document"));
        columns.put("journal", words("entry month booked_on account debit credit currency subject"));
        return java.util.Collections.unmodifiableMap(columns);
    }

    private static List<String> columnsOf(String name) {
        return java.util.Objects.requireNonNull(COLUMNS.get(name), name);
    }

    private static List<String> words(String text) {
        return List.of(text.split(" "));
    }
}
