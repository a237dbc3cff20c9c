package io.saldo.app.database;

import io.saldo.app.home.PublishedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;

/**
 * Lets the process that holds books in H2 make the copy that a backup needs: no other process can read the file while it
 * is open. A backup asks by a file beside the books; {@code BACKUP TO} copies them as they are at one moment, while work
 * goes on.
 */
@Component
public class SnapshotRequests implements AutoCloseable {
    /** How the name of a request ends. */
    static final String REQUEST = ".snapshot-request";

    /** How the name of one ends that was heard. */
    static final String HEARD = ".snapshot-heard";

    /** How the name of the copy ends. */
    static final String COPY = ".snapshot.zip";

    /** How the name of what went wrong ends. */
    static final String FAILED = ".snapshot-failed";

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotRequests.class);
    private static final long LOOK_MILLIS = 200;

    private final BooksDatabase database;
    private final ObjectProvider<JdbcOperations> books;
    private @Nullable Thread thread;
    private volatile boolean open = true;

    /** Over the books. */
    public SnapshotRequests(BooksDatabase database, ObjectProvider<JdbcOperations> books) {
        this.database = database;
        this.books = books;
    }

    /** Begins to look for requests, until it is closed. */
    public void watch() {
        if (database.isPostgresql()) {
            return;
        }
        Thread watching = new Thread(this::look, "saldo-snapshot");
        watching.setDaemon(true);
        thread = watching;
        watching.start();
    }

    private void look() {
        while (open) {
            try {
                try (DirectoryStream<Path> requests =
                        Files.newDirectoryStream(database.home().database(), "*" + REQUEST)) {
                    for (Path request : requests) {
                        answer(request);
                    }
                }
                Thread.sleep(LOOK_MILLIS);
            } catch (IOException cannotLook) {
                LOG.warn("requests for a copy of the books are not answered any more", cannotLook);
                return;
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void answer(Path request) throws IOException {
        String name = request.getFileName().toString();
        String id = name.substring(0, name.length() - REQUEST.length());
        Path heard = request.resolveSibling(id + HEARD);
        try {
            Files.move(request, heard, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException withdrawn) {
            return;
        }
        Path unfinished = request.resolveSibling(id + COPY + ".part");
        try {
            books.getObject().update("BACKUP TO ?", unfinished.toAbsolutePath().toString());
            Files.move(unfinished, request.resolveSibling(id + COPY), StandardCopyOption.ATOMIC_MOVE);
            LOG.info("a copy of the books was made for a backup");
        } catch (DataAccessException cannotCopy) {
            LOG.warn("no copy of the books could be made for a backup", cannotCopy);
            Files.deleteIfExists(unfinished);
            PublishedFile.write(
                    request.resolveSibling(id + FAILED),
                    out -> out.write(String.valueOf(cannotCopy.getMessage()).getBytes(StandardCharsets.UTF_8)));
        } finally {
            Files.deleteIfExists(heard);
        }
    }

    /** Ends it, after a copy that is being made. */
    @Override
    public void close() {
        open = false;
        Thread watching = thread;
        if (watching != null) {
            try {
                watching.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
