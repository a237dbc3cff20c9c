package io.saldo.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** SPEC 9.3: parts sum to the whole, each within one minor unit, zero stays zero, nothing negative. */
class ApportionmentTest {
    private static final Currency EUR = Currency.getInstance("EUR");
    private static final List<Currency> CURRENCIES =
            List.of(EUR, Currency.getInstance("JPY"), Currency.getInstance("KWD"));

    @Test
    void keepsItsPromisesOverRandomPartitions() {
        for (long seed = 1; seed <= 10_000; seed++) {
            Random random = new Random(seed);
            Currency currency = CURRENCIES.get(random.nextInt(3));
            List<Amount> parts = new ArrayList<>();
            for (int index = random.nextInt(30); index >= 0; index--) {
                long unscaled = random.nextInt(4) == 0 ? 0 : random.nextLong(10_000_000_000L);
                parts.add(Amount.ofUnscaled(unscaled, 3 + random.nextInt(8)));
            }
            Amount sum = parts.stream().reduce(Amount.ZERO, Amount::plus);
            check(seed, Rounding.halfUp(sum, currency), parts);
        }
    }

    @Test
    void theWholeMayBeAPartOfAnotherApportionmentRoundedEitherWay() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            List<Amount> kinds = new ArrayList<>();
            for (int index = 0; index < 3; index++) {
                kinds.add(Amount.ofUnscaled(random.nextInt(100_000), 4));
            }
            Amount credit = kinds.stream().reduce(Amount.ZERO, Amount::plus);
            Amount rest = Amount.ofUnscaled(random.nextInt(100_000), 4);
            Money whole = Rounding.halfUp(credit.plus(rest), EUR);
            check(seed, Apportionment.of(whole, List.of(credit, rest)).get(0), kinds);
        }
    }

    @Test
    void tiesGoByLineOrder() {
        List<Amount> thirds = List.of(Amount.parse("0.005"), Amount.parse("0.005"), Amount.parse("0.005"));

        assertThat(Apportionment.of(new Money(EUR, 2), thirds))
                .extracting(Money::minorUnits)
                .containsExactly(1L, 1L, 0L);
    }

    @Test
    void refusesAWholeThatIsNotItsPartsRounded() {
        assertThatThrownBy(() -> Apportionment.of(new Money(EUR, 3), List.of(Amount.parse("0.02"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> Apportionment.of(new Money(EUR, 1), List.of(Amount.parse("0.02"), Amount.parse("-0.01"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(long seed, Money whole, List<Amount> parts) {
        List<Money> result = Apportionment.of(whole, parts);
        Amount unit = new Money(whole.currency(), 1).toAmount();
        assertThat(result.stream().reduce(Money.zero(whole.currency()), Money::plus))
                .as("seed %d", seed)
                .isEqualTo(whole);
        for (int index = 0; index < parts.size(); index++) {
            Amount exact = parts.get(index);
            Money rounded = result.get(index);
            assertThat(rounded.toAmount().minus(exact).absolute())
                    .as("seed %d", seed)
                    .isLessThan(unit);
            assertThat(rounded.minorUnits()).as("seed %d", seed).isNotNegative();
            if (exact.isZero()) {
                assertThat(rounded.isZero()).as("seed %d", seed).isTrue();
            }
        }
    }
}
