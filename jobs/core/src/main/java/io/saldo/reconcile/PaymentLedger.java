package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processors' rows put together to payments: what was captured, what of it was paid back, and which attempts took
 * no money. A row that fits no payment and no class is told as PAYMENT_UNCLASSIFIED and used for nothing else.
 */
final class PaymentLedger {
    private static final String KEY_SEPARATOR = "\u001F";
    private static final Set<String> STATUSES =
            Set.of("captured", "pending", "declined", "refunded", "disputed", "failed", "reinstated");

    /** Money between the processor and us, such as a payout, a fee or a reserve: known, and about no customer. */
    private static final String MOVEMENT = "movement";

    private static final Comparator<PaymentRecord> IN_TIME = Comparator.comparingLong(PaymentRecord::createdAt)
            .thenComparing(PaymentRecord::processor, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::paymentId, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::status, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::reference, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::amount)
            .thenComparing(PaymentRecord::currency, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::parentPaymentId, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::accountId, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::method, TextOrder.UTF_8)
            .thenComparing(PaymentRecord::createdOn);

    /** Money that was captured once. */
    static final class Payment {
        final PaymentRecord capture;
        /** Whether only its reversal was delivered, which says that there was a capture. */
        final boolean implied;

        final List<PaymentRecord> reversals = new ArrayList<>();
        private Amount reversed = Amount.ZERO;

        private Payment(PaymentRecord capture, boolean implied) {
            this.capture = capture;
            this.implied = implied;
        }

        /**
         * What was paid back of it and did not return, never more than was captured: a dispute and its refund are one
         * money.
         */
        Amount reversed() {
            return reversed.signum() < 0
                    ? Amount.ZERO
                    : reversed.min(capture.amount().absolute());
        }

        /** What of it is still here. */
        Amount standing() {
            return capture.amount().absolute().minus(reversed());
        }

        private void reinstate(PaymentRecord row) {
            reversals.add(row);
            reversed = reversed.minus(row.amount().absolute());
        }

        private void reverse(PaymentRecord reversal) {
            reversals.add(reversal);
            reversed = reversed.plus(
                    reversal.amount().isZero()
                            ? capture.amount().absolute()
                            : reversal.amount().absolute());
        }
    }

    private final List<Payment> payments = new ArrayList<>();
    private final Map<String, PaymentRecord> attempts = new LinkedHashMap<>();
    private final List<PaymentRecord> declines = new ArrayList<>();
    private final List<Finding> unclassified = new ArrayList<>();
    private final LocalDate night;

    /**
     * @param knownReferences references of purchases and numbers of invoices
     */
    PaymentLedger(List<PaymentRecord> records, Set<String> knownReferences, LocalDate night) {
        this.night = night;
        List<PaymentRecord> rows = records.stream().distinct().sorted(IN_TIME).toList();
        Map<String, Payment> byKey = new HashMap<>();
        List<PaymentRecord> others = new ArrayList<>();
        for (PaymentRecord row : rows) {
            if (row.status().equals(MOVEMENT)) {
                continue;
            }
            if (!STATUSES.contains(row.status())) {
                unclassify(row, "unknown status");
            } else if (!row.status().equals("captured")) {
                others.add(row);
            } else if (row.amount().signum() <= 0) {
                unclassify(row, "captured, but no money");
            } else {
                capture(row, byKey);
            }
        }
        Map<String, List<Payment>> byReference = new HashMap<>();
        payments.stream().filter(each -> !each.capture.reference().isEmpty()).forEach(each -> byReference
                .computeIfAbsent(each.capture.reference(), reference -> new ArrayList<>())
                .add(each));
        for (PaymentRecord row : others) {
            switch (row.status()) {
                case "refunded", "disputed" -> reverse(row, byKey, byReference, knownReferences);
                case "reinstated" -> {
                    Payment payment = named(row, byKey);
                    if (payment == null || !payment.capture.currency().equals(row.currency())) {
                        unclassify(row, "returns money of a payment that is not known");
                    } else {
                        payment.reinstate(row);
                    }
                }
                case "failed" -> {
                    Payment failed = named(row, byKey);
                    if (failed != null && row.createdAt() >= failed.capture.createdAt()) {
                        reverseIn(failed, row);
                    } else if (failed == null) {
                        attempt(row);
                    }
                }
                default -> {
                    if (row.status().equals("declined")) {
                        declines.add(row);
                    }
                    if (!byKey.containsKey(key(row.processor(), row.paymentId()))) {
                        attempt(row);
                    }
                }
            }
        }
    }

