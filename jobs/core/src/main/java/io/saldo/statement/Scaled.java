package io.saldo.statement;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.LateEvents;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything the loop needs, with the one scale that makes every amount of the month a whole number.
 *
 * @param end first instant that no longer counts
 * @param usedBefore what the checkpoint that the computation goes on from had used of the month; nothing of a whole month
 * @param months whose usage counts: closed months with late usage, oldest first, then the statement's own
 * @param rows price rows that may be needed, by their number
 * @param scale digits after the point
 */
@SuppressWarnings("ArrayRecordComponent") // handed to one kernel, never compared
record Scaled(
        StatementInput input,
        long end,
        UsedProducts usedBefore,
        List<RatedMonth> months,
        CreditPlan credit,
        ScopeTable scopes,
        LineTable lines,
        List<PriceRow> rows,
        int scale) {
    private record Usage(
            YearMonth month, LateEvents late, int from, int to, UsedProducts before, MonthCounters counters) {
        AccountEvents events() {
            return late.events();
        }

        boolean[] used() {
            return before.with(events(), from, to).cells();
        }
    }

    /**
     * Resolves the input.
     *
     * @param checkpoint to go on from: events before it are not looked at; null to compute the month whole
     * @throws ArithmeticException when a price does not fit the scale in 63 bits
     */
    static Scaled of(StatementInput input, @Nullable Checkpoint checkpoint) {
        long end = Math.max(input.monthStart(), input.end());
        UsedProducts usedBefore = checkpoint == null ? UsedProducts.NONE : checkpoint.used();
        long start = checkpoint == null ? input.monthStart() : checkpoint.at();
        List<Usage> usage = usage(input, usedBefore, start, end);
        CreditPlan credit = new CreditPlan(input, end);
        List<AccountEvents.Product> products = usage.stream()
                .flatMap(month -> month.events().products().stream())
                .toList();
        ScopeTable scopes = new ScopeTable(products, input.opening().debts(), input.priceBooks(), credit.grants());
        LineTable lines = new LineTable();
        Map<PriceRow, Integer> rows = new LinkedHashMap<>();
        List<RatePlan> rates = new ArrayList<>();
        List<List<TermsSegment>> segments = new ArrayList<>();
        for (Usage each : usage) {
            List<TermsSegment> terms = TermsSegment.of(
                    input.terms(),
                    input.zone().startOf(each.month()),
                    Math.min(end, input.zone().endOf(each.month())));
            segments.add(terms);
            rates.add(new RatePlan(each.month(), terms, each.events(), each.used(), input.priceBooks(), lines, rows));
        }
        int scale = scale(input, usage, segments, credit);
        for (PriceRow row : rows.keySet()) {
            scale = Math.max(scale, row.unitScale());
        }
        List<RatedMonth> months = new ArrayList<>();
        for (int index = 0; index < usage.size(); index++) {
            Usage each = usage.get(index);
            Quote[][][] quotes = rates.get(index).quotes(scale, each.counters());
            RatedMonth month = new RatedMonth(
                    each.month(),
                    each.events(),
                    each.late().figures(),
                    each.from(),
                    each.to(),
                    segments.get(index),
                    scopes.ofProducts(each.events().products()),
                    quotes,
                    rates.get(index).tiers(),
                    each.counters());
            VolumeTotals.decide(month);
            months.add(month);
        }
        lines.open();
        return new Scaled(input, end, usedBefore, months, credit, scopes, lines, List.copyOf(rows.keySet()), scale);
    }

    /** The statement's own month, which is the last. */
    RatedMonth own() {
        return months.get(months.size() - 1);
    }

    /** The counters of all months. */
    List<TierCounter> tierCounters() {
        return months.stream().flatMap(month -> month.tiers().stream()).toList();
    }

    private static List<Usage> usage(StatementInput input, UsedProducts usedBefore, long start, long end) {
        List<Usage> usage = new ArrayList<>();
        for (ClosedMonth closed : input.closedMonths()) {
            int size = closed.late().events().size();
            if (size > 0) {
                usage.add(new Usage(closed.month(), closed.late(), 0, size, UsedProducts.NONE, closed.counters()));
            }
        }
        usage.add(new Usage(
                input.month(),
                LateEvents.of(usedBefore.numbered(input.events())),
                lowerBound(input, start),
                lowerBound(input, end),
                usedBefore,
                MonthCounters.none(input.month())));
        return usage;
    }

    private static int scale(
            StatementInput input, List<Usage> usage, List<List<TermsSegment>> segments, CreditPlan credit) {
        Stream<@Nullable Amount> amounts = Stream.of(
                        credit.grants().stream()
                                .map(CreditPlan.Grant::position)
                                .flatMap(grant -> Stream.of(grant.amount(), grant.remaining(), claimable(grant))),
                        credit.withdrawals().stream()
                                .map(CreditPlan.Withdrawal::entry)
                                .map(CreditEntry::amount),
                        input.opening().debts().stream().map(Debt::amount),
                        corrections(input),
                        usage.stream().map(month -> month.counters().overage()),
                        segments.stream()
                                .flatMap(List::stream)
                                .map(TermsSegment::terms)
                                .map(Scaled::cap))
                .flatMap(parts -> parts);
        return amounts.mapToInt(amount -> amount == null ? 0 : amount.scale())
                .max()
                .orElse(0);
    }

    private static Stream<Amount> corrections(StatementInput input) {
        return input.closedMonths().stream()
                .flatMap(closed -> closed.corrections().stream())
                .flatMap(correction -> Stream.concat(
                        correction.restored().stream().map(Correction.Restored::amount),
                        correction.drawn().stream().map(Correction.Drawn::amount)));
    }

    private static Amount claimable(GrantPosition grant) {
        return grant.drawn().minus(grant.restored()).minus(grant.claimed());
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
