package io.saldo.lake.usage;

import io.saldo.usage.TextOrder;
import java.util.Comparator;

/**
 * What an event is known by for ever.
 *
 * @param namespace within which the id is unique
 * @param eventId its id; the copies of an event of a log without ids share it
 */
public record EventName(String namespace, String eventId) implements Comparable<EventName> {
    private static final Comparator<EventName> ORDER = Comparator.comparing(EventName::namespace, TextOrder.UTF_8)
            .thenComparing(EventName::eventId, TextOrder.UTF_8);

    @Override
    public int compareTo(EventName other) {
        return ORDER.compare(this, other);
    }
}
