package io.saldo.app.verification;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * How much is proved.
 *
 * @param month statements, usage, invoices and postings of that month alone; null for all
 * @param accountId the same, of that account; null for all
 * @param everyRevision every revision ever made is computed again, not only the latest, the closed and the invoiced ones
 */
public record Scope(@Nullable YearMonth month, @Nullable String accountId, boolean everyRevision) {
    /** Whether nothing is left out but revisions. */
    public boolean isWhole() {
        return month == null && accountId == null;
    }

    /** Whether that month belongs to it. */
    public boolean has(String each) {
        return month == null || month.toString().equals(each);
    }
}
