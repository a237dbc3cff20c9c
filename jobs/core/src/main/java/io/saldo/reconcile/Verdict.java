package io.saldo.reconcile;

import java.util.Locale;

/** The one word for a night or an account; the first that applies, in this order (SPEC 8.3). */
public enum Verdict {
    /** No conclusion can be drawn: a delivery is missing, or a proof failed. */
    INCOMPLETE,
    /** A break that blocks a close is open. */
    BREAKS,
    /** Something is open that blocks nothing. */
    WARNINGS,
    /** Everything that does not agree is still in its grace. */
    PENDING,
    /** Everything agrees. */
    RECONCILED;

    /** The lower-case word of reports and exports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
