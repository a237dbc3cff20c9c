package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A grant of the credit feed with what was withdrawn from it.
 *
 * @param creditId unique within the account
 * @param accountId the account
 * @param kind {@code purchase}, {@code promo} or {@code adjustment}; only a purchase needs a payment
 * @param amountGross amount plus tax: what the customer paid
 * @param currency the grant's currency
 * @param paymentReference how the processor names the payment; empty when the feed gives none
 * @param paymentMethod as the feed names it
 * @param bookedOn the billing-zone date of booking; its month is the period of the breaks
 * @param withdrawals what was taken back, in order
 */
public record GrantedCredit(
        String creditId,
        String accountId,
        String kind,
        Amount amountGross,
        String currency,
        String paymentReference,
        String paymentMethod,
        LocalDate bookedOn,
        List<Withdrawal> withdrawals) {
    /** Keeps a copy. */
    public GrantedCredit {
        withdrawals = List.copyOf(withdrawals);
    }

    /**
     * A withdrawal from the grant.
     *
     * @param amountGross amount plus tax as the feed states them; null when it states none: all that remained
     * @param reason as the feed names it
     */
    public record Withdrawal(@Nullable Amount amountGross, String reason) {}
}
