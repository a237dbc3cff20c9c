package io.saldo.documents.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.saldo.money.Amount;
import io.saldo.money.Money;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final String BASE = "io.saldo.documents.invoice.texts";
    private static final Texts ENGLISH = Texts.load(BASE, "en");
    private static final Texts GERMAN = Texts.load(BASE, "de");

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(new TreeSet<>(GERMAN.bundle().keySet()))
                .isEqualTo(new TreeSet<>(ENGLISH.bundle().keySet()));
    }

    @Test
    void bothLanguagesNameTheSameCountries() {
        String base = "io.saldo.documents.text.countries";
        assertThat(Texts.load(base, "de").bundle().keySet())
                .isEqualTo(Texts.load(base, "en").bundle().keySet())
                .contains("DE", "GB", "TR")
                .hasSizeGreaterThan(240);
    }

    @Test
    void bothLanguagesFillInTheSameNames() {
        for (String key : ENGLISH.bundle().keySet()) {
            assertThat(names(GERMAN.text(key))).as(key).isEqualTo(names(ENGLISH.text(key)));
        }
    }

    @Test
    void numbersAreExactAndGrouped() {
        assertThat(ENGLISH.number(Amount.parse("9223372036854775807"), 0)).isEqualTo("9,223,372,036,854,775,807");
        assertThat(GERMAN.number(Amount.parse("9223372036854775807"), 0)).isEqualTo("9.223.372.036.854.775.807");
        assertThat(GERMAN.number(Amount.parse("-1234.5"), 2)).isEqualTo("−1.234,50");
        assertThat(ENGLISH.number(Amount.parse("1.5e-07"), 2)).isEqualTo("0.00000015");
        assertThat(ENGLISH.number(Amount.parse("1e6"), 0)).isEqualTo("1,000,000");
        assertThat(ENGLISH.number(Amount.parse("999"), 0)).isEqualTo("999");
        assertThat(ENGLISH.number(Amount.ZERO, 2)).isEqualTo("0.00");
    }

    @Test
    void moneyHasTheCurrencysDigitsAndSignOrCode() {
        assertThat(ENGLISH.money(new Money(Currency.getInstance("EUR"), 123_456)))
                .isEqualTo("€1,234.56");
        assertThat(GERMAN.money(new Money(Currency.getInstance("EUR"), 123_456)))
                .isEqualTo("1.234,56 €");
        assertThat(ENGLISH.money(new Money(Currency.getInstance("USD"), -5))).isEqualTo("−USD 0.05");
        assertThat(GERMAN.money(new Money(Currency.getInstance("JPY"), 1_234))).isEqualTo("1.234 JPY");
        assertThat(ENGLISH.money(new Money(Currency.getInstance("KWD"), 1_234))).isEqualTo("KWD 1.234");
    }

    @Test
    void datesNameTheirMonth() {
        assertThat(ENGLISH.date(LocalDate.of(2026, 3, 1))).isEqualTo("1 March 2026");
        assertThat(GERMAN.date(LocalDate.of(2026, 3, 1))).isEqualTo("1. März 2026");
        assertThat(GERMAN.period(YearMonth.of(2028, 2))).isEqualTo("1.–29. Februar 2028");
    }

    @Test
    void whatIsFilledInIsNotFilledAgain() {
        assertThat(ENGLISH.text("section.sum", "section", "{section} {x")).isEqualTo("Sum: {section} {x");
    }

    @Test
    void invisibleControlsBecomeVisibleAndLinesBecomeOne() {
        assertThat(PlainText.line("a\u202Eb\u0000c\r\nd\te\u200F")).isEqualTo("a\uFFFDb\uFFFDc  d e\uFFFD");
        assertThat(PlainText.line("<b>${x}</b> Größe €")).isEqualTo("<b>${x}</b> Größe €");
    }

    private static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{([a-z]+)}").matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
