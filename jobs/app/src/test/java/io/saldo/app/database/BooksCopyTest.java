package io.saldo.app.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.DemoRun;
import io.saldo.app.Folders;
import io.saldo.app.Program;
import io.saldo.app.SmallHome;
import io.saldo.app.TestPostgresql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Books that moved from H2 to PostgreSQL go on as if they had not. */
@ExtendWith(DemoRun.Extension.class)
class BooksCopyTest {
    @TempDir
    Path folder;

    private static void nameDatabase(Path home, String url) throws IOException {
        Files.writeString(
                home.resolve("config/application.yml"), "\n" + TestPostgresql.section(url), StandardOpenOption.APPEND);
    }

    @Test
    void afterTheMoveTheNextNightAndEveryExportAreThoseOfTheHomeThatStayed(DemoRun demo) throws IOException {
        Path stayed = folder.resolve("stayed");
        Path moved = folder.resolve("moved");
        Folders.copy(demo.home(), stayed);
        Folders.copy(demo.home(), moved);
        nameDatabase(moved, TestPostgresql.newBooks());

        Program refused = Program.in(moved, "status");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("DBS-005", "has books in H2", "saldo books copy");
        Program copy = Program.in(moved, "books", "copy");
        assertThat(copy.code()).as(copy.out() + copy.err()).isZero();
        assertThat(copy.out()).contains("statement_revision", "the same rows as before");
        assertThat(Program.in(moved, "status").out())
                .isEqualTo(Program.in(stayed, "status").out());

        for (Path home : List.of(stayed, moved)) {
            Program night = Program.in(home, "nightly", "--date", "2026-11-01");
            assertThat(night.code()).as(night.err()).isIn(0, 3, 4);
            Program export = Program.in(
                    home,
                    "export",
                    "--month",
                    "2026-10",
                    "--to",
                    home.resolve("out/again").toString());
            assertThat(export.code()).as(export.err()).isZero();
        }
        Folders.assertSame(Folders.bytes(moved.resolve("out/again")), Folders.bytes(stayed.resolve("out/again")));
        Folders.assertSame(
                Folders.bytes(moved.resolve("out/nights/2026-11-01")),
                Folders.bytes(stayed.resolve("out/nights/2026-11-01")));
    }

    @Test
    void booksWithAnUnfinishedRunStay() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        Files.createDirectories(home.root().resolve("out"));
        Files.writeString(home.root().resolve("out/nights"), "in the way");
        home.deliverUsage("u.csv", "e-1,2026-10-05T10:00:00Z,a-1,,openai,m,10");
        assertThat(home.run("nightly", "--date", "2026-10-05").code()).isEqualTo(1);
        String url = TestPostgresql.newBooks();
        nameDatabase(home.root(), url);
        Program refused = home.run("books", "copy");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("RUN-004", "nightly 2026-10-05");
        assertThat(TestPostgresql.execute(url, "SELECT COUNT(*) FROM runs")).containsExactly("0");
    }

    @Test
    void aCopyThatWasCutOffBeforeTheHomeKnewOfItIsComparedAndTaken() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        home.deliverUsage("u.csv", "e-1,2026-10-05T10:00:00Z,a-1,,openai,m,10");
        home.night("2026-10-05");
        String url = TestPostgresql.newBooks();
        nameDatabase(home.root(), url);
        assertThat(home.run("books", "copy").code()).isZero();
        Path bound = home.root().resolve("db/postgresql");
        Files.delete(bound);

        TestPostgresql.execute(url, "UPDATE runs SET verdict = 'other'");
        Program differs = home.run("books", "copy");
        assertThat(differs.code()).isEqualTo(6);
        assertThat(differs.err()).contains("DBS-007", "of runs 1 rows were read");
        assertThat(bound).doesNotExist();

        TestPostgresql.execute(url, "UPDATE runs SET verdict = 'reconciled'");
        Program again = home.run("books", "copy");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(bound).exists();
    }

    @Test
    void withoutADatabaseTheCommandSaysWhereToNameOne() throws IOException {
        SmallHome home = SmallHome.create(folder.resolve("home"), List.of("a-1"));
        Program refused = home.run("books", "copy");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("CFG-004", "application.yml", "saldo books copy --help");
        assertThat(home.run("books", "copy", "--help").out()).contains("database:", "SALDO_DATABASE_PASSWORD");
    }
}
