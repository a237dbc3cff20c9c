package io.saldo.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.credit.CreditEntry;
import io.saldo.credit.GrantPosition;
import io.saldo.credit.Terms;
import io.saldo.money.Amount;
import io.saldo.pricing.ModelAlias;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.usage.AccountEvents;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Laws that every statement keeps, over random histories. A failure names the seed of its history. */
class StatementLawsTest {
    private static final long SEED = 20_261_125;
    private static final YearMonth APRIL = History.MARCH.plusMonths(1);

    @Test
    void moreCreditNeverLeavesMoreUsageWithoutCredit() {
        int helped = 0;
        for (long seed = SEED; seed < SEED + 1_500; seed++) {
            History history = new History(seed);
            List<CreditEntry> more = withMoreCredit(history, new Random(seed));
            Statement march = Statements.compute(month(history, History.MARCH).input());
            Statement richMarch = Statements.compute(
                    month(history, History.MARCH).entries(more).input());
            Statement april = Statements.compute(after(march, month(history, APRIL), history.entries));
            Statement richApril = Statements.compute(after(richMarch, month(history, APRIL), more));

            assertNotMoreUncovered(richMarch, march, seed);
            assertNotMoreUncovered(richApril, april, seed);
            boolean march1 =
                    richMarch.totals().credit().compareTo(march.totals().credit()) > 0;
            boolean april1 =
                    richApril.totals().credit().compareTo(april.totals().credit()) > 0;
            helped += march1 || april1 ? 1 : 0;
        }
        assertThat(helped).as("histories in which the credit was needed").isGreaterThan(250);
    }

    /** A grant more with the order of one that is there, or that one with a greater amount. */
    private static List<CreditEntry> withMoreCredit(History history, Random random) {
        List<CreditEntry> entries = new ArrayList<>(history.entries);
        List<CreditEntry> grants = entries.stream()
                .filter(entry -> entry.type() == CreditEntry.Type.GRANT)
                .toList();
        if (grants.isEmpty()) {
            return entries;
        }
        CreditEntry chosen = grants.get(random.nextInt(grants.size()));
        Amount extra = Amount.ofUnscaled(1 + random.nextInt(3_000), 2);
        if (random.nextBoolean()) {
            entries.add(grant(chosen, "more", extra, chosen.effectiveAt(), chosen.expiresAt()));
        } else {
            Amount raised = chosen.amount().plus(extra);
            entries.replaceAll(entry -> entry.equals(chosen)
                    ? grant(chosen, chosen.creditId(), raised, chosen.effectiveAt(), chosen.expiresAt())
                    : entry);
        }
        return entries;
    }

    /** The surcharge is not in the law: less overage early in the month leaves room under the cap for dearer overage. */
    private static void assertNotMoreUncovered(Statement rich, Statement poor, long seed) {
        Map<String, Function<StatementTotals, Amount>> uncovered = Map.of(
                "payg", StatementTotals::payg,
                "overage", StatementTotals::overage,
                "carried", StatementTotals::carried,
                "unfunded", StatementTotals::unfunded);
        uncovered.forEach((name, amount) -> assertThat(amount.apply(rich.totals()))
                .as("%s of %s, history of seed %d", name, rich.month(), seed)
                .isLessThanOrEqualTo(amount.apply(poor.totals())));
        assertThat(rich.totals().usage()).isEqualTo(poor.totals().usage());
        for (int line = 0; line < poor.lines().size(); line++) {
            assertThat(rich.lines().get(line).credit())
                    .as("credit of a line, history of seed %d", seed)
                    .isGreaterThanOrEqualTo(poor.lines().get(line).credit());
        }
    }

    @Test
    void theOrderOfTheInputDoesNotMatter() {
        for (long seed = SEED; seed < SEED + 1_000; seed++) {
            History history = new History(seed);
            Random random = new Random(seed);
            Statement march = Statements.compute(month(history, History.MARCH).input());
            Variation april = new Variation(after(march, month(history, APRIL), history.entries));

            assertThat(Statements.compute(shuffled(month(history, History.MARCH), history, random)))
                    .as("March, history of seed %d", seed)
                    .isEqualTo(march);
            assertThat(Statements.compute(shuffled(april, history, random)))
                    .as("April, history of seed %d", seed)
                    .isEqualTo(Statements.compute(april.input()));
        }
    }

