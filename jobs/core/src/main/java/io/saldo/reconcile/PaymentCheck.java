package io.saldo.reconcile;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Compares grants and withdrawals with the processors' records (SPEC 8.1). */
public final class PaymentCheck {
    private PaymentCheck() {}

    public static List<Finding> findings(
            List<GrantedCredit> credits,
            List<PaymentRecord> payments,
            Set<String> invoiceNumbers,
            PaymentRules rules,
            LocalDate night) {
        return List.of();
    }
}
