package io.saldo.app.database;

import io.saldo.app.home.Home;
import io.saldo.app.home.PublishedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.springframework.util.FileSystemUtils;

/**
 * The books of a home in a file of H2.
 *
 * <p>H2 commits each statement of a migration by itself, so a kill would leave books with half of it, which nothing opens any more.
 * Therefore tables are made, or renewed, in a copy, which takes the place of the books when it is whole.
 */
final class H2Books {
    static final String USER = "saldo";

    private static final String FILE = "books.mv.db";

    private H2Books() {}

    /** The file. */
    static Path file(Home home) {
        return home.database().resolve(FILE);
    }

    /**
     * Commits are on disk; a signal closes nothing under a run that stops; the texts of most statements lie in their rows, not
     * each in a place of its own.
     */
    static String url(Home home) {
        return url(home.database()) + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;MAX_LENGTH_INPLACE_LOB=4096";
    }

    /** The address of books in a file of that folder; a word that H2 reserves is a column's name. */
    static String url(Path folder) {
        return "jdbc:h2:file:" + folder.toAbsolutePath().resolve("books") + ";NON_KEYWORDS=MONTH";
    }

    /**
     * Opens them with the tables that this program knows. The file stays open as long as the connection does.
     *
     * @throws io.saldo.problem.ProblemException where a newer program made them
     */
    static Connection open(Home home) throws IOException, SQLException {
        if (Files.exists(file(home))) {
            Connection books = DriverManager.getConnection(url(home), USER, "");
            try {
                if (Schema.isCurrent(books)) {
                    return books;
                }
            } catch (RuntimeException | SQLException refused) {
                books.close();
                throw refused;
            }
            books.close();
        }
        renew(home);
        return DriverManager.getConnection(url(home), USER, "");
    }

    private static void renew(Home home) throws IOException {
        Path beside = home.database().resolve("renewed");
        FileSystemUtils.deleteRecursively(beside);
        Files.createDirectories(beside);
        Path renewed = beside.resolve(FILE);
        if (Files.exists(file(home))) {
            Files.copy(file(home), renewed);
        }
        Schema.migrate(url(beside), USER, "", /* postgresql= */ false);
        PublishedFile.write(file(home), out -> Files.copy(renewed, out));
        FileSystemUtils.deleteRecursively(beside);
    }
}
