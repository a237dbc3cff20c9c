package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.run.Run;
import io.saldo.app.store.FeedStore;
import io.saldo.app.store.InvoiceStore;
import io.saldo.credit.CreditEntry;
import io.saldo.money.Amount;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.GrantedCredit;
import io.saldo.reconcile.PaymentCheck;
import io.saldo.reconcile.PaymentRecord;
import io.saldo.reconcile.PaymentRules;
import io.saldo.time.BillingZone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The check of payments: what was granted and withdrawn, with what the processors say. */
@Component
public class PaymentFindings {
    private final FeedStore feeds;
    private final InvoiceStore invoices;

    /** Over the books. */
    public PaymentFindings(FeedStore feeds, InvoiceStore invoices) {
        this.feeds = feeds;
        this.invoices = invoices;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
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
        List<PaymentRecord> payments = feeds.payments().stream()
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
        return PaymentCheck.findings(
                credits,
                payments,
                new TreeSet<>(invoices.numbers()),
                new PaymentRules(
                        configuration.reconciliation().declinesLimit(),
                        configuration.reconciliation().declinesWindowDays(),
                        configuration.reconciliation().paymentTolerance()),
                run.businessDate());
    }
}
