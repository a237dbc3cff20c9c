package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.money.Amount;
import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Usage of one key with its coverage. The key is all up to {@code perUnits}.
 *
 * @param usageMonth the month in which it was used
 * @param provider as logged
 * @param model after alias
 * @param serviceTier {@code standard} where the log has none
 * @param meter what was counted
 * @param unitPrice the price of {@code perUnits} units; null when unpriced
 * @param perUnits 1, 1000 or 1000000; 0 when unpriced
 * @param quantity units
 * @param amount {@code quantity x unitPrice / perUnits}; 0 when unpriced
 * @param credit of the amount, what grants paid
 * @param payg of the amount, what is invoiced as agreed
 * @param overage of the amount, what is invoiced beyond credit, without surcharge
 * @param carried of the amount, what became debt
 * @param unfunded of the amount, what nobody pays
 */
public record StatementLine(
        YearMonth usageMonth,
        String provider,
        String model,
        String serviceTier,
        Meter meter,
        @Nullable Amount unitPrice,
        long perUnits,
        BigInteger quantity,
        Amount amount,
        Amount credit,
        Amount payg,
        Amount overage,
        Amount carried,
        Amount unfunded) {
    /** The order of lines in exports and documents: by key, empty first; the meter by its word. */
    public static final Comparator<StatementLine> KEY_ORDER = Comparator.comparing(StatementLine::usageMonth)
            .thenComparing(StatementLine::provider, TextOrder.UTF_8)
            .thenComparing(StatementLine::model, TextOrder.UTF_8)
            .thenComparing(StatementLine::serviceTier, TextOrder.UTF_8)
            .thenComparing(line -> line.meter().word(), TextOrder.UTF_8)
            .thenComparing(StatementLine::unitPrice, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparingLong(StatementLine::perUnits);

    /** Whether the quantity has a price. */
    public boolean isPriced() {
        return unitPrice != null;
    }

    /** The part of the amount with that coverage. */
    public Amount covered(Coverage coverage) {
        return switch (coverage) {
            case CREDIT -> credit;
            case PAYG -> payg;
            case OVERAGE -> overage;
            case CARRIED -> carried;
            case UNFUNDED -> unfunded;
        };
    }
}
