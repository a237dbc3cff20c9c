package io.saldo.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.Program;
import io.saldo.app.ProgramProcess;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Books in H2 have all tables of a version, whenever they are opened and whatever was killed before. */
class H2BooksTest {
    private static final int KILLS = 3;
    private static final String LAST_MIGRATION =
            "SELECT MAX(CAST(\"version\" AS INTEGER)) FROM \"flyway_schema_history\"";

    @TempDir
    Path folder;

    private SmallHome home;
    private Path file;

    @BeforeEach
    void homeWithoutBooks() throws IOException {
        home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        file = home.root().resolve("db/books.mv.db");
    }

    private static void migrate(String url, String version) {
        Flyway.configure()
                .dataSource(url, H2Books.USER, "")
                .locations("classpath:db/common", "classpath:db/h2")
                .placeholders(Map.of("amount", "NUMERIC(80, 40)", "text", "CHARACTER LARGE OBJECT"))
                .target(version)
                .load()
                .migrate();
    }

    private void execute(String sql) throws SQLException {
        try (Connection books = DriverManager.getConnection(H2Books.url(file.getParent()), H2Books.USER, "");
                Statement statement = books.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        return ask(file.getParent(), sql);
    }

    private static String ask(Path folder, String sql) throws SQLException {
        try (Connection books = DriverManager.getConnection(H2Books.url(folder), H2Books.USER, "");
                Statement statement = books.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    @Test
    void aKillWhileTheTablesAreMadeLeavesNoBooksAndHoldsNobodyUp() throws Exception {
        long seed = Long.getLong("saldo.seed", 20261130);
        System.out.println("saldo.seed=" + seed);
        Random random = new Random(seed);
        Path beside = home.root().resolve("db/renewed/books.mv.db");
        for (int kill = 0; kill < KILLS; kill++) {
            Files.deleteIfExists(beside);
            Process process = ProgramProcess.of(home.root(), List.of(), List.of("status"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            while (process.isAlive() && !Files.exists(beside)) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(100));
            process.destroyForcibly();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(beside).as("tables of kill %d", kill).exists();
        }
        Program status = home.run("status");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(beside).doesNotExist();
    }

    @Test
    void booksOfAnEarlierVersionAreRenewedWithTheirRows() throws SQLException {
        migrate(H2Books.url(file.getParent()), "9");
        execute("INSERT INTO home (home_id, holder) VALUES ('00000000-0000-4000-8000-000000000001', '')");
        Program status = home.run("status");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(ask("SELECT home_id FROM home")).isEqualTo("00000000-0000-4000-8000-000000000001");
        assertThat(ask(LAST_MIGRATION)).isEqualTo(Integer.toString(Schema.VERSION));
    }

    @Test
    void aBackupOfBooksOfAnEarlierVersionHasTheTablesOfThisProgram() throws Exception {
        migrate(H2Books.url(file.getParent()), "9");
        execute("INSERT INTO reference_version (sha256, content) VALUES ('" + "0".repeat(64) + "', 'kept')");
        Path backup = folder.resolve("backup");
        Process process = ProgramProcess.of(
                        home.root(), List.of(), List.of("--quiet", "backup", "--to", backup.toString()))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).isEmpty();
        assertThat(ask(LAST_MIGRATION)).as("the books stay as they were").isEqualTo("9");
        Path copy = backup.resolve("home/db");
        assertThat(ask(copy, LAST_MIGRATION)).isEqualTo(Integer.toString(Schema.VERSION));
        assertThat(ask(copy, "SELECT content FROM reference_version")).isEqualTo("kept");
    }

    @Test
    void booksOfANewerVersionAreRefused() throws SQLException {
        assertThat(home.run("status").code()).isZero();
        execute("UPDATE \"flyway_schema_history\" SET \"version\" = '999' WHERE \"version\" = '" + Schema.VERSION
                + "'");
        for (Program refused : List.of(
                home.run("status"),
                home.run("backup", "--to", folder.resolve("backup").toString()))) {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("DBS-008", "version 999", "up to " + Schema.VERSION, "Use that version");
        }
    }

    @Test
    void theVersionIsThatOfTheLastMigration() throws IOException {
        try (Stream<Path> migrations =
                Files.list(Program.repository("jobs/app/src/main/resources/db").resolve("common"))) {
            assertThat(migrations
                            .mapToInt(each -> Integer.parseInt(
                                    each.getFileName().toString().replaceAll("V(\\d+)__.*", "$1")))
                            .max())
                    .hasValue(Schema.VERSION);
        }
    }
}
