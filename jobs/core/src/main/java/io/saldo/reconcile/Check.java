package io.saldo.reconcile;

import java.util.Locale;

/** What compares two records of the same thing; SPEC 8.1 lists them. */
public enum Check {
    /** Deliveries with what was expected, their control files and their records. */
    DELIVERY,
    /** Usage events with each other. */
    IDENTITY,
    /** Usage with the price book. */
    PRICE,
    /** Usage with the account and its terms. */
    ACCOUNT,
    /** Our balance with the one that the live prepaid system recorded. */
    BALANCE,
    /** Grants and withdrawals with the processors' records. */
    PAYMENT,
    /** Our tokens with the provider's. */
    PROVIDER_USAGE,
    /** Usage at the provider's prices with the provider's bill. */
    PROVIDER_COST;

    /** The words of the reports, such as {@code provider usage}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
