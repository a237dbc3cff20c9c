package io.saldo.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.Program;
import io.saldo.app.TestPostgresql;
import io.saldo.app.command.Session;
import io.saldo.app.home.Home;
import io.saldo.app.home.HomeLock;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A home opens the books in PostgreSQL only where they are its own, and says what is wrong where they are not. */
class BooksDatabaseTest {
    @TempDir
    Path folder;

    private Path home(String name) {
        Path home = folder.resolve(name);
        Program init = Program.in(home, "init");
        assertThat(init.code()).as(init.err()).isZero();
        return home;
    }

    private static void configure(Path home, String database) throws IOException {
        Files.writeString(home.resolve("config/application.yml"), "saldo:\n  threads: 2\n" + database);
    }

    private Path home(String name, String url) throws IOException {
        Path home = home(name);
        configure(home, TestPostgresql.section(url));
        return home;
    }

    private static void refused(Path home, int code, String... words) {
        Program program = Program.in(home, "status");
        assertThat(program.code()).as(program.out() + program.err()).isEqualTo(code);
        assertThat(program.errLines()).hasSize(1).first().asString().contains(words);
        assertThat(program.err()).doesNotContain("secret");
        if (code != 5) {
            assertThat(Program.in(home, "check").err()).isEqualTo(program.err());
        }
    }

    @Test
    void anEmptyDatabaseBecomesThatOfTheHomeAndOfNoOther() throws IOException {
        String url = TestPostgresql.newDatabase("");
        Path home = home("home", url);
        Program status = Program.in(home, "status");
        assertThat(status.code()).as(status.err()).isZero();
        assertThat(Program.in(home, "nightly", "--date", "2026-10-05").code()).isZero();
        assertThat(home.resolve("db/books.mv.db")).doesNotExist();
        refused(home("other", url), 2, "DBS-004", "not those of");

        configure(home, "");
        Program unnamed = Program.in(home, "status");
        assertThat(unnamed.code()).isEqualTo(2);
        assertThat(unnamed.err()).contains("DBS-005", "names no database");
        configure(home, TestPostgresql.section(TestPostgresql.newBooks()));
        Files.createDirectories(home.resolve("lake/usage"));
        Files.writeString(home.resolve("lake/usage/segment.parquet"), "usage");
        refused(home, 2, "DBS-005", "the database is empty", "usage that books must list");
        assertThat(home.resolve("lake/usage/segment.parquet")).exists();
    }

    @Test
    void theStatementsOfTheGuideMakeADatabaseThatIsTaken() throws IOException {
        String guide = Files.readString(Program.repository("config").resolve("README.md"));
        Matcher statements =
                Pattern.compile("```sql\\s+(.*?)```", Pattern.DOTALL).matcher(guide);
        assertThat(statements.find()).isTrue();
        for (String statement : statements.group(1).strip().split(";\\s*")) {
            TestPostgresql.execute(TestPostgresql.maintenance(), statement.replace(" saldo", " saldo_of_the_guide"));
        }
        Path home = home("home");
        configure(
                home,
                "database:\n  url: " + TestPostgresql.url("saldo_of_the_guide") + "\n  user: saldo_of_the_guide\n");
        Program status = Program.in(home, "status");
        assertThat(status.code()).as(status.err()).isZero();
    }

