package io.saldo.app.store;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.CreditKind;
import io.saldo.money.Amount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Credit entries, recorded balances and payments, as delivered. */
@Repository
public class FeedStore {
    private static final int ROWS_AT_ONCE = 1_000;
    private static final int ACCOUNTS_AT_ONCE = 500;

    private static final String COMPARED =
            "SELECT r.account_id, r.as_of, r.balance, r.currency, c.balance AS computed FROM recorded_balance r LEFT JOIN computed_balance c ON c.account_id = r.account_id AND c.as_of = r.as_of WHERE r.as_of <= :last %s ORDER BY r.account_id, r.as_of";

    private final JdbcClient jdbc;

    /** Over the books. */
    public FeedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A balance that the live prepaid system recorded, at an instant in microseconds. */
    public record RecordedBalance(String accountId, long asOf, Amount balance, String currency) {}

    /** A recorded balance, and ours of the same instant; null where none was computed. */
    public record ComparedBalance(
            RecordedBalance recorded, @Nullable Amount computed) {}

    /** A row of a payment processor; instants in microseconds. */
    public record Payment(
            long deliveryId,
            long line,
            String paymentId,
            String processor,
            String method,
            String accountId,
            String reference,
            String status,
            Amount amount,
            Amount fee,
            String currency,
            long createdAt,
            @Nullable Long settledAt,
            String declineCode,
            String parentPaymentId) {}

    /**
     * A record that waits for its account or grant.
     *
     * @param fields by canonical column
     * @param byteOffset where it stands in its delivery
     * @param header what names its fields; null where the format has none
     * @param raw as it was delivered
     */
    public record HeldEntry(
            long deliveryId,
            long line,
            String subject,
            Map<String, String> fields,
            long byteOffset,
            @Nullable String header,
            String raw) {}

    /** A record that waits, without what of it is kept as it was delivered. */
    public record WaitingEntry(long deliveryId, long line, Map<String, String> fields) {}

    /** Where a record that waits was delivered, and what it waits for. */
    public record HeldPlace(long deliveryId, long line, String subject) {}

    /** A record that contradicts one that was taken before. */
    public record Conflict(long deliveryId, long line, String subject, long firstDeliveryId, long firstLine) {}

    /** Where a record was delivered. */
    public record Origin(long deliveryId, long line) {}

