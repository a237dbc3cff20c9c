package io.saldo.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL server, started once for all tests of this process, and a database of it for each home. */
public final class TestPostgresql {
    /** A role that must name its password; every other role is trusted. */
    public static final String ROLE_WITH_PASSWORD = "role_with_password";

    private static final String ROLE = "postgres";
    private static final String TEMPLATE = "books_template";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private TestPostgresql() {}

    /** Started by who asks first; its end is that of the process. */
    private static final class Server {
        private static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setLocaleConfig("locale", "C")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "60")
                        .start();
                int port = server.getPort();
                execute(url(port, ROLE), "CREATE DATABASE " + TEMPLATE);
                Flyway.configure()
                        .dataSource(url(port, TEMPLATE), ROLE, "")
                        .locations("classpath:db/common", "classpath:db/postgresql")
                        .placeholders(Map.of("amount", "NUMERIC(80, 40)", "text", "TEXT"))
                        .load()
                        .migrate();
                return server;
            } catch (IOException cannotStart) {
                throw new UncheckedIOException(cannotStart);
            }
        }
    }

    private static String url(int port, String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /** The address of a database of that name, whether there is one or not. */
    public static String url(String database) {
        return url(Server.RUNNING.getPort(), database);
    }

    /** The address of the database that every server has. */
    public static String maintenance() {
        return url(ROLE);
    }

    /** The address of a new database that is ready for the books of a home. */
    public static String newBooks() {
        return newDatabase("TEMPLATE " + TEMPLATE);
    }

    /** The address of a new database, made in that way. */
    public static String newDatabase(String options) {
        String name = "books_" + DATABASES.incrementAndGet();
        execute(maintenance(), "CREATE DATABASE " + name + " " + options);
        return url(name);
    }

    /** Makes the one database what the other one is; nobody may be connected to that. */
    public static void copy(String from, String to) {
        execute(maintenance(), "DROP DATABASE IF EXISTS " + name(to) + " WITH (FORCE)");
        execute(maintenance(), "CREATE DATABASE " + name(to) + " TEMPLATE " + name(from));
    }

    /** Returns when the server knows that nobody is connected any more, so that nothing commits any more. */
    public static void awaitNobodyIn(String url) throws InterruptedException {
        String others = "SELECT pid FROM pg_stat_activity WHERE datname = '" + name(url) + "'";
        while (!execute(maintenance(), others).isEmpty()) {
            Thread.sleep(10);
        }
    }

    /** The name in an address. */
    static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Gives {@link #ROLE_WITH_PASSWORD} that password. */
    public static String roleWithPassword(String password) throws IOException {
        execute(maintenance(), "DROP ROLE IF EXISTS " + ROLE_WITH_PASSWORD);
        execute(maintenance(), "CREATE ROLE " + ROLE_WITH_PASSWORD + " LOGIN PASSWORD '" + password + "'");
        Path rules = Path.of(execute(maintenance(), "SHOW hba_file").get(0));
        Files.writeString(rules, "host all " + ROLE_WITH_PASSWORD + " all scram-sha-256\n" + Files.readString(rules));
        execute(maintenance(), "SELECT pg_reload_conf()");
        return ROLE_WITH_PASSWORD;
    }

    /** The section of {@code application.yml} that names a database. */
    public static String section(String url) {
        return "database:\n  url: " + url + "\n  user: " + ROLE + "\n";
    }

    /** Runs statements, and gives the rows of the last one, values joined by blanks. */
    public static List<String> execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url, ROLE, "")) {
            return rows(connection, sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    /** Runs a statement on that connection, and gives its rows, values joined by blanks. */
    static List<String> rows(Connection connection, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return rows;
            }
            try (ResultSet result = statement.getResultSet()) {
                while (result.next()) {
                    StringBuilder row = new StringBuilder();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        row.append(column == 1 ? "" : " ").append(result.getString(column));
                    }
                    rows.add(row.toString());
                }
            }
            return rows;
        }
    }

    /** Cuts every connection to a database from the server's side. */
    public static void cutConnections(String url) {
        execute(
                maintenance(),
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name(url) + "'");
    }
}
