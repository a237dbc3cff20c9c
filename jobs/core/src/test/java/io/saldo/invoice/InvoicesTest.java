package io.saldo.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.saldo.credit.CreditKind;
import io.saldo.credit.OveragePolicy;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import io.saldo.pricing.PriceTier;
import io.saldo.statement.AccountMonth;
import io.saldo.statement.Statement;
import io.saldo.time.BillingZone;
import io.saldo.time.Instants;
import io.saldo.usage.Meter;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SPEC 9.3 to 9.5. */
class InvoicesTest {
    private static final TaxTreatment STANDARD = new TaxTreatment("S", Amount.of(19), "");
    private static final BillingZone UTC = new BillingZone(ZoneOffset.UTC);

    @Test
    void linesAndCoverageAreApportionedAgainstTheSameRoundedUsage() {
        Statement statement = new AccountMonth()
                .price("a", "0.005", 1)
                .price("b", "0.005", 1)
                .price("c", "0.005", 1)
                .overage("", "1.5", null)
                .grant("promo", CreditKind.PROMO, "01 00:00", "0.004")
                .grant("bought", CreditKind.PURCHASE, "01 00:00", "0.006")
                .use("02 00:00", "openai", "a", 1)
                .use("03 00:00", "openai", "b", 1)
                .use("04 00:00", "openai", "c", 1)
                .compute();
        Invoice invoice = Invoices.calculate(statement.closed(), usageMonth -> STANDARD);

        assertThat(invoice.lines())
                .extracting(InvoiceLine::kind, InvoiceLine::model, line -> line.amount()
                        .minorUnits())
                .containsExactly(
                        tuple(InvoiceLine.Kind.USAGE, "a", 1L),
                        tuple(InvoiceLine.Kind.USAGE, "b", 1L),
                        tuple(InvoiceLine.Kind.USAGE, "c", 0L));
        assertThat(invoice.allowances())
                .extracting(Allowance::kind, allowance -> allowance.amount().minorUnits(), Allowance::purchaseInvoices)
                .containsExactly(tuple(Allowance.Kind.CREDIT_PURCHASE, 1L, List.of("PRE-bought")));
        assertThat(invoice.net().minorUnits()).isEqualTo(1);
        assertThat(invoice.kind()).isEqualTo(Invoice.Kind.INVOICE);
    }

    @Test
    void aLineOfPackagesIsTheirNumberAtThePriceOfOne() {
        Statement statement = new AccountMonth()
                .price("packed", Meter.INPUT, "10", 1, Instants.MIN, Instants.MAX, 0, PriceTier.packages(1000))
                .overage("", "1", null)
                .use("02 00:00", "openai", "packed", 2_345)
                .compute();
        Invoice invoice = Invoices.calculate(statement.closed(), usageMonth -> STANDARD);

        assertThat(invoice.lines())
                .extracting(InvoiceLine::quantity, InvoiceLine::unitPrice, InvoiceLine::perUnits)
                .containsExactly(tuple(Amount.of(3), Amount.of(10), 1L));
        assertThat(invoice.lines())
                .extracting(InvoiceLine::packageSize, InvoiceLine::pricedUnits, InvoiceLine::amount)
                .containsExactly(tuple(1000L, 1000L, euro(3_000)));
    }

    @Test
    void surchargeAndReceivablesAreRoundedAloneAndReceivablesAreUntaxed() {
        Statement statement = new AccountMonth()
                .overage("", "1.25", null)
                .grant("a", CreditKind.PURCHASE, "01 00:00", "10")
                .use("02 00:00", 110)
                .withdraw("back", "a", "03 00:00", "", "chargeback")
                .compute();
        Invoice invoice = Invoices.calculate(statement.closed(), usageMonth -> STANDARD);

        assertThat(invoice.lines())
                .extracting(InvoiceLine::line, InvoiceLine::kind, line -> line.amount()
                        .minorUnits())
                .containsExactly(
                        tuple(1, InvoiceLine.Kind.USAGE, 11_000L),
                        tuple(2, InvoiceLine.Kind.SURCHARGE, 2_500L),
                        tuple(3, InvoiceLine.Kind.RECEIVABLE, 1_000L));
        assertThat(invoice.net().minorUnits()).isEqualTo(13_500);
        assertThat(invoice.taxes()).containsExactly(new TaxLine("S", Amount.of(19), euro(12_500), euro(2_375), ""));
        assertThat(invoice.total().minorUnits()).isEqualTo(15_875);
    }

    /** Three euros of September come late, of which credit pays two; October uses five. */
    private static Statement withLateUsage() {
        return new AccountMonth()
                .overage("", "1.25", null)
                .grant("promo", CreditKind.PROMO, "2026-09-01 00:00", "2")
                .useLate("2026-09-20 00:00", 3)
                .use("02 00:00", 5)
                .compute()
                .closed();
    }

