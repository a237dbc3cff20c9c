package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.home.Home;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Copies the books of a home from H2 to PostgreSQL, and proves that the copy is what was copied.
 *
 * <p>The home is bound to the copy only after its commit. Cut off before that, the books are where they were; cut off
 * between the two, the next attempt finds its own copy, compares it and binds the home.
 */
@Component
public class BooksCopy {
    private final JdbcOperations books;

    /** Over the books in H2. */
    public BooksCopy(JdbcOperations books) {
        this.books = books;
    }

    /**
     * Copies.
     *
     * @return the rows of each table
     * @throws ProblemException where the database is not to be had or not empty, or the copy differs
     */
    public Map<String, Long> copy(Home home, DatabaseSettings settings, @Nullable String password) throws IOException {
        String id = id();
        Connection target = PostgresqlServer.connect(settings, password);
        try {
            PostgresqlServer.requireFit(target);
            PostgresqlServer.hold(target);
            Optional<String> found = PostgresqlServer.homeId(target);
            if (found.isPresent() && !found.get().equals(id)) {
                throw new ProblemException(
                        ProblemCode.DATABASE_OF_ANOTHER_HOME,
                        Place.file("application.yml"),
                        "the database holds books, but not those of " + home.root());
            }
            Schema.migrate(settings, password);
            target.setAutoCommit(false);
            Map<String, Long> rows =
                    books.execute((ConnectionCallback<Map<String, Long>>) h2 -> copy(h2, target, found.isEmpty()));
            target.commit();
            target.setAutoCommit(true);
            HomeBinding.bind(home, id);
            return rows == null ? Map.of() : rows;
        } catch (SQLException failure) {
            throw PostgresqlServer.problem(failure, settings);
        } finally {
            PostgresqlServer.release(target);
        }
    }

    /** The id of these books, which they get with the first attempt to copy them. */
    private String id() {
        return books.queryForList("SELECT home_id FROM home", String.class).stream()
                .findFirst()
                .orElseGet(() -> {
                    String id = UUID.randomUUID().toString();
                    books.update("INSERT INTO home (home_id, holder) VALUES (?, '')", id);
                    return id;
                });
    }

    private static Map<String, Long> copy(Connection h2, Connection target, boolean empty) throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        for (BookTable table : BookTable.all(h2)) {
            BookTable.Content copied = empty ? copy(table, h2, target) : table.read(h2, row -> {});
            BookTable.Content found = table.read(target, row -> {});
            if (!found.equals(copied)) {
                throw new ProblemException(
                        ProblemCode.COPY_DIFFERS,
                        Place.NOWHERE,
                        "of " + table.name() + " " + copied.rows() + " rows were read, and " + found.rows()
                                + " that are not the same are in the copy");
            }
            rows.put(table.name(), copied.rows());
        }
        try (Statement statement = target.createStatement()) {
            for (String counted : Schema.SEQUENCES) {
                statement.execute("SELECT setval('" + counted + "_seq', (SELECT COALESCE(MAX(" + counted.substring(6)
                        + "_id), 0) + 1 FROM " + counted + "), false)");
            }
        }
        return rows;
    }

    private static BookTable.Content copy(BookTable table, Connection h2, Connection target) throws SQLException {
        try (CopyStream stream = CopyStream.into(target, table.name(), table.columns())) {
            BookTable.Content read = table.read(h2, stream::add);
            stream.end();
            return read;
        }
    }
}
