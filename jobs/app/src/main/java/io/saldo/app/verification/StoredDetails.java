package io.saldo.app.verification;

import io.saldo.app.home.Home;
import io.saldo.app.statement.StatementTables;
import io.saldo.app.store.VerificationStore.ListedFile;
import io.saldo.app.store.VerificationStore.RevisionKey;
import io.saldo.lake.file.NewFile;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The details of a shard's statements as the lake has them: of each revision and table a hash of its rows, so that each file
 * is read once and little is kept.
 */
final class StoredDetails {
    private final Home home;
    private final List<ListedFile> files;
    private final Map<String, Map<RevisionKey, Rows>> tables = new HashMap<>();

    private static final class Rows {
        private final MessageDigest digest = NewFile.sha256Digest();
        private long count;

        void add(List<@Nullable Object> row) {
            digest.update(text(row).getBytes(StandardCharsets.UTF_8));
            count++;
        }

        String told() {
            return count + " rows, SHA-256 " + HexFormat.of().formatHex(digest.digest());
        }
    }

    private StoredDetails(Home home, List<ListedFile> files) {
        this.home = home;
        this.files = files;
    }

    /**
     * Reads those of the named revisions.
     *
     * @param files with details of the shard, of whatever table
     */
    static StoredDetails read(Home home, List<ListedFile> files, Collection<RevisionKey> wanted) throws IOException {
        StoredDetails details = new StoredDetails(home, files);
        Set<RevisionKey> keys = Set.copyOf(wanted);
        for (TableSchema table : StatementTables.ALL) {
            Map<RevisionKey, Rows> ofTable = new HashMap<>();
            for (ListedFile file : details.filesOf(table)) {
                try (TableReader reader = TableReader.open(home.lake().resolve(file.path()), table)) {
                    for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                        RevisionKey key = key(row);
                        if (keys.contains(key)) {
                            ofTable.computeIfAbsent(key, each -> new Rows()).add(row);
                        }
                    }
                }
            }
            details.tables.put(table.name(), ofTable);
        }
        return details;
    }

    private List<ListedFile> filesOf(TableSchema table) {
        return files.stream().filter(each -> each.kind().equals(table.name())).toList();
    }

    private static RevisionKey key(List<@Nullable Object> row) {
        return new RevisionKey(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                row.get(2) instanceof Long number ? number.intValue() : 0);
    }

    private static String text(List<@Nullable Object> row) {
        return row.stream().map(cell -> cell == null ? "" : cell.toString()).collect(Collectors.joining("\u001F"))
                + "\n";
    }

    /** Compares a revision's rows with those that it should have; where they differ, the first that does is told. */
    void compare(
            RevisionKey key, TableSchema table, List<List<@Nullable Object>> expected, String place, Protocol protocol)
            throws IOException {
        Rows right = new Rows();
        expected.forEach(right::add);
        Rows found = tables.getOrDefault(table.name(), Map.of()).getOrDefault(key, new Rows());
        if (right.told().equals(found.told())) {
            protocol.prove(Check.DETAILS);
            return;
        }
        List<List<@Nullable Object>> rows = rows(key, table);
        int row = 0;
        while (row < rows.size() && row < expected.size() && text(rows.get(row)).equals(text(expected.get(row)))) {
            row++;
        }
        protocol.fail(
                Check.DETAILS,
                place,
                "row " + (row + 1) + " of its " + table.name(),
                shown(expected, row),
                shown(rows, row));
    }

    private static String shown(List<List<@Nullable Object>> rows, int row) {
        return row < rows.size()
                ? rows.get(row).subList(3, rows.get(row).size()).toString()
                : "no such row";
    }

    private List<List<@Nullable Object>> rows(RevisionKey key, TableSchema table) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ListedFile file : filesOf(table)) {
            try (TableReader reader =
                    TableReader.openWhere(home.lake().resolve(file.path()), table, "account_id", key.accountId())) {
                for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                    if (key(row).equals(key)) {
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }
}