    private static StatementInput shuffled(Variation month, History history, Random random) {
        List<PriceBook> books = shuffled(history.prices.books(), random);
        List<PriceRow> rows = shuffled(history.prices.rows(), random);
        List<ModelAlias> aliases = shuffled(history.prices.aliases(), random);
        List<GrantPosition> grants = shuffled(month.input().opening().grants(), random);
        List<AccountEvents.Product> products = shuffled(month.input().events().products(), random);
        return month.entries(shuffled(month.input().entries(), random))
                .terms(shuffled(month.input().terms(), random))
                .books(PriceBooks.of(books, rows, aliases))
                .opening(new OpeningPosition(grants, month.input().opening().debts()))
                .products(products)
                .input();
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        List<T> shuffled = new ArrayList<>(list);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    @Test
    void anEarlierNightSaysOfItsDaysWhatTheLastNightSays() {
        for (long seed = SEED; seed < SEED + 300; seed++) {
            History history = new History(seed);
            Variation month = month(history, History.MARCH).terms(withoutVolume(history.terms));
            Statement once = Statements.compute(month.input());
            Statement last = once;
            for (int day = 1; day <= History.MARCH.lengthOfMonth(); day++) {
                LocalDate date = History.MARCH.atDay(day);
                last = Statements.compute(month.asOf(History.ZONE.endOf(date)).input());
                assertBeginning(last, once, date, seed);
            }
            assertThat(last).as("31 nights, history of seed %d", seed).isEqualTo(once);
        }
    }

    /** All units of a volume price are at the tier of the month so far, so its past days do change. */
    private static List<Terms> withoutVolume(List<Terms> terms) {
        return terms.stream()
                .map(each -> new Terms(
                        each.accountId(),
                        each.effectiveFrom(),
                        each.billingMode(),
                        each.priceBook().equals("volume") ? "special" : each.priceBook(),
                        each.overagePolicy(),
                        each.overageMultiplier(),
                        each.monthlyOverageCap(),
                        each.rechargeThreshold(),
                        each.rechargeAmount(),
                        each.rechargeMonthlyCap(),
                        each.paymentTermsDays(),
                        each.place()))
                .toList();
    }

    private static void assertBeginning(Statement night, Statement month, LocalDate date, long seed) {
        String which = "night of " + date + ", history of seed " + seed;
        List<DailyBalance> later = month.dailyBalances()
                .subList(date.getDayOfMonth(), month.dailyBalances().size());
        assertThat(night.dailyBalances())
                .as(which)
                .isEqualTo(month.dailyBalances().subList(0, date.getDayOfMonth()));
        assertThat(night.drawdowns())
                .as(which)
                .isEqualTo(month.drawdowns().stream()
                        .filter(drawdown -> !drawdown.usageDate().isAfter(date))
                        .toList());
        assertThat(night.exhaustions())
                .as(which)
                .isEqualTo(month.exhaustions().stream()
                        .filter(spent -> spent.at() < night.asOf())
                        .toList());
        assertThat(night.receivables())
                .as(which)
                .isEqualTo(month.receivables().stream()
                        .filter(owed -> owed.at() < night.asOf())
                        .toList());
        assertThat(night.appliedEntries())
                .as(which)
                .isEqualTo(
                        month.appliedEntries().subList(0, night.appliedEntries().size()));
        assertThat(month.totals().usage().minus(night.totals().usage()))
                .as(which)
                .isEqualTo(later.stream().map(DailyBalance::usage).reduce(Amount.ZERO, Amount::plus));
        Map<Object, StatementLine> lines =
                month.lines().stream().collect(Collectors.toMap(StatementLawsTest::key, line -> line));
        for (StatementLine line : night.lines()) {
            assertThat(lines.get(key(line))).as("%s, line %s", which, key(line)).satisfies(whole -> {
                assertThat(whole.units()).isGreaterThanOrEqualTo(line.units());
                assertThat(whole.quantity()).isGreaterThanOrEqualTo(line.quantity());
                assertThat(whole.credit()).isGreaterThanOrEqualTo(line.credit());
                assertThat(whole.payg()).isGreaterThanOrEqualTo(line.payg());
                assertThat(whole.overage()).isGreaterThanOrEqualTo(line.overage());
                assertThat(whole.carried()).isGreaterThanOrEqualTo(line.carried());
                assertThat(whole.unfunded()).isGreaterThanOrEqualTo(line.unfunded());
            });
        }
    }

    private static Object key(StatementLine line) {
        return List.of(
                line.provider(),
                line.model(),
                line.serviceTier(),
                line.meterWord(),
                line.kind(),
                line.isPriced() ? line.unitPrice() : "unpriced",
                line.perUnits());
    }

    private static Variation month(History history, YearMonth month) {
        return new Variation(
                new History(history.seed()).input(month, History.ZONE.endOf(month), OpeningPosition.NONE, List.of()));
    }

    private static StatementInput after(Statement before, Variation month, List<CreditEntry> entries) {
        return month.opening(before.closing())
                .entries(entries.stream()
                        .filter(entry -> !before.appliedEntries().contains(entry.entryId()))
                        .toList())
                .input();
    }

    /** A grant like another. */
    static CreditEntry grant(CreditEntry like, String creditId, Amount amount, long effectiveAt, long expiresAt) {
        return new CreditEntry(
                like.accountId(),
                "grant-" + creditId,
                CreditEntry.Type.GRANT,
                creditId,
                like.kind(),
                amount,
                like.taxAmount(),
                like.currency(),
                like.bookedAt(),
                effectiveAt,
                expiresAt,
                like.priority(),
                like.paymentReference(),
                like.paymentMethod(),
                like.purchaseInvoice(),
                like.reason(),
                like.scopeProvider(),
                like.scopeModel());
    }
}
