package io.saldo.app.store;

import io.saldo.documents.invoice.InvoiceDocument;
import io.saldo.invoice.Invoice;
import io.saldo.usage.TextOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Invoices, their states, numbers and files. */
@Repository
public class InvoiceStore {
    private static final Logger LOG = LoggerFactory.getLogger(InvoiceStore.class);

    /** By month, account and id; databases do not agree on the order of text. */
    private static final Comparator<Stored> ORDER = Comparator.comparing(Stored::month)
            .thenComparing(Stored::accountId, TextOrder.UTF_8)
            .thenComparingLong(Stored::id);

    private final JdbcClient jdbc;

    /** Over the books. */
    public InvoiceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far an invoice is, in the order in which it gets there. */
    public enum State {
        /** Waits for a person. */
        DRAFT,
        /** May be issued. */
        APPROVED,
        /** Has its number; its value is frozen. */
        ISSUED,
        /** Its document is written. */
        PUBLISHED,
        /** Will not be issued; the account-month is open again. */
        REJECTED;

        /** The word in exports. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An invoice as it stands.
     *
     * @param revision of the statement that it charges
     * @param dispute the number of the dispute whose difference it states; 0 for the document of a close
     * @param draft its content without number and dates
     * @param number empty before it is issued, and for ever for a usage statement
     * @param paymentTermsDays from issue to due date
     * @param designRun the run whose configuration has the design of its documents; 0 for none
     * @param fileName of its PDF; empty before it is published
     * @param sha256 of its PDF
     */
    public record Stored(
            long id,
            String accountId,
            YearMonth month,
            int revision,
            long dispute,
            State state,
            InvoiceDocument draft,
            int paymentTermsDays,
            long designRun,
            String number,
            @Nullable LocalDate issuedOn,
            @Nullable LocalDate dueOn,
            String fileName,
            String sha256) {
        /** The same, issued with that number; a usage statement has none, and no dates. */
        public Stored issued(String asNumber, @Nullable LocalDate on) {
            return new Stored(
                    id,
                    accountId,
                    month,
                    revision,
                    dispute,
                    State.ISSUED,
                    draft,
                    paymentTermsDays,
                    designRun,
                    asNumber,
                    on,
                    on == null ? null : on.plusDays(paymentTermsDays),
                    fileName,
                    sha256);
        }

        /** The content with its number and dates. */
        public InvoiceDocument document() {
            return draft.issued(number, issuedOn, dueOn);
        }
    }

    /**
     * What the books keep as JSON.
     *
     * @param paymentTermsDays from issue to due date
     * @param designRun the run whose configuration has the design of its documents; null in what was stored before there
     *     were designs
     */
    public record Content(
            InvoiceDocument document,
            int paymentTermsDays,
            @Nullable Long designRun) {}

    /**
     * Enters a draft.
     *
     * @param dispute whose difference it states; 0 for the document of a close
     */
    public long addDraft(int revision, long dispute, Content content, LocalDate on) {
        long id = jdbc.sql("SELECT COALESCE(MAX(invoice_id), 0) + 1 FROM invoice")
                .query(Long.class)
                .single();
        Invoice invoice = content.document().invoice();
        jdbc.sql(
                        "INSERT INTO invoice (invoice_id, account_id, month, revision, kind, currency, net_document, tax_document, total_document, content, dispute_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        id,
                        invoice.accountId(),
                        invoice.month().toString(),
                        revision,
                        invoice.kind().name(),
                        invoice.currency().getCurrencyCode(),
                        invoice.net().toBigDecimal(),
                        invoice.tax().toBigDecimal(),
                        invoice.total().toBigDecimal(),
                        Json.write(content),
                        dispute)
                .update();
        addState(id, State.DRAFT, on, "", "");
        return id;
    }

    /** Moves an invoice to a state. */
    public void addState(long invoiceId, State state, LocalDate on, String decidedBy, String note) {
        jdbc.sql(
                        "INSERT INTO invoice_state (invoice_id, sequence, state, changed_on, decided_by, note) VALUES (?, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM invoice_state WHERE invoice_id = ?), ?, ?, ?, ?)")
                .params(invoiceId, invoiceId, state.name(), on, decidedBy, note)
                .update();
    }