    @Test
    void aServerThatDoesNotAnswerIsTold() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        refused(home("home", "jdbc:postgresql://localhost:" + port + "/books"), 1, "DBS-001", "refused");
    }

    @Test
    void aDatabaseThatIsNotThereIsTold() throws IOException {
        refused(home("home", TestPostgresql.url("no_such")), 2, "DBS-002", "no_such");
    }

    @Test
    void thePasswordComesFromAFile() throws IOException {
        String url = TestPostgresql.newDatabase("OWNER " + TestPostgresql.roleWithPassword("secret-1"));
        Path home = home("home");
        String section = "database:\n  url: " + url + "\n  user: " + TestPostgresql.ROLE_WITH_PASSWORD + "\n";
        configure(home, section);
        refused(home, 2, "DBS-002", "password");
        configure(home, section + "  password-file: ../password\n");
        refused(home, 2, "DBS-002", "password-file", "cannot be read");
        Files.writeString(home.resolve("password"), "secret-2\n");
        refused(home, 2, "DBS-002", "password authentication failed");
        Files.writeString(home.resolve("password"), "secret-1\n");
        Program status = Program.in(home, "status");
        assertThat(status.code()).as(status.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "password: secret | a password does not belong here",
                "url: jdbc:postgresql://h/d?password=secret | a password does not belong here",
                "url: jdbc:postgresql://u:secret@h/d | a password does not belong here",
                "url: jdbc:postgresql://h/d?user=secret | database.user",
                "url: jdbc:mysql://h/d | jdbc:postgresql://HOST/NAME",
                "user: saldo | database has no url",
                "urll: x | \"urll\" is no key of database",
            })
    void settingsThatAreWrongAreToldWithoutAnySecret(String line, String message) throws IOException {
        Path home = home("home");
        configure(home, "database:\n  " + line + "\n");
        Program status = Program.in(home, "status");
        assertThat(status.code()).isEqualTo(2);
        assertThat(status.err()).contains("application.yml:", message).doesNotContain("secret");
        assertThat(Program.in(home, "check").err()).contains(message).doesNotContain("secret");
    }

    @Test
    void aDatabaseThatCannotKeepBooksIsTold() throws IOException {
        refused(
                home(
                        "latin",
                        TestPostgresql.newDatabase("TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'")),
                2,
                "DBS-003",
                "its encoding is LATIN1, and must be UTF8");
        String used = TestPostgresql.newDatabase("");
        TestPostgresql.execute(used, "CREATE TABLE customers (name TEXT)");
        refused(home("used", used), 2, "DBS-003", "tables of something else");
        assertThat(TestPostgresql.execute(used, "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly("1");
    }

    @Test
    void textIsSortedByItsBytesOrTheDatabaseIsRefused() throws SQLException {
        try (Connection connection = DriverManager.getConnection(TestPostgresql.maintenance(), "postgres", "")) {
            assertThat(PostgresqlServer.sortsByBytes(connection, "\"C\"")).isTrue();
            assertThat(PostgresqlServer.sortsByBytes(connection, "\"default\"")).isTrue();
            assertThat(PostgresqlServer.sortsByBytes(connection, "\"en-x-icu\""))
                    .isFalse();
        }
    }

    @Test
    void booksOfAnEarlierVersionAreBackedUpAndThoseOfANewerOneAreRefusedAsThat() throws IOException, SQLException {
        String url = TestPostgresql.newDatabase("");
        String id = "00000000-0000-4000-8000-000000000001";
        Schema.migrate(url, "postgres", "", /* postgresql= */ true, 9);
        TestPostgresql.execute(url, "INSERT INTO home (home_id, holder) VALUES ('" + id + "', '')");
        TestPostgresql.execute(url, "INSERT INTO reference_version VALUES ('" + "0".repeat(64) + "', 'kept')");
        Path home = home("home", url);
        HomeBinding.bind(new Home(home), id);
        Path backup = folder.resolve("backup");
        Program early = Program.in(home, "backup", "--to", backup.toString());
        assertThat(early.code()).as(early.err()).isZero();
        try (Connection copy = DriverManager.getConnection(H2Books.url(backup.resolve("home/db")), H2Books.USER, "");
                Statement statement = copy.createStatement();
                ResultSet kept = statement.executeQuery("SELECT content FROM reference_version")) {
            assertThat(Schema.isCurrent(copy)).isTrue();
            assertThat(kept.next()).isTrue();
            assertThat(kept.getString(1)).isEqualTo("kept");
        }
        TestPostgresql.execute(url, "UPDATE flyway_schema_history SET version = '999' WHERE version = '9'");
        Program newer =
                Program.in(home, "backup", "--to", folder.resolve("newer").toString());
        assertThat(newer.code()).isEqualTo(2);
        assertThat(newer.errLines())
                .singleElement()
                .asString()
                .startsWith("DBS-008")
                .contains("version 999");
    }

    @Test
    void aHomeThatCannotBeOpenedLeavesNoConnection() throws IOException {
        String url = TestPostgresql.newBooks();
        String name = url.substring(url.lastIndexOf('/') + 1);
        Path home = home("home", url);
        assertThat(Program.in(home, "status").code()).isZero();
        TestPostgresql.execute(
                TestPostgresql.maintenance(), "ALTER DATABASE " + name + " SET default_transaction_read_only = on");
        Program status = Program.in(home, "status");
        assertThat(status.code()).as(status.err()).isEqualTo(1);
        // The server refuses it while anybody is connected.
        TestPostgresql.execute(TestPostgresql.maintenance(), "DROP DATABASE " + name);
    }

    @Test
    void booksThatCannotBeLetGoHoldTheHomeNoLonger() throws IOException {
        String url = TestPostgresql.newBooks();
        Home home = new Home(home("home", url));
        Session session = Session.open(home, home.root().resolve("config"));
        TestPostgresql.execute(url, "ALTER FUNCTION pg_catalog.pg_advisory_unlock(integer, integer) RENAME TO no_more");
        assertThatThrownBy(session::close).isInstanceOf(IllegalStateException.class);
        HomeLock.take(home).close();
    }

    @Test
    void anOldServerIsTold() {
        assertThat(PostgresqlServer.faultOfVersion(140000, "14.0")).isEmpty();
        assertThat(PostgresqlServer.faultOfVersion(180004, "18.4")).isEmpty();
        assertThat(PostgresqlServer.faultOfVersion(130022, "13.22"))
                .contains("the server is PostgreSQL 13.22, and the oldest that Saldo takes is 14");
    }

    @Test
    void aMachineThatHoldsTheBooksKeepsAllOthersOut() throws IOException, SQLException {
        String url = TestPostgresql.newBooks();
        Path home = home("home", url);
        assertThat(Program.in(home, "status").code()).isZero();
        try (Connection other = DriverManager.getConnection(url, "postgres", "")) {
            PostgresqlServer.hold(other);
            refused(home, 5, "RUN-002", "in this database");
        }
        assertThat(Program.in(home, "status").code()).isZero();
    }
}
