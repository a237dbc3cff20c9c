package io.saldo.app.store;

import io.saldo.app.database.BooksDatabase;
import io.saldo.app.database.CopyStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Enters many rows at once, in the transaction of who asks: by COPY on PostgreSQL, in one batch elsewhere.
 *
 * <p>For tables that grow with accounts and records. Values are numbers, texts, dates, instants with offset, truth values
 * and null.
 */
@Component
public class BulkInsert {
    private final JdbcOperations jdbc;
    private final BooksDatabase database;

    /** Over the books. */
    public BulkInsert(JdbcOperations jdbc, BooksDatabase database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /**
     * Enters rows.
     *
     * @param columns of the table, in the order of each row's values
     */
    public void add(String table, List<String> columns, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (database.isPostgresql()) {
            jdbc.execute((ConnectionCallback<Long>) connection -> {
                try (CopyStream copy = CopyStream.into(connection, table, columns)) {
                    for (@Nullable Object[] row : rows) {
                        copy.add(row);
                    }
                    return copy.end();
                }
            });
        } else {
            jdbc.batchUpdate(
                    "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                            + "?, ".repeat(columns.size() - 1) + "?)",
                    rows);
        }
    }

    /**
     * Enters rows, or changes those that are there under the same key.
     *
     * @param key the columns that say which row it is
     * @param others the columns that may change
     * @param rows the values of {@code key}, then of {@code others}; no key twice
     */
    public void put(String table, List<String> key, List<String> others, List<@Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<@Nullable Object[]> otherFirst = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            List<@Nullable Object> values = new ArrayList<>(Arrays.asList(row));
            Collections.rotate(values, -key.size());
            otherFirst.add(values.toArray());
        }
        int[] changed = jdbc.batchUpdate(
                "UPDATE " + table + " SET " + String.join(" = ?, ", others) + " = ? WHERE "
                        + String.join(" = ? AND ", key) + " = ?",
                otherFirst);
        List<@Nullable Object[]> added = new ArrayList<>();
        for (int row = 0; row < changed.length; row++) {
            if (changed[row] == 0) {
                added.add(rows.get(row));
            }
        }
        add(table, Stream.concat(key.stream(), others.stream()).toList(), added);
    }
}
