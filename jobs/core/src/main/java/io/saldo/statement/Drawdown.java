package io.saldo.statement;

import io.saldo.money.Amount;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.util.Comparator;

/**
 * What a grant paid on a day.
 *
 * @param creditId the grant
 * @param usageDate the date of the usage; for debt the date on which it was settled, in the billing zone
 * @param purpose what it paid for
 * @param amount greater than 0
 */
public record Drawdown(String creditId, LocalDate usageDate, Purpose purpose, Amount amount) {
    /** By credit id, date, purpose. */
    public static final Comparator<Drawdown> ORDER = Comparator.comparing(Drawdown::creditId, TextOrder.UTF_8)
            .thenComparing(Drawdown::usageDate)
            .thenComparing(drawdown -> drawdown.purpose().word(), TextOrder.UTF_8);

    /** What a drawdown pays for. */
    public enum Purpose {
        /** A charge at its own instant. */
        USAGE("usage"),
        /** Debt that was carried. */
        DEBT("debt"),
        /** Usage of a closed month, by an approved dispute of it. */
        CORRECTION("correction");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        /** The word in exports. */
        public String word() {
            return word;
        }
    }
}
