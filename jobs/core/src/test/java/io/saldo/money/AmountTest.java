package io.saldo.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "12.50, 12.5",
        "-0.00000015, -0.00000015",
        "1.5e-07, 0.00000015",
        "+3, 3",
        ".5, 0.5",
        "5., 5",
        "-0.0, 0",
        "1E3, 1000"
    })
    void readsDecimalsExactlyAndWritesThemPlain(String text, String plain) {
        assertThat(Amount.parse(text)).hasToString(plain).isEqualTo(Amount.parse(plain));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1,5", "0x1", "NaN", "1e9999", " 1", "1_000", "--1", "1e100"})
    void refusesWhatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Amount.parse(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void equalValuesAreEqualWhateverTheirWriting() {
        assertThat(Amount.parse("1.0")).isEqualTo(Amount.of(1)).hasSameHashCodeAs(Amount.of(1));
        assertThat(Amount.ofUnscaled(100, 2)).isEqualTo(Amount.of(1));
        assertThat(Amount.parse("100").scale()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0.000000000001, false",
        "0.0000000000010000, false",
        "0.0000000000001, true",
        "1e-50, true",
        "999999999999999.999999999999, false",
        "-999999999999999, false",
        "1000000000000000, true",
        "1e59, true",
        "0, false"
    })
    void fifteenDigitsBeforeThePointAndTwelveAfterItMayComeFromOutside(String text, boolean tooMany) {
        assertThat(Amount.parse(text).hasTooManyDigits()).isEqualTo(tooMany);
    }

    @Test
    void unscaledNeverCutsADigit() {
        assertThat(Amount.parse("1.25").unscaled(4)).isEqualTo(12_500);
        assertThatThrownBy(() -> Amount.parse("1.25").unscaled(1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Amount.of(Long.MAX_VALUE).unscaled(1)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void productsAreExact() {
        assertThat(Amount.parse("0.0000001").times(BigInteger.TWO.pow(80))).hasToString("120892581961462917.4706176");
        assertThat(Amount.of(7).dividedByPowerOfTen(6)).hasToString("0.000007");
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 0.005, 1",
        "EUR, 0.0049999, 0",
        "EUR, -0.005, -1",
        "EUR, 2.345, 235",
        "JPY, 0.5, 1",
        "JPY, 12.49, 12",
        "KWD, 0.0005, 1"
    })
    void roundsHalfUpToTheMinorUnit(String currency, String exact, long minorUnits) {
        assertThat(Rounding.halfUp(Amount.parse(exact), Currency.getInstance(currency))
                        .minorUnits())
                .isEqualTo(minorUnits);
    }

    @Test
    void taxIsRoundedOnItsNet() {
        Money net = new Money(Currency.getInstance("EUR"), 1_250);

        assertThat(Rounding.tax(net, Amount.of(19)).minorUnits()).isEqualTo(238);
        assertThat(Rounding.tax(net, Amount.ZERO).isZero()).isTrue();
    }
}
