package io.saldo.app.config;

import java.util.Locale;

/** The accounts that the journal posts to (SPEC 9.7); {@code ledger.yml} gives each the company's own number. */
public enum PostingAccount {
    /** Money on its way to the bank. */
    CASH_CLEARING,
    /** Prepaid credit not used yet: a liability. */
    CUSTOMER_CREDIT,
    /** Usage of a closed month before its invoice. */
    UNBILLED_RECEIVABLE,
    /** Issued invoices. */
    RECEIVABLE,
    /** Usage that waits for the next top-up. */
    CARRIED_RECEIVABLE,
    /** Tax owed. */
    VAT_PAYABLE,
    /** Revenue paid from credit. */
    REVENUE_PREPAID,
    /** Revenue invoiced as used. */
    REVENUE_PAYG,
    /** Revenue beyond credit. */
    REVENUE_OVERAGE,
    /** Credit given away: reduces revenue. */
    PROMO,
    /** Purchased credit that expired. */
    BREAKAGE,
    /** Purchases taken back after use. */
    COLLECTION,
    /** Differences of rounding documents. */
    ROUNDING;

    /** The key in {@code ledger.yml}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
