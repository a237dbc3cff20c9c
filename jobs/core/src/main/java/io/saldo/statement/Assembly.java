package io.saldo.statement;

import io.saldo.credit.Coverage;
import io.saldo.credit.CreditEntry;
import io.saldo.credit.Debt;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.PriceRow;
import io.saldo.usage.Meter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The edge of the kernel: its columns become the statement's decimals, sorted as the exports are. */
final class Assembly {
    private static final Amount WITHOUT_SURCHARGE = Amount.of(1);

    private final Scaled plan;
    private final Timeline timeline;
    private final Kernel kernel;
    private final List<StatementLine> charges;
    private final List<StatementLine> corrections;

    Assembly(Scaled plan, Timeline timeline, Kernel kernel) {
        this.plan = plan;
        this.timeline = timeline;
        this.kernel = kernel;
        this.charges = charges();
        this.corrections = corrections();
    }

    Statement statement() {
        StatementInput input = plan.input();
        List<StatementLine> lines = lines();
        List<UnpricedQuantity> unpriced = unpriced();
        List<OverageShare> overage = overage();
        List<Receivable> receivables = receivables();
        OpeningPosition closing = new OpeningPosition(grants(), debtBecomesReceivable() ? List.of() : debts());
        return new Statement(
                input.accountId(),
                input.month(),
                plan.end(),
                input.currency(),
                unpriced.isEmpty() ? Statement.Status.OPEN : Statement.Status.INCOMPLETE,
                new EventCounts(
                        kernel.billableEvents,
                        kernel.notBillableEvents,
                        kernel.lateEvents,
                        kernel.eventsWithoutTerms,
                        kernel.firstWithoutTerms),
                totals(overage, receivables),
                quantities(lines),
                lines,
                unpriced,
                drawdowns(),
                dailyBalances(),
                kernel.grants.spent.stream()
                        .map(spent -> new Exhaustion(spent.at(), creditId(spent.grant()), amount(spent.balance())))
                        .toList(),
                overage,
                unfunded(),
                receivables,
                withdrawalsAfterUse(),
                kernel.backdated,
                kernel.entries.stream().map(CreditEntry::entryId).toList(),
                Arrays.stream(kernel.probes).mapToObj(this::amount).toList(),
                fallen(),
                counters(),
                priceRows(),
                input.opening(),
                closing);
    }

    private StatementTotals totals(List<OverageShare> overage, List<Receivable> receivables) {
        GrantLedger grants = kernel.grants;
        return new StatementTotals(
                amount(kernel.usage)
                        .plus(sum(charges, StatementLine::amount))
                        .plus(sum(corrections, StatementLine::amount)),
                amount(sum(grants.usage)),
                covered(Coverage.PAYG),
                amount(kernel.overageTotal).plus(sum(charges, StatementLine::amount)),
                sum(overage, OverageShare::surcharge),
                amount(kernel.carried),
                covered(Coverage.UNFUNDED),
                sum(receivables, Receivable::amount),
                plan.input().opening().balance(),
                begun().map(grant -> grant.position().amount()).reduce(Amount.ZERO, Amount::plus),
                amount(sum(grants.restored)),
                amount(Math.addExact(sum(grants.usage), sum(grants.debt))),
                amount(sum(grants.expired)),
                amount(sum(grants.withdrawn)),
                amount(grants.balance()),
                plan.input().opening().debt(),
                amount(kernel.settled),
                amount(kernel.debts.total()));
    }

    private Stream<CreditPlan.Grant> begun() {
        return plan.credit().grants().stream().filter(grant -> grant.entry() != null);
    }

    private Amount covered(Coverage coverage) {
        long sum = 0;
        for (long[] line : plan.lines().covered) {
            sum = Math.addExact(sum, line[coverage.ordinal()]);
        }
        return amount(sum);
    }

    private List<StatementLine> lines() {
        List<StatementLine> result = new ArrayList<>();
        for (int index = 0; index < plan.lines().keys().size(); index++) {
            LineTable.Key key = plan.lines().keys().get(index);
            long[] covered = plan.lines().covered[index];
            BigInteger quantity = plan.lines().quantity.get(index);
            BigInteger units = units(key.kind(), index);
            if (quantity.signum() > 0 || units.signum() > 0) {
                result.add(new StatementLine(
                        key.usageMonth(),
                        key.provider(),
                        key.model(),
                        key.serviceTier(),
                        key.meter(),
                        key.kind(),
                        key.unitPrice(),
                        key.perUnits(),
                        quantity,
                        units,
                        amount(sum(covered)),
                        amount(covered[Coverage.CREDIT.ordinal()]),
                        amount(covered[Coverage.PAYG.ordinal()]),
                        amount(covered[Coverage.OVERAGE.ordinal()]),
                        amount(covered[Coverage.CARRIED.ordinal()]),
                        amount(covered[Coverage.UNFUNDED.ordinal()])));
            }
        }
        result.addAll(charges);
        result.addAll(corrections);
        result.sort(StatementLine.KEY_ORDER);
        return result;
    }

