package io.saldo.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One connection at a time writes, and who reads waits for nobody. */
class OneWriterTest {
    @TempDir
    Path folder;

    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private OneWriter connections;

    /** Keeps the books open. */
    private Connection first;

    @BeforeEach
    void table() throws SQLException {
        connections = new OneWriter(new DriverManagerDataSource(H2Books.url(folder), "saldo", ""));
        first = connections.getConnection();
        execute(first, "CREATE TABLE rows_written (number INT PRIMARY KEY)");
        first.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        other.shutdownNow();
        first.close();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM rows_written")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Another thread writes that row, and commits; the latch opens when it is about to. */
    private Future<?> another(int row, CountDownLatch begun) {
        return other.submit(() -> {
            try (Connection second = connections.getConnection()) {
                begun.countDown();
                second.setAutoCommit(false);
                try (var insert = second.prepareStatement("INSERT INTO rows_written VALUES (?)")) {
                    insert.setInt(1, row);
                    insert.executeUpdate();
                }
                second.commit();
            }
            return null;
        });
    }

    private void assertWaits(Future<?> another, CountDownLatch begun) throws Exception {
        begun.await();
        assertThatThrownBy(() -> another.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void theSecondWaitsForTheCommitOfTheFirst() throws Exception {
        execute(first, "INSERT INTO rows_written VALUES (1)");
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(2, begun);
        assertWaits(another, begun);
        first.commit();
        another.get();
        assertThat(count(first)).isEqualTo(2);
    }

    @Test
    void orForItsRollbackButNotForThatToASavepoint() throws Exception {
        execute(first, "INSERT INTO rows_written VALUES (1)");
        Savepoint savepoint = first.setSavepoint();
        first.rollback(savepoint);
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(2, begun);
        assertWaits(another, begun);
        first.rollback();
        another.get();
        assertThat(count(first)).isEqualTo(1);
    }

    @Test
    void aQueryThatLocksItsRowsWrites() throws Exception {
        try (Statement statement = first.createStatement()) {
            statement.executeQuery("SELECT number FROM rows_written FOR UPDATE").close();
        }
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(2, begun);
        assertWaits(another, begun);
        first.close();
        another.get();
        first = connections.getConnection();
        assertThat(count(first)).isEqualTo(1);
    }

    @Test
    void aTransactionHasItsTurnFromTheStart() throws Exception {
        assertThat(count(first)).isZero();
        first.setAutoCommit(true);
        first.setAutoCommit(false);
        try (Connection reader = connections.getConnection()) {
            assertThat(other.submit(() -> count(reader)).get())
                    .as("a query waits for nobody")
                    .isZero();
        }
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(1, begun);
        assertWaits(another, begun);
        first.commit();
        another.get();
    }

    @Test
    void soHasAStatementWithoutATransaction() throws Exception {
        first.setAutoCommit(true);
        execute(first, "INSERT INTO rows_written VALUES (1)");
        another(2, new CountDownLatch(1)).get();
        assertThat(count(first)).isEqualTo(2);
    }

    @Test
    void aThreadDoesNotWaitForItself() throws Exception {
        execute(first, "INSERT INTO rows_written VALUES (1)");
        try (Connection inner = connections.getConnection()) {
            execute(inner, "INSERT INTO rows_written VALUES (2)");
        }
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(3, begun);
        assertWaits(another, begun);
        first.commit();
        another.get();
        assertThat(count(first)).isEqualTo(3);
    }

    @Test
    void whatFailsHoldsTheTurnUntilItIsRolledBack() throws Exception {
        assertThatThrownBy(() -> execute(first, "INSERT INTO rows_written VALUES ('word')"))
                .isInstanceOf(SQLException.class);
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> another = another(1, begun);
        assertWaits(another, begun);
        first.rollback();
        another.get();
    }

    @Test
    void aStatementKnowsItsConnection() throws SQLException {
        try (Statement statement = first.createStatement()) {
            assertThat(statement.getConnection()).isSameAs(first);
        }
    }
}
