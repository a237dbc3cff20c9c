package io.saldo.reconcile;

import java.util.Locale;

/** How a break was resolved. */
public enum BreakResolution {
    /** It is not resolved. */
    NONE,
    /** A night found that it no longer holds. */
    AUTO,
    /** A person says that it was mended; the next night proves it or reopens the break. */
    FIXED,
    /** A person accepts the difference as it is. */
    ACCEPTED,
    /** A person had it charged. */
    CHARGED,
    /** A person had it waived. */
    WAIVED;

    /** The word of the exports; empty for {@link #NONE}. */
    public String word() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether a person decided to live with the figures as they are, so that only other figures reopen the break. */
    public boolean settlesFigures() {
        return this == ACCEPTED || this == CHARGED || this == WAIVED;
    }
}
