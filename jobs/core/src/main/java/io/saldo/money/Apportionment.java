package io.saldo.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds parts so that they sum to a rounded whole: the largest-remainder method (Hamilton), ties by line order.
 *
 * <p>Each result is within one minor unit of its part's exact value, zero stays zero, and nothing becomes negative.
 */
public final class Apportionment {
    private Apportionment() {}

    /**
     * The parts in minor units, in the order given.
     *
     * @param whole the exact sum of the parts, rounded up or down: by {@link Rounding#halfUp}, or itself a part of an
     *     apportionment
     * @param parts exact amounts, none negative
     * @throws IllegalArgumentException when a part is negative or the whole is a minor unit or more from the parts' sum
     */
    public static List<Money> of(Money whole, List<Amount> parts) {
        Amount sum = parts.stream().reduce(Amount.ZERO, Amount::plus);
        Amount minorUnit = new Money(whole.currency(), 1).toAmount();
        if (sum.minus(whole.toAmount()).absolute().compareTo(minorUnit) >= 0) {
            throw new IllegalArgumentException(whole + " is not the rounded sum of its parts " + sum);
        }
        int digits = Money.minorUnitDigits(whole.currency());
        List<Money> floors = new ArrayList<>(parts.size());
        List<BigDecimal> remainders = new ArrayList<>(parts.size());
        long left = whole.minorUnits();
        for (Amount part : parts) {
            if (part.signum() < 0) {
                throw new IllegalArgumentException("a part is negative: " + part);
            }
            BigDecimal floor = part.toBigDecimal().setScale(digits, RoundingMode.FLOOR);
            Money money = Money.of(whole.currency(), floor);
            floors.add(money);
            remainders.add(part.toBigDecimal().subtract(floor));
            left = Math.subtractExact(left, money.minorUnits());
        }
        List<Integer> order = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> remainders.get(index))
                        .reversed())
                .toList();
        List<Money> result = new ArrayList<>(floors);
        for (int rank = 0; rank < left; rank++) {
            int index = order.get(rank);
            result.set(index, new Money(whole.currency(), floors.get(index).minorUnits() + 1));
        }
        return Collections.unmodifiableList(result);
    }
}
