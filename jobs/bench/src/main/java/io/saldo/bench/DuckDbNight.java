package io.saldo.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The night of {@code night.sql} in DuckDB, and what it came to against what Saldo exports. */
final class DuckDbNight {
    private static final String MEMORY_LIMIT = "8GB";

    // What Saldo writes as decimals, in the whole numbers of night.sql.
    private static final String STATEMENTS = """
            SELECT account_id, W(usage_amount) AS usage, W(credit_amount) AS credit_paid, W(payg_amount) AS payg,
                W(overage_amount) AS overage, W(surcharge_amount) AS surcharge, W(carried_amount) AS carried,
                W(granted_amount) AS granted, W(expired_amount) AS expired, W(opening_debt) AS debt,
                W(settled_debt) AS settled
            FROM read_csv('EXPORT/statements.csv', header = true, all_varchar = true)
            """;
    private static final String THEIR_STATEMENTS = """
            SELECT account_id, usage, credit_paid, CASE WHEN billing_mode = 'payg' THEN uncovered ELSE 0 END AS payg,
                CASE WHEN overage_policy = 'invoice' THEN uncovered ELSE 0 END AS overage,
                CASE WHEN overage_policy = 'invoice' THEN uncovered // 5 ELSE 0 END AS surcharge,
                CASE WHEN overage_policy = 'carry' THEN uncovered ELSE 0 END AS carried,
                granted, expired, debt, settled
            FROM 'OUT/statements.parquet'
            """;
    private static final String LINES = """
            SELECT account_id, provider, model, meter, W(unit_price) // per_units::HUGEINT AS price,
                sum(quantity::HUGEINT) AS quantity
            FROM read_csv('EXPORT/statement_lines.csv', header = true, all_varchar = true)
            GROUP BY ALL
            """;
    // A request is free where no row has a price for it: then it has no line.
    private static final String THEIR_LINES = """
            SELECT account_id, provider, model, meter, price, quantity FROM 'OUT/lines.parquet'
            WHERE meter <> 'request' OR price > 0
            """;
    private static final String DAILY = """
            SELECT account_id, date::DATE AS day, W(usage_amount) AS usage, W(closing_balance) AS balance,
                W(closing_debt) AS debt
            FROM read_csv('EXPORT/daily_balances.csv', header = true, all_varchar = true)
            """;
    private static final String THEIR_DAILY = "SELECT account_id, day, usage, balance, debt FROM 'OUT/daily.parquet'";

    private DuckDbNight() {}

    /** Opens a database with so many threads. */
    static Connection open(Path database, int threads) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + database);
        execute(connection, "SET threads = " + threads);
        execute(connection, "SET memory_limit = '" + MEMORY_LIMIT + "'");
        execute(connection, "SET preserve_insertion_order = false");
        execute(connection, "SET TimeZone = 'UTC'");
        return connection;
    }

    /** Writes the ids of files into a new table of a new database. */
    static void history(Path database, int threads, List<Path> files) throws SQLException {
        try (Connection connection = open(database, threads)) {
            execute(
                    connection,
                    "CREATE TABLE history AS SELECT event_id FROM read_csv([" + quoted(files)
                            + "], header = true, all_varchar = true)");
        }
    }

    /**
     * Runs the night.
     *
     * @param folder of the comparison, with {@code history.duckdb}, {@code config} and {@code opening.csv}
     */
    static void run(Path folder, List<Path> deliveries, Path credits, Path out, int threads)
            throws SQLException, IOException {
        String script;
        try (InputStream stream =
                Objects.requireNonNull(DuckDbNight.class.getResourceAsStream("night.sql"), "night.sql")) {
            script = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        try (Connection connection = open(folder.resolve("history.duckdb"), threads)) {
            execute(connection, "SET VARIABLE deliveries = [" + quoted(deliveries) + "]");
            execute(connection, "SET VARIABLE credits = '" + credits + "'");
            execute(connection, "SET VARIABLE config = '" + folder.resolve("config") + "'");
            execute(connection, "SET VARIABLE opening = '" + folder.resolve("opening.csv") + "'");
            execute(connection, script.replace("OUT/", out + "/"));
        }
    }

    /**
     * Compares every row of statements, lines and daily balances with those of an export.
     *
     * @return how many rows were the same
     * @throws IllegalStateException when one is not
     */
    static long compare(Path export, Path out) throws SQLException {
        return same("statements", STATEMENTS, THEIR_STATEMENTS, export, out)
                + same("lines", LINES, THEIR_LINES, export, out)
                + same("daily balances", DAILY, THEIR_DAILY, export, out);
    }

    private static long same(String what, String saldo, String duckDb, Path export, Path out) throws SQLException {
        String ours = saldo.replace("EXPORT/", export + "/");
        String theirs = duckDb.replace("OUT/", out + "/");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE MACRO W(amount) AS (amount::DECIMAL(38, 12) * 1000000000000::DECIMAL(13, 0))::HUGEINT");
            statement.execute("CREATE TABLE ours AS " + ours);
            statement.execute("CREATE TABLE theirs AS " + theirs);
            for (String pair : List.of("ours EXCEPT FROM theirs", "theirs EXCEPT FROM ours")) {
                try (ResultSet row = statement.executeQuery("SELECT r::VARCHAR FROM (FROM " + pair + ") r LIMIT 1")) {
                    if (row.next()) {
                        throw new IllegalStateException(what + " differ: " + pair + " has " + row.getString(1));
                    }
                }
            }
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM ours")) {
                count.next();
                return count.getLong(1);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quoted(List<Path> files) {
        return files.stream().map(file -> "'" + file + "'").collect(Collectors.joining(", "));
    }
}