    private List<StatementLine> charges() {
        List<StatementLine> lines = new ArrayList<>();
        for (DecidedCharge charge : plan.input().charges()) {
            boolean own = charge.usageMonth().equals(plan.input().month());
            Amount amount = own ? charge.amount().min(amount(unfunded(charge.reason()).amount)) : charge.amount();
            if (amount.signum() > 0) {
                lines.add(StatementLine.charge(charge.usageMonth(), charge.breakId(), amount));
            }
        }
        return lines;
    }

    private List<StatementLine> corrections() {
        List<StatementLine> lines = new ArrayList<>();
        for (ClosedMonth closed : plan.input().closedMonths()) {
            for (Correction correction : closed.corrections()) {
                if (correction.drawnAmount().signum() > 0) {
                    lines.add(StatementLine.correction(closed.month(), correction.dispute(), correction.drawnAmount()));
                }
            }
        }
        return lines;
    }

    private Unfunded unfunded(UnfundedShare.Reason reason) {
        return switch (reason) {
            case SERVED_WITHOUT_CREDIT -> kernel.blocked;
            case ABOVE_CAP -> kernel.aboveCap;
        };
    }

    private BigInteger units(StatementLine.Kind kind, int line) {
        return switch (kind) {
            case USAGE -> plan.lines().quantity.get(line);
            case PACKAGE -> plan.lines().packed.get(line);
            case FEE, CHARGE, CORRECTION -> BigInteger.ZERO;
        };
    }

    private List<UnpricedQuantity> unpriced() {
        return IntStream.range(0, plan.lines().keys().size())
                .filter(index -> plan.lines().events[index] > 0)
                .mapToObj(index -> {
                    LineTable.Key key = plan.lines().keys().get(index);
                    return new UnpricedQuantity(
                            key.usageMonth(),
                            key.provider(),
                            key.model(),
                            key.serviceTier(),
                            key.meter(),
                            plan.lines().quantity.get(index),
                            plan.lines().events[index],
                            plan.lines().firstAt[index]);
                })
                .sorted(UnpricedQuantity.KEY_ORDER)
                .toList();
    }

    private List<MeterQuantities> quantities(List<StatementLine> lines) {
        BigInteger[] priced = new BigInteger[Meter.COUNT];
        BigInteger[] unpriced = new BigInteger[Meter.COUNT];
        Arrays.fill(priced, BigInteger.ZERO);
        Arrays.fill(unpriced, BigInteger.ZERO);
        for (StatementLine line : lines) {
            BigInteger[] side = line.isPriced() ? priced : unpriced;
            int meter = line.meter().ordinal();
            side[meter] = side[meter].add(line.units());
        }
        return IntStream.range(0, Meter.COUNT)
                .mapToObj(meter -> new MeterQuantities(
                        Meter.at(meter),
                        kernel.accepted.get(meter),
                        priced[meter],
                        kernel.free.get(meter),
                        unpriced[meter],
                        kernel.notBillable.get(meter)))
                .toList();
    }

    private List<Drawdown> drawdowns() {
        return kernel.days.paid.stream()
                .map(paid -> new Drawdown(creditId(paid.grant()), paid.date(), paid.purpose(), amount(paid.amount())))
                .sorted(Drawdown.ORDER)
                .toList();
    }

    private List<DailyBalance> dailyBalances() {
        return kernel.days.days.stream()
                .map(day -> new DailyBalance(
                        timeline.days().get(day.day()), amount(day.usage()), amount(day.balance()), amount(day.debt())))
                .toList();
    }

    private List<OverageShare> overage() {
        TreeMap<YearMonth, TreeMap<Amount, Amount>> byMonth = new TreeMap<>();
        for (int month = 0; month < plan.months().size(); month++) {
            RatedMonth rated = plan.months().get(month);
            long[] overage = kernel.counted.get(month).overage;
            for (int segment = 0; segment < overage.length; segment++) {
                if (overage[segment] > 0) {
                    byMonth.computeIfAbsent(rated.counters().month(), each -> new TreeMap<>())
                            .merge(multiplier(rated, segment), amount(overage[segment]), Amount::plus);
                }
            }
        }
        for (StatementLine charge : charges) {
            byMonth.computeIfAbsent(charge.usageMonth(), each -> new TreeMap<>())
                    .merge(WITHOUT_SURCHARGE, charge.amount(), Amount::plus);
        }
        List<OverageShare> shares = new ArrayList<>();
        byMonth.forEach((month, byMultiplier) ->
                byMultiplier.forEach((multiplier, amount) -> shares.add(new OverageShare(month, multiplier, amount))));
        return shares;
    }

