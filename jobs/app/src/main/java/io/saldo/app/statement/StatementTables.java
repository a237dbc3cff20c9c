package io.saldo.app.statement;

import static io.saldo.lake.table.TableSchema.amount;
import static io.saldo.lake.table.TableSchema.date;
import static io.saldo.lake.table.TableSchema.text;
import static io.saldo.lake.table.TableSchema.wholeNumber;

import io.saldo.credit.GrantPosition;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableSchema;
import io.saldo.lake.table.TableWriter;
import io.saldo.money.Amount;
import io.saldo.statement.DailyBalance;
import io.saldo.statement.Drawdown;
import io.saldo.statement.Statement;
import io.saldo.statement.StatementLine;
import io.saldo.usage.TextOrder;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The details of statements in the lake: four tables, each row with its account, month and revision. */
public final class StatementTables implements Closeable {
    /** Kind in the books and schema of the table of lines. */
    public static final TableSchema LINES = new TableSchema(
            "lines",
            List.of(
                    text("account_id"),
                    text("month"),
                    wholeNumber("revision"),
                    text("usage_month"),
                    text("provider"),
                    text("model"),
                    text("service_tier"),
                    text("meter"),
                    amount("unit_price"),
                    wholeNumber("per_units"),
                    amount("quantity"),
                    amount("amount"),
                    amount("credit_amount"),
                    amount("payg_amount"),
                    amount("overage_amount"),
                    amount("carried_amount"),
                    amount("unfunded_amount")));

    /** Kind in the books and schema of the table of drawdowns. */
    public static final TableSchema DRAWDOWNS = new TableSchema(
            "drawdowns",
            List.of(
                    text("account_id"),
                    text("month"),
                    wholeNumber("revision"),
                    text("credit_id"),
                    date("usage_date"),
                    text("purpose"),
                    amount("amount")));

    /** Kind in the books and schema of the table of grants. */
    public static final TableSchema GRANTS = new TableSchema(
            "grants",
            List.of(
                    text("account_id"),
                    text("month"),
                    wholeNumber("revision"),
                    text("credit_id"),
                    text("kind"),
                    amount("amount"),
                    amount("drawn_amount"),
                    amount("expired_amount"),
                    amount("withdrawn_amount"),
                    amount("restored_amount"),
                    amount("remaining_amount")));

    /** Kind in the books and schema of the table of daily balances. */
    public static final TableSchema BALANCES = new TableSchema(
            "balances",
            List.of(
                    text("account_id"),
                    text("month"),
                    wholeNumber("revision"),
                    date("date"),
                    amount("usage_amount"),
                    amount("closing_balance"),
                    amount("closing_debt")));

    /** All of them. */
    public static final List<TableSchema> ALL = List.of(LINES, DRAWDOWNS, GRANTS, BALANCES);

    private final Path lake;
    private final String name;
    private final int shard;
    private final SortedMap<YearMonth, List<Table>> months = new TreeMap<>();

    /** Begins the details of one partition; without {@link #commit} nothing of them remains. */
    StatementTables(Path lake, String name, int shard) {
        this.lake = lake;
        this.name = name;
        this.shard = shard;
    }

    /** A statement and the number that it gets. */
    record Numbered(Statement statement, int revision) {}

    /** A file of a kind. */
    public record Stored(String kind, StoredFile file) {}

    private record Table(TableSchema schema, TableWriter writer) {}

    /** A revision's rows of one of the tables, in their order, with all columns. */
    public static List<List<@Nullable Object>> rows(TableSchema table, Statement statement, int revision) {
        List<List<@Nullable Object>> own =
                switch (table.name()) {
                    case "lines" -> lines(statement);
                    case "drawdowns" -> drawdowns(statement);
                    case "grants" -> grants(statement);
                    default -> balances(statement);
                };
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : own) {
            List<@Nullable Object> whole = new ArrayList<>(
                    Arrays.asList(statement.accountId(), statement.month().toString(), (long) revision));
            whole.addAll(row);
            rows.add(whole);
        }
        return rows;
    }

    /** Adds a statement's rows to the tables of its month. */
    void add(Numbered numbered) throws IOException {
        Statement statement = numbered.statement();
        List<Table> tables = months.get(statement.month());
        if (tables == null) {
            tables = new ArrayList<>();
            months.put(statement.month(), tables);
            for (TableSchema schema : ALL) {
                tables.add(open(statement.month(), schema));
            }
        }
        for (Table table : tables) {
            for (List<@Nullable Object> row : rows(table.schema(), statement, numbered.revision())) {
                table.writer().add(row);
            }
        }
    }

    /** Completes the files, one for each month and kind. */
    List<Stored> commit() throws IOException {
        List<Stored> files = new ArrayList<>();
        for (List<Table> tables : months.values()) {
            for (Table table : tables) {
                files.add(new Stored(table.schema().name(), table.writer().commit()));
            }
        }
        return files;
    }

    @Override
    public void close() throws IOException {
        for (List<Table> tables : months.values()) {
            for (Table table : tables) {
                table.writer().close();
            }
        }
    }

    private Table open(YearMonth month, TableSchema schema) throws IOException {
        String path = String.format(
                Locale.ROOT, "statements/month=%s/shard=%02d/%s-%s.parquet", month, shard, name, schema.name());
        return new Table(schema, new TableWriter(lake, path, schema));
    }

    private static List<List<@Nullable Object>> lines(Statement statement) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StatementLine line : statement.lines()) {
            rows.add(Arrays.asList(
                    line.usageMonth().toString(),
                    line.provider(),
                    line.model(),
                    line.serviceTier(),
                    line.meterWord(),
                    line.unitPrice(),
                    line.isPriced() ? line.perUnits() : null,
                    Amount.of(new BigDecimal(line.quantity())),
                    line.amount(),
                    line.credit(),
                    line.payg(),
                    line.overage(),
                    line.carried(),
                    line.unfunded()));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> drawdowns(Statement statement) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Drawdown drawdown : statement.drawdowns()) {
            rows.add(Arrays.asList(
                    drawdown.creditId(),
                    drawdown.usageDate(),
                    drawdown.purpose().word(),
                    drawdown.amount()));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> grants(Statement statement) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<GrantPosition> grants = statement.grants().stream()
                .sorted(Comparator.comparing(GrantPosition::creditId, TextOrder.UTF_8))
                .toList();
        for (GrantPosition grant : grants) {
            rows.add(Arrays.asList(
                    grant.creditId(),
                    grant.kind().word(),
                    grant.amount(),
                    grant.drawn(),
                    grant.expired(),
                    grant.withdrawn(),
                    grant.restored(),
                    grant.remaining()));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> balances(Statement statement) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (DailyBalance balance : statement.dailyBalances()) {
            rows.add(Arrays.asList(balance.date(), balance.usage(), balance.closingBalance(), balance.closingDebt()));
        }
        return rows;
    }
}
