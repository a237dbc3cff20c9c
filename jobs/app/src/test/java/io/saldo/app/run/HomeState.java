package io.saldo.app.run;

import io.saldo.app.Folders;
import io.saldo.app.SmallHome;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that a home holds, to be compared with that of another one that did the same: each file below it, and each row
 * of its books.
 *
 * <p>Left out is only what tells when and by which process something was done: logs, the lock, the tables of Spring Batch
 * and of Flyway, {@link #WHEN_AND_BY_WHOM}, and the file of the books itself, whose rows are read instead.
 *
 * @param files the hash of each file, by its path
 * @param rows the sorted rows of each table
 */
record HomeState(SortedMap<String, String> files, SortedMap<String, List<String>> rows) {
    private static final Set<String> WHEN_AND_BY_WHOM = Set.of(
            "runs.started_at",
            "runs.ended_at",
            "reassignment.decided_at",
            "break_decision.decided_at",
            "dispute_decision.decided_at",
            "home.holder",
            "home.home_id");

    private static final String BOOKS = "db/books.mv.db";

    /**
     * How often something of one is not in the other.
     *
     * @param lost rows and files that should be there
     * @param added rows and files that should not
     * @param different files with other bytes
     * @param text what they are
     */
    record Difference(int lost, int added, int different, String text) {
        boolean isNone() {
            return lost + added + different == 0;
        }
    }

    /** What the home holds now; no process may be at work. */
    static HomeState of(SmallHome home) throws IOException, SQLException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, byte[]> file : Folders.bytes(home.root()).entrySet()) {
            String path = file.getKey();
            if (!path.startsWith("db/") && !path.equals("out/saldo.log") && !path.equals("out/error.log")) {
                files.put(path, sha256(file.getValue()));
            }
        }
        return new HomeState(files, read(home, HomeState::tables));
    }

    /** The first column of a query on books of which no process has hold; nothing where none has opened them yet. */
    static List<String> query(SmallHome home, String sql) throws IOException, SQLException {
        if (home.postgresql() == null && !Files.exists(home.root().resolve(BOOKS))) {
            return List.of();
        }
        return read(home, books -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = books.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    values.add(result.getString(1));
                }
            }
            return values;
        });
    }

    private interface Reading<T> {
        T of(Connection books) throws SQLException;
    }

    /** Reads a copy of an H2 file: what a killed process left is mended by the program, not by the test. */
    private static <T> T read(SmallHome home, Reading<T> reading) throws IOException, SQLException {
        if (home.postgresql() != null) {
            try (Connection books = DriverManager.getConnection(home.postgresql(), "postgres", "")) {
                return reading.of(books);
            }
        }
        Path folder = Files.createTempDirectory("saldo-books-");
        Path copy = folder.resolve("books.mv.db");
        Files.copy(home.root().resolve(BOOKS), copy);
        try (Connection books = DriverManager.getConnection(
                "jdbc:h2:file:" + folder.resolve("books") + ";NON_KEYWORDS=MONTH", "saldo", "")) {
            return reading.of(books);
        } finally {
            Files.deleteIfExists(folder.resolve("books.trace.db"));
            Files.deleteIfExists(copy);
            Files.delete(folder);
        }
    }

    private static SortedMap<String, List<String>> tables(Connection books) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = books.getMetaData().getTables(null, null, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                String schema = tables.getString("TABLE_SCHEM").toLowerCase(Locale.ROOT);
                String name = tables.getString("TABLE_NAME");
                String lower = name.toLowerCase(Locale.ROOT);
                if (schema.equals("public") && !lower.startsWith("batch_") && !lower.startsWith("flyway_")) {
                    names.add(name);
                }
            }
        }
        SortedMap<String, List<String>> all = new TreeMap<>();
        for (String name : names) {
            all.put(name.toLowerCase(Locale.ROOT), rows(books, name));
        }
        return all;
    }

    private static List<String> rows(Connection books, String table) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = books.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM \"" + table + "\"")) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int column = 1; column <= columns; column++) {
                    String name = result.getMetaData().getColumnName(column).toLowerCase(Locale.ROOT);
                    if (!WHEN_AND_BY_WHOM.contains(table.toLowerCase(Locale.ROOT) + "." + name)) {
                        row.append(name)
                                .append('=')
                                .append(result.getString(column))
                                .append(' ');
                    }
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }

    /** What of this state the other one has not, and the other way round. */
    Difference to(HomeState other) {
        int different = 0;
        List<String> lost = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            String now = other.files.get(file.getKey());
            if (now == null) {
                lost.add("file " + file.getKey());
            } else if (!now.equals(file.getValue())) {
                different++;
                text.add("other bytes: " + file.getKey());
            }
        }
        other.files.keySet().stream()
                .filter(name -> !files.containsKey(name))
                .forEach(name -> added.add("file " + name));
        for (String table : rows.keySet()) {
            List<String> more = new ArrayList<>(other.rows.getOrDefault(table, List.of()));
            for (String row : rows.get(table)) {
                if (!more.remove(row)) {
                    lost.add(table + ": " + row);
                }
            }
            more.forEach(row -> added.add(table + ": " + row));
        }
        lost.forEach(each -> text.add("lost: " + each));
        added.forEach(each -> text.add("added: " + each));
        return new Difference(lost.size(), added.size(), different, String.join("\n", text));
    }

    private static String sha256(byte[] content) {
        try {
            return new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(content)).toString(16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
