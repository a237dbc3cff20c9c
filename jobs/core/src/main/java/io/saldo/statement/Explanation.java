package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceSearch;
import io.saldo.pricing.RowSet;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement, and how it came about: seen by the kernel itself while it computed, not worked out a second time.
 *
 * @param statement the statement
 * @param rows the price rows that rated each line with a price, in the order of the statement's lines
 * @param charges of the events that were asked for, in the order in which they burned, meter by meter
 */
public record Explanation(Statement statement, List<RatedLine> rows, List<EventCharge> charges) {
    /** Keeps the lists unchangeable. */
    public Explanation {
        rows = List.copyOf(rows);
        charges = List.copyOf(charges);
    }

    /** A line and the rows that rated it: several where rows with the same price follow one another. */
    public record RatedLine(StatementLine line, List<PriceRow> rows) {}

    /**
     * What became of one quantity of an event. The covered amounts of its parts sum to the amounts of its parts.
     *
     * @param usageMonth the month of the event; before the statement's, it is late usage
     * @param event the event's index in the usage of that month
     * @param meter what was counted
     * @param quantity how much; of a late event what no statement counted before
     * @param totalInput input, cached input, cache writes and audio input of the whole event together
     * @param outcome what it is
     * @param terms under which it was charged; null where none are in force
     * @param search how its price was found; null without terms
     * @param tiers row sets with tiers that counted it, with their counts
     * @param parts what it added to which lines; none where it is free
     * @param grants every grant of the month in burn order; none where there was nothing to pay
     * @param overageBefore the usage month's overage before it, without surcharge
     * @param overageAfter the same after it
     * @param debtBefore the open debt before it
     * @param debtAfter the same after it
     */
    public record EventCharge(
            YearMonth usageMonth,
            int event,
            Meter meter,
            long quantity,
            long totalInput,
            Outcome outcome,
            @Nullable Terms terms,
            @Nullable PriceSearch search,
            List<TierStep> tiers,
            List<Part> parts,
            List<GrantStep> grants,
            Amount overageBefore,
            Amount overageAfter,
            Amount debtBefore,
            Amount debtAfter) {
        /** Keeps the lists unchangeable. */
        public EventCharge {
            tiers = List.copyOf(tiers);
            parts = List.copyOf(parts);
            grants = List.copyOf(grants);
        }

        /** The charge of all parts. */
        public Amount amount() {
            return parts.stream().map(Part::amount).reduce(Amount.ZERO, Amount::plus);
        }

        /** What of the charge is covered in that way. */
        public Amount covered(Coverage coverage) {
            return parts.stream()
                    .map(part -> part.covered().getOrDefault(coverage, Amount.ZERO))
                    .reduce(Amount.ZERO, Amount::plus);
        }
    }

    /** What a quantity is. */
    public enum Outcome {
        /** It has a price. */
        PRICED("priced"),
        /** The book does not sell by that meter. */
        FREE("free"),
        /** It has no price, which a person must mend or waive. */
        UNPRICED("unpriced");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /** The word. */
        public String word() {
            return word;
        }
    }

    /**
     * What a charge added to a line.
     *
     * @param model after alias
     * @param kind what the quantity counts
     * @param unitPrice as in {@link StatementLine}; null where there is none
     * @param perUnits as in {@link StatementLine}; 0 where there is no price
     * @param rows the price rows that rated it: several where neighbouring tiers have the same price
     * @param quantity units, packages or fees
     * @param units of packages, the units that were counted for them; else the quantity, none behind a fee
     * @param amount exact
     * @param covered of the amount, who pays; only what is not zero
     */
    public record Part(
            String provider,
            String model,
            String serviceTier,
            Meter meter,
            StatementLine.Kind kind,
            @Nullable Amount unitPrice,
            long perUnits,
            List<PriceRow> rows,
            BigInteger quantity,
            BigInteger units,
            Amount amount,
            Map<Coverage, Amount> covered) {
        /** Keeps copies that nobody can change. */
        public Part {
            rows = List.copyOf(rows);
            covered = Map.copyOf(covered);
        }
    }

    /**
     * What a charge added to the month's count of a row set with tiers.
     *
     * @param set the row set
     * @param before units of the month that it had rated before
     * @param after the same after it
     */
    public record TierStep(RowSet set, long before, long after) {}

    /**
     * What a grant did for a charge.
     *
     * @param grant as it opened the month or began in it
     * @param beginsAt the first instant at which it counts, in microseconds
     * @param before what it had left
     * @param paid what it paid of the charge
     * @param after what it has left then
     * @param step why it paid, or not
     */
    public record GrantStep(GrantPosition grant, long beginsAt, Amount before, Amount paid, Amount after, Step step) {}

    /** Why a grant pays, or not. */
    public enum Step {
        /** It paid. */
        PAID("paid"),
        /** It begins later. */
        NOT_BEGUN("has not begun"),
        /** It had run out. */
        EXPIRED("has expired"),
        /** Nothing of it was left. */
        EMPTY("has nothing left"),
        /** It pays for other usage only. */
        OUT_OF_SCOPE("pays for other usage only"),
        /** The charge was paid before its turn came. */
        NOT_NEEDED("was not needed");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        /** The rest of a sentence that begins with the grant. */
        public String words() {
            return words;
        }
    }
}
