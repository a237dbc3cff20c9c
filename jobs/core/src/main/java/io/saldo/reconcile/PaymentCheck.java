package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares grants and withdrawals with the processors' records (SPEC 8.1).
 *
 * <p>Rules that the table leaves open:
 *
 * <ul>
 *   <li>Only a {@code purchase} needs a payment. One by {@code invoice} needs it only where a reference is given that is
 *       no invoice number: otherwise its invoice is what gets paid.
 *   <li>A payment belongs to a purchase by its exact reference and by nothing else. Where several of one reference meet,
 *       the pairs of equal currency and amount are made first, then those of equal currency, then the rest, each in
 *       order of time; a payment pays one purchase and a purchase takes one payment.
 *   <li>What must agree in the end is money kept (captured less paid back) with credit that stands (granted less
 *       withdrawn), both gross. A withdrawal for {@code refund}, {@code chargeback} or {@code void} demands that the money
 *       goes back; for another reason it only allows it.
 *   <li>A reversal names its payment by its own or its parent's id; without a parent by the exact reference.
 *   <li>The subject is the credit where there is one, else the payment; PAYMENT_DUPLICATE and CREDIT_MISSING are about a
 *       payment that has no credit. The period is the month of the credit's booking, or of the payment.
 *   <li>An invoice may be paid in parts, so payments of an invoice number are never duplicates.
 * </ul>
 */
public final class PaymentCheck {
    private static final Comparator<GrantedCredit> IN_TIME = Comparator.comparing(GrantedCredit::isWithdrawnEntirely)
            .thenComparing(GrantedCredit::bookedOn)
            .thenComparing(GrantedCredit::accountId, TextOrder.UTF_8)
            .thenComparing(GrantedCredit::creditId, TextOrder.UTF_8);

    private final PaymentRules rules;
    private final Set<String> invoiceNumbers;
    private final LocalDate night;
    private final PaymentLedger ledger;
    private final List<GrantedCredit> purchases;
    private final Map<String, String> accountByReference = new HashMap<>();
    private final Map<String, List<GrantedCredit>> purchasesByReference;
    private final Map<PaymentLedger.Payment, GrantedCredit> creditOf = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    private PaymentCheck(
            List<GrantedCredit> credits,
            List<PaymentRecord> payments,
            Set<String> invoiceNumbers,
            PaymentRules rules,
            LocalDate night) {
        this.rules = rules;
        this.invoiceNumbers = invoiceNumbers;
        this.night = night;
        this.purchases = credits.stream()
                .filter(each -> each.isPurchase() && !isPaidByInvoice(each))
                .sorted(IN_TIME)
                .toList();
        this.purchasesByReference = purchases.stream()
                .filter(each -> !each.paymentReference().isEmpty())
                .collect(Collectors.groupingBy(GrantedCredit::paymentReference));
        purchases.forEach(each -> accountByReference.putIfAbsent(each.paymentReference(), each.accountId()));
        Set<String> known = new HashSet<>(purchasesByReference.keySet());
        known.addAll(invoiceNumbers);
        this.ledger = new PaymentLedger(payments, known, night);
    }

    /**
     * Every finding but CREDIT_WITHDRAWN_AFTER_USE and CREDIT_BACKDATED, which the statement knows; ordered by code,
     * account, subject and period, whatever order the inputs have.
     *
     * @param credits grants of any kind
     * @param payments rows of any processor; the same row again is one row
     * @param invoiceNumbers numbers that a payment may reference instead of a purchase
     * @param rules limits and tolerance
     * @param night the business date
     */
    public static List<Finding> findings(
            List<GrantedCredit> credits,
            List<PaymentRecord> payments,
            Set<String> invoiceNumbers,
            PaymentRules rules,
            LocalDate night) {
        PaymentCheck check = new PaymentCheck(credits, payments, invoiceNumbers, rules, night);
        check.match();
        check.creditOf.forEach((payment, credit) -> check.judgePair(credit, payment));
        check.judgeCreditsWithoutPayment();
        check.judgePaymentsWithoutCredit();
        check.judgeDeclines();
        return Stream.concat(check.ledger.unclassified().stream(), check.findings.stream())
                .sorted(Finding.ORDER)
                .toList();
    }