    /** Where the entry of that id came from; without one, the grant of that credit id. */
    public Optional<Origin> originOfEntry(String accountId, String entryId, String creditId) {
        return jdbc
                .sql(
                        "SELECT delivery_id, line, entry_id FROM credit_entry WHERE account_id = ? AND (entry_id = ? OR (credit_id = ? AND entry = 'grant'))")
                .params(accountId, entryId, creditId)
                .query((row, number) ->
                        Map.entry(row.getString(3).equals(entryId) ? 0 : 1, new Origin(row.getLong(1), row.getLong(2))))
                .list()
                .stream()
                .min(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
    }

    /** Where the recorded balance of an account at an instant came from. */
    public Optional<Origin> originOfBalance(String accountId, long asOf) {
        return jdbc.sql("SELECT delivery_id, line FROM recorded_balance WHERE account_id = ? AND as_of = ?")
                .params(accountId, asOf)
                .query((row, number) -> new Origin(row.getLong(1), row.getLong(2)))
                .optional();
    }

    /** Enters a conflict. */
    public void addConflict(long runId, Conflict conflict) {
        jdbc.sql(
                        "INSERT INTO feed_conflict (delivery_id, line, run_id, subject, first_delivery_id, first_line) VALUES (?, ?, ?, ?, ?, ?)")
                .params(
                        conflict.deliveryId(),
                        conflict.line(),
                        runId,
                        conflict.subject(),
                        conflict.firstDeliveryId(),
                        conflict.firstLine())
                .update();
    }

    /** The conflicts that a run found, in the order in which their records were delivered. */
    public List<Conflict> conflicts(long runId) {
        return conflicts("run_id = ? ORDER BY delivery_id, line", runId);
    }

    /** The first conflicts of a delivery. */
    public List<Conflict> conflictsOf(long deliveryId, int most) {
        return conflicts("delivery_id = ? ORDER BY line FETCH FIRST " + most + " ROWS ONLY", deliveryId);
    }

    private List<Conflict> conflicts(String where, long id) {
        return jdbc.sql("SELECT * FROM feed_conflict WHERE " + where)
                .param(id)
                .query((row, number) -> new Conflict(
                        row.getLong("delivery_id"),
                        row.getLong("line"),
                        row.getString("subject"),
                        row.getLong("first_delivery_id"),
                        row.getLong("first_line")))
                .list();
    }

    /** The content hash of a known entry. */
    public Optional<String> entryContent(String accountId, String entryId) {
        return jdbc.sql("SELECT content_sha256 FROM credit_entry WHERE account_id = ? AND entry_id = ?")
                .params(accountId, entryId)
                .query(String.class)
                .optional();
    }

    /** Whether the account has a grant of that credit id. */
    public boolean hasGrant(String accountId, String creditId) {
        return jdbc.sql("SELECT COUNT(*) FROM credit_entry WHERE account_id = ? AND credit_id = ? AND entry = 'grant'")
                        .params(accountId, creditId)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Enters an entry. */
    public void addEntry(long runId, long deliveryId, long line, CreditEntry entry, String contentSha256) {
        jdbc.sql(
                        "INSERT INTO credit_entry (account_id, entry_id, credit_id, delivery_id, line, run_id, entry, kind, amount, tax_amount, currency, booked_at, effective_at, expires_at, priority, payment_reference, payment_method, purchase_invoice, reason, scope_provider, scope_model, content_sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        entry.accountId(),
                        entry.entryId(),
                        entry.creditId(),
                        deliveryId,
                        line,
                        runId,
                        entry.type().word(),
                        entry.kind().word(),
                        Decimals.bindOptional(entry.amount()),
                        Decimals.bind(entry.taxAmount()),
                        entry.currency().getCurrencyCode(),
                        entry.bookedAt(),
                        entry.effectiveAt(),
                        entry.expiresAt(),
                        entry.priority(),
                        entry.paymentReference(),
                        entry.paymentMethod(),
                        entry.purchaseInvoice(),
                        entry.reason(),
                        entry.scopeProvider(),
                        entry.scopeModel(),
                        contentSha256))
                .update();
    }

    /** The entries of an account, in order of entry id. */
    public List<CreditEntry> entries(String accountId) {
        return jdbc.sql("SELECT * FROM credit_entry WHERE account_id = ? ORDER BY entry_id")
                .param(accountId)
                .query(FeedStore::entry)
                .list();
    }

    /** All entries, by account and entry id. */
    public List<CreditEntry> allEntries() {
        return jdbc.sql("SELECT * FROM credit_entry ORDER BY account_id, entry_id")
                .query(FeedStore::entry)
                .list();
    }

    /** The recorded balance of an account at an instant. */
    public Optional<RecordedBalance> balance(String accountId, long asOf) {
        return jdbc.sql("SELECT * FROM recorded_balance WHERE account_id = ? AND as_of = ?")
                .params(accountId, asOf)
                .query(FeedStore::balance)
                .optional();
    }

    /** Enters a recorded balance. */
    public void addBalance(long runId, long deliveryId, long line, RecordedBalance balance) {
        jdbc.sql(
                        "INSERT INTO recorded_balance (account_id, as_of, delivery_id, line, run_id, balance, currency) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(
                        balance.accountId(),
                        balance.asOf(),
                        deliveryId,
                        line,
                        runId,
                        Decimals.bind(balance.balance()),
                        balance.currency())
                .update();
    }

    /**
     * Gives all recorded balances up to and with an instant, one account after the other and each in time. None is kept here:
     * they grow with the age of the home.
     */
    public void forEachBalance(long last, Consumer<ComparedBalance> taker) {
        compared(jdbc.sql(COMPARED.formatted("")).param("last", last), taker);
    }

    /** The same, of some accounts. */
    public void forEachBalance(Collection<String> accountIds, long last, Consumer<ComparedBalance> taker) {
        List<String> all = List.copyOf(accountIds);
        for (int from = 0; from < all.size(); from += ACCOUNTS_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + ACCOUNTS_AT_ONCE));
            compared(
                    jdbc.sql(COMPARED.formatted("AND r.account_id IN (:accounts)"))
                            .param("last", last)
                            .param("accounts", some),
                    taker);
        }
    }

    private static void compared(JdbcClient.StatementSpec query, Consumer<ComparedBalance> taker) {
        query.withFetchSize(ROWS_AT_ONCE).query((RowCallbackHandler) row ->
                taker.accept(new ComparedBalance(balance(row, row.getRow()), Decimals.readOptional(row, "computed"))));
    }

    /**
     * Gives the account and the instant of each balance that was recorded after the first instant, up to and with the last, one
     * account after the other and each in time.
     */
    public void forEachInstant(long after, long last, ObjLongConsumer<String> taker) {
        jdbc.sql(
                        "SELECT account_id, as_of FROM recorded_balance WHERE as_of > ? AND as_of <= ? ORDER BY account_id, as_of")
                .params(after, last)
                .withFetchSize(ROWS_AT_ONCE)
                .query((RowCallbackHandler) row -> taker.accept(row.getString(1), row.getLong(2)));
    }

    /** The accounts of which a balance was recorded after the first instant, up to and with the last, in microseconds. */
    public Set<String> recordedBetween(long after, long last) {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT account_id FROM recorded_balance WHERE as_of > ? AND as_of <= ?")
                .params(after, last)
                .query(String.class)
                .list());
    }

    /** Whether a balance of the account was recorded after the first instant, up to and with the last. */
    public boolean isRecordedBetween(String accountId, long after, long last) {
        return jdbc.sql("SELECT COUNT(*) FROM recorded_balance WHERE account_id = ? AND as_of > ? AND as_of <= ?")
                        .params(accountId, after, last)
                        .query(Long.class)
                        .single()
                > 0;
    }

    /** Whether a payment row of exactly that content is known. */
    public boolean hasPayment(Payment payment) {
        return jdbc
                .sql("SELECT * FROM payment WHERE payment_id = ? AND processor = ? AND status = ?")
                .params(payment.paymentId(), payment.processor(), payment.status())
                .query(FeedStore::payment)
                .list()
                .stream()
                .anyMatch(known -> known.amount().equals(payment.amount())
                        && known.currency().equals(payment.currency())
                        && known.reference().equals(payment.reference())
                        && known.accountId().equals(payment.accountId())
                        && known.createdAt() == payment.createdAt());
    }

    /** Enters a payment row. */
    public void addPayment(long runId, Payment payment) {
        jdbc.sql(
                        "INSERT INTO payment (delivery_id, line, run_id, payment_id, processor, method, account_id, reference, status, amount, fee, currency, created_at, settled_at, decline_code, parent_payment_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        payment.deliveryId(),
                        payment.line(),
                        runId,
                        payment.paymentId(),
                        payment.processor(),
                        payment.method(),
                        payment.accountId(),
                        payment.reference(),
                        payment.status(),
                        Decimals.bind(payment.amount()),
                        Decimals.bind(payment.fee()),
                        payment.currency(),
                        payment.createdAt(),
                        payment.settledAt(),
                        payment.declineCode(),
                        payment.parentPaymentId()))
                .update();
    }

    /** All payment rows in the order in which they were delivered. */
    public List<Payment> payments() {
        return jdbc.sql("SELECT * FROM payment ORDER BY delivery_id, line")
                .query(FeedStore::payment)
                .list();
    }

    /** Those of some accounts, in the same order. */
    public List<Payment> payments(Set<String> accountIds) {
        List<Payment> payments = new ArrayList<>();
        jdbc.sql("SELECT * FROM payment ORDER BY delivery_id, line")
                .withFetchSize(ROWS_AT_ONCE)
                .query((RowCallbackHandler) row -> {
                    if (accountIds.contains(row.getString("account_id"))) {
                        payments.add(payment(row, row.getRow()));
                    }
                });
        return payments;
    }

    /** Those that were declined, in the same order. */
    public List<Payment> declinedPayments() {
        return jdbc.sql("SELECT * FROM payment WHERE status = 'declined' ORDER BY delivery_id, line")
                .query(FeedStore::payment)
                .list();
    }

    /** Keeps a record that waits. */
    public void hold(long runId, HeldEntry held) {
        jdbc.sql(
                        "INSERT INTO held_entry (delivery_id, line, run_id, subject, fields, byte_offset, header, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(Arrays.asList(
                        held.deliveryId(),
                        held.line(),
                        runId,
                        held.subject(),
                        Json.write(held.fields()),
                        held.byteOffset(),
                        held.header(),
                        held.raw()))
                .update();
    }

    /** Records that wait, in the order in which they were delivered. */
    public List<WaitingEntry> waiting() {
        return jdbc.sql(
                        "SELECT delivery_id, line, fields FROM held_entry WHERE released_by IS NULL ORDER BY delivery_id, line")
                .query((row, number) -> new WaitingEntry(row.getLong("delivery_id"), row.getLong("line"), fields(row)))
                .list();
    }

    /** Where records that wait were delivered, in that order. */
    public List<HeldPlace> heldPlaces() {
        return jdbc.sql(
                        "SELECT delivery_id, line, subject FROM held_entry WHERE released_by IS NULL ORDER BY delivery_id, line")
                .query((row, number) -> new HeldPlace(row.getLong(1), row.getLong(2), row.getString(3)))
                .list();
    }

    /** Records of a delivery that wait, as they were delivered. */
    public List<HeldEntry> heldOf(long deliveryId) {
        return jdbc.sql("SELECT * FROM held_entry WHERE released_by IS NULL AND delivery_id = ? ORDER BY line")
                .param(deliveryId)
                .query(FeedStore::held)
                .list();
    }

    /** A record that waits, or waited, as it was delivered. */
    public HeldEntry held(long deliveryId, long line) {
        return jdbc.sql("SELECT * FROM held_entry WHERE delivery_id = ? AND line = ?")
                .params(deliveryId, line)
                .query(FeedStore::held)
                .single();
    }

    private static HeldEntry held(ResultSet row, int number) throws SQLException {
        return new HeldEntry(
                row.getLong("delivery_id"),
                row.getLong("line"),
                row.getString("subject"),
                fields(row),
                row.getLong("byte_offset"),
                row.getString("header"),
                row.getString("raw"));
    }

    @SuppressWarnings("unchecked") // the JSON was written from a map of texts
    private static Map<String, String> fields(ResultSet row) throws SQLException {
        return (Map<String, String>) Json.read(row.getString("fields"), Map.class);
    }

    /** Marks a record that waited as taken. */
    public void release(long deliveryId, long line, long runId) {
        jdbc.sql("UPDATE held_entry SET released_by = ? WHERE delivery_id = ? AND line = ?")
                .params(runId, deliveryId, line)
                .update();
    }

    private static CreditEntry entry(ResultSet row, int number) throws SQLException {
        return new CreditEntry(
                row.getString("account_id"),
                row.getString("entry_id"),
                row.getString("entry").equals("grant") ? CreditEntry.Type.GRANT : CreditEntry.Type.WITHDRAW,
                row.getString("credit_id"),
                CreditKind.of(row.getString("kind")),
                Decimals.readOptional(row, "amount"),
                Decimals.read(row, "tax_amount"),
                Currency.getInstance(row.getString("currency")),
                row.getLong("booked_at"),
                row.getLong("effective_at"),
                row.getLong("expires_at"),
                row.getInt("priority"),
                row.getString("payment_reference"),
                row.getString("payment_method"),
                row.getString("purchase_invoice"),
                row.getString("reason"),
                row.getString("scope_provider"),
                row.getString("scope_model"));
    }

    private static RecordedBalance balance(ResultSet row, int number) throws SQLException {
        return new RecordedBalance(
                row.getString("account_id"),
                row.getLong("as_of"),
                Decimals.read(row, "balance"),
                row.getString("currency"));
    }

    private static Payment payment(ResultSet row, int number) throws SQLException {
        Long settledAt = row.getObject("settled_at", Long.class);
        return new Payment(
                row.getLong("delivery_id"),
                row.getLong("line"),
                row.getString("payment_id"),
                row.getString("processor"),
                row.getString("method"),
                row.getString("account_id"),
                row.getString("reference"),
                row.getString("status"),
                Decimals.read(row, "amount"),
                Decimals.read(row, "fee"),
                row.getString("currency"),
                row.getLong("created_at"),
                settledAt,
                row.getString("decline_code"),
                row.getString("parent_payment_id"));
    }
}
