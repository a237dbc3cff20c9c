package io.saldo.reconcile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The payments of invoices: those whose reference is the number of an invoice, and of no purchase.
 *
 * <p>An invoice may be paid in parts, by several processors, and over. A refund or a dispute of a payment lowers what
 * stands of it, money that comes back raises it again; a dispute and its refund are one money. A payment in another
 * currency than the invoice's pays nothing of it: nobody says at what rate.
 *
 * @param counted in the order of capture, in the invoice's currency; those of which nothing stands too
 * @param findings PAYMENT_CURRENCY_DIFFERS for each payment in another currency of which something stands
 */
public record InvoicePayments(List<InvoicePayment> counted, List<Finding> findings) {
    /** Keeps copies. */
    public InvoicePayments {
        counted = List.copyOf(counted);
        findings = List.copyOf(findings);
    }

    /**
     * What an invoice asks for.
     *
     * @param accountId whose it is
     * @param currency ISO 4217
     */
    public record Asked(String accountId, String currency) {}

    /**
     * The payments of these invoices.
     *
     * @param records rows of any processor, in any order; the same row again is one row
     * @param credits every grant: a reference that a purchase has is the purchase's
     * @param invoices by number
     * @param night the business date
     */
    public static InvoicePayments of(
            List<PaymentRecord> records, List<GrantedCredit> credits, Map<String, Asked> invoices, LocalDate night) {
        Set<String> ofPurchases = new HashSet<>();
        for (GrantedCredit credit : credits) {
            if (credit.isPurchase() && !credit.paymentMethod().equals("invoice")) {
                ofPurchases.add(credit.paymentReference());
            }
        }
        Set<String> known = new HashSet<>(ofPurchases);
        known.addAll(invoices.keySet());
        List<InvoicePayment> counted = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (PaymentLedger.Payment payment : new PaymentLedger(records, known, night).payments()) {
            PaymentRecord capture = payment.capture;
            Asked asked = invoices.get(capture.reference());
            if (asked == null || ofPurchases.contains(capture.reference())) {
                continue;
            }
            if (asked.currency().equals(capture.currency())) {
                counted.add(new InvoicePayment(
                        capture.reference(),
                        asked.accountId(),
                        capture.processor(),
                        capture.paymentId(),
                        capture.currency(),
                        payment.standing()));
            } else if (payment.standing().signum() > 0) {
                findings.add(Finding.withoutFigures(
                        BreakCode.PAYMENT_CURRENCY_DIFFERS,
                        capture.paymentId(),
                        Finding.monthOf(capture.createdOn()),
                        asked.accountId(),
                        "invoiced in " + asked.currency() + ", paid in " + capture.currency(),
                        PaymentLedger.told(capture) + "; invoice " + capture.reference(),
                        night));
            }
        }
        return new InvoicePayments(
                counted, findings.stream().sorted(Finding.ORDER).toList());
    }
}