    private boolean isPaidByInvoice(GrantedCredit credit) {
        return credit.paymentMethod().equals("invoice")
                && (credit.paymentReference().isEmpty() || invoiceNumbers.contains(credit.paymentReference()));
    }

    private void match() {
        Map<String, List<PaymentLedger.Payment>> paymentsByReference = ledger.payments().stream()
                .filter(each -> purchasesByReference.containsKey(each.capture.reference()))
                .collect(Collectors.groupingBy(each -> each.capture.reference()));
        paymentsByReference.forEach((reference, payments) -> {
            List<GrantedCredit> credits = new ArrayList<>(purchasesByReference.getOrDefault(reference, List.of()));
            List<PaymentLedger.Payment> left = new ArrayList<>(payments);
            match(
                    credits,
                    left,
                    (credit, payment) -> isKept(payment)
                            && isSameCurrency(credit, payment)
                            && credit.amountGross().equals(payment.capture.amount()));
            match(credits, left, (credit, payment) -> isKept(payment) && isSameCurrency(credit, payment));
            match(credits, left, (credit, payment) -> isKept(payment));
            match(credits, left, (credit, payment) -> true);
        });
    }

    private void match(
            List<GrantedCredit> credits,
            List<PaymentLedger.Payment> payments,
            BiPredicate<GrantedCredit, PaymentLedger.Payment> fits) {
        for (Iterator<GrantedCredit> creditsLeft = credits.iterator(); creditsLeft.hasNext(); ) {
            GrantedCredit credit = creditsLeft.next();
            for (Iterator<PaymentLedger.Payment> paymentsLeft = payments.iterator(); paymentsLeft.hasNext(); ) {
                PaymentLedger.Payment payment = paymentsLeft.next();
                if (fits.test(credit, payment)) {
                    creditOf.put(payment, credit);
                    creditsLeft.remove();
                    paymentsLeft.remove();
                    break;
                }
            }
        }
    }

    private static boolean isKept(PaymentLedger.Payment payment) {
        return payment.standing().signum() > 0;
    }

    private static boolean isSameCurrency(GrantedCredit credit, PaymentLedger.Payment payment) {
        return credit.currency().equals(payment.capture.currency());
    }

    private void judgePair(GrantedCredit credit, PaymentLedger.Payment payment) {
        if (credit.isWithdrawnEntirely() && !isKept(payment)) {
            return;
        }
        if (!isSameCurrency(credit, payment)) {
            findings.add(Finding.withoutFigures(
                    BreakCode.PAYMENT_CURRENCY_DIFFERS,
                    credit.creditId(),
                    Finding.monthOf(credit.bookedOn()),
                    credit.accountId(),
                    "granted in " + credit.currency() + ", paid in " + payment.capture.currency(),
                    evidence(credit, payment),
                    night));
            return;
        }
        Amount kept = payment.standing();
        Amount least = credit.standingGross();
        Amount most = credit.returnsTheRest() && payment.reversed().isZero()
                ? Amount.ZERO
                : credit.amountGross().minus(credit.returnedGross());
        boolean paidBack = !payment.reversed().isZero();
        if (kept.plus(rules.tolerance()).compareTo(least) < 0 && !isCoveredWithItsTax(credit, kept)) {
            compared(
                    paidBack ? BreakCode.PAYMENT_REVERSED : BreakCode.PAYMENT_AMOUNT_DIFFERS,
                    credit,
                    least,
                    kept,
                    paidBack ? "paid back, and the credit stands" : "paid less than the credit",
                    evidence(credit, payment));
        } else if (kept.minus(rules.tolerance()).compareTo(most) > 0 && kept.compareTo(least) > 0) {
            compared(
                    BreakCode.PAYMENT_AMOUNT_DIFFERS,
                    credit,
                    most,
                    kept,
                    payment.capture.amount().compareTo(credit.amountGross()) > 0
                            ? "paid more than the credit"
                            : "withdrawn, and the money was not paid back",
                    evidence(credit, payment));
        }
    }

