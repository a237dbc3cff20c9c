package io.saldo.reconcile;

import io.saldo.money.Amount;

/**
 * What of one payment stands for the invoice that it names: captured less paid back, never negative.
 *
 * @param number of the invoice, as the payment's reference names it
 * @param accountId whose invoice it is
 * @param processor who recorded the payment
 * @param paymentId unique within the processor
 * @param currency of the payment
 * @param standing what the customer paid and did not get back, before fees; zero where all of it went back
 */
public record InvoicePayment(
        String number, String accountId, String processor, String paymentId, String currency, Amount standing) {}
