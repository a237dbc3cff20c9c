package io.saldo.app.store;

import io.saldo.app.database.BooksDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
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
    /** Below it, the single insert is as fast and its failure names the row. */
    private static final int ROWS_MIN = 20;

    private static final int PIECE = 1 << 16;

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
        String names = " (" + String.join(", ", columns) + ") ";
        if (rows.size() >= ROWS_MIN && database.isPostgresql()) {
            jdbc.execute((ConnectionCallback<Long>) connection ->
                    copy(connection.unwrap(PGConnection.class), "COPY " + table + names + "FROM STDIN", rows));
        } else if (!rows.isEmpty()) {
            jdbc.batchUpdate(
                    "INSERT INTO " + table + names + "VALUES (" + "?, ".repeat(columns.size() - 1) + "?)", rows);
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

    private static long copy(PGConnection connection, String sql, List<@Nullable Object[]> rows) throws SQLException {
        CopyIn copy = connection.getCopyAPI().copyIn(sql);
        try {
            StringBuilder piece = new StringBuilder(PIECE + PIECE / 4);
            for (@Nullable Object[] row : rows) {
                append(piece, row);
                if (piece.length() >= PIECE) {
                    write(copy, piece);
                }
            }
            write(copy, piece);
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(CopyIn copy, StringBuilder piece) throws SQLException {
        byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        piece.setLength(0);
    }

    /** A line of COPY's text format. */
    private static void append(StringBuilder line, @Nullable Object[] row) {
        for (int column = 0; column < row.length; column++) {
            if (column > 0) {
                line.append('\t');
            }
            Object value = row[column];
            if (value == null) {
                line.append("\\N");
            } else if (value instanceof BigDecimal number) {
                line.append(number.toPlainString());
            } else {
                escape(line, value.toString());
            }
        }
        line.append('\n');
    }

    private static void escape(StringBuilder line, String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            switch (character) {
                case '\\' -> line.append("\\\\");
                case '\t' -> line.append("\\t");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                default -> line.append(character);
            }
        }
    }
}
