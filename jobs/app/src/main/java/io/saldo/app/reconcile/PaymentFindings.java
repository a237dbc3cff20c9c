package io.saldo.app.reconcile;

import io.saldo.app.config.Configuration;
import io.saldo.app.payment.PaymentBook;
import io.saldo.app.run.Run;
import io.saldo.app.store.InvoiceStore;
import io.saldo.reconcile.Finding;
import io.saldo.reconcile.GrantedCredit;
import io.saldo.reconcile.PaymentCheck;
import io.saldo.reconcile.PaymentRecord;
import io.saldo.reconcile.PaymentRules;
import io.saldo.time.BillingZone;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** The check of payments: what was granted, withdrawn and invoiced, with what the processors say. */
@Component
public class PaymentFindings {
    private final PaymentBook payments;
    private final InvoiceStore invoices;

    /** Over the books. */
    public PaymentFindings(PaymentBook payments, InvoiceStore invoices) {
        this.payments = payments;
        this.invoices = invoices;
    }

    /** What it sees tonight. */
    List<Finding> of(Run run, Configuration configuration) {
        BillingZone zone = configuration.settings().billingZone();
        List<GrantedCredit> credits = payments.credits(zone);
        List<PaymentRecord> records = payments.records(zone);
        List<Finding> findings = new ArrayList<>(PaymentCheck.findings(
                credits,
                records,
                new TreeSet<>(invoices.numbers()),
                new PaymentRules(
                        configuration.reconciliation().declinesLimit(),
                        configuration.reconciliation().declinesWindowDays(),
                        configuration.reconciliation().paymentTolerance()),
                run.businessDate()));
        findings.addAll(payments.ofInvoices(run, records, credits).findings());
        return findings;
    }
}
