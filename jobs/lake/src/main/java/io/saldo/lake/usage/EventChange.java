package io.saldo.lake.usage;

import io.saldo.usage.AccountEvents;
import java.util.List;

/**
 * An event of a closed month that is counted otherwise than before.
 *
 * @param cause why
 * @param name what it is known by
 * @param occurredAt in microseconds
 * @param product what was asked for
 * @param before by meter ordinal, the figures that were counted
 * @param after by meter ordinal, the figures that count
 * @param delivery the books' number of the delivery that brought it last
 * @param line the record's line there
 */
public record EventChange(
        Cause cause,
        EventName name,
        long occurredAt,
        AccountEvents.Product product,
        List<Long> before,
        List<Long> after,
        long delivery,
        long line) {
    /** Why an event is counted otherwise. */
    public enum Cause {
        /** A person excluded it. */
        EXCLUDED("excluded"),
        /** It came after the month was counted. */
        LATE("late"),
        /** Its source restated it. */
        RESTATED("restated"),
        /** It was taken back, or moved to another account. */
        GONE("gone");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /** Keeps the lists unchangeable. */
    public EventChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }
}
