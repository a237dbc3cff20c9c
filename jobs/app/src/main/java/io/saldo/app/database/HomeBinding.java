package io.saldo.app.database;

import io.saldo.app.home.Folder;
import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * That a home and a PostgreSQL database belong together: both have the same id, the home in {@code db/postgresql}.
 *
 * <p>Files of the lake that the books do not list are removed, so a home with the wrong books would lose its lake.
 */
final class HomeBinding {
    private static final Place PLACE = Place.file("application.yml");

    private HomeBinding() {}

    private static Path file(Home home) {
        return home.database().resolve("postgresql");
    }

    /** The id in the home; empty where its books are not in PostgreSQL. */
    static Optional<String> of(Home home) throws IOException {
        return Files.exists(file(home))
                ? Optional.of(Files.readString(file(home)).strip())
                : Optional.empty();
    }

    /** From now on the home takes no other books than those with that id. */
    static void bind(Home home, String id) throws IOException {
        PublishedFile.write(file(home), out -> out.write((id + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** What H2 is refused with. */
    static ProblemException inPostgresql(Home home) {
        return new ProblemException(
                ProblemCode.BOOKS_ELSEWHERE,
                PLACE,
                "it names no database, but the books of " + home.root() + " are in PostgreSQL");
    }

    /**
     * Proves that the home and the database belong together, or that both are new.
     *
     * @param bound the id in the home
     * @param found the id in the database
     * @throws ProblemException where they do not
     */
    static void require(Home home, Optional<String> bound, Optional<String> found) throws IOException {
        if (found.isPresent()) {
            if (!found.equals(bound)) {
                throw new ProblemException(
                        ProblemCode.DATABASE_OF_ANOTHER_HOME,
                        PLACE,
                        "the database holds books, but not those of " + home.root());
            }
        } else if (Files.exists(H2Books.file(home))) {
            throw new ProblemException(
                    ProblemCode.BOOKS_ELSEWHERE,
                    PLACE,
                    "the database is empty, and " + home.root() + " has books in H2");
        } else if (hasFiles(home.lake())) {
            throw new ProblemException(
                    ProblemCode.BOOKS_ELSEWHERE,
                    PLACE,
                    "the database is empty, but " + home.root() + " has usage that books must list");
        }
    }

    private static boolean hasFiles(Path folder) throws IOException {
        return Folder.insideFirst(folder).stream().anyMatch(Files::isRegularFile);
    }
}
