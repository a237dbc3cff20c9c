package io.saldo.statement;

import io.saldo.usage.Meter;
import io.saldo.usage.TextOrder;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Comparator;

/**
 * A quantity that has no price.
 *
 * @param usageMonth the month in which it was used
 * @param provider as logged
 * @param model after alias
 * @param serviceTier {@code standard} where the log has none
 * @param meter what was counted
 * @param quantity units
 * @param events in how many events
 * @param firstAt the instant of the first of them, in microseconds
 */
public record UnpricedQuantity(
        YearMonth usageMonth,
        String provider,
        String model,
        String serviceTier,
        Meter meter,
        BigInteger quantity,
        long events,
        long firstAt) {
    /** As the lines are sorted. */
    static final Comparator<UnpricedQuantity> KEY_ORDER = Comparator.comparing(UnpricedQuantity::usageMonth)
            .thenComparing(UnpricedQuantity::provider, TextOrder.UTF_8)
            .thenComparing(UnpricedQuantity::model, TextOrder.UTF_8)
            .thenComparing(UnpricedQuantity::serviceTier, TextOrder.UTF_8)
            .thenComparing(quantity -> quantity.meter().word(), TextOrder.UTF_8);
}
