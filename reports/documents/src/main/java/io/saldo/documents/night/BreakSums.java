package io.saldo.documents.night;

import io.saldo.documents.night.NightReport.Break;
import io.saldo.money.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The breaks of a night, summed by code, currency, class, cause, account and age. */
final class BreakSums {
    /** How long a break has stood, in days from the night that found it first. */
    enum Age {
        /** Tonight or yesterday. */
        DAYS_0_TO_1("0-1 days", 1),
        /** Up to a week. */
        DAYS_2_TO_7("2-7 days", 7),
        /** Up to a month. */
        DAYS_8_TO_30("8-30 days", 30),
        /** Longer. */
        DAYS_OVER_30("over 30 days", Long.MAX_VALUE);

        private final String word;
        private final long daysMax;

        Age(String word, long daysMax) {
            this.word = word;
            this.daysMax = daysMax;
        }

        /** The words in reports. */
        String word() {
            return word;
        }

        /** The age of so many days, from 0 on. */
        static Age of(long days) {
            for (Age age : values()) {
                if (days <= age.daysMax) {
                    return age;
                }
            }
            throw new IllegalStateException("no age of " + days + " days");
        }
    }

    /**
     * The breaks of one code.
     *
     * @param count not resolved
     * @param newTonight of them, found first tonight
     * @param resolvedSinceYesterday no longer counted
     */
    record CodeCount(String check, String code, long count, long newTonight, long resolvedSinceYesterday) {}

    /**
     * Differences that belong together.
     *
     * @param name of the currency, the class, the cause or the account
     * @param currency empty for breaks that have no difference in money
     * @param breaks how many unresolved breaks
     * @param gross the sum of their absolute differences
     * @param net the sum of their differences
     */
    record Difference(String name, String currency, long breaks, Amount gross, Amount net) {
        private Difference plus(Difference other) {
            return new Difference(
                    name, currency, Math.addExact(breaks, other.breaks), gross.plus(other.gross), net.plus(other.net));
        }
    }

    /** The unresolved breaks of one age, with the gross difference of each currency in {@code gross}. */
    record Aged(Age age, long breaks, Map<String, Amount> gross) {}

    private final NightReport report;

    BreakSums(NightReport report) {
        this.report = report;
    }

    /** The breaks of each code, the most first. */
    List<CodeCount> codes() {
        Map<String, CodeCount> byCode = new TreeMap<>();
        for (Break each : report.breaks()) {
            byCode.merge(
                    each.code(),
                    new CodeCount(
                            each.check(),
                            each.code(),
                            each.isUnresolved() ? 1 : 0,
                            each.isNew() ? 1 : 0,
                            each.isUnresolved() ? 0 : 1),
                    (sum, one) -> new CodeCount(
                            sum.check,
                            sum.code,
                            sum.count + one.count,
                            sum.newTonight + one.newTonight,
                            sum.resolvedSinceYesterday + one.resolvedSinceYesterday));
        }
        return byCode.values().stream()
                .sorted(Comparator.comparingLong(CodeCount::count).reversed().thenComparing(CodeCount::code))
                .toList();
    }

    /** Gross and net difference of the unresolved breaks, for each currency, sorted by it. */
    List<Difference> differences() {
        return differences(Break::currency).stream()
                .filter(each -> !each.currency().isEmpty())
                .toList();
    }

    /** The same for each class of checks; breaks without a difference in money have a line with no currency. */
    List<Difference> differencesByCheck() {
        return differences(Break::check);
    }

    /** The same for each cause, in each currency the greatest gross difference first. */
    List<Difference> differencesByCause() {
        return greatestFirst(differences(Break::cause));
    }

    /** The same for each account, in each currency the greatest gross difference first. */
    List<Difference> differencesByAccount() {
        return greatestFirst(differences(Break::account));
    }

    private static List<Difference> greatestFirst(List<Difference> differences) {
        return differences.stream()
                .sorted(Comparator.comparing(
                                (Difference each) -> each.currency().isEmpty())
                        .thenComparing(Difference::currency)
                        .thenComparing(Difference::gross, Comparator.reverseOrder())
                        .thenComparing(Difference::breaks, Comparator.reverseOrder())
                        .thenComparing(Difference::name))
                .toList();
    }

    private List<Difference> differences(Function<Break, String> name) {
        Map<String, Map<String, Difference>> sums = new TreeMap<>();
        for (Break each : report.breaks()) {
            if (each.isUnresolved()) {
                Amount difference = each.difference();
                boolean money = difference != null && !each.currency().isEmpty();
                Amount net = difference == null || !money ? Amount.ZERO : difference;
                String currency = money ? each.currency() : "";
                sums.computeIfAbsent(name.apply(each), key -> new TreeMap<>())
                        .merge(
                                currency,
                                new Difference(name.apply(each), currency, 1, net.absolute(), net),
                                Difference::plus);
            }
        }
        List<Difference> all = new ArrayList<>();
        sums.values().forEach(each -> all.addAll(each.values()));
        return all;
    }

    /** The unresolved breaks by age, every age, the youngest first. */
    List<Aged> aging() {
        List<Aged> aged = new ArrayList<>();
        for (Age age : Age.values()) {
            Map<String, Amount> gross = new TreeMap<>();
            long count = 0;
            for (Break each : report.breaks()) {
                if (each.isUnresolved() && Age.of(report.ageDays(each)) == age) {
                    count++;
                    Amount difference = each.difference();
                    if (difference != null && !each.currency().isEmpty()) {
                        gross.merge(each.currency(), difference.absolute(), Amount::plus);
                    }
                }
            }
            aged.add(new Aged(age, count, gross));
        }
        return aged;
    }
}
