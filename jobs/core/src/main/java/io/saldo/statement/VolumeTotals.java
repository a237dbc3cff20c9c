package io.saldo.statement;

import io.saldo.pricing.TierMode;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.Meter;
import java.util.List;

/**
 * Counts the month before it is rated: a volume price is that of the total, so it is known before the first unit is
 * charged, and credit burns at it in the order of the events like at any other price.
 */
final class VolumeTotals {
    private VolumeTotals() {}

    /** Decides the tier of every volume price. */
    static void decide(RatedMonth month) {
        if (month.tiers().stream().noneMatch(counter -> counter.mode == TierMode.VOLUME)) {
            return;
        }
        AccountEvents events = month.events();
        List<TermsSegment> segments = month.segments();
        QuoteCursor cursor = month.cursor();
        int segment = 0;
        for (int event = month.from(); event < month.to(); event++) {
            long at = events.occurredAt()[event];
            while (at >= segments.get(segment).to() && segment < segments.size() - 1) {
                segment++;
            }
            if (events.billable()[event]) {
                count(events, event, cursor, segment, at);
            }
        }
        for (TierCounter counter : month.tiers()) {
            if (counter.mode == TierMode.VOLUME && counter.counted > 0) {
                counter.decideVolume(counter.counted);
            }
        }
    }

    private static void count(AccountEvents events, int event, QuoteCursor cursor, int segment, long at) {
        for (int meter = 0; meter < Meter.COUNT; meter++) {
            long quantity = events.quantities()[meter][event];
            if (quantity != 0) {
                Quote quote = cursor.at(segment, events.product()[event] * Meter.COUNT + meter, at);
                TierQuote tiers = quote.tiers[cursor.entry(quote, event)];
                if (tiers != null && tiers.counter.mode == TierMode.VOLUME) {
                    tiers.counter.counted = Math.addExact(tiers.counter.counted, quantity);
                }
            }
        }
    }
}
