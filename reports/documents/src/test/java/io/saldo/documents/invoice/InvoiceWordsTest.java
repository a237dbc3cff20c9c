package io.saldo.documents.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.invoice.InvoiceLine;
import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InvoiceWordsTest {
    private static final Money ZERO = Money.zero(Currency.getInstance("EUR"));

    private final InvoiceWords words = new InvoiceWords(InvoiceTexts.standard("en"), false);

    private static InvoiceLine line(InvoiceLine.Kind kind, String meter, @Nullable Long packageSize) {
        return new InvoiceLine(
                1,
                kind,
                YearMonth.of(2026, 10),
                "openai",
                "gpt-4o",
                "standard",
                meter,
                Amount.of(3),
                Amount.of(10),
                1,
                ZERO,
                packageSize);
    }

    @Test
    void packagesTellTheirSize() {
        assertThat(words.description(line(InvoiceLine.Kind.USAGE, "input", 1000L)))
                .isEqualTo("openai · gpt-4o · Input tokens, packages of 1,000");
        assertThat(words.description(line(InvoiceLine.Kind.USAGE, "input", null)))
                .isEqualTo("openai · gpt-4o · Input tokens");
    }

    @Test
    void theDebtOfAClosedAccountIsNoCreditThatWasTakenBack() {
        assertThat(words.description(line(InvoiceLine.Kind.RECEIVABLE, "", null)))
                .isEqualTo("Usage that was carried forward and is not paid (no VAT on it)");
        assertThat(words.section(line(InvoiceLine.Kind.RECEIVABLE, "", null))).isEqualTo("Carried usage, due now");
        assertThat(words.description(line(InvoiceLine.Kind.RECEIVABLE, "c-1", null)))
                .contains("c-1", "taken back");
        InvoiceLine debt = line(InvoiceLine.Kind.RECEIVABLE, "", null);
        InvoiceLine credit = line(InvoiceLine.Kind.RECEIVABLE, "c-1", null);
        assertThat(words.receivables(List.of(debt))).isEqualTo("-debt");
        assertThat(words.receivables(List.of(credit))).isEmpty();
        assertThat(words.receivables(List.of(credit, debt))).isEqualTo("-both");
    }
}
