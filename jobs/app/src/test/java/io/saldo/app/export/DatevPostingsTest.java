package io.saldo.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.app.store.JournalStore;
import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatevPostingsTest {
    private static final String RECEIVABLE = "1200";
    private static final String UNBILLED = "1400";
    private static final String VAT = "3806";
    private static final String ROUNDING = "6960";

    @Test
    void invoicesWhoseRoundingIsADebitAreToTheCent() {
        List<JournalStore.Line> lines = new ArrayList<>();
        for (String entry : List.of("INV-1", "INV-2", "INV-3")) {
            lines.addAll(List.of(
                    debit(entry, 1, RECEIVABLE, "11.90"),
                    debit(entry, 2, ROUNDING, "0.004"),
                    credit(entry, 3, UNBILLED, "10.004"),
                    credit(entry, 4, VAT, "1.90")));
        }
        assertThat(told(lines))
                .containsExactly(
                        "INV-1 6960 1400 0.01",
                        "INV-1 1200 1400 10.00",
                        "INV-1 1200 3806 1.90",
                        "INV-2 1200 1400 10.00",
                        "INV-2 1200 3806 1.90",
                        "INV-3 1200 1400 10.00",
                        "INV-3 1200 3806 1.90");
    }

    @Test
    void aWholeSideIsKeptWhereTheOtherHasSeveralFractions() {
        List<JournalStore.Line> lines = new ArrayList<>();
        for (String entry : List.of("CN-1", "CN-2", "CN-3")) {
            lines.addAll(List.of(
                    debit(entry, 1, UNBILLED, "3.337"),
                    debit(entry, 2, UNBILLED, "6.667"),
                    debit(entry, 3, VAT, "1.90"),
                    credit(entry, 4, RECEIVABLE, "11.90"),
                    credit(entry, 5, ROUNDING, "0.004")));
        }
        assertThat(told(lines))
                .containsExactly(
                        "CN-1 1400 6960 0.01",
                        "CN-1 1400 1200 3.33",
                        "CN-1 1400 1200 6.67",
                        "CN-1 3806 1200 1.90",
                        "CN-2 1400 1200 3.33",
                        "CN-2 1400 1200 6.67",
                        "CN-2 3806 1200 1.90",
                        "CN-3 1400 1200 3.33",
                        "CN-3 1400 1200 6.67",
                        "CN-3 3806 1200 1.90");
    }

    private static List<String> told(List<JournalStore.Line> lines) {
        return DatevPostings.of(lines).stream()
                .map(each -> each.pair().line().entry() + " " + each.pair().debit() + " "
                        + each.pair().credit() + " "
                        + each.amount().toBigDecimal().toPlainString())
                .toList();
    }

    private static JournalStore.Line debit(String entry, int number, String account, String amount) {
        return line(entry, number, account, Amount.parse(amount), Amount.ZERO);
    }

    private static JournalStore.Line credit(String entry, int number, String account, String amount) {
        return line(entry, number, account, Amount.ZERO, Amount.parse(amount));
    }

    private static JournalStore.Line line(String entry, int number, String account, Amount debit, Amount credit) {
        return new JournalStore.Line(
                entry, number, "2026-10", LocalDate.of(2026, 11, 2), account, debit, credit, "EUR", entry, "a-1");
    }
}
