package io.saldo.usage;

import java.util.List;

/**
 * Accepted events of one account in columns, in burn-down order: (occurred_at, namespace, event_id).
 *
 * <p>The arrays are shared, not copied, and must not be changed. Each is at least {@code size} long.
 *
 * @param size how many events
 * @param occurredAt microseconds since 1970-01-01T00:00:00Z, never falling
 * @param product index into {@code products}
 * @param products the distinct (provider, model, service tier) as logged
 * @param billable whether the event's status is billable
 * @param quantities by {@link Meter#ordinal()}, then event; disjoint, each from 0 on
 * @param delivery the books' number of the delivery that brought the event
 * @param line the record's line in that delivery, from 1 on
 */
// Columns are arrays on purpose: millions of events pass through them without an object each.
@SuppressWarnings("ArrayRecordComponent")
public record AccountEvents(
        int size,
        long[] occurredAt,
        int[] product,
        List<Product> products,
        boolean[] billable,
        long[][] quantities,
        long[] delivery,
        long[] line) {
    /**
     * What was asked for.
     *
     * @param provider as logged
     * @param model as logged, before alias
     * @param serviceTier {@code standard} where the log has none
     */
    public record Product(String provider, String model, String serviceTier) {}

    /** No events. */
    public static AccountEvents none() {
        return new AccountEvents(
                0,
                new long[0],
                new int[0],
                List.of(),
                new boolean[0],
                new long[Meter.COUNT][0],
                new long[0],
                new long[0]);
    }

    /** Keeps the product list unchangeable. */
    public AccountEvents {
        products = List.copyOf(products);
    }
}
