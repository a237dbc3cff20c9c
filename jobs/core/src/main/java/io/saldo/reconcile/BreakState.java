package io.saldo.reconcile;

import java.util.Locale;

/** Where a break is in its life. */
public enum BreakState {
    /** Seen, but still in the grace within which it may mend itself. */
    PENDING,
    /** It holds, and nobody has looked at it. */
    OPEN,
    /** It holds, and somebody works on it. It counts as open everywhere. */
    ACKNOWLEDGED,
    /** It no longer holds, or was decided. */
    RESOLVED;

    /** The lower-case word of the exports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