    private List<UnfundedShare> unfunded() {
        List<UnfundedShare> shares = new ArrayList<>();
        for (UnfundedShare.Reason reason : UnfundedShare.Reason.values()) {
            Unfunded unfunded = unfunded(reason);
            if (unfunded.amount > 0) {
                shares.add(new UnfundedShare(reason, amount(unfunded.amount), unfunded.events, unfunded.firstAt));
            }
        }
        return shares;
    }

    private static Amount multiplier(RatedMonth month, int segment) {
        Terms terms = month.segments().get(segment).terms();
        return terms == null ? WITHOUT_SURCHARGE : terms.overageMultiplier();
    }

    private List<FallenUsage> fallen() {
        return plan.input().closedMonths().stream()
                .filter(month -> month.fallen() > 0)
                .map(month -> new FallenUsage(month.month(), month.fallen()))
                .toList();
    }

    private List<MonthCounters> counters() {
        return IntStream.range(0, plan.months().size())
                .mapToObj(month -> new MonthCounters(
                        plan.months().get(month).counters().month(),
                        amount(kernel.counted.get(month).againstCap),
                        plan.months().get(month).tierCounts()))
                .toList();
    }

    private List<Receivable> receivables() {
        List<Receivable> receivables = new ArrayList<>();
        for (Kernel.Applied applied : kernel.withdrawals) {
            if (applied.owed() > 0) {
                receivables.add(new Receivable(
                        creditId(applied.withdrawal().grant()),
                        applied.withdrawal().entry().entryId(),
                        applied.withdrawal().at(),
                        amount(applied.owed())));
            }
        }
        if (debtBecomesReceivable()) {
            receivables.add(new Receivable("", "", plan.end(), amount(kernel.debts.total())));
        }
        return receivables;
    }

    private boolean debtBecomesReceivable() {
        StatementInput input = plan.input();
        LocalDate closedOn = input.closedOn();
        return closedOn != null
                && !input.month().isBefore(YearMonth.from(closedOn))
                && plan.end() == input.zone().endOf(input.month())
                && kernel.debts.total() > 0;
    }

    private List<WithdrawalAfterUse> withdrawalsAfterUse() {
        return kernel.withdrawals.stream()
                .map(applied -> {
                    CreditEntry entry = applied.withdrawal().entry();
                    int grant = applied.withdrawal().grant();
                    return new WithdrawalAfterUse(
                            entry.entryId(),
                            creditId(grant),
                            plan.credit().grants().get(grant).position().kind(),
                            entry.reason(),
                            applied.withdrawal().at(),
                            amount(applied.taken()),
                            amount(applied.used()),
                            amount(applied.owed()));
                })
                .toList();
    }

    private List<PriceRow> priceRows() {
        return IntStream.range(0, plan.rows().size())
                .filter(row -> kernel.rowUsed[row])
                .mapToObj(row -> plan.rows().get(row))
                .sorted(Comparator.comparing(PriceRow::place).thenComparing(PriceRow::toString))
                .toList();
    }

    private List<GrantPosition> grants() {
        GrantLedger ledger = kernel.grants;
        return IntStream.range(0, plan.credit().grants().size())
                .mapToObj(grant -> plan.credit()
                        .grants()
                        .get(grant)
                        .position()
                        .moved(
                                amount(Math.addExact(ledger.usage[grant], ledger.debt[grant])),
                                amount(ledger.expired[grant]),
                                amount(ledger.withdrawn[grant]),
                                amount(ledger.claimed[grant]))
                        .restored(amount(ledger.restored[grant])))
                .toList();
    }

    private List<Debt> debts() {
        return kernel.debts.open().stream()
                .map(open -> {
                    ScopeTable.Scope scope = plan.scopes().at(open.scope);
                    return new Debt(open.since, scope.provider(), scope.model(), amount(open.amount));
                })
                .toList();
    }

    private String creditId(int grant) {
        return plan.credit().grants().get(grant).position().creditId();
    }

    private Amount amount(long scaled) {
        return Amount.ofUnscaled(scaled, plan.scale());
    }

    private static long sum(long[] parts) {
        long sum = 0;
        for (long part : parts) {
            sum = Math.addExact(sum, part);
        }
        return sum;
    }

    private static <T> Amount sum(List<T> parts, Function<T, Amount> amount) {
        return parts.stream().map(amount).reduce(Amount.ZERO, Amount::plus);
    }
}
