package io.saldo.documents.table;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of a report.
 *
 * @param name of the sheet and of the list in JSON: letters, digits and {@code _}, at most 31
 * @param columns in their order
 * @param rows each as long as the columns; gone through once for each form, so they need not be kept
 */
public record Table(String name, List<Column> columns, Iterable<List<@Nullable Object>> rows) {
    /** Keeps the columns unchangeable. */
    public Table {
        columns = List.copyOf(columns);
    }

    /** A table with a row for each of the values, made when it is written. */
    public static <T> Table of(
            String name, List<Column> columns, List<T> values, Function<T, List<@Nullable Object>> row) {
        return new Table(name, columns, () -> values.stream().map(row).iterator());
    }

    /** The header. */
    public List<String> header() {
        return columns.stream().map(Column::name).toList();
    }
}
