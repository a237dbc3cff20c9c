package io.saldo.app.export;

import io.saldo.app.home.Home;
import io.saldo.app.statement.StatementRevision;
import io.saldo.app.store.CloseStore;
import io.saldo.app.store.LakeStore;
import io.saldo.app.store.StatementStore;
import io.saldo.lake.file.StoredFile;
import io.saldo.lake.table.TableReader;
import io.saldo.lake.table.TableSchema;
import io.saldo.usage.TextOrder;
import java.io.IOException;
import java.time.YearMonth;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The statements of a month that are shown: what is frozen where the month is closed, else the latest revision. */
public final class MonthStatements {
    private final YearMonth month;
    private final Home home;
    private final LakeStore lake;
    private final SortedMap<String, StatementRevision> revisions;
    private final Set<String> closed;

    private MonthStatements(
            YearMonth month,
            Home home,
            LakeStore lake,
            SortedMap<String, StatementRevision> revisions,
            Set<String> closed) {
        this.month = month;
        this.home = home;
        this.lake = lake;
        this.revisions = revisions;
        this.closed = closed;
    }

    /** The statements of that month. */
    public static MonthStatements of(
            YearMonth month, Home home, StatementStore statements, CloseStore closes, LakeStore lake) {
        SortedMap<String, StatementRevision> shown = new TreeMap<>(TextOrder.UTF_8);
        statements.latestOfMonth(month.toString()).forEach(revision -> shown.put(revision.accountId(), revision));
        var closed = closes.closedOfMonth(month.toString());
        closed.values().forEach(each -> {
            StatementRevision latest = shown.get(each.accountId());
            if (each.revision() > 0 && (latest == null || latest.revision() != each.revision())) {
                shown.put(each.accountId(), statements.get(each.accountId(), each.month(), each.revision()));
            }
        });
        return new MonthStatements(month, home, lake, shown, closed.keySet());
    }

    /** The month. */
    public YearMonth month() {
        return month;
    }

    /** By account. */
    public SortedMap<String, StatementRevision> revisions() {
        return Collections.unmodifiableSortedMap(revisions);
    }

    /** Whether the account-month is closed. */
    public boolean isClosed(String accountId) {
        return closed.contains(accountId);
    }

    /** What is done with a row. */
    @FunctionalInterface
    public interface Rows {
        /** Takes it. */
        void accept(List<@Nullable Object> row) throws IOException;
    }

    /** Hands over the rows of the shown revisions from the lake: account, month, revision, then the table's own. */
    public void read(TableSchema schema, Rows rows) throws IOException {
        for (StoredFile file : lake.files(schema.name(), "statements/month=" + month + "/")) {
            try (TableReader reader = TableReader.open(home.lake().resolve(file.path()), schema)) {
                for (List<@Nullable Object> row = reader.next(); row != null; row = reader.next()) {
                    StatementRevision revision = revisions.get(String.valueOf(row.get(0)));
                    if (revision != null && Long.valueOf(revision.revision()).equals(row.get(2))) {
                        rows.accept(row);
                    }
                }
            }
        }
    }
}
