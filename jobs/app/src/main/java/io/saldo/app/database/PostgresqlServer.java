package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What is asked of a PostgreSQL server before it is trusted with books. */
final class PostgresqlServer {
    /** Options of every connection. Parameters take the type of the column, as CHAR columns else find no index. */
    static final Map<String, String> OPTIONS = Map.of(
            "ApplicationName", "saldo",
            "tcpKeepAlive", "true",
            "stringtype", "unspecified",
            "reWriteBatchedInserts", "true");

    private static final int OLDEST_VERSION = 14;
    private static final int ANSWER_SECONDS = 5;
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final Place PLACE = Place.file("application.yml");

    /** One number of our own, and one for the schema, as a database may have several. */
    private static final String LOCK = "(1935764579, hashtext(current_schema()))";

    private PostgresqlServer() {}

    /**
     * A connection.
     *
     * @throws ProblemException where there is none to be had
     */
    static Connection connect(DatabaseSettings settings, @Nullable String password) {
        Properties properties = new Properties();
        properties.putAll(OPTIONS);
        if (!settings.user().isEmpty()) {
            properties.setProperty("user", settings.user());
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        try {
            return DriverManager.getConnection(settings.url(), properties);
        } catch (SQLException refused) {
            throw problem(refused, settings);
        }
    }

    /** What a person is told of a failure of the connection. */
    static ProblemException problem(SQLException failure, DatabaseSettings settings) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        boolean refuses = state.startsWith("28") || state.startsWith("3D") || state.equals("08004");
        String message =
                String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        return new ProblemException(
                refuses ? ProblemCode.DATABASE_REFUSES : ProblemCode.DATABASE_UNREACHABLE,
                PLACE,
                settings.url() + ": " + message);
    }

    /**
     * Asks for all that the books rest on.
     *
     * @throws ProblemException with everything that is not so
     */
    static void requireFit(Connection connection) throws SQLException {
        List<String> faults = new ArrayList<>();
        faultOfVersion(
                        Integer.parseInt(text(connection, "SELECT current_setting('server_version_num')")),
                        text(connection, "SELECT current_setting('server_version')"))
                .ifPresent(faults::add);
        if (isTrue(connection, "SELECT pg_is_in_recovery()")) {
            faults.add("the server is a standby, which takes no changes");
        }
        String encoding = text(connection, "SELECT current_setting('server_encoding')");
        if (!encoding.equals("UTF8")) {
            faults.add("its encoding is " + encoding + ", and must be UTF8");
        } else if (!sortsByBytes(connection, "\"default\"")) {
            faults.add("it sorts text by the rules of a language, and must sort it by its bytes: make it anew with"
                    + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        }
        if (!isTrue(connection, "SELECT COALESCE(has_schema_privilege(current_schema(), 'CREATE'), FALSE)")) {
            faults.add("the role may not create tables in it: make the role its owner");
        }
        if (!faults.isEmpty()) {
            throw new ProblemException(faults.stream()
                    .map(fault -> Problem.of(ProblemCode.DATABASE_UNFIT, PLACE, fault))
                    .toList());
        }
    }

    /** Whether a collation sorts as the bytes of UTF-8 do, which is by code points. */
    static boolean sortsByBytes(Connection connection, String collation) throws SQLException {
        return isTrue(
                connection,
                "SELECT 'Z' < 'a' COLLATE %1$s AND 'z' < U&'\\00E9' COLLATE %1$s AND U&'\\FF5E' < U&'\\+01F600' COLLATE %1$s"
                        .formatted(collation));
    }

    /** What is wrong with a server of that version; the number is that of {@code server_version_num}. */
    static Optional<String> faultOfVersion(int number, String version) {
        return number >= OLDEST_VERSION * 10_000
                ? Optional.empty()
                : Optional.of("the server is PostgreSQL " + version + ", and the oldest that Saldo takes is "
                        + OLDEST_VERSION);
    }

    /**
     * Holds the books until {@link #release}, or until the connection ends. The server may need a moment to notice that a
     * process which held them was killed.
     *
     * @throws ProblemException with {@code LOCKED} where another process does
     */
    static void hold(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '2s'");
            statement.execute("SELECT pg_advisory_lock" + LOCK);
        } catch (SQLException refused) {
            if (LOCK_NOT_AVAILABLE.equals(refused.getSQLState())) {
                throw new ProblemException(
                        ProblemCode.LOCKED, Place.NOWHERE, "another run works on the books in this database");
            }
            throw refused;
        }
    }

    /** Lets the books go before the connection ends, as the server may be slower to notice that than the next process. */
    static void release(Connection connection) {
        try (connection) {
            if (connection.isValid(ANSWER_SECONDS)) {
                text(connection, "SELECT pg_advisory_unlock" + LOCK);
            }
        } catch (SQLException gone) {
            throw new IllegalStateException("the books could not be let go", gone);
        }
    }

    /**
     * Whose books it has; empty where it has none yet.
     *
     * @throws ProblemException where it has tables that are not Saldo's
     */
    static Optional<String> homeId(Connection connection) throws SQLException {
        if (isTrue(connection, "SELECT to_regclass('home') IS NOT NULL")) {
            String id = text(connection, "SELECT COALESCE(MAX(home_id), '') FROM home");
            return id.isEmpty() ? Optional.empty() : Optional.of(id);
        }
        if (isTrue(
                connection,
                "SELECT to_regclass('flyway_schema_history') IS NULL AND EXISTS (SELECT 1 FROM information_schema.tables"
                        + " WHERE table_schema = current_schema())")) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNFIT, PLACE, "it has tables of something else: Saldo needs one of its own");
        }
        return Optional.empty();
    }

    private static boolean isTrue(Connection connection, String sql) throws SQLException {
        return text(connection, sql).equals("t");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return String.valueOf(result.getString(1)).strip();
        }
    }
}
