package io.saldo.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvoiceFlagTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            100 | 50  | doubled
            101 | 50  | doubled
            99  | 50  |
            50  | 100 | halved
            51  | 100 |
            0   | 100 | halved
            10  | 0   | doubled
            0   | 0   |
            """)
    void aNetOfTwiceOrHalfIsUnusual(long net, long before, String flag) {
        assertThat(InvoiceFlag.of(invoice(net, "19", List.of()), invoice(before, "19", List.of())).stream()
                        .map(InvoiceFlag::word)
                        .toList())
                .isEqualTo(flag == null ? List.of() : List.of(flag));
    }

    @Test
    void theFirstOneIsFlagged() {
        assertThat(InvoiceFlag.of(invoice(1, "19", List.of()), null)).containsExactly(InvoiceFlag.FIRST);
    }

    @Test
    void whatIsNoUsageOfTheMonthAndAnotherTaxAreFlaggedOnce() {
        Invoice invoice = invoice(
                10,
                "0",
                List.of(
                        line(InvoiceLine.Kind.USAGE),
                        line(InvoiceLine.Kind.LATE_USAGE),
                        line(InvoiceLine.Kind.LATE_USAGE),
                        line(InvoiceLine.Kind.CHARGE),
                        line(InvoiceLine.Kind.RECEIVABLE)));
        assertThat(InvoiceFlag.of(invoice, invoice(10, "19", List.of())))
                .containsExactly(
                        InvoiceFlag.LATE_USAGE, InvoiceFlag.CHARGE, InvoiceFlag.RECEIVABLE, InvoiceFlag.TAX_CHANGED);
    }

    private static InvoiceLine line(InvoiceLine.Kind kind) {
        return new InvoiceLine(
                1, kind, YearMonth.of(2026, 10), "", "", "", "", Amount.of(1), Amount.of(1), 1, new Money(EUR, 100));
    }

    private static Invoice invoice(long net, String rate, List<InvoiceLine> lines) {
        Money money = new Money(EUR, net);
        Money zero = Money.zero(EUR);
        return new Invoice(
                Invoice.Kind.INVOICE,
                "acme",
                YearMonth.of(2026, 10),
                EUR,
                lines,
                List.of(),
                List.of(new TaxLine("S", Amount.parse(rate), money, zero, "")),
                money,
                zero,
                money,
                zero,
                money);
    }
}
