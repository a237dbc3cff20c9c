package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.home.Home;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The database of a home's books, held for this process. */
public final class BooksDatabase implements AutoCloseable {
    /** Whatever the role's or the database's own settings say. */
    private static final String SESSION =
            "SET synchronous_commit = on; SET statement_timeout = 0; SET lock_timeout = 0;"
                    + " SET idle_in_transaction_session_timeout = 0";

    private final Home home;
    private final Map<String, Object> properties;
    private final @Nullable Server server;
    private final String holder = UUID.randomUUID().toString();
    private @Nullable Connection file;

    private BooksDatabase(Home home, Map<String, Object> properties, @Nullable Server server) {
        this.home = home;
        this.properties = properties;
        this.server = server;
    }

    /**
     * A PostgreSQL that is held.
     *
     * @param lock ends with this connection
     */
    private record Server(
            DatabaseSettings settings, @Nullable String password, Connection lock) {}

    /**
     * Finds the database, and holds it where it is a server that others can reach.
     *
     * @param settings null for H2
     * @param password of the role; null where none is known
     * @throws ProblemException where it cannot be reached, refuses, is not fit, has other books than this home's, or is held
     *     by another process
     */
    public static BooksDatabase open(Home home, @Nullable DatabaseSettings settings, @Nullable String password)
            throws IOException {
        Optional<String> bound = HomeBinding.of(home);
        if (settings == null) {
            if (bound.isPresent()) {
                throw HomeBinding.inPostgresql(home);
            }
            return new BooksDatabase(home, h2(home), null);
        }
        Connection connection = PostgresqlServer.connect(settings, password);
        try {
            PostgresqlServer.requireFit(connection);
            PostgresqlServer.hold(connection);
            HomeBinding.require(home, bound, PostgresqlServer.homeId(connection));
            return new BooksDatabase(home, postgresql(settings, password), new Server(settings, password, connection));
        } catch (SQLException failure) {
            PostgresqlServer.release(connection);
            throw PostgresqlServer.problem(failure, settings);
        } catch (IOException | RuntimeException refused) {
            PostgresqlServer.release(connection);
            throw refused;
        }
    }

    /**
     * Proves that the books could be opened, without holding or changing them.
     *
     * @throws ProblemException where they could not
     */
    public static void check(Home home, DatabaseSettings settings, @Nullable String password) throws IOException {
        try (Connection connection = PostgresqlServer.connect(settings, password)) {
            PostgresqlServer.requireFit(connection);
            HomeBinding.require(home, HomeBinding.of(home), PostgresqlServer.homeId(connection));
        } catch (SQLException failure) {
            throw PostgresqlServer.problem(failure, settings);
        }
    }

    private static Map<String, Object> h2(Home home) {
        return Map.of(
                "spring.datasource.url",
                H2Books.url(home),
                "spring.datasource.username",
                H2Books.USER,
                "spring.datasource.password",
                "");
    }

    private static Map<String, Object> postgresql(DatabaseSettings settings, @Nullable String password) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("spring.datasource.url", settings.url());
        if (!settings.user().isEmpty()) {
            properties.put("spring.datasource.username", settings.user());
        }
        if (password != null) {
            properties.put("spring.datasource.password", password);
        }
        PostgresqlServer.OPTIONS.forEach(
                (name, value) -> properties.put("spring.datasource.hikari.data-source-properties." + name, value));
        properties.put("spring.datasource.hikari.connection-init-sql", SESSION);
        return properties;
    }

    /**
     * Makes the tables, or brings them to what this program knows; a kill meanwhile leaves them as they were. What does it
     * writes to the log, so that must be there.
     *
     * @throws ProblemException with {@code BOOKS_NEWER} where a newer program made them
     */
    public void renew() throws IOException {
        try {
            if (server == null) {
                file = H2Books.open(home);
            } else if (!Schema.isCurrent(server.lock())) {
                Schema.migrate(server.settings(), server.password());
            }
        } catch (SQLException failure) {
            if (server == null) {
                throw new IOException(H2Books.file(home) + " cannot be opened: " + failure.getMessage(), failure);
            }
            throw PostgresqlServer.problem(failure, server.settings());
        }
    }

    /** What Spring needs to open it. */
    public Map<String, Object> properties() {
        return properties;
    }

    /** Whether it is PostgreSQL. */
    public boolean isPostgresql() {
        return server != null;
    }

    /** The home whose books it has. */
    Home home() {
        return home;
    }

    /** What {@code home.holder} says while this process holds the books. */
    String holder() {
        return holder;
    }

    /** Lets it go; the server does so by itself when the process dies. */
    @Override
    public void close() {
        if (server != null) {
            PostgresqlServer.release(server.lock());
        }
        try {
            if (file != null) {
                file.close();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the books could not be closed", failure);
        }
    }
}
