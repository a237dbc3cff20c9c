package io.saldo.app.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.app.Program;
import io.saldo.app.TestPostgresql;
import io.saldo.app.config.DatabaseSettings;
import io.saldo.app.database.BooksDatabase;
import io.saldo.app.home.Home;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Rows are the same whichever way they enter. It tells how fast that was; {@code -Dsaldo.rows=100000} for a measurement. */
class BulkInsertTest {
    private static final int ROWS = Integer.getInteger("saldo.rows", 1_000);
    private static final List<String> COLUMNS = List.of(
            "entry", "line", "month", "booked_on", "account", "debit", "credit", "currency", "subject", "account_id");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a\tb",
            "line\nbreak\r\n",
            "\\N",
            "\\.",
            "back\\slash",
            "\"quoted\"",
            "'",
            "😀～é",
            "NULL",
            "null,x");

    @TempDir
    Path folder;

    private static List<Object[]> rows() {
        List<Object[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(new Object[] {
                "entry-" + row / 4,
                row % 4,
                "2026-10",
                LocalDate.of(2026, 10, 1).plusDays(row % 31),
                "4400",
                new BigDecimal("0.0000000000000000000000000000000000000001").multiply(BigDecimal.valueOf(row)),
                new BigDecimal("1E+15"),
                "EUR",
                TEXTS.get(row % TEXTS.size()),
                row % 3 == 0 ? "" : "a-" + row
            });
        }
        return rows;
    }

    private static String enter(String way, JdbcTemplate jdbc, BulkInsert bulk) {
        long start = System.nanoTime();
        bulk.add("journal", COLUMNS, rows());
        long nanos = System.nanoTime() - start;
        System.out.printf(Locale.ROOT, "%-30s %,10.0f rows/s%n", way, ROWS * 1e9 / nanos);
        List<String> found = new ArrayList<>();
        for (Map<String, Object> row : jdbc.queryForList("SELECT * FROM journal ORDER BY LENGTH(entry), entry, line")) {
            StringBuilder text = new StringBuilder();
            for (String column : COLUMNS) {
                Object value = row.get(column);
                text.append(value instanceof BigDecimal number ? number.stripTrailingZeros() : value)
                        .append('|');
            }
            found.add(text.toString());
        }
        assertThat(found).hasSize(ROWS);
        return String.join("\n", found);
    }

    private static JdbcTemplate jdbc(String url, String user) {
        return new JdbcTemplate(new SingleConnectionDataSource(url, user, "", true));
    }

    @Test
    void copyAndBatchesEnterTheSameRows() throws IOException {
        Path root = folder.resolve("home");
        assertThat(Program.in(root, "init").code()).isZero();
        assertThat(Program.in(root, "status").code()).isZero();
        String url = TestPostgresql.newBooks();
        Path other = folder.resolve("other");
        try (BooksDatabase h2 = BooksDatabase.open(new Home(root), null, null);
                BooksDatabase postgresql =
                        BooksDatabase.open(new Home(other), new DatabaseSettings(url, "postgres", ""), null)) {
            JdbcTemplate inHome = jdbc("jdbc:h2:file:" + root.resolve("db/books") + ";NON_KEYWORDS=MONTH", "saldo");
            String expected = enter("H2, batches", inHome, new BulkInsert(inHome, h2));
            inHome.execute("SHUTDOWN");

            JdbcTemplate onServer = jdbc(url, "postgres");
            assertThat(enter("PostgreSQL, COPY", onServer, new BulkInsert(onServer, postgresql)))
                    .isEqualTo(expected);
            JdbcTemplate batches = jdbc(TestPostgresql.newBooks() + "?reWriteBatchedInserts=true", "postgres");
            assertThat(enter("PostgreSQL, batches", batches, new BulkInsert(batches, h2)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRowThatIsThereAlreadyIsRefusedAsByAnInsertAndTheConnectionLivesOn() {
        String url = TestPostgresql.newBooks();
        try (BooksDatabase postgresql = open(url)) {
            JdbcTemplate jdbc = jdbc(url, "postgres");
            BulkInsert bulk = new BulkInsert(jdbc, postgresql);
            bulk.add("journal", COLUMNS, rows());
            assertThatThrownBy(() -> bulk.add("journal", COLUMNS, rows())).isInstanceOf(DuplicateKeyException.class);
            assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM journal", Integer.class))
                    .isEqualTo(ROWS);
        }
    }

    private BooksDatabase open(String url) {
        try {
            return BooksDatabase.open(
                    new Home(folder.resolve("third")), new DatabaseSettings(url, "postgres", ""), null);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
