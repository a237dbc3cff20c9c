package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceLookup;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceSearch;
import io.saldo.statement.Explanation.EventCharge;
import io.saldo.statement.Explanation.GrantStep;
import io.saldo.statement.Explanation.Outcome;
import io.saldo.statement.Explanation.Part;
import io.saldo.statement.Explanation.RatedLine;
import io.saldo.statement.Explanation.Step;
import io.saldo.statement.Explanation.TierStep;
import io.saldo.usage.AccountEvents;
import io.saldo.usage.AccountEvents.Product;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sees how the kernel comes to its figures. What a charge did is the difference of the kernel's state before and after
 * it: so nothing is priced or paid a second time, and whatever the kernel does is told.
 */
final class KernelTrace {
    private final Scaled plan;
    /** By month of the plan. */
    private final BitSet[] watched;

    private final BitSet[] rowsOfLine;
    private final BitSet[] rowsOfCharge;
    private final List<EventCharge> charges = new ArrayList<>();

    private BigInteger[] quantityBefore = new BigInteger[0];
    private BigInteger[] packedBefore = new BigInteger[0];
    private long[] countedBefore = new long[0];
    private long[][] coveredBefore = new long[0][];
    private long[] remainingBefore = new long[0];
    private BigInteger freeBefore = BigInteger.ZERO;
    private long overageBefore;
    private long debtBefore;
    // The month whose usage burns.
    private int monthNumber;
    private RatedMonth month;
    private AccountEvents events;
    private int segment;

    /** Watches events by their index in the usage of their month. */
    KernelTrace(Scaled plan, Map<YearMonth, Set<Integer>> watchedEvents) {
        this.plan = plan;
        month = plan.own();
        events = month.events();
        watched = bitSets(plan.months().size());
        for (int each = 0; each < watched.length; each++) {
            watchedEvents
                    .getOrDefault(plan.months().get(each).month(), Set.of())
                    .forEach(watched[each]::set);
        }
        rowsOfLine = bitSets(plan.lines().keys().size());
        rowsOfCharge = bitSets(plan.lines().keys().size());
    }

    private static BitSet[] bitSets(int size) {
        return IntStream.range(0, size).mapToObj(each -> new BitSet()).toArray(BitSet[]::new);
    }

    /** A row rated a quantity of a line. */
    void rated(int line, int row) {
        rowsOfLine[line].set(row);
        rowsOfCharge[line].set(row);
    }

    /** A quantity is about to be charged. */
    void before(Kernel kernel, int burningMonth, int event, int meter, int currentSegment) {
        monthNumber = burningMonth;
        if (!watched[monthNumber].get(event)) {
            return;
        }
        month = plan.months().get(monthNumber);
        events = month.events();
        LineTable lines = plan.lines();
        quantityBefore = new BigInteger[rowsOfCharge.length];
        packedBefore = new BigInteger[rowsOfCharge.length];
        coveredBefore = new long[rowsOfCharge.length][];
        for (int line = 0; line < rowsOfCharge.length; line++) {
            rowsOfCharge[line].clear();
            quantityBefore[line] = lines.quantity.get(line);
            packedBefore[line] = lines.packed.get(line);
            coveredBefore[line] = lines.covered[line].clone();
        }
        countedBefore =
                month.tiers().stream().mapToLong(counter -> counter.counted).toArray();
        remainingBefore = kernel.grants.remaining.clone();
        freeBefore = kernel.free.get(meter);
        overageBefore = kernel.againstCap();
        debtBefore = kernel.debts.total();
        segment = currentSegment;
    }

    /** It has been charged. */
    void after(Kernel kernel, int event, int meter) {
        if (!watched[monthNumber].get(event)) {
            return;
        }
        List<Part> parts = new ArrayList<>();
        for (int line = 0; line < rowsOfCharge.length; line++) {
            BigInteger quantity = plan.lines().quantity.get(line).subtract(quantityBefore[line]);
            if (quantity.signum() > 0 || !rowsOfCharge[line].isEmpty()) {
                parts.add(part(line, quantity));
            }
        }
        Terms terms = month.segments().get(segment).terms();
        Outcome outcome = !kernel.free.get(meter).equals(freeBefore)
                ? Outcome.FREE
                : parts.stream().anyMatch(part -> part.unitPrice() == null) ? Outcome.UNPRICED : Outcome.PRICED;
        EventCharge charge = new EventCharge(
                month.month(),
                event,
                Meter.at(meter),
                events.quantities()[meter][event],
                Meter.totalInput(month.figures(), event),
                outcome,
                terms,
                terms == null ? null : search(terms, event, Meter.at(meter)),
                tiers(),
                parts,
                parts.stream().allMatch(part -> part.amount().isZero()) ? List.of() : grants(kernel, event),
                amount(overageBefore),
                amount(kernel.againstCap()),
                amount(debtBefore),
                amount(kernel.debts.total()));
        prove(charge);
        charges.add(charge);
    }

    private List<TierStep> tiers() {
        List<TierStep> steps = new ArrayList<>();
        for (int number = 0; number < countedBefore.length; number++) {
            TierCounter counter = month.tiers().get(number);
            if (counter.counted != countedBefore[number]) {
                steps.add(new TierStep(counter.set, countedBefore[number], counter.counted));
            }
        }
        return steps;
    }

