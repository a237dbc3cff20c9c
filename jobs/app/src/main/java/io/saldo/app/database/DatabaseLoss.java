package io.saldo.app.database;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a database that went away from every other failure. */
public final class DatabaseLoss {
    /** Of SQL: connections; of PostgreSQL: shut down, crashed, starting. */
    private static final String CONNECTION = "08";

    private static final String OPERATOR_INTERVENTION = "57P0";

    /** The pool's only word for a connection that it threw away because it was broken. */
    private static final String THROWN_AWAY = "Connection is closed";

    private DatabaseLoss() {}

    /** The problem that a person is told, where the failure or one of its causes says that the database went away. */
    public static Optional<ProblemException> in(Throwable failure) {
        for (@Nullable Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ProblemException problem
                    && problem.problems().get(0).code() == ProblemCode.DATABASE_LOST) {
                return Optional.of(problem);
            }
            if (each instanceof SQLException sql && isLoss(sql)) {
                String message =
                        String.valueOf(sql.getMessage()).lines().findFirst().orElse("");
                return Optional.of(new ProblemException(ProblemCode.DATABASE_LOST, Place.NOWHERE, message));
            }
        }
        return Optional.empty();
    }

    private static boolean isLoss(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            return failure instanceof SQLTransientConnectionException || THROWN_AWAY.equals(failure.getMessage());
        }
        return state.startsWith(CONNECTION) || state.startsWith(OPERATOR_INTERVENTION);
    }
}
