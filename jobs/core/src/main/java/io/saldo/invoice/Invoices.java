package io.saldo.invoice;

import io.saldo.statement.Statement;
import io.saldo.time.BillingZone;
import java.util.List;

/** Turns a closed statement into document money (SPEC 9.3 to 9.5). */
@SuppressWarnings("DoNotCallSuggester")
public final class Invoices {
    private Invoices() {}

    /**
     * The invoice of a closed statement, or the statement document where nothing is due.
     *
     * @throws IllegalArgumentException when the statement is not closed
     */
    public static Invoice calculate(Statement statement, TaxTreatment tax) {
        throw new UnsupportedOperationException(statement.accountId() + tax);
    }

    /** The credit statement: the month's movement of each grant that had a balance or moved, in burn order. */
    public static List<CreditPosition> creditPositions(Statement statement, BillingZone zone) {
        throw new UnsupportedOperationException(statement.accountId() + zone);
    }

    /** The month's usage by day, every day up to the as-of. */
    public static List<DailyUsage> dailyUsage(Statement statement) {
        throw new UnsupportedOperationException(statement.accountId());
    }
}
