package io.saldo.app.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of which one at a time has a transaction, or a statement without one that is no plain query.
 *
 * <p>H2 saves the root of one table and one index after the other, while other connections go on writing. A process that is
 * killed between such a save and the next one leaves a file with a part of a transaction (H2 issue 2080). Where nobody else
 * writes, what is saved is whole. A query without a transaction waits for nobody, and a thread never waits for itself: a
 * transaction inside of another one may write.
 */
final class OneWriter extends DelegatingDataSource {
    private final ReentrantLock writing = new ReentrantLock(true);

    OneWriter(DataSource connections) {
        super(connections);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new Writer(super.getConnection()).proxy;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return new Writer(super.getConnection(user, password)).proxy;
    }

    /** A connection, and whether it has the turn to write. */
    private final class Writer implements InvocationHandler {
        private final Connection connection;
        private final Connection proxy;
        private boolean isWriting;

        Writer(Connection connection) {
            this.connection = connection;
            this.proxy = proxy(Connection.class, this);
        }

        @Override
        public @Nullable Object invoke(Object self, Method method, Object @Nullable [] arguments) throws Throwable {
            return switch (method.getName()) {
                case "createStatement", "prepareStatement", "prepareCall" -> statement(method, arguments);
                case "commit", "close", "abort" -> ended(method, arguments);
                // To a savepoint ends nothing.
                case "rollback" -> arguments == null ? ended(method, arguments) : call(connection, method, arguments);
                case "setAutoCommit" ->
                    Boolean.TRUE.equals(first(arguments)) ? ended(method, arguments) : begun(method, arguments);
                default -> call(connection, method, arguments);
            };
        }

        private Object statement(Method method, Object @Nullable [] arguments) throws Throwable {
            Statement statement = (Statement) Objects.requireNonNull(call(connection, method, arguments));
            InvocationHandler handler = (self, called, given) -> {
                if (called.getName().equals("getConnection")) {
                    return proxy;
                }
                String sql = first(arguments) instanceof String prepared ? prepared : String.valueOf(first(given));
                if (!called.getName().startsWith("execute") || isQuery(called, sql)) {
                    return call(statement, called, given);
                }
                begin();
                try {
                    return call(statement, called, given);
                } finally {
                    if (connection.getAutoCommit()) {
                        end();
                    }
                }
            };
            return proxy(method.getReturnType().asSubclass(Statement.class), handler);
        }

        /** A transaction has its turn from the start, so that it never comes to wait for it with something that others need. */
        private @Nullable Object begun(Method method, Object @Nullable [] arguments) throws Throwable {
            begin();
            return call(connection, method, arguments);
        }

        private @Nullable Object ended(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return call(connection, method, arguments);
            } finally {
                end();
            }
        }

        private void begin() {
            if (!isWriting) {
                writing.lock();
                isWriting = true;
            }
        }

        private void end() {
            if (isWriting) {
                isWriting = false;
                writing.unlock();
            }
        }
    }

    /** A query that locks rows is the first half of a change. */
    private static boolean isQuery(Method method, String sql) {
        return method.getName().equals("executeQuery")
                && !sql.toUpperCase(Locale.ROOT).contains("FOR UPDATE");
    }

    private static @Nullable Object first(Object @Nullable [] arguments) {
        return arguments == null || arguments.length == 0 ? null : arguments[0];
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(OneWriter.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