    /** In the order of capture. */
    List<Payment> payments() {
        return payments;
    }

    /** The latest row of each payment that took no money. */
    List<PaymentRecord> attempts() {
        return List.copyOf(attempts.values());
    }

    /** Every declined row, in time. */
    List<PaymentRecord> declines() {
        return declines;
    }

    /** PAYMENT_UNCLASSIFIED findings. */
    List<Finding> unclassified() {
        return unclassified;
    }

    private void capture(PaymentRecord row, Map<String, Payment> byKey) {
        String key = key(row.processor(), row.paymentId());
        Payment known = byKey.get(key);
        if (known == null) {
            Payment payment = new Payment(row, false);
            byKey.put(key, payment);
            payments.add(payment);
        } else if (!known.capture.amount().equals(row.amount())
                || !known.capture.currency().equals(row.currency())
                || !known.capture.reference().equals(row.reference())) {
            unclassify(row, "captured before with other content");
        }
    }

    /** Keeps the latest row of a payment; of one instant, the row that is not pending is the later. */
    private void attempt(PaymentRecord row) {
        PaymentRecord known = attempts.get(key(row.processor(), row.paymentId()));
        if (known == null
                || known.createdAt() < row.createdAt()
                || !row.status().equals("pending")) {
            attempts.put(key(row.processor(), row.paymentId()), row);
        }
    }

    private void reverse(
            PaymentRecord row,
            Map<String, Payment> byKey,
            Map<String, List<Payment>> byReference,
            Set<String> knownReferences) {
        if (row.amount().isZero()) {
            unclassify(row, "paid back, but no money");
            return;
        }
        Payment payment = named(row, byKey);
        if (payment == null && row.parentPaymentId().isEmpty()) {
            payment = ofReference(row, byReference.getOrDefault(row.reference(), List.of()));
        }
        if (payment != null) {
            reverseIn(payment, row);
        } else if (knownReferences.contains(row.reference())) {
            Payment implied = new Payment(row, true);
            implied.reverse(row);
            byKey.put(key(row.processor(), row.paymentId()), implied);
            payments.add(implied);
        } else {
            unclassify(row, "reverses a payment that is not known");
        }
    }

    private void reverseIn(Payment payment, PaymentRecord row) {
        if (!payment.capture.currency().equals(row.currency())) {
            unclassify(row, "reverses a payment in another currency");
        } else {
            payment.reverse(row);
        }
    }

    /** The payment that the row is about by its own id or its parent's. */
    private static @Nullable Payment named(PaymentRecord row, Map<String, Payment> byKey) {
        Payment own = byKey.get(key(row.processor(), row.paymentId()));
        return own != null || row.parentPaymentId().isEmpty()
                ? own
                : byKey.get(key(row.processor(), row.parentPaymentId()));
    }

    /** Of the payments of the row's reference the first that the row pays back whole, else the first that has as much. */
    private static @Nullable Payment ofReference(PaymentRecord row, List<Payment> payments) {
        Amount amount = row.amount().absolute();
        List<Payment> standing = payments.stream()
                .filter(each -> each.standing().compareTo(amount) >= 0)
                .toList();
        return standing.stream()
                .filter(each -> each.standing().equals(amount))
                .findFirst()
                .orElseGet(() -> standing.isEmpty() ? (payments.isEmpty() ? null : payments.get(0)) : standing.get(0));
    }

    private void unclassify(PaymentRecord row, String cause) {
        unclassified.add(Finding.withoutFigures(
                BreakCode.PAYMENT_UNCLASSIFIED,
                row.paymentId(),
                Finding.monthOf(row.createdOn()),
                row.accountId(),
                cause,
                told(row),
                night));
    }

    /** A row as evidence tells it. */
    static String told(PaymentRecord row) {
        return row.paymentId() + " (" + row.processor() + ", " + row.status() + " " + row.createdOn() + ", "
                + row.amount() + " " + row.currency() + ")";
    }

    private static String key(String processor, String paymentId) {
        return processor + KEY_SEPARATOR + paymentId;
    }
}
