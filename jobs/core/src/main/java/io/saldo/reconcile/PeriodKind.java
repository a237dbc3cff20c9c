package io.saldo.reconcile;

/** Which stretch of time a break's identity names. */
public enum PeriodKind {
    /** A billing-zone day, {@code YYYY-MM-DD}. */
    DAY,
    /** A billing-zone month, {@code YYYY-MM}. */
    MONTH,
    /** A window of the provider, as the check wrote it. */
    WINDOW
}
