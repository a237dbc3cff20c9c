package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;

/**
 * A row of a payment processor's records.
 *
 * @param paymentId unique within the processor; a later row of the same id tells of the same payment
 * @param processor who recorded it
 * @param accountId as the processor knows it; empty when it does not
 * @param reference what the payment is for; empty when the row names nothing
 * @param method card, bank_transfer and the like
 * @param status {@code captured}, {@code pending}, {@code declined}, {@code refunded}, {@code disputed},
 *     {@code failed}, {@code reinstated} (a dispute was won or a refund did not arrive, so the money is back) or {@code
 *     movement} (money between the processor and us that is about no customer); any other is kept and reported
 * @param amount what the customer paid or got back, before fees; the sign of a reversal does not matter
 * @param currency of the amount
 * @param createdAt the instant of the row, in microseconds
 * @param createdOn the billing-zone date of the row; its month is the period of the breaks
 * @param parentPaymentId the payment that a reversal reverses; empty when the row names none
 */
public record PaymentRecord(
        String paymentId,
        String processor,
        String accountId,
        String reference,
        String method,
        String status,
        Amount amount,
        String currency,
        long createdAt,
        LocalDate createdOn,
        String parentPaymentId) {}
