package io.saldo.app.payment;

import io.saldo.app.config.Configuration;
import io.saldo.app.journal.Postings;
import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoicePaymentStore;
import io.saldo.app.store.JournalStore;
import io.saldo.credit.CreditEntry;
import io.saldo.money.Amount;
import io.saldo.reconcile.GrantedCredit;
import io.saldo.reconcile.InvoicePayment;
import io.saldo.reconcile.InvoicePayments;
import io.saldo.reconcile.PaymentRecord;
import io.saldo.time.BillingZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The payments and the credits that the feeds brought, and the booking of those that pay an invoice. */
@Component
public class PaymentBook {
    private final FeedStore feeds;
    private final InvoicePaymentStore payments;
    private final JournalStore journal;

    /** Over the books. */
    public PaymentBook(FeedStore feeds, InvoicePaymentStore payments, JournalStore journal) {
        this.feeds = feeds;
        this.payments = payments;
        this.journal = journal;
    }

    /** Every grant of the credit feed with what was withdrawn from it. */
    public List<GrantedCredit> credits(BillingZone zone) {
        Map<List<String>, List<GrantedCredit.Withdrawal>> withdrawals = new HashMap<>();
        List<CreditEntry> entries = feeds.allEntries();
        for (CreditEntry entry : entries) {
            if (entry.type() == CreditEntry.Type.WITHDRAW) {
                withdrawals
                        .computeIfAbsent(List.of(entry.accountId(), entry.creditId()), key -> new ArrayList<>())
                        .add(new GrantedCredit.Withdrawal(entry.amount(), entry.taxAmount(), entry.reason()));
            }
        }
        List<GrantedCredit> credits = new ArrayList<>();
        for (CreditEntry entry : entries) {
            Amount amount = entry.amount();
            if (entry.type() == CreditEntry.Type.GRANT && amount != null) {
                credits.add(new GrantedCredit(
                        entry.creditId(),
                        entry.accountId(),
                        entry.kind().word(),
                        amount,
                        entry.taxAmount(),
                        entry.currency().getCurrencyCode(),
                        entry.paymentReference(),
                        entry.paymentMethod(),
                        zone.dateOf(entry.bookedAt()),
                        withdrawals.getOrDefault(List.of(entry.accountId(), entry.creditId()), List.of())));
            }
        }
        return credits;
    }

    /** Every row of a payment processor. */
    public List<PaymentRecord> records(BillingZone zone) {
        return feeds.payments().stream()
                .map(payment -> new PaymentRecord(
                        payment.paymentId(),
                        payment.processor(),
                        payment.accountId(),
                        payment.reference(),
                        payment.method(),
                        payment.status(),
                        payment.amount(),
                        payment.currency(),
                        payment.createdAt(),
                        zone.dateOf(payment.createdAt()),
                        payment.parentPaymentId()))
                .toList();
    }

    /**
     * The payments of invoices, as the feeds tell them by now.
     *
     * @param records all of them
     * @param credits all of them
     */
    public InvoicePayments ofInvoices(Run run, List<PaymentRecord> records, List<GrantedCredit> credits) {
        return InvoicePayments.of(records, credits, payments.named(), run.businessDate());
    }

    /**
     * Books what changed of the payments of invoices since the last night; belongs into one transaction. It is dated to the
     * night that knows of it: nothing is ever entered into a past date.
     */
    public void book(Run run, Configuration configuration) {
        Map<List<String>, InvoicePaymentStore.Booked> booked = payments.booked();
        Postings postings = new Postings(configuration.ledgerAccounts());
        BillingZone zone = configuration.settings().billingZone();
        for (InvoicePayment each : ofInvoices(run, records(zone), credits(zone)).counted()) {
            InvoicePaymentStore.Booked known = booked.getOrDefault(
                    List.of(each.processor(), each.paymentId()), InvoicePaymentStore.Booked.NOTHING);
            Amount change = each.standing().minus(known.amount());
            if (!change.isZero()) {
                int sequence = known.bookings() + 1;
                payments.add(
                        run.id(),
                        run.businessDate(),
                        each.number(),
                        each.processor(),
                        each.paymentId(),
                        sequence,
                        change);
                journal.add(postings.ofPayment(each, sequence, change, run.businessDate()));
            }
        }
    }
}
