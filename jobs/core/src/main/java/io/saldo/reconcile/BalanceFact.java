package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An identified fact that may explain why the live balance moved otherwise than ours.
 *
 * @param accountId the account
 * @param occurredAt when the live balance felt it, in microseconds
 * @param kind what it is
 * @param subject what it is about; facts with the same subject exclude one another, since of one thing only one can be true
 * @param origin where it came from; facts of the same kind and origin may be told together. Empty where it stands for itself
 * @param effect what it adds to recorded minus computed, if it is the only one that is true
 * @param roundedEffects what it adds instead where the live system rounds each charge in that way; a way that is not named
 *     changes nothing, or is not known where there are {@code units}. The fact that it rounds has its own way only
 * @param units what prices with tiers count otherwise; two facts that count at one price may come to another sum together
 * @param description what it is, with its place and ids, in a few words
 */
public record BalanceFact(
        String accountId,
        long occurredAt,
        Kind kind,
        String subject,
        String origin,
        Amount effect,
        Map<RoundingMode, Amount> roundedEffects,
        List<OtherUnits> units,
        String description) {
    /** Keeps copies. */
    public BalanceFact {
        roundedEffects = Map.copyOf(roundedEffects);
        units = List.copyOf(units);
    }

    /** A fact that stands for itself and that rounding does not touch. */
    public static BalanceFact of(
            String accountId, long occurredAt, Kind kind, String subject, Amount effect, String description) {
        return new BalanceFact(accountId, occurredAt, kind, subject, "", effect, Map.of(), List.of(), description);
    }

    /**
     * A fact about what prices with tiers count.
     *
     * @param flat what it adds to recorded minus computed beside that
     */
    public static BalanceFact ofUnits(
            String accountId,
            long occurredAt,
            Kind kind,
            String subject,
            String origin,
            Amount flat,
            Map<RoundingMode, Amount> roundedEffects,
            List<OtherUnits> units,
            String description) {
        Amount effect = units.stream().map(OtherUnits::effect).reduce(flat, Amount::plus);
        return new BalanceFact(
                accountId, occurredAt, kind, subject, origin, effect, roundedEffects, units, description);
    }

    /**
     * What it adds to recorded minus computed where the live system rounds in that way, null for not at all; null where that is
     * not known.
     */
    @Nullable
    Amount effectWhere(@Nullable RoundingMode rounding) {
        if (rounding == null) {
            return effect;
        }
        Amount rounded = roundedEffects.get(rounding);
        return rounded == null && units.isEmpty() ? effect : rounded;
    }

    /** What it adds whatever else is true: without what prices with tiers count. */
    Amount effectWithoutUnits() {
        return units.stream().map(OtherUnits::effect).reduce(effect, Amount::minus);
    }

    /** How a way of rounding is called. */
    public static String words(RoundingMode mode) {
        return mode.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What the live system did, or we did not see. */
    public enum Kind {
        /** The live system still spent a grant that had expired. */
        EXPIRED_CREDIT("expired credits"),
        /** It took a grant for expired that had not. */
        EXPIRED_EARLY("credits expired early"),
        /** It charged a record that we know to be another one again. */
        DUPLICATE("duplicates"),
        /** It charged a record that contradicts one that stands, beside it. */
        CONFLICT("contradicting records"),
        /** It charged a record that contradicts one that stands, in its place. */
        CONFLICT_INSTEAD("contradicting records, each in place of what stands,"),
        /** It charged a record that we could not take. */
        REJECTED("rejected records"),
        /** It charged a record whose account or key we do not know. */
        HELD("held records"),
        /** It had not charged an event that came to us later, or charged it only when it came. */
        LATE("late events"),
        /** It has not a credit entry that we have. */
        ENTRY_MISSING("credit entries it does not have"),
        /** It booked a credit entry twice. */
        ENTRY_DOUBLED("credit entries booked twice"),
        /** It booked a top-up that was paid, and that we have no entry of. */
        ENTRY_UNKNOWN("top-ups without an entry"),
        /** It booked a credit entry that we could not take. */
        ENTRY_REJECTED("rejected credit entries"),
        /** It booked a credit entry whose account or grant we do not know. */
        ENTRY_HELD("held credit entries"),
        /** It charged by other prices. */
        PRICE("other prices"),
        /** It rounds each charge. */
        ROUNDING("rounded charges");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What several of them are called. */
        public String words() {
            return words;
        }
    }
}
