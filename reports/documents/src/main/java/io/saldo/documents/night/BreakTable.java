package io.saldo.documents.night;

import io.saldo.documents.night.NightReport.Break;
import io.saldo.documents.night.NightReport.Decided;
import io.saldo.documents.table.Column;
import io.saldo.documents.table.Table;
import io.saldo.usage.TextOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Breaks as a table. */
public final class BreakTable {
    /** The columns that every export of breaks begins with, in their order. */
    public static final List<Column> EXPORT = List.of(
            Column.text("break_id", 17),
            Column.text("code", 26),
            Column.text("severity", 10),
            Column.text("state", 13),
            Column.text("resolution", 11),
            Column.text("account_id", 20),
            Column.text("period", 12),
            Column.text("subject", 34),
            Column.amount("expected"),
            Column.amount("actual"),
            Column.amount("difference"),
            Column.text("currency", 9),
            Column.text("cause", 44),
            Column.date("first_seen"),
            Column.date("last_seen"),
            Column.count("occurrences"));

    private static final List<Column> REPORT = List.of(
            Column.text("check", 15),
            Column.text("change", 10),
            Column.text("change_note", 30),
            Column.count("age_days"),
            Column.text("candidates", 40),
            Column.text("decisions", 40),
            Column.text("evidence", 70));

    private static final Comparator<Break> BY_ID =
            Comparator.comparing(Break::breakId, TextOrder.UTF_8).thenComparing(Break::code, TextOrder.UTF_8);

    private BreakTable() {}

    /** The contract's columns, sorted by the break's id. */
    public static Table export(List<Break> breaks) {
        return Table.of("breaks", EXPORT, breaks.stream().sorted(BY_ID).toList(), BreakTable::exported);
    }

    /** The contract's columns and what the report knows beside them, sorted by the break's id. */
    static Table report(String name, List<Break> breaks, ToLongFunction<Break> ageDays) {
        List<Column> columns = new ArrayList<>(EXPORT);
        columns.addAll(REPORT);
        return Table.of(name, columns, breaks.stream().sorted(BY_ID).toList(), each -> {
            List<@Nullable Object> row = new ArrayList<>(exported(each));
            row.addAll(Arrays.asList(
                    each.check(),
                    each.change().word(),
                    each.changeNote(),
                    ageDays.applyAsLong(each),
                    each.candidates(),
                    each.decisions().stream().map(Decided::told).collect(Collectors.joining("; ")),
                    each.evidence()));
            return row;
        });
    }

    private static List<@Nullable Object> exported(Break each) {
        return Arrays.asList(
                each.breakId(),
                each.code(),
                each.severity(),
                each.state(),
                each.resolution(),
                each.account(),
                each.period(),
                each.subject(),
                each.expected(),
                each.actual(),
                each.difference(),
                each.currency(),
                each.cause(),
                each.firstSeen(),
                each.lastSeen(),
                each.occurrences());
    }
}
