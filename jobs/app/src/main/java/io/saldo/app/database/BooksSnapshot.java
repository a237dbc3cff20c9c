package io.saldo.app.database;

import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The books as they are at one moment, copied into an H2 file, whoever works on them and wherever they lie.
 *
 * <p>Of H2 that nobody holds the file is copied under the lock; of H2 that a process holds, that process makes the copy ({@link
 * SnapshotRequests}); of PostgreSQL all tables are read in one transaction that sees one state ({@code REPEATABLE READ}).
 * The copy has the tables that this program knows, also where the books have those of an earlier one.
 */
public final class BooksSnapshot {
    private static final String FILE = "books.mv.db";
    private static final long LOOK_MILLIS = 100;
    private static final long UNHEARD_MILLIS = 30_000;
    private static final int ROWS_AT_ONCE = 1_000;

    private BooksSnapshot() {}

    /**
     * Writes {@code books.mv.db} into the folder; one that is there is replaced.
     *
     * @param settings null for H2
     * @throws ProblemException with {@code LOCKED} where the process that holds the books does not answer, with {@code BOOKS_NEWER}
     *     where a newer program made their tables
     */
    public static void take(Home home, @Nullable DatabaseSettings settings, @Nullable String password, Path folder)
            throws IOException {
        Files.createDirectories(folder);
        Path target = folder.resolve(FILE);
        Files.deleteIfExists(target);
        if (settings != null) {
            fromPostgresql(home, settings, password, folder);
        } else if (HomeBinding.of(home).isPresent()) {
            throw HomeBinding.inPostgresql(home);
        } else {
            while (!copyUnderLock(home, target) && !ask(home, target)) {
                // The process that held the books has ended, so the lock may be free now.
            }
        }
        renew(folder);
    }

    private static void renew(Path folder) throws IOException {
        boolean current;
        try (Connection copy =
                DriverManager.getConnection(H2Books.url(folder) + ";ACCESS_MODE_DATA=r", H2Books.USER, "")) {
            current = Schema.isCurrent(copy);
        } catch (SQLException failure) {
            throw new IOException("the copy of the books cannot be opened: " + failure.getMessage(), failure);
        }
        if (!current) {
            Schema.migrate(H2Books.url(folder), H2Books.USER, "", /* postgresql= */ false);
        }
    }

    private static boolean copyUnderLock(Home home, Path target) throws IOException {
        try (HomeLock lock = HomeLock.take(home)) {
            try (DirectoryStream<Path> stale = Files.newDirectoryStream(home.database(), "*.snapshot*")) {
                for (Path each : stale) {
                    Files.delete(each);
                }
            }
            if (lock != null && Files.exists(home.database().resolve(FILE))) {
                Files.copy(home.database().resolve(FILE), target);
                return true;
            }
        } catch (ProblemException held) {
            return false;
        }
        throw new ProblemException(
                ProblemCode.NOT_FOUND, Place.NOWHERE, home.root() + " has no books yet: nothing has run in it");
    }

    /** Whether the process that holds the books has made a copy; it has not where there is no such process any more. */
    private static boolean ask(Home home, Path target) throws IOException {
        String id = UUID.randomUUID().toString();
        Path request = home.database().resolve(id + SnapshotRequests.REQUEST);
        Path heard = home.database().resolve(id + SnapshotRequests.HEARD);
        Path copy = home.database().resolve(id + SnapshotRequests.COPY);
        Path failed = home.database().resolve(id + SnapshotRequests.FAILED);
        Files.createFile(request);
        try {
            for (long waited = 0; ; waited += LOOK_MILLIS) {
                if (Files.exists(copy)) {
                    unpack(copy, target);
                    return true;
                }
                if (Files.exists(failed)) {
                    throw new IOException("no copy of the books: " + Files.readString(failed));
                }
                if (isFree(home)) {
                    return false;
                }
                if (waited > UNHEARD_MILLIS && !Files.exists(heard)) {
                    throw new ProblemException(
                            ProblemCode.LOCKED,
                            Place.NOWHERE,
                            "the process that works in " + home.root() + " makes no copy of the books for a backup");
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(interrupted);
        } finally {
            for (Path each : new Path[] {request, copy, failed}) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static boolean isFree(Home home) throws IOException {
        try (HomeLock lock = HomeLock.take(home)) {
            return lock != null;
        } catch (ProblemException held) {
            return false;
        }
    }

    private static void unpack(Path zip, Path target) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(FILE)) {
                    Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
                    return;
                }
            }
        }
        throw new IOException(zip + " holds no books");
    }

    private static void fromPostgresql(Home home, DatabaseSettings settings, @Nullable String password, Path folder)
            throws IOException {
        String url = H2Books.url(folder);
        try (Connection books = PostgresqlServer.connect(settings, password)) {
            Optional<String> id = PostgresqlServer.homeId(books);
            if (id.isEmpty() || !id.equals(HomeBinding.of(home))) {
                throw new ProblemException(
                        ProblemCode.DATABASE_OF_ANOTHER_HOME,
                        Place.file("application.yml"),
                        "the database does not hold the books of " + home.root());
            }
            books.setAutoCommit(false);
            books.setReadOnly(true);
            books.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            Schema.migrate(url, H2Books.USER, "", /* postgresql= */ false, Schema.version(books));
            try (Connection copy = DriverManager.getConnection(url, H2Books.USER, "")) {
                copyAll(books, copy);
            }
        } catch (SQLException failure) {
            throw PostgresqlServer.problem(failure, settings);
        }
    }

    private static void copyAll(Connection books, Connection copy) throws SQLException {
        copy.setAutoCommit(false);
        for (BookTable table : BookTable.all(copy)) {
            // Restored, they are the books of a new home, which gets an id when it moves to PostgreSQL.
            if (!table.name().equals("home")) {
                copy(table, books, copy);
            }
        }
        try (Statement statement = copy.createStatement()) {
            for (String counted : Schema.SEQUENCES) {
                statement.execute("ALTER SEQUENCE " + counted + "_seq RESTART WITH (SELECT COALESCE(MAX("
                        + counted.substring(6) + "_id), 0) + 1 FROM " + counted + ")");
            }
        }
        copy.commit();
    }

    private static void copy(BookTable table, Connection books, Connection copy) throws SQLException {
        BookTable.Content read;
        try (PreparedStatement insert = copy.prepareStatement("INSERT INTO " + table.name() + " ("
                + String.join(", ", table.columns()) + ") VALUES ("
                + "?, ".repeat(table.columns().size() - 1) + "?)")) {
            int[] waiting = {0};
            read = table.read(books, row -> {
                for (int column = 0; column < row.length; column++) {
                    insert.setObject(column + 1, row[column]);
                }
                insert.addBatch();
                if (++waiting[0] == ROWS_AT_ONCE) {
                    insert.executeBatch();
                    waiting[0] = 0;
                }
            });
            insert.executeBatch();
        }
        BookTable.Content found = table.read(copy, row -> {});
        if (!found.equals(read)) {
            throw new ProblemException(
                    ProblemCode.COPY_DIFFERS,
                    Place.NOWHERE,
                    "of " + table.name() + " " + read.rows() + " rows were read, and " + found.rows()
                            + " that are not the same are in the copy");
        }
    }
}