    @Test
    void lateUsageStandsInASectionOfItsOwnMonth() {
        Invoice invoice = Invoices.calculate(withLateUsage(), usageMonth -> STANDARD);

        assertThat(invoice.lines())
                .extracting(InvoiceLine::line, InvoiceLine::kind, InvoiceLine::usageMonth, line -> line.amount()
                        .minorUnits())
                .containsExactly(
                        tuple(1, InvoiceLine.Kind.USAGE, YearMonth.of(2026, 10), 500L),
                        tuple(2, InvoiceLine.Kind.SURCHARGE, YearMonth.of(2026, 10), 125L),
                        tuple(3, InvoiceLine.Kind.LATE_USAGE, YearMonth.of(2026, 9), 300L),
                        tuple(4, InvoiceLine.Kind.SURCHARGE, YearMonth.of(2026, 9), 25L));
        assertThat(invoice.allowances())
                .extracting(Allowance::kind, allowance -> allowance.amount().minorUnits())
                .containsExactly(tuple(Allowance.Kind.CREDIT_PROMO, 200L));
        assertThat(invoice.taxes())
                .as("one rate, rounded once")
                .containsExactly(new TaxLine("S", Amount.of(19), euro(750), euro(143), ""));
        assertThat(invoice.total().minorUnits()).isEqualTo(893);
    }

    @Test
    void eachUsageMonthHasTheRateOfItsOwnEnd() {
        TaxTreatment reduced = new TaxTreatment("S", Amount.of(16), "");
        Invoice invoice = Invoices.calculate(
                withLateUsage(), usageMonth -> usageMonth.equals(YearMonth.of(2026, 9)) ? reduced : STANDARD);

        assertThat(invoice.taxes())
                .containsExactly(
                        new TaxLine("S", Amount.of(19), euro(625), euro(119), "", List.of(YearMonth.of(2026, 10))),
                        new TaxLine("S", Amount.of(16), euro(125), euro(20), "", List.of(YearMonth.of(2026, 9))));
        assertThat(invoice.allowances())
                .as("credit paid late usage, and lessens what is taxed as late usage")
                .extracting(Allowance::byTax)
                .containsExactly(List.of(euro(0), euro(200)));
        assertThat(invoice.net().minorUnits()).isEqualTo(750);
        assertThat(invoice.total().minorUnits()).isEqualTo(889);
    }

    @Test
    void oneCategoryAndRateIsOneTaxWhateverItsTexts() {
        TaxTreatment exempt = new TaxTreatment("E", Amount.ZERO, "Exempt, rule 1.");
        TaxTreatment exemptThen = new TaxTreatment("E", Amount.ZERO, "Exempt, rule 2.");
        Invoice invoice = Invoices.calculate(
                withLateUsage(), usageMonth -> usageMonth.equals(YearMonth.of(2026, 9)) ? exemptThen : exempt);

        assertThat(invoice.taxes())
                .containsExactly(new TaxLine("E", Amount.ZERO, euro(750), euro(0), "Exempt, rule 1. Exempt, rule 2."));
    }

    @Test
    void whereNothingIsDueThereIsAStatement() {
        Statement covered = new AccountMonth()
                .prepaid("", OveragePolicy.CARRY)
                .grant("a", CreditKind.PURCHASE, "01 00:00", "3")
                .use("02 00:00", 5)
                .compute();
        Invoice invoice = Invoices.calculate(covered.closed(), usageMonth -> STANDARD);

        assertThat(invoice.kind()).isEqualTo(Invoice.Kind.STATEMENT);
        assertThat(invoice.allowances())
                .extracting(Allowance::kind, allowance -> allowance.amount().minorUnits())
                .containsExactly(tuple(Allowance.Kind.CREDIT_PURCHASE, 300L), tuple(Allowance.Kind.CARRIED, 200L));
        assertThat(invoice.total().isZero()).isTrue();

        Statement trifle = new AccountMonth()
                .price("mini", "0.004", 1)
                .payg("")
                .use("02 00:00", "openai", "mini", 1)
                .compute();
        assertThat(Invoices.calculate(trifle.closed(), usageMonth -> STANDARD).kind())
                .isEqualTo(Invoice.Kind.STATEMENT);
    }

