package io.saldo.app.database;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Keeps a process that has lost its books from changing them: whoever takes the books enters itself, and no transaction
 * commits that does not find itself entered.
 *
 * <p>The lock alone would not do: it ends with its connection, which the network may cut while the others live on.
 */
@Component
public class BooksHolder implements TransactionExecutionListener {
    private final BooksDatabase database;
    private final ObjectProvider<JdbcClient> jdbc;

    /** Over the books. */
    public BooksHolder(BooksDatabase database, ObjectProvider<JdbcClient> jdbc) {
        this.database = database;
        this.jdbc = jdbc;
    }

    /** Enters this process, and the home where the books are new. Waits for commits of one that held the books before. */
    public void enter() throws IOException {
        if (!database.isPostgresql()) {
            return;
        }
        int entered = jdbc.getObject()
                .sql("UPDATE home SET holder = ?")
                .param(database.holder())
                .update();
        if (entered == 0) {
            // Bound before it is entered: a home without a lake may be bound to books that do not know it yet.
            Optional<String> bound = HomeBinding.of(database.home());
            String id = bound.orElseGet(() -> UUID.randomUUID().toString());
            HomeBinding.bind(database.home(), id);
            jdbc.getObject()
                    .sql("INSERT INTO home (home_id, holder) VALUES (?, ?)")
                    .params(id, database.holder())
                    .update();
        }
    }

    /** Holds the row until the commit has ended, so that nobody takes the books in between. */
    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (!database.isPostgresql()) {
            return;
        }
        Optional<String> holder = jdbc.getObject()
                .sql("SELECT holder FROM home FOR SHARE")
                .query(String.class)
                .optional();
        if (!holder.equals(Optional.of(database.holder()))) {
            throw new ProblemException(
                    ProblemCode.DATABASE_LOST, Place.NOWHERE, "another process has taken the books of this home");
        }
    }
}
