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
     * @param contextTier what the source declares of all its records: each request's total input is above it, and not
     *     above the next threshold of any price; {@link #UNDECLARED} where it declares nothing
     */
    public record Product(String provider, String model, String serviceTier, long contextTier) {
        /** In {@code contextTier}: the event's own total input tells, if it is one request. */
        public static final long UNDECLARED = -1;

        /** The greatest context tier: a total input can still be above it. */
        public static final long MAX_CONTEXT_TIER = Long.MAX_VALUE - 1;

        /** Of a source that declares no context. */
        public Product(String provider, String model, String serviceTier) {
            this(provider, model, serviceTier, UNDECLARED);
        }

        /** Whether the source declares which context its records belong to. */
        public boolean declaresContext() {
            return contextTier != UNDECLARED;
        }

        /** What thresholds are compared with, of an event with that total input. */
        public long contextOf(long totalInput) {
            return declaresContext() ? contextTier + 1 : totalInput;
        }

        /** Requests whose contexts nobody knows are several; where the source declares them, they are as good as one. */
        public long contextsOf(long requests) {
            return declaresContext() ? 1 : requests;
        }
    }

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
