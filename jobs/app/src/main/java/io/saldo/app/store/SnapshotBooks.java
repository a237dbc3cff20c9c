package io.saldo.app.store;

import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A copy of the books in an H2 file that nobody works on, to be read. */
public final class SnapshotBooks implements AutoCloseable {
    private final SingleConnectionDataSource connection;
    private final JdbcClient jdbc;

    private SnapshotBooks(SingleConnectionDataSource connection) {
        this.connection = connection;
        this.jdbc = JdbcClient.create(connection);
    }

    /** Opens {@code books.mv.db} of that folder, whose bytes stay as they are. */
    public static SnapshotBooks open(Path folder) {
        return new SnapshotBooks(new SingleConnectionDataSource(
                "jdbc:h2:file:" + folder.toAbsolutePath().resolve("books") + ";ACCESS_MODE_DATA=r;NON_KEYWORDS=MONTH",
                "saldo",
                "",
                /* suppressClose= */ true));
    }

    /** What it lists. */
    public VerificationStore files() {
        return new VerificationStore(jdbc);
    }

    /** Its runs. */
    public RunStore runs() {
        return new RunStore(jdbc);
    }

    @Override
    public void close() {
        connection.destroy();
    }
}
