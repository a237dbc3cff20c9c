package io.saldo.statement;

import io.saldo.credit.CreditKind;
import io.saldo.credit.GrantPosition;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An account's month, computed and proved. All amounts are exact and net; none is negative.
 *
 * @param accountId whose it is
 * @param month the month in the billing zone
 * @param asOf exclusive, in microseconds; never after the month's end
 * @param currency of every amount
 * @param status how far it is
 * @param events how many events of which sort
 * @param totals the figures of the month
 * @param quantities for each meter, in meter order, where every accepted unit went
 * @param lines usage with its coverage, sorted by key; unpriced quantities too
 * @param unpriced what has no price, sorted like the lines
 * @param drawdowns what grants paid, by credit id, date, purpose
 * @param dailyBalances one for each day from the month's first up to the as-of
 * @param exhaustions each time a grant was spent to nothing, in order
 * @param overage overage by usage month and multiplier, rising
 * @param unfunded what nobody pays, by reason
 * @param receivables what is owed apart from usage, in the order in which it arose
 * @param withdrawalsAfterUse withdrawals that found their credit used, in order
 * @param backdatedEntries ids of entries that were effective before the month, in the order of application
 * @param appliedEntries ids of all entries that this statement took, in the order of application: a later month must
 *     not be given them
 * @param probeBalances for each probe, credit minus debt from everything strictly before it
 * @param fallen usage of closed months that was charged with higher figures than it has by now, by usage month
 * @param counters how far each usage month of it has counted, oldest first, its own last
 * @param priceRows the rows that rated a quantity of it, by place
 * @param opening what the month began with
 * @param closing what it hands to the next month
 */
public record Statement(
        String accountId,
        YearMonth month,
        long asOf,
        Currency currency,
        Status status,
        EventCounts events,
        StatementTotals totals,
        List<MeterQuantities> quantities,
        List<StatementLine> lines,
        List<UnpricedQuantity> unpriced,
        List<Drawdown> drawdowns,
        List<DailyBalance> dailyBalances,
        List<Exhaustion> exhaustions,
        List<OverageShare> overage,
        List<UnfundedShare> unfunded,
        List<Receivable> receivables,
        List<WithdrawalAfterUse> withdrawalsAfterUse,
        List<String> backdatedEntries,
        List<String> appliedEntries,
        List<Amount> probeBalances,
        List<FallenUsage> fallen,
        List<MonthCounters> counters,
        List<PriceRow> priceRows,
        OpeningPosition opening,
        OpeningPosition closing) {
    /** How far a statement is. */
    public enum Status {
        /** Changes with every night. */
        OPEN("open"),
        /** A quantity has no price: it cannot be closed unless finance waives it. */
        INCOMPLETE("incomplete"),
        /** Frozen. */
        CLOSED("closed"),
        /** A later revision of a frozen month. */
        DISPUTED("disputed");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /** The word in exports. */
        public String word() {
            return word;
        }
    }

    /** Keeps the lists unchangeable. */
    public Statement {
        quantities = List.copyOf(quantities);
        lines = List.copyOf(lines);
        unpriced = List.copyOf(unpriced);
        drawdowns = List.copyOf(drawdowns);
        dailyBalances = List.copyOf(dailyBalances);
        exhaustions = List.copyOf(exhaustions);
        overage = List.copyOf(overage);
        unfunded = List.copyOf(unfunded);
        receivables = List.copyOf(receivables);
        withdrawalsAfterUse = List.copyOf(withdrawalsAfterUse);
        backdatedEntries = List.copyOf(backdatedEntries);
        appliedEntries = List.copyOf(appliedEntries);
        probeBalances = List.copyOf(probeBalances);
        fallen = List.copyOf(fallen);
        counters = List.copyOf(counters);
        priceRows = List.copyOf(priceRows);
    }

    /** Every grant that began before the month's end or the as-of, in burn order. */
    public List<GrantPosition> grants() {
        return closing.grants();
    }

    /** What usage took from grants, for each kind that paid something. */
    public Map<CreditKind, Amount> creditByKind(YearMonth usageMonth) {
        Map<String, CreditKind> kinds = new HashMap<>();
        grants().forEach(grant -> kinds.put(grant.creditId(), grant.kind()));
        Map<CreditKind, Amount> credit = new EnumMap<>(CreditKind.class);
        for (Drawdown drawdown : drawdowns) {
            CreditKind kind = kinds.get(drawdown.creditId());
            boolean usage = drawdown.purpose() == Drawdown.Purpose.USAGE
                    && YearMonth.from(drawdown.usageDate()).equals(usageMonth);
            if (usage && kind != null) {
                credit.merge(kind, drawdown.amount(), Amount::plus);
            }
        }
        return credit;
    }

    /**
     * Whether the month has anything that makes a statement exist: an event, an entry, a receivable, an
     * opening balance or debt, usage that a decision charges, or credit that a dispute moves. An entry that moved nothing counts, because no later month is given it.
     */
    public boolean exists() {
        return events.total() > 0
                || !lines.isEmpty()
                || !appliedEntries.isEmpty()
                || totals.granted().signum() != 0
                || totals.restored().signum() != 0
                || totals.receivable().signum() != 0
                || totals.openingBalance().signum() != 0
                || totals.openingDebt().signum() != 0;
    }

    /** The same figures, frozen. An unpriced quantity in it has been waived by then. */
    public Statement closed() {
        return with(Status.CLOSED);
    }

    /** The same figures as a revision of a frozen month. */
    public Statement disputed() {
        return with(Status.DISPUTED);
    }

    /** Units of every meter that have no price. */
    public BigInteger unpricedQuantity() {
        return quantities.stream().map(MeterQuantities::unpriced).reduce(BigInteger.ZERO, BigInteger::add);
    }

    private Statement with(Status other) {
        return new Statement(
                accountId,
                month,
                asOf,
                currency,
                other,
                events,
                totals,
                quantities,
                lines,
                unpriced,
                drawdowns,
                dailyBalances,
                exhaustions,
                overage,
                unfunded,
                receivables,
                withdrawalsAfterUse,
                backdatedEntries,
                appliedEntries,
                probeBalances,
                fallen,
                counters,
                priceRows,
                opening,
                closing);
    }
}