    /** By line with a price, in the statement's order, the rows that rated it. */
    List<RatedLine> rows(Statement statement) {
        List<RatedLine> rated = new ArrayList<>();
        for (StatementLine line : statement.lines()) {
            BitSet rows = new BitSet();
            for (int index = 0; index < rowsOfLine.length; index++) {
                if (isOf(line, plan.lines().keys().get(index))) {
                    rows.or(rowsOfLine[index]);
                }
            }
            if (line.isPriced()) {
                rated.add(new RatedLine(line, rows(rows)));
            }
        }
        return rated;
    }

    /** What the watched events did. */
    List<EventCharge> charges() {
        return charges;
    }

    private static boolean isOf(StatementLine line, LineTable.Key key) {
        return line.usageMonth().equals(key.usageMonth())
                && line.provider().equals(key.provider())
                && line.model().equals(key.model())
                && line.serviceTier().equals(key.serviceTier())
                && line.meter() == key.meter()
                && line.kind() == key.kind()
                && line.perUnits() == key.perUnits()
                && Objects.equals(line.unitPrice(), key.unitPrice());
    }

    private List<PriceRow> rows(BitSet numbers) {
        return numbers.stream().mapToObj(row -> plan.rows().get(row)).toList();
    }

    private Part part(int line, BigInteger quantity) {
        LineTable.Key key = plan.lines().keys().get(line);
        long sum = 0;
        Map<Coverage, Amount> covered = new EnumMap<>(Coverage.class);
        for (Coverage coverage : Coverage.values()) {
            long part = plan.lines().covered[line][coverage.ordinal()] - coveredBefore[line][coverage.ordinal()];
            sum += part;
            if (part != 0) {
                covered.put(coverage, amount(part));
            }
        }
        return new Part(
                key.provider(),
                key.model(),
                key.serviceTier(),
                key.meter(),
                key.kind(),
                key.unitPrice(),
                key.perUnits(),
                rows(rowsOfCharge[line]),
                quantity,
                units(line, key.kind(), quantity),
                amount(sum),
                covered);
    }

    private BigInteger units(int line, StatementLine.Kind kind, BigInteger quantity) {
        return switch (kind) {
            case USAGE -> quantity;
            case PACKAGE -> plan.lines().packed.get(line).subtract(packedBefore[line]);
            case FEE, CHARGE, CORRECTION -> BigInteger.ZERO;
        };
    }

    private List<GrantStep> grants(Kernel kernel, int event) {
        long at = events.occurredAt()[event];
        int scope = month.scopes()[events.product()[event]];
        List<GrantStep> steps = new ArrayList<>();
        for (int grant = 0; grant < remainingBefore.length; grant++) {
            CreditPlan.Grant planned = plan.credit().grants().get(grant);
            long after = kernel.grants.remaining[grant];
            long paid = remainingBefore[grant] - after;
            steps.add(new GrantStep(
                    planned.position(),
                    planned.position().effectiveAt() > at ? planned.position().effectiveAt() : planned.start(),
                    amount(remainingBefore[grant]),
                    amount(paid),
                    amount(after),
                    step(planned, paid, remainingBefore[grant], at, kernel.grants.fits(grant, scope))));
        }
        return steps;
    }

    /**
     * Why a grant paid, or not.
     *
     * @param at when the event occurred; late, it burns when the statement's month begins
     */
    private Step step(CreditPlan.Grant grant, long paid, long before, long at, boolean fits) {
        GrantPosition position = grant.position();
        long burnsAt = Math.max(at, plan.input().monthStart());
        if (paid > 0) {
            return Step.PAID;
        }
        if (position.effectiveAt() > at || grant.start() > burnsAt) {
            return Step.NOT_BEGUN;
        }
        if (position.expiresAt() <= burnsAt) {
            return Step.EXPIRED;
        }
        if (before == 0) {
            return Step.EMPTY;
        }
        return fits ? Step.NOT_NEEDED : Step.OUT_OF_SCOPE;
    }

    private PriceSearch search(Terms terms, int event, Meter meter) {
        Product product = events.products().get(events.product()[event]);
        return plan.input()
                .priceBooks()
                .search(
                        terms.priceBook(),
                        product.provider(),
                        product.model(),
                        product.serviceTier(),
                        meter,
                        events.occurredAt()[event],
                        product.contextOf(Meter.totalInput(month.figures(), event)),
                        product.contextsOf(month.figures()[Meter.REQUEST.ordinal()][event]));
    }

    /** What is told must be what was done. */
    private void prove(EventCharge charge) {
        Amount paid = charge.grants().stream().map(GrantStep::paid).reduce(Amount.ZERO, Amount::plus);
        PriceSearch search = charge.search();
        List<PriceRow> found = search != null && search.answer() instanceof PriceLookup.Priced priced
                ? priced.set().tiers()
                : List.of();
        boolean sameRow = charge.parts().stream().allMatch(part -> found.containsAll(part.rows()));
        if (!paid.equals(charge.covered(Coverage.CREDIT)) || !sameRow) {
            throw new IllegalStateException("what is told of event " + charge.event() + ", "
                    + charge.meter().word() + ", is not what was computed");
        }
    }

    private Amount amount(long scaled) {
        return Amount.ofUnscaled(scaled, plan.scale());
    }
}
