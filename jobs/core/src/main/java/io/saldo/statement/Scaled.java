package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the loop needs, with the one scale that makes every amount of the month a whole number.
 *
 * @param firstEvent the first event of the month
 * @param endEvent the first event that no longer counts
 * @param tiers one counter for each row set with tiers; the tier of a volume price is decided
 * @param scale digits after the point
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one kernel, never compared
record Scaled(
        StatementInput input,
        long end,
        int firstEvent,
        int endEvent,
        List<TermsSegment> segments,
        CreditPlan credit,
        ScopeTable scopes,
        LineTable lines,
        List<PriceRow> rows,
        Quote[][][] quotes,
        List<TierCounter> tiers,
        int scale) {
    /**
     * Resolves the input.
     *
     * @throws ArithmeticException when a price does not fit the scale in 63 bits
     */
    static Scaled of(StatementInput input) {
        long start = input.monthStart();
        long end = Math.max(start, input.end());
        int firstEvent = lowerBound(input, start);
        int endEvent = lowerBound(input, end);
        List<TermsSegment> segments = TermsSegment.of(input.terms(), start, end);
        CreditPlan credit = new CreditPlan(input, end);
        ScopeTable scopes =
                new ScopeTable(input.events().products(), input.opening().debts(), input.priceBooks(), credit.grants());
        LineTable lines = new LineTable();
        RatePlan rates = new RatePlan(segments, input.events(), firstEvent, endEvent, input.priceBooks(), lines);
        int scale = Math.max(rates.scale(), scale(input, segments, credit));
        Quote[][][] quotes = rates.quotes(scale);
        lines.open();
        Scaled plan = new Scaled(
                input,
                end,
                firstEvent,
                endEvent,
                segments,
                credit,
                scopes,
                lines,
                rates.rows(),
                quotes,
                rates.tiers(),
                scale);
        VolumeTotals.decide(plan);
        return plan;
    }

    private static int scale(StatementInput input, List<TermsSegment> segments, CreditPlan credit) {
        Stream<@Nullable Amount> amounts = Stream.of(
                        credit.grants().stream()
                                .map(CreditPlan.Grant::position)
                                .flatMap(grant -> Stream.of(grant.amount(), grant.remaining(), claimable(grant))),
                        credit.withdrawals().stream()
                                .map(CreditPlan.Withdrawal::entry)
                                .map(CreditEntry::amount),
                        input.opening().debts().stream().map(Debt::amount),
                        segments.stream().map(TermsSegment::terms).map(Scaled::cap))
                .flatMap(parts -> parts);
        return amounts.mapToInt(amount -> amount == null ? 0 : amount.scale())
                .max()
                .orElse(0);
    }

    private static Amount claimable(GrantPosition grant) {
        return grant.drawn().minus(grant.claimed());
    }

    private static @Nullable Amount cap(@Nullable Terms terms) {
        return terms == null ? null : terms.monthlyOverageCap();
    }

    private static int lowerBound(StatementInput input, long instant) {
        long[] occurredAt = input.events().occurredAt();
        int from = 0;
        int to = input.events().size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (occurredAt[middle] < instant) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
