package io.saldo.lake.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.lake.file.NewFile;
import io.saldo.lake.file.StoredFile;
import io.saldo.money.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back, by us and by others, and the same rows are the same bytes. */
class TableTest {
    private static final TableSchema SCHEMA = new TableSchema(
            "example",
            List.of(
                    TableSchema.text("account_id"),
                    TableSchema.amount("amount"),
                    TableSchema.wholeNumber("quantity"),
                    TableSchema.date("day"),
                    TableSchema.bytes("raw")));

    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() throws IOException {
        StoredFile stored = write("a/example.parquet", 0);
        assertThat(stored.path()).isEqualTo("a/example.parquet");
        Path file = folder.resolve(stored.path());
        assertThat(stored.bytes()).isEqualTo(Files.size(file));
        assertThat(stored.sha256()).isEqualTo(NewFile.sha256(file));
        try (TableReader reader = TableReader.open(file, SCHEMA)) {
            for (List<Object> row : rows(0)) {
                assertThat(reader.next()).usingRecursiveComparison().isEqualTo(row);
            }
            assertThat(reader.next()).isNull();
        }
        int found = 0;
        try (TableReader reader = TableReader.openWhere(file, SCHEMA, "account_id", "acme-7")) {
            for (List<Object> row = reader.next(); row != null; row = reader.next()) {
                assertThat(row.get(0)).isEqualTo("acme-7");
                found++;
            }
        }
        assertThat(found).isEqualTo(10);
    }

    @Test
    void sameRowsAreTheSameBytes() throws IOException {
        assertThat(write("one.parquet", 0).sha256())
                .isEqualTo(write("two.parquet", 0).sha256());
        assertThat(write("one.parquet", 0).sha256())
                .isNotEqualTo(write("two.parquet", 1).sha256());
    }

    @Test
    void withoutCommitNothingRemains() throws IOException {
        try (TableWriter writer = new TableWriter(folder, "gone.parquet", SCHEMA)) {
            writer.add(rows(0).get(0));
            try (var files = Files.list(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .containsExactly("gone.parquet" + StoredFile.UNFINISHED);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void anOptionalTableIsThereOnceItHasARow() throws IOException {
        try (OptionalTable table = new OptionalTable(folder, "optional.parquet", SCHEMA)) {
            assertThat(table.commit()).isNull();
        }
        assertThat(folder).isEmptyDirectory();
        try (OptionalTable table = new OptionalTable(folder, "optional.parquet", SCHEMA)) {
            table.add(rows(0).get(0));
            assertThat(table.commit()).isNotNull();
        }
        try (TableReader reader = TableReader.open(folder.resolve("optional.parquet"), SCHEMA)) {
            assertThat(reader.next()).isNotNull();
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        try (TableWriter writer = new TableWriter(folder, "bad.parquet", SCHEMA)) {
            assertThatThrownBy(() -> writer.add(List.of("a"))).hasMessage("table example has 5 columns, the row 1");
            assertThatThrownBy(() -> writer.add(Arrays.asList("a", 1.5, null, null, null)))
                    .hasMessage("column amount of table example holds AMOUNT, not Double");
        }
    }

    @Test
    void duckDbReadsIt() throws IOException, SQLException {
        write("example.parquet", 0);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var result = statement.executeQuery("select count(*), sum(amount::decimal(38, 12)), max(day),"
                        + " sum(quantity) from '" + folder.resolve("example.parquet") + "'")) {
            assertThat(result.next()).isTrue();
            assertThat(result.getLong(1)).isEqualTo(1_001);
            assertThat(result.getBigDecimal(2)).isEqualByComparingTo("0.000500500000");
            assertThat(result.getObject(3)).isEqualTo(LocalDate.of(2026, 10, 31));
            assertThat(result.getLong(4)).isEqualTo(500_500);
        }
    }

    private StoredFile write(String path, int shift) throws IOException {
        try (TableWriter writer = new TableWriter(folder, path, SCHEMA)) {
            for (List<Object> row : rows(shift)) {
                writer.add(row);
            }
            return writer.commit();
        }
    }

    private static List<List<Object>> rows(int shift) {
        List<List<Object>> rows = new ArrayList<>();
        for (int row = 1; row <= 1_000; row++) {
            rows.add(List.of(
                    "acme-" + row % 100,
                    Amount.ofUnscaled(row, 9),
                    (long) row + shift,
                    LocalDate.of(2026, 10, 1 + row % 31),
                    new byte[] {(byte) row, -1}));
        }
        rows.add(Collections.nCopies(5, null));
        return rows;
    }
}
