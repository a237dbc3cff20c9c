package io.saldo.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.pricing.PriceBook;
import io.saldo.pricing.PriceBooks;
import io.saldo.pricing.PriceRow;
import io.saldo.pricing.PriceTier;
import io.saldo.pricing.TierMode;
import io.saldo.problem.Place;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceChangeCheckTest {
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);
    private static final long FROM = UTC.startOf(YearMonth.of(2026, 10));
    private static final long TO = UTC.startOf(YearMonth.of(2026, 11));
    private static final LocalDate NIGHT = LocalDate.of(2026, 11, 20);

    private static PriceRow row(String price, long perUnits, long from, long to, PriceTier tier) {
        return new PriceRow(
                "list",
                "openai",
                "m",
                "standard",
                Meter.INPUT,
                Amount.parse(price),
                perUnits,
                from,
                to,
                0,
                tier,
                Place.line("prices/list.csv", 2));
    }

    private static PriceRow row(String price, long from, long to) {
        return row(price, 1_000, from, to, PriceTier.FLAT);
    }

    private static PriceBooks books(PriceRow... rows) {
        return PriceBooks.of(
                List.of(new PriceBook("list", "", Currency.getInstance("EUR"), Place.line("price-books.csv", 2))),
                Arrays.asList(rows),
                List.of());
    }

    private static List<Finding> findings(PriceBooks before, PriceBooks now) {
        return PriceChangeCheck.findings(before, now, FROM, TO, "2026-10", NIGHT);
    }

    @Test
    void aPriceThatIsAnotherOneIsTold() {
        List<Finding> findings =
                findings(books(row("1", Instants.MIN, Instants.MAX)), books(row("1.5", Instants.MIN, Instants.MAX)));

        assertThat(findings).hasSize(1);
        Finding finding = findings.get(0);
        assertThat(finding.code()).isEqualTo(BreakCode.PRICE_CHANGED_AFTER_USE);
        assertThat(finding.subject()).isEqualTo("list + openai + m + standard + input");
        assertThat(finding.period()).isEqualTo("2026-10");
        assertThat(finding.expected()).isEqualTo(Amount.of(1));
        assertThat(finding.actual()).isEqualTo(Amount.parse("1.5"));
        assertThat(finding.difference()).isEqualTo(Amount.parse("0.5"));
        assertThat(finding.cause()).isEqualTo("changed");
        assertThat(finding.evidence())
                .isEqualTo("rated by 1 for 1000 (prices/list.csv:2), now 1.5 for 1000 (prices/list.csv:2)");
    }

    @Test
    void aPriceOfOtherUnitsIsTheSamePrice() {
        assertThat(findings(
                        books(row("1", 1_000, Instants.MIN, Instants.MAX, PriceTier.FLAT)),
                        books(row("1000", 1_000_000, Instants.MIN, Instants.MAX, PriceTier.FLAT))))
                .isEmpty();
    }

    @Test
    void aRowThatEndsWithTheMonthWhereANewOneBeginsIsNotChanged() {
        assertThat(findings(
                        books(row("1", Instants.MIN, Instants.MAX)),
                        books(row("1", Instants.MIN, TO), row("2", TO, Instants.MAX))))
                .isEmpty();
    }

    @Test
    void aRowThatEndsAMicrosecondBeforeTheMonthDoesLeavesItsRest() {
        List<Finding> findings = findings(
                books(row("1", Instants.MIN, Instants.MAX)),
                books(row("1", Instants.MIN, TO - 1), row("2", TO - 1, Instants.MAX)));

        assertThat(findings).hasSize(2);
        assertThat(findings).extracting(Finding::cause).containsExactly("ended within the month", "put in");
        assertThat(findings.get(1).subject()).endsWith(" + from 2026-10-31T23:59:59.999999Z");
    }

    @Test
    void aRowThatIsGoneIsTold() {
        List<Finding> findings =
                findings(books(row("1", Instants.MIN, Instants.MAX)), books(row("1", TO, Instants.MAX)));

        assertThat(findings).extracting(Finding::cause).containsExactly("taken away");
        assertThat(findings.get(0).actual()).isNull();
    }

    @Test
    void aTierIsARowOfItsOwn() {
        PriceTier first = new PriceTier(TierMode.GRADUATED, 100, Amount.ZERO, 0);
        PriceTier last = new PriceTier(TierMode.GRADUATED, PriceTier.OPEN, Amount.ZERO, 0);
        PriceTier dearer = new PriceTier(TierMode.GRADUATED, PriceTier.OPEN, Amount.of(5), 0);
        List<Finding> findings = findings(
                books(
                        row("2", 1_000, Instants.MIN, Instants.MAX, first),
                        row("1", 1_000, Instants.MIN, Instants.MAX, last)),
                books(
                        row("2", 1_000, Instants.MIN, Instants.MAX, first),
                        row("1", 1_000, Instants.MIN, Instants.MAX, dearer)));

        assertThat(findings)
                .extracting(Finding::subject)
                .containsExactly("list + openai + m + standard + input + last tier");
        assertThat(findings.get(0).evidence()).contains("and a fee of 5");
    }

    @Test
    void aBookThatIsNotReadNowIsNotJudged() {
        assertThat(findings(books(row("1", Instants.MIN, Instants.MAX)), PriceBooks.NONE))
                .isEmpty();
    }
}