    /**
     * Whether what was paid back is within the withdrawn net and its share of the grant's tax, to the minor unit; for
     * feeds that state a withdrawal without its tax.
     */
    private static boolean isCoveredWithItsTax(GrantedCredit credit, Amount kept) {
        if (!credit.leavesTaxOpen()) {
            return false;
        }
        Amount minorUnit = Amount.ofUnscaled(1, Money.minorUnitDigits(Currency.getInstance(credit.currency())));
        Amount paidBack = credit.amountGross().minus(kept).minus(minorUnit);
        // paidBack <= withdrawnNet x gross / net, without the division
        return paidBack.times(credit.amount()).compareTo(credit.withdrawnNet().times(credit.amountGross())) <= 0;
    }

    private void judgeCreditsWithoutPayment() {
        Set<GrantedCredit> paid = new HashSet<>(creditOf.values());
        Map<String, List<PaymentRecord>> attemptsByReference =
                ledger.attempts().stream().collect(Collectors.groupingBy(PaymentRecord::reference));
        Map<String, String> takenBy = new HashMap<>();
        creditOf.forEach((payment, credit) -> takenBy.putIfAbsent(credit.paymentReference(), credit.creditId()));
        for (GrantedCredit credit : purchases) {
            if (credit.isWithdrawnEntirely() || paid.contains(credit)) {
                continue;
            }
            String reference = credit.paymentReference();
            List<PaymentRecord> attempts =
                    reference.isEmpty() ? List.of() : attemptsByReference.getOrDefault(reference, List.of());
            boolean pending = attempts.stream().anyMatch(each -> each.status().equals("pending"));
            String cause = reference.isEmpty()
                    ? "the credit names no payment"
                    : takenBy.containsKey(reference)
                            ? "the payment of this reference paid for " + takenBy.get(reference)
                            : pending
                                    ? "the payment is pending"
                                    : attempts.isEmpty() ? "no payment has the reference" : "every attempt failed";
            boolean declined = !attempts.isEmpty() && !pending && !takenBy.containsKey(reference);
            compared(
                    declined ? BreakCode.DECLINED_BUT_CREDITED : BreakCode.PAYMENT_MISSING,
                    credit,
                    credit.standingGross(),
                    Amount.ZERO,
                    cause,
                    Stream.concat(Stream.of(told(credit)), attempts.stream().map(PaymentLedger::told))
                            .collect(Collectors.joining("; ")));
        }
    }

    private void judgePaymentsWithoutCredit() {
        Map<String, PaymentRecord> firstOfReference = new HashMap<>();
        creditOf.keySet().stream()
                .filter(PaymentCheck::isKept)
                .forEach(each -> firstOfReference.putIfAbsent(each.capture.reference(), each.capture));
        for (PaymentLedger.Payment payment : ledger.payments()) {
            PaymentRecord capture = payment.capture;
            if (!isKept(payment) || creditOf.containsKey(payment) || invoiceNumbers.contains(capture.reference())) {
                continue;
            }
            PaymentRecord first =
                    capture.reference().isEmpty() ? null : firstOfReference.putIfAbsent(capture.reference(), capture);
            String evidence = Stream.concat(Stream.of(capture), payment.reversals.stream())
                            .map(PaymentLedger::told)
                            .collect(Collectors.joining("; "))
                    + "; reference " + (capture.reference().isEmpty() ? "none" : capture.reference());
            findings.add(Finding.withFigures(
                    first == null ? BreakCode.CREDIT_MISSING : BreakCode.PAYMENT_DUPLICATE,
                    capture.paymentId(),
                    Finding.monthOf(capture.createdOn()),
                    accountOf(capture),
                    Amount.ZERO,
                    payment.standing(),
                    capture.currency(),
                    first == null
                            ? capture.reference().isEmpty()
                                    ? "the payment names no purchase"
                                    : "no purchase and no invoice has the reference"
                            : "the reference was paid by " + first.paymentId(),
                    evidence,
                    night));
        }
    }

