package io.saldo.usage;

/**
 * Events of a closed month that no statement has counted yet.
 *
 * @param events in burn-down order; of a figure that was restated, the quantities are what it grew by
 * @param figures by {@link Meter#ordinal()}, then event: the whole figure of each event, which decides on its price;
 *     shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // columns beside those of AccountEvents
public record LateEvents(AccountEvents events, long[][] figures) {
    /** Events that are late as a whole. */
    public static LateEvents of(AccountEvents events) {
        return new LateEvents(events, events.quantities());
    }
}