    /**
     * Makes a series known that may be new, in a transaction of its own: of several that do it at once all but one find it
     * there.
     */
    public void openSeries(String series, int year, LocalDate on) {
        try {
            jdbc.sql(
                            "INSERT INTO number_series (series, series_year, last_number, last_issued_on) SELECT ?, ?, 0, ? WHERE NOT EXISTS (SELECT 1 FROM number_series WHERE series = ? AND series_year = ?)")
                    .params(series, year, on, series, year)
                    .update();
        } catch (DuplicateKeyException known) {
            LOG.debug("the series {} of {} was opened by another at the same time", series, year, known);
        }
    }

    /** The last number of an open series, and its date of issue; 0 where none was given. */
    public Issue lastNumber(String series, int year) {
        return lastNumber(series, year, "");
    }

    /**
     * Takes the next number of an open series; the row is locked until the transaction ends, so that no number is lost or
     * given twice.
     *
     * @return the number, and the date of issue that keeps the series in order
     */
    public Issue nextNumber(String series, int year, LocalDate issuedOn) {
        Issue next = lastNumber(series, year, " FOR UPDATE").next(issuedOn);
        jdbc.sql("UPDATE number_series SET last_number = ?, last_issued_on = ? WHERE series = ? AND series_year = ?")
                .params(next.number(), next.issuedOn(), series, year)
                .update();
        return next;
    }

    private Issue lastNumber(String series, int year, String lock) {
        return jdbc.sql("SELECT last_number, last_issued_on FROM number_series WHERE series = ? AND series_year = ?"
                        + lock)
                .params(series, year)
                .query((row, number) -> new Issue(row.getLong(1), row.getObject(2, LocalDate.class)))
                .single();
    }

    /** A number within its series, and its date of issue. */
    public record Issue(long number, LocalDate issuedOn) {
        /** The one that follows when it is issued on that date: no number has an earlier date than the one before. */
        public Issue next(LocalDate on) {
            // A series without a number has no date yet that a first one must not be before.
            boolean isEarlier = number > 0 && on.isBefore(issuedOn);
            return new Issue(number + 1, isEarlier ? issuedOn : on);
        }
    }

    /** The id of the invoice that has that number. */
    public Optional<Long> ofNumber(String number) {
        return jdbc.sql("SELECT invoice_id FROM invoice_number WHERE number = ?")
                .param(number)
                .query(Long.class)
                .optional();
    }

    /** Enters the number and the dates of an issued invoice. */
    public void setNumber(Stored issued) {
        jdbc.sql("INSERT INTO invoice_number (invoice_id, number, issued_on, due_on) VALUES (?, ?, ?, ?)")
                .params(
                        issued.id(),
                        issued.number(),
                        Objects.requireNonNull(issued.issuedOn()),
                        Objects.requireNonNull(issued.dueOn()))
                .update();
    }

    /**
     * A published file.
     *
     * @param name below the folder of invoices
     */
    public record File(String name, long bytes, String sha256) {}

    /** Remembers a published file. */
    public void addFile(long invoiceId, File file) {
        jdbc.sql("INSERT INTO invoice_file (invoice_id, file_name, bytes, sha256) VALUES (?, ?, ?, ?)")
                .params(invoiceId, file.name(), file.bytes(), file.sha256())
                .update();
    }

