package io.saldo.app.export;

import io.saldo.app.store.JournalStore;
import io.saldo.money.Amount;
import io.saldo.money.Apportionment;
import io.saldo.money.Money;
import io.saldo.money.Rounding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The journal's entries as pairs of a debit and a credit in minor units, as a program takes them that knows neither more
 * sides nor more digits. A pair is balanced by itself, so every entry stays balanced.
 *
 * <ul>
 *   <li>An entry whose sum is whole minor units, such as a payment, keeps it: its pairs are apportioned to that sum. So does a
 *       line that is whole, such as what a customer owes by an invoice: sides with fractions meet each other first.
 *   <li>Of the others, all pairs of the same two accounts together are rounded once (half up) and apportioned to that
 *       sum, so a thousand drawdowns of fractions of a cent do not vanish.
 *   <li>Each pair is less than one minor unit from its exact amount. What rounds to nothing is left out.
 * </ul>
 */
final class DatevPostings {
    private DatevPostings() {}

    /**
     * A debit on one account and a credit on another.
     *
     * @param line of the debit: its date, entry and subject
     * @param against of the credit
     */
    record Pair(JournalStore.Line line, JournalStore.Line against, Amount exact) {
        String debit() {
            return line.account();
        }

        String credit() {
            return against.account();
        }

        private Currency currency() {
            return Currency.getInstance(line.currency());
        }

        /** With which others it is rounded. */
        private Object group(boolean wholeEntry) {
            if (wholeEntry) {
                return line.entry();
            } else if (isWhole(line, line.debit())) {
                return line;
            } else if (isWhole(against, against.credit())) {
                return against;
            }
            return List.of(debit(), credit(), line.currency());
        }
    }

    /** A pair and what it is rounded to, more than nothing. */
    record Rounded(Pair pair, Money amount) {}

    /**
     * The pairs in the order of the entries.
     *
     * @param lines whole entries, those of one entry one after the other
     */
    static List<Rounded> of(List<JournalStore.Line> lines) {
        Map<String, List<JournalStore.Line>> entries = new LinkedHashMap<>();
        lines.forEach(line -> entries.computeIfAbsent(line.entry(), entry -> new ArrayList<>())
                .add(line));
        List<Pair> pairs = new ArrayList<>();
        Map<Object, List<Integer>> together = new LinkedHashMap<>();
        for (Map.Entry<String, List<JournalStore.Line>> entry : entries.entrySet()) {
            List<Pair> own = pairs(entry.getValue());
            boolean whole = !own.isEmpty() && isWhole(own.get(0).line(), sum(own));
            for (Pair pair : own) {
                together.computeIfAbsent(pair.group(whole), each -> new ArrayList<>())
                        .add(pairs.size());
                pairs.add(pair);
            }
        }
        Money[] rounded = new Money[pairs.size()];
        for (List<Integer> places : together.values()) {
            List<Pair> group = places.stream().map(pairs::get).toList();
            Money total = Rounding.halfUp(sum(group), group.get(0).currency());
            List<Money> parts =
                    Apportionment.of(total, group.stream().map(Pair::exact).toList());
            for (int index = 0; index < parts.size(); index++) {
                rounded[places.get(index)] = parts.get(index);
            }
        }
        List<Rounded> result = new ArrayList<>();
        for (int index = 0; index < rounded.length; index++) {
            Pair pair = pairs.get(index);
            if (!rounded[index].isZero() && !pair.debit().equals(pair.credit())) {
                result.add(new Rounded(pair, rounded[index]));
            }
        }
        return result;
    }

    private static Amount sum(List<Pair> pairs) {
        return pairs.stream().map(Pair::exact).reduce(Amount.ZERO, Amount::plus);
    }

    private static boolean isWhole(JournalStore.Line line, Amount amount) {
        return amount.scale() <= Money.minorUnitDigits(Currency.getInstance(line.currency()));
    }

    /** Debits meet credits, those with fractions first; a side that is larger than the other's meets the next too. */
    private static List<Pair> pairs(List<JournalStore.Line> entry) {
        Deque<JournalStore.Line> credits = new ArrayDeque<>(side(entry, JournalStore.Line::credit));
        List<Pair> pairs = new ArrayList<>();
        Amount creditLeft = credits.isEmpty() ? Amount.ZERO : credits.getFirst().credit();
        for (JournalStore.Line debit : side(entry, JournalStore.Line::debit)) {
            Amount debitLeft = debit.debit();
            while (!debitLeft.isZero()) {
                Amount both = debitLeft.min(creditLeft);
                pairs.add(new Pair(debit, credits.getFirst(), both));
                debitLeft = debitLeft.minus(both);
                creditLeft = creditLeft.minus(both);
                if (creditLeft.isZero()) {
                    credits.removeFirst();
                    creditLeft =
                            credits.isEmpty() ? Amount.ZERO : credits.getFirst().credit();
                }
            }
        }
        return pairs;
    }

    private static List<JournalStore.Line> side(
            List<JournalStore.Line> entry, Function<JournalStore.Line, Amount> amount) {
        return entry.stream()
                .filter(line -> !amount.apply(line).isZero())
                .sorted(Comparator.comparing(line -> isWhole(line, amount.apply(line))))
                .toList();
    }
}