    private void judgeDeclines() {
        SortedMap<String, List<PaymentRecord>> declines = new TreeMap<>(TextOrder.UTF_8);
        Map<String, String> accounts = new HashMap<>();
        for (PaymentRecord each : ledger.declines()) {
            String accountId = accountOf(each);
            if (!accountId.isEmpty()) {
                String subject = BreakSubject.of(accountId, each.method());
                accounts.put(subject, accountId);
                declines.computeIfAbsent(subject, key -> new ArrayList<>()).add(each);
            }
        }
        declines.forEach((subject, unordered) -> {
            List<PaymentRecord> rows = unordered.stream()
                    .sorted(Comparator.comparing(PaymentRecord::createdOn))
                    .toList();
            SortedMap<String, List<PaymentRecord>> worstByMonth = new TreeMap<>();
            int first = 0;
            for (int last = 0; last < rows.size(); last++) {
                LocalDate day = rows.get(last).createdOn();
                while (!rows.get(first).createdOn().isAfter(day.minusDays(rules.declineWindowDays()))) {
                    first++;
                }
                List<PaymentRecord> window = rows.subList(first, last + 1);
                worstByMonth.merge(
                        Finding.monthOf(day), window, (worst, next) -> next.size() > worst.size() ? next : worst);
            }
            worstByMonth.forEach((month, worst) -> {
                if (worst.size() > rules.declinesMax()) {
                    findings.add(Finding.withFigures(
                            BreakCode.DECLINES_EXCESSIVE,
                            subject,
                            month,
                            accounts.getOrDefault(subject, ""),
                            Amount.of(rules.declinesMax()),
                            Amount.of(worst.size()),
                            "",
                            "more than " + rules.declinesMax() + " declines in " + rules.declineWindowDays() + " days",
                            worst.stream().map(PaymentLedger::told).collect(Collectors.joining("; ")),
                            night));
                }
            });
        });
    }

    /** The processor's word for the account, else that of the purchase with the same reference. */
    private String accountOf(PaymentRecord row) {
        return row.accountId().isEmpty() && !row.reference().isEmpty()
                ? accountByReference.getOrDefault(row.reference(), "")
                : row.accountId();
    }

    private void compared(
            BreakCode code, GrantedCredit credit, Amount expected, Amount actual, String cause, String evidence) {
        findings.add(Finding.withFigures(
                code,
                credit.creditId(),
                Finding.monthOf(credit.bookedOn()),
                credit.accountId(),
                expected,
                actual,
                credit.currency(),
                cause,
                evidence,
                night));
    }

    private static String evidence(GrantedCredit credit, PaymentLedger.Payment payment) {
        Stream<PaymentRecord> rows = payment.implied
                ? payment.reversals.stream()
                : Stream.concat(Stream.of(payment.capture), payment.reversals.stream());
        return Stream.concat(Stream.of(told(credit)), rows.map(PaymentLedger::told))
                .collect(Collectors.joining("; "));
    }

    private static String told(GrantedCredit credit) {
        String text = credit.creditId() + " (" + credit.bookedOn() + ", " + credit.amountGross() + " "
                + credit.currency() + ", " + credit.paymentMethod() + " "
                + (credit.paymentReference().isEmpty() ? "without reference" : credit.paymentReference()) + ")";
        for (GrantedCredit.Withdrawal each : credit.withdrawals()) {
            text += ", withdrawn "
                    + (each.amount() == null ? "the rest" : each.amount().plus(each.taxAmount())) + " by "
                    + each.reason();
        }
        return text;
    }
}
