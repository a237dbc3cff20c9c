package io.saldo.app.store;

import io.saldo.money.Amount;
import io.saldo.reconcile.InvoicePayments;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was booked of the payments of invoices. */
@Repository
public class InvoicePaymentStore {
    private final JdbcClient jdbc;

    /** Over the books. */
    public InvoicePaymentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is booked of a payment by now.
     *
     * @param bookings how many
     * @param amount their sum
     */
    public record Booked(int bookings, Amount amount) {
        /** Nothing yet. */
        public static final Booked NOTHING = new Booked(0, Amount.ZERO);
    }

    /** The invoices that a payment names, by number. */
    public Map<String, InvoicePayments.Asked> named() {
        Map<String, InvoicePayments.Asked> named = new TreeMap<>();
        jdbc.sql(
                        "SELECT n.number, i.account_id, i.currency FROM invoice_number n JOIN invoice i ON i.invoice_id = n.invoice_id WHERE i.kind = 'INVOICE' AND n.number IN (SELECT reference FROM payment)")
                .query((row, number) ->
                        Map.entry(row.getString(1), new InvoicePayments.Asked(row.getString(2), row.getString(3))))
                .list()
                .forEach(each -> named.put(each.getKey(), each.getValue()));
        return named;
    }

    /** What is booked by processor and payment id. */
    public Map<List<String>, Booked> booked() {
        Map<List<String>, Booked> booked = new HashMap<>();
        jdbc.sql(
                        "SELECT processor, payment_id, COUNT(*), SUM(amount) FROM invoice_payment GROUP BY processor, payment_id")
                .query((row, number) -> Map.entry(
                        List.of(row.getString(1), row.getString(2)),
                        new Booked(row.getInt(3), Amount.of(row.getBigDecimal(4)))))
                .list()
                .forEach(each -> booked.put(each.getKey(), each.getValue()));
        return booked;
    }

    /** Enters a booking; the amount is negative where money went back. */
    public void add(
            long runId,
            LocalDate bookedOn,
            String number,
            String processor,
            String paymentId,
            int sequence,
            Amount amount) {
        jdbc.sql(
                        "INSERT INTO invoice_payment (processor, payment_id, sequence, number, run_id, booked_on, amount) VALUES (?, ?, ?, ?, ?, ?, ?)")
                .params(processor, paymentId, sequence, number, runId, bookedOn, Decimals.bind(amount))
                .update();
    }

    /** What is paid of the invoices of a service month, by number; an invoice of which nothing was ever paid has no entry. */
    public Map<String, Amount> paidOfMonth(YearMonth month) {
        Map<String, Amount> paid = new TreeMap<>();
        jdbc.sql(
                        "SELECT p.number, SUM(p.amount) FROM invoice_payment p JOIN invoice_number n ON n.number = p.number JOIN invoice i ON i.invoice_id = n.invoice_id WHERE i.month = ? GROUP BY p.number")
                .param(month.toString())
                .query((row, number) -> Map.entry(row.getString(1), Amount.of(row.getBigDecimal(2))))
                .list()
                .forEach(each -> paid.put(each.getKey(), each.getValue()));
        return paid;
    }

    /**
     * One booking of a payment.
     *
     * @param amount signed: negative where money went back
     */
    public record Booking(LocalDate bookedOn, String processor, String paymentId, Amount amount) {}

    /** The bookings of an invoice, in the order in which they were made. */
    public List<Booking> ofInvoice(String number) {
        return jdbc.sql(
                        "SELECT booked_on, processor, payment_id, amount FROM invoice_payment WHERE number = ? ORDER BY run_id, processor, payment_id, sequence")
                .param(number)
                .query((row, line) -> new Booking(
                        row.getObject(1, LocalDate.class),
                        row.getString(2),
                        row.getString(3),
                        Amount.of(row.getBigDecimal(4))))
                .list();
    }
}
