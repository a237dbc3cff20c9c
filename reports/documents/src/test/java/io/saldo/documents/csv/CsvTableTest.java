package io.saldo.documents.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTableTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "=1+1,                '=1+1",
                "+49 30 1,            '+49 30 1",
                "-5,                  '-5",
                "@SUM(A1),            '@SUM(A1)",
                "plain,               plain",
                "a=b,                 a=b",
                "'quoted,             'quoted",
                "\"\",                \"\""
            })
    void textThatASpreadsheetWouldRunGetsAnApostrophe(String text, String guarded) {
        assertThat(CsvText.guarded(text)).isEqualTo(guarded);
    }

    @Test
    void tabAndReturnAreGuardedToo() {
        assertThat(CsvText.guarded("\t=1")).isEqualTo("'\t=1");
        assertThat(CsvText.guarded("\r=1")).isEqualTo("'\r=1");
    }

    @Test
    void numbersStayNumbersAndTextIsQuotedWhereItMustBe() throws IOException {
        assertThat(written(
                        List.of("text", "number"),
                        new Object[] {"a, \"b\"\nc", Amount.parse("-12.500")},
                        new Object[] {"-12.5", Amount.parse("1.5e-7")},
                        new Object[] {null, Amount.parse("1e6")},
                        new Object[] {"Größe €", new Money(Currency.getInstance("EUR"), -1250)},
                        new Object[] {"", 7L},
                        new Object[] {LocalDate.of(2026, 1, 2), YearMonth.of(2026, 1)}))
                .isEqualTo("""
                        text,number
                        "a, ""b""
                        c",-12.5
                        '-12.5,0.00000015
                        ,1000000
                        Größe €,-12.5
                        ,7
                        2026-01-02,2026-01
                        """);
    }

    @Test
    void aRowHasTheHeadersColumnsAndKnownTypes() {
        assertThatThrownBy(() -> written(List.of("a", "b"), new Object[] {"x"}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> written(List.of("a"), new Object[] {1.5}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(List<String> header, Object[]... rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvTable table = new CsvTable(out, header)) {
            for (Object[] row : rows) {
                table.row(row);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
