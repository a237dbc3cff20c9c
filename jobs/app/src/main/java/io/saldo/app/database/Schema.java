package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The tables of the books: one set of migrations for both databases, and the few words that differ. */
final class Schema {
    /** The number of the last migration. */
    static final int VERSION = 13;

    private static final String HISTORY = "flyway_schema_history";

    /** Tables of Spring Batch whose ids come from a sequence. */
    static final List<String> SEQUENCES = List.of("batch_job_instance", "batch_job_execution", "batch_step_execution");

    private Schema() {}

    /**
     * Whether a database has the tables that this program knows.
     *
     * @throws ProblemException with {@code BOOKS_NEWER} where a newer program made them
     */
    static boolean isCurrent(Connection connection) throws SQLException {
        return version(connection) == VERSION;
    }

    /**
     * The number of the last migration that a database has; 0 where it has none.
     *
     * @throws ProblemException with {@code BOOKS_NEWER} where this program does not know it
     */
    static int version(Connection connection) throws SQLException {
        int version = lastMigration(connection);
        if (version > VERSION) {
            throw new ProblemException(
                    ProblemCode.BOOKS_NEWER,
                    Place.NOWHERE,
                    "their tables are of version " + version + ", and this program knows those up to " + VERSION);
        }
        return version;
    }

    private static int lastMigration(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String there = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = CURRENT_SCHEMA"
                    + " AND table_name = '" + HISTORY + "'";
            return number(statement, there) == 0
                    ? 0
                    : number(
                            statement,
                            "SELECT COALESCE(MAX(CAST(\"version\" AS INTEGER)), 0) FROM \"" + HISTORY
                                    + "\" WHERE \"success\"");
        }
    }

    private static int number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    /** What the migrations have placeholders for. */
    private static Map<String, String> words(boolean postgresql) {
        return Map.of("amount", "NUMERIC(80, 40)", "text", postgresql ? "TEXT" : "CHARACTER LARGE OBJECT");
    }

    /** Makes or renews the tables in PostgreSQL. */
    static void migrate(DatabaseSettings settings, @Nullable String password) {
        migrate(settings.url(), settings.user().isEmpty() ? null : settings.user(), password, true);
    }

    /** Makes the tables in a database. */
    static void migrate(String url, @Nullable String user, @Nullable String password, boolean postgresql) {
        migrate(url, user, password, postgresql, VERSION);
    }

    /** Makes the tables in a database as they were after that migration. */
    static void migrate(String url, @Nullable String user, @Nullable String password, boolean postgresql, int version) {
        Flyway.configure()
                .dataSource(url, user, password)
                .locations("classpath:db/common", "classpath:db/" + (postgresql ? "postgresql" : "h2"))
                .placeholders(words(postgresql))
                .target(Integer.toString(version))
                .load()
                .migrate();
    }
}
