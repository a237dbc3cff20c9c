package io.saldo.app.database;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A table of the books, read from whatever database in the same values.
 *
 * @param name in small letters
 * @param types of its columns by name, as {@link Types} of H2 have them
 */
record BookTable(String name, Map<String, Integer> types) {
    private static final String SCHEMA = "PUBLIC";
    private static final String MIGRATIONS = "flyway_schema_history";
    private static final int ROWS_AT_ONCE = 1_000;

    /**
     * What a table holds, whatever the order of its rows.
     *
     * @param rows how many
     * @param sum of the rows' SHA-256
     */
    record Content(long rows, BigInteger sum) {
        static final Content NONE = new Content(0, BigInteger.ZERO);

        Content plus(byte[] hash) {
            return new Content(rows + 1, sum.add(new BigInteger(1, hash)));
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    interface Rows {
        /** One after the other; the array is the taker's. */
        void take(@Nullable Object[] row) throws SQLException;
    }

    /** All tables of the books in an H2 database, each after those that its rows refer to. */
    static List<BookTable> all(Connection h2) throws SQLException {
        DatabaseMetaData metaData = h2.getMetaData();
        Map<String, BookTable> waiting = new TreeMap<>();
        try (ResultSet tables = metaData.getTables(null, SCHEMA, null, new String[] {"BASE TABLE"})) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT);
                if (!name.equals(MIGRATIONS)) {
                    waiting.put(name, new BookTable(name, types(metaData, name)));
                }
            }
        }
        List<BookTable> ordered = new ArrayList<>();
        Set<String> done = new TreeSet<>();
        while (!waiting.isEmpty()) {
            for (BookTable table : List.copyOf(waiting.values())) {
                if (done.containsAll(table.parents(metaData))) {
                    ordered.add(table);
                    done.add(table.name());
                    waiting.remove(table.name());
                }
            }
        }
        return ordered;
    }

    private static Map<String, Integer> types(DatabaseMetaData metaData, String table) throws SQLException {
        Map<String, Integer> types = new LinkedHashMap<>();
        try (ResultSet columns = metaData.getColumns(null, SCHEMA, table.toUpperCase(Locale.ROOT), null)) {
            while (columns.next()) {
                types.put(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT), columns.getInt("DATA_TYPE"));
            }
        }
        return types;
    }

    private Set<String> parents(DatabaseMetaData metaData) throws SQLException {
        Set<String> parents = new TreeSet<>();
        try (ResultSet keys = metaData.getImportedKeys(null, SCHEMA, name.toUpperCase(Locale.ROOT))) {
            while (keys.next()) {
                parents.add(keys.getString("PKTABLE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        parents.remove(name);
        return parents;
    }

    /** Its columns. */
    List<String> columns() {
        return List.copyOf(types.keySet());
    }

    /** Reads all rows, and says what they are. */
    Content read(Connection connection, Rows rows) throws SQLException {
        Content content = Content.NONE;
        Integer[] columns = types.values().toArray(Integer[]::new);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet result =
                    statement.executeQuery("SELECT " + String.join(", ", types.keySet()) + " FROM " + name)) {
                while (result.next()) {
                    @Nullable Object[] row = new @Nullable Object[columns.length];
                    for (int column = 0; column < columns.length; column++) {
                        row[column] = value(result, column + 1, columns[column]);
                    }
                    content = content.plus(hash(row));
                    rows.take(row);
                }
            }
        }
        return content;
    }

    /** Blanks at the end of CHAR columns, zeros at the end of decimals and nanoseconds are not what a value says. */
    private static @Nullable Object value(ResultSet row, int column, int type) throws SQLException {
        switch (type) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> {
                String text = row.getString(column);
                return text == null ? null : StorableText.of(type == Types.CHAR ? text.stripTrailing() : text);
            }
            case Types.NUMERIC, Types.DECIMAL -> {
                BigDecimal number = row.getBigDecimal(column);
                return number == null ? null : number.stripTrailingZeros().toPlainString();
            }
            case Types.DATE -> {
                return row.getObject(column, LocalDate.class);
            }
            case Types.TIMESTAMP -> {
                LocalDateTime time = row.getObject(column, LocalDateTime.class);
                return time == null ? null : time.truncatedTo(ChronoUnit.MICROS);
            }
            case Types.TIMESTAMP_WITH_TIMEZONE -> {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                return time == null ? null : time.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
            case Types.BOOLEAN -> {
                boolean truth = row.getBoolean(column);
                return row.wasNull() ? null : truth;
            }
            case Types.BIGINT, Types.INTEGER -> {
                long number = row.getLong(column);
                return row.wasNull() ? null : number;
            }
            default -> throw new IllegalStateException("no column of the books has the type " + type);
        }
    }

    private static byte[] hash(@Nullable Object[] row) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object value : row) {
                byte[] bytes = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
                int length = value == null ? -1 : bytes.length;
                for (int shift = 24; shift >= 0; shift -= 8) {
                    digest.update((byte) (length >> shift));
                }
                digest.update(bytes);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
