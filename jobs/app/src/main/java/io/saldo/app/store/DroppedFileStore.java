package io.saldo.app.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Files of the lake that are old, what keeps them, and which of them retention took away. */
@Repository
public class DroppedFileStore {
    /**
     * What a delivery is needed for, the first that applies: a record that waits, a break about it or about a month of its records
     * that nobody has settled, a dispute, an account-month that is open, an invoice that is not published or not paid. Months are
     * looked for once, not for each delivery.
     */
    private static final String KEPT_FOR = """
            CASE
            WHEN EXISTS (SELECT 1 FROM held_file h WHERE h.delivery_id = d.delivery_id AND h.released_by IS NULL)
                OR EXISTS (SELECT 1 FROM held_entry h WHERE h.delivery_id = d.delivery_id AND h.released_by IS NULL)
                THEN 'records of it are held'
            WHEN EXISTS (SELECT 1 FROM break_case b WHERE b.state <> 'RESOLVED'
                AND (POSITION(d.source || '/' || d.file_name IN b.subject) > 0
                    OR POSITION(d.source || '/' || d.file_name IN b.evidence) > 0))
                OR EXISTS (SELECT 1 FROM delivery_month m WHERE m.delivery_id = d.delivery_id
                    AND m.month IN (SELECT SUBSTRING(b.period FROM 1 FOR 7) FROM break_case b WHERE b.state <> 'RESOLVED'))
                THEN 'a break is not resolved'
            WHEN EXISTS (SELECT 1 FROM delivery_month m WHERE m.delivery_id = d.delivery_id
                AND m.month IN (SELECT x.month FROM dispute x WHERE NOT EXISTS (SELECT 1 FROM dispute_decision y
                    WHERE y.dispute_id = x.dispute_id)))
                THEN 'a month of it is in dispute'
            WHEN EXISTS (SELECT 1 FROM delivery_month m WHERE m.delivery_id = d.delivery_id
                AND m.month IN (SELECT s.month FROM statement_revision s WHERE NOT EXISTS (SELECT 1
                    FROM account_month_closed c WHERE c.account_id = s.account_id AND c.month = s.month)))
                THEN 'a month of it is open'
            WHEN EXISTS (SELECT 1 FROM delivery_month m WHERE m.delivery_id = d.delivery_id
                AND m.month IN (SELECT i.month FROM invoice i
                    LEFT JOIN invoice_number n ON n.invoice_id = i.invoice_id
                    WHERE NOT EXISTS (SELECT 1 FROM invoice_state x WHERE x.invoice_id = i.invoice_id
                        AND x.state = 'REJECTED')
                    AND (NOT EXISTS (SELECT 1 FROM invoice_state x WHERE x.invoice_id = i.invoice_id
                            AND x.state = 'PUBLISHED')
                        OR (i.kind = 'INVOICE' AND i.total_document > (SELECT COALESCE(SUM(p.amount), 0)
                            FROM invoice_payment p WHERE p.number = n.number)))))
                THEN 'an invoice of a month of it is not published or not paid'
            ELSE '' END AS kept_for
            """;

    private final JdbcClient jdbc;
    private final BulkInsert bulk;

    /** Over the books. */
    public DroppedFileStore(JdbcClient jdbc, BulkInsert bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /**
     * A file of the lake that is old.
     *
     * @param path relative to the lake
     * @param night of its delivery
     * @param keptFor what it is needed for; empty where it may go
     */
    public record Old(String path, LocalDate night, String keptFor) {}

    /**
     * A file that goes.
     *
     * @param path relative to the lake
     * @param rule the setting that let it go
     */
    public record Dropped(String path, long bytes, String rule, LocalDate on) {}

    /** Archived deliveries of nights before that date, and their control files. */
    public List<Old> deliveriesBefore(LocalDate night) {
        return old(
                "FROM (SELECT delivery_id, archive_path AS path FROM delivery UNION ALL SELECT delivery_id, archive_path FROM delivery_control) f",
                night);
    }

    /** Rejected records of deliveries of nights before that date, and records that were held and are not any more. */
    public List<Old> untakenBefore(LocalDate night) {
        return old(
                "FROM (SELECT delivery_id, path FROM rejected_file UNION ALL SELECT delivery_id, path FROM held_file WHERE released_by IS NOT NULL) f",
                night);
    }

    /** A file that a younger delivery needs too is not old. */
    private List<Old> old(String files, LocalDate night) {
        Set<String> young = new HashSet<>(jdbc.sql("SELECT DISTINCT f.path " + files
                        + " JOIN delivery d ON d.delivery_id = f.delivery_id WHERE d.night >= ?")
                .param(night)
                .query(String.class)
                .list());
        return jdbc
                .sql(
                        "SELECT f.path, d.night, " + KEPT_FOR + files
                                + " JOIN delivery d ON d.delivery_id = f.delivery_id WHERE d.night < ? AND NOT EXISTS (SELECT 1 FROM dropped_file g WHERE g.path = f.path) ORDER BY f.path")
                .param(night)
                .query(DroppedFileStore::old)
                .list()
                .stream()
                .filter(each -> !young.contains(each.path()))
                .toList();
    }

    private static Old old(ResultSet row, int number) throws SQLException {
        return new Old(row.getString(1), row.getObject(2, LocalDate.class), row.getString(3));
    }

    /** Lists files before they go. */
    public void add(List<Dropped> files) {
        bulk.add(
                "dropped_file",
                List.of("path", "bytes", "rule", "dropped_on"),
                files.stream()
                        .map(each -> new Object[] {each.path(), each.bytes(), each.rule(), each.on()})
                        .toList());
    }

    /** Every file that went, or is to go. */
    public List<String> paths() {
        return jdbc.sql("SELECT path FROM dropped_file ORDER BY path")
                .query(String.class)
                .list();
    }
}