    @Test
    void aResidueThatAloneRoundsToZeroIsNotAskedFor() {
        Statement statement = new AccountMonth()
                .price("a", "0.001", 1)
                .overage("", "1", null)
                .grant("promo", CreditKind.PROMO, "01 00:00", "0.0125")
                .use("02 00:00", "openai", "a", 16)
                .compute();
        Invoice invoice = Invoices.calculate(statement.closed(), usageMonth -> STANDARD);

        assertThat(statement.totals().overage()).isEqualTo(Amount.parse("0.0035"));
        assertThat(invoice.kind()).isEqualTo(Invoice.Kind.STATEMENT);
        assertThat(invoice.lineTotal().minorUnits()).isEqualTo(2);
        assertThat(invoice.allowances())
                .extracting(Allowance::kind, allowance -> allowance.amount().minorUnits())
                .containsExactly(tuple(Allowance.Kind.CREDIT_PROMO, 2L));
    }

    @Test
    void onlyAClosedStatementIsInvoiced() {
        Statement open = new AccountMonth().payg("").use("02 00:00", 5).compute();

        assertThatThrownBy(() -> Invoices.calculate(open, usageMonth -> STANDARD))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWaivedQuantityStandsInNoLine() {
        Statement waived = new AccountMonth()
                .payg("")
                .use("02 00:00", 5)
                .use("02 00:00", "openai", "unknown", 5)
                .compute();

        assertThat(waived.status()).isEqualTo(Statement.Status.INCOMPLETE);
        assertThat(Invoices.calculate(waived.closed(), usageMonth -> STANDARD).lines())
                .hasSize(1);
    }

    @Test
    void theCreditStatementShowsTheMonthsMovementOfEachGrant() {
        Statement october = new AccountMonth()
                .prepaid("", OveragePolicy.BLOCK)
                .grant("a", CreditKind.PROMO, "01 00:00", "2026-11-10 00:00", "10", 50, "", "")
                .grant("spent", CreditKind.PROMO, "01 00:00", "02 00:00", "1", 50, "", "")
                .use("05 00:00", 4)
                .compute();
        Statement november = new AccountMonth()
                .month("2026-11")
                .opening(october.closing())
                .prepaid("", OveragePolicy.BLOCK)
                .use("2026-11-05 00:00", 1)
                .compute();

        assertThat(Invoices.creditPositions(november, UTC))
                .containsExactly(new CreditPosition(
                        "a",
                        "promo",
                        "",
                        LocalDate.of(2026, 11, 10),
                        Amount.of(6),
                        Amount.ZERO,
                        Amount.ZERO,
                        Amount.of(1),
                        Amount.of(5),
                        Amount.ZERO,
                        Amount.ZERO));
        assertThat(Invoices.creditPositions(october, UTC)).hasSize(2);
        assertThat(Invoices.dailyUsage(november)).hasSize(30);
        assertThat(Invoices.dailyUsage(november).get(4).amount()).hasToString("1");
    }

    @Test
    void everyDocumentAddsUpOverRandomMonths() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            AccountMonth month = new AccountMonth()
                    .overage("", "1." + (100 + random.nextInt(900)), random.nextBoolean() ? "0.5" : null);
            for (CreditKind kind : CreditKind.values()) {
                month.grant(kind.word(), kind, "01 00:00", "0." + (1 + random.nextInt(99_999)));
            }
            for (int index = 0; index < 8; index++) {
                String model = "model-" + index;
                month.price(model, "0.00" + (1 + random.nextInt(99_999)), 1);
                month.use("0" + (index + 1) + " 00:00", "openai", model, random.nextInt(100));
                if (random.nextInt(3) == 0) {
                    month.useLate("2026-0" + (8 + random.nextInt(2)) + "-20 00:00", model, random.nextInt(100));
                }
            }
            Invoice invoice = Invoices.calculate(
                    month.compute().closed(),
                    usageMonth -> new TaxTreatment("S", Amount.of(usageMonth.getMonthValue() * 2L), ""));
            Money taxed = invoice.taxes().stream().map(TaxLine::net).reduce(euro(0), Money::plus);
            assertThat(taxed).as("seed %d", seed).isEqualTo(invoice.net());
            Money lines = invoice.lines().stream().map(InvoiceLine::amount).reduce(euro(0), Money::plus);
            Money allowances =
                    invoice.allowances().stream().map(Allowance::amount).reduce(euro(0), Money::plus);

            assertThat(lines).as("seed %d", seed).isEqualTo(invoice.lineTotal());
            assertThat(allowances).as("seed %d", seed).isEqualTo(invoice.allowanceTotal());
            assertThat(invoice.net()).as("seed %d", seed).isEqualTo(lines.minus(allowances));
            assertThat(invoice.net().minorUnits()).as("seed %d", seed).isNotNegative();
            assertThat(invoice.total())
                    .as("seed %d", seed)
                    .isEqualTo(invoice.net().plus(invoice.tax()));
        }
    }

    private static Money euro(long cents) {
        return new Money(Currency.getInstance("EUR"), cents);
    }
}
