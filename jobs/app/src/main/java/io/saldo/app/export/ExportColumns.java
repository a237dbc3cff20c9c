package io.saldo.app.export;

import io.saldo.documents.night.BreakTable;
import io.saldo.documents.table.Column;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The columns of the export contract. A mark after a name says what its cells hold: {@code $} an exact amount, or a
 * quantity that may pass 63 bits; {@code #} a whole number; {@code @} a date; none text.
 */
final class ExportColumns {
    static final Map<String, List<Column>> ALL = all();

    private ExportColumns() {}

    static List<Column> of(String table) {
        List<Column> columns = ALL.get(table);
        if (columns == null) {
            throw new IllegalArgumentException("no table " + table);
        }
        return columns;
    }

    private static Map<String, List<Column>> all() {
        Map<String, List<Column>> all = new TreeMap<>();
        all.put(
                "statements",
                columns("account_id month revision# status currency events# usage_amount$ credit_amount$ payg_amount$"
                        + " overage_amount$ surcharge_amount$ carried_amount$ unfunded_amount$ unpriced_quantity$"
                        + " receivable_amount$ opening_balance$ granted_amount$ restored_amount$ drawn_amount$"
                        + " expired_amount$ withdrawn_amount$ closing_balance$ opening_debt$ settled_debt$"
                        + " closing_debt$"));
        all.put(
                "statement_lines",
                columns("account_id month usage_month provider model service_tier meter unit_price$ per_units#"
                        + " quantity$ amount$ credit_amount$ payg_amount$ overage_amount$ carried_amount$"
                        + " unfunded_amount$"));
        all.put("drawdowns", columns("account_id credit_id usage_date@ purpose amount$"));
        all.put(
                "grants",
                columns("account_id credit_id kind amount$ drawn_amount$ expired_amount$ withdrawn_amount$"
                        + " restored_amount$ remaining_amount$"));
        all.put("daily_balances", columns("account_id date@ usage_amount$ closing_balance$ closing_debt$"));
        all.put("breaks", BreakTable.EXPORT);
        all.put(
                "deliveries",
                columns("source file_name sha256 night@ records# accepted# duplicate# conflict# rejected# held#"
                        + " not_billable# input_tokens$ output_tokens$"));
        all.put(
                "invoices",
                columns("number account_id month state currency net_document$ tax_document$ total_document$"
                        + " issued_on@ due_on@ paid_document$ corrects file_name sha256"));
        all.put(
                "invoice_lines",
                columns("number line# kind usage_month description quantity$ unit_price$ per_units#"
                        + " amount_document$"));
        all.put("invoice_taxes", columns("number category rate$ net_document$ tax_document$"));
        all.put("journal", columns("entry month booked_on@ account debit$ credit$ currency subject"));
        return Collections.unmodifiableMap(all);
    }

    static List<Column> columns(String marked) {
        return Arrays.stream(marked.split(" ")).map(ExportColumns::column).toList();
    }

    private static Column column(String marked) {
        String name = marked.substring(0, marked.length() - 1);
        return switch (marked.charAt(marked.length() - 1)) {
            case '$' -> Column.amount(name);
            case '#' -> Column.count(name);
            case '@' -> Column.date(name);
            default -> Column.text(marked, 20);
        };
    }
}
