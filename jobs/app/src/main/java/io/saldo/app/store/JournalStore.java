package io.saldo.app.store;

import io.saldo.money.Amount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The double-entry journal. */
@Repository
public class JournalStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public JournalStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One side of a posting. */
    public record Line(
            String entry,
            int line,
            String month,
            LocalDate bookedOn,
            String account,
            Amount debit,
            Amount credit,
            String currency,
            String subject,
            String accountId) {
        /** The other way round, under another name. */
        public Line reversed(String reversal, LocalDate on) {
            return new Line(
                    reversal,
                    line,
                    month,
                    on,
                    account,
                    /* debit= */ credit,
                    /* credit= */ debit,
                    currency,
                    subject,
                    accountId);
        }
    }

    /**
     * Enters a posting.
     *
     * @throws IllegalArgumentException when its debits and credits differ
     */
    public void add(List<Line> posting) {
        Amount difference =
                posting.stream().map(line -> line.debit().minus(line.credit())).reduce(Amount.ZERO, Amount::plus);
        if (!difference.isZero()) {
            throw new IllegalArgumentException("a posting does not sum to zero: " + posting);
        }
        for (Line line : posting) {
            jdbc.sql(
                            "INSERT INTO journal (entry, line, month, booked_on, account, debit, credit, currency, subject, account_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                            line.entry(),
                            line.line(),
                            line.month(),
                            line.bookedOn(),
                            line.account(),
                            Decimals.bind(line.debit()),
                            Decimals.bind(line.credit()),
                            line.currency(),
                            line.subject(),
                            line.accountId())
                    .update();
        }
    }

    /** The postings of a month, by entry and line. */
    public List<Line> ofMonth(String month) {
        return jdbc.sql("SELECT * FROM journal WHERE month = ? ORDER BY entry, line")
                .param(month)
                .query(JournalStore::line)
                .list();
    }

    /** The postings of an account-month, by entry and line. */
    public List<Line> ofAccountMonth(String accountId, String month) {
        return jdbc.sql("SELECT * FROM journal WHERE account_id = ? AND month = ? ORDER BY entry, line")
                .params(accountId, month)
                .query(JournalStore::line)
                .list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        return new Line(
                row.getString("entry"),
                row.getInt("line"),
                row.getString("month"),
                row.getObject("booked_on", LocalDate.class),
                row.getString("account"),
                Decimals.read(row, "debit"),
                Decimals.read(row, "credit"),
                row.getString("currency"),
                row.getString("subject"),
                row.getString("account_id"));
    }
}