    /** The published files of an invoice, by name. */
    public List<File> files(long invoiceId) {
        return jdbc.sql("SELECT file_name, bytes, sha256 FROM invoice_file WHERE invoice_id = ? ORDER BY file_name")
                .params(invoiceId)
                .query((row, number) -> new File(row.getString(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /**
     * The ids of a month's invoices in that state, by account.
     *
     * @param accountId null for every account
     */
    public List<Long> ids(YearMonth month, @Nullable String accountId, State state) {
        String ofAccount = accountId == null ? "" : "AND i.account_id = ? ";
        List<Object> parameters = new ArrayList<>(List.of(month.toString(), state.name()));
        if (accountId != null) {
            parameters.add(accountId);
        }
        return jdbc
                .sql(
                        "SELECT i.invoice_id, i.account_id FROM invoice i JOIN invoice_state s ON s.invoice_id = i.invoice_id WHERE i.month = ? AND s.state = ? AND NOT EXISTS (SELECT 1 FROM invoice_state l WHERE l.invoice_id = s.invoice_id AND l.sequence > s.sequence) "
                                + ofAccount + "ORDER BY i.invoice_id")
                .params(parameters)
                .query((row, number) -> Map.entry(row.getString(2), row.getLong(1)))
                .list()
                .stream()
                .sorted(Map.Entry.comparingByKey(TextOrder.UTF_8))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** All invoices of a month, by account. */
    public List<Stored> ofMonth(YearMonth month) {
        return select("WHERE i.month = ?", month.toString());
    }

    /** All invoices that the journal has in a month: those of its closes, and those of disputes that move it. */
    public List<Stored> postedIn(YearMonth month) {
        return select(
                "WHERE (i.month = ? AND i.dispute_id = 0) OR i.dispute_id IN (SELECT d.dispute_id FROM dispute_decision d WHERE d.approved = TRUE AND d.open_month = ?)",
                month.toString(),
                month.toString());
    }

    /** All invoices of an account-month, in the order in which they were drafted. */
    public List<Stored> ofAccountMonth(String accountId, YearMonth month) {
        return select("WHERE i.account_id = ? AND i.month = ?", accountId, month.toString());
    }

    /** All invoices of an account, by month and id. */
    public List<Stored> ofAccount(String accountId) {
        return select("WHERE i.account_id = ?", accountId);
    }

    /** The invoice with that id, or that number. */
    public Optional<Stored> find(String idOrNumber) {
        List<Stored> found = idOrNumber.matches("[0-9]{1,18}")
                ? select("WHERE i.invoice_id = ?", Long.parseLong(idOrNumber))
                : List.of();
        return (found.isEmpty() ? select("WHERE n.number = ?", idOrNumber) : found)
                .stream().findFirst();
    }

    /** The invoice with that id, which there is. */
    public Stored get(long invoiceId) {
        return select("WHERE i.invoice_id = ?", invoiceId).get(0);
    }

    /** Every number that was given. */
    public List<String> numbers() {
        return jdbc.sql("SELECT number FROM invoice_number ORDER BY number")
                .query(String.class)
                .list();
    }

    private List<Stored> select(String where, Object... parameters) {
        return jdbc
                .sql(
                        "SELECT i.*, n.number, n.issued_on, n.due_on, f.file_name, f.sha256, (SELECT s.state FROM invoice_state s WHERE s.invoice_id = i.invoice_id AND s.sequence = (SELECT MAX(m.sequence) FROM invoice_state m WHERE m.invoice_id = i.invoice_id)) AS state FROM invoice i LEFT JOIN invoice_number n ON n.invoice_id = i.invoice_id LEFT JOIN invoice_file f ON f.invoice_id = i.invoice_id AND f.file_name LIKE '%.pdf' "
                                + where)
                .params(parameters)
                .query(InvoiceStore::stored)
                .list()
                .stream()
                .sorted(ORDER)
                .toList();
    }

    private static Stored stored(ResultSet row, int rowNumber) throws SQLException {
        Content content = Json.read(row.getString("content"), Content.class);
        return new Stored(
                row.getLong("invoice_id"),
                row.getString("account_id"),
                YearMonth.parse(row.getString("month")),
                row.getInt("revision"),
                row.getLong("dispute_id"),
                State.valueOf(row.getString("state")),
                content.document(),
                content.paymentTermsDays(),
                Objects.requireNonNullElse(content.designRun(), 0L),
                text(row.getString("number")),
                row.getObject("issued_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                text(row.getString("file_name")),
                text(row.getString("sha256")));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
