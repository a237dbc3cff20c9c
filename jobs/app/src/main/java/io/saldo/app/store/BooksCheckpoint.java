package io.saldo.app.store;

import io.saldo.app.database.BooksDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forces the books to disk before anything leaves the house: H2 else may lose what it acknowledged. */
@Component
public class BooksCheckpoint {
    private final JdbcClient jdbc;
    private final BooksDatabase database;

    /** Over the books. */
    public BooksCheckpoint(JdbcClient jdbc, BooksDatabase database) {
        this.jdbc = jdbc;
        this.database = database;
    }

    /** Returns when everything committed is on disk. */
    public void force() {
        if (!database.isPostgresql()) {
            jdbc.sql("CHECKPOINT SYNC").update();
        }
    }
}
