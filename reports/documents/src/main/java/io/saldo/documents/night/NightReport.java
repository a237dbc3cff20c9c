package io.saldo.documents.night;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What finance reads after a night: one value, from which every form of the report is made.
 *
 * @param businessDate the night
 * @param runId the run that found it
 * @param verdict of the night
 * @param deliveries what came in, in the order in which it was taken
 * @param breaks every break that is not resolved, and those resolved since yesterday
 * @param accounts the verdict of each account
 * @param statements how many statements the night computed anew
 * @param breakFloodLimit more new breaks of one code than this are shown as one group
 */
public record NightReport(
        LocalDate businessDate,
        String runId,
        Verdict verdict,
        List<Delivery> deliveries,
        List<Break> breaks,
        List<Account> accounts,
        long statements,
        int breakFloodLimit) {
    /** Keeps the lists unchangeable. */
    public NightReport {
        deliveries = List.copyOf(deliveries);
        breaks = List.copyOf(breaks);
        accounts = List.copyOf(accounts);
    }

    /** The verdicts, the worst first. */
    public enum Verdict {
        /** No conclusion can be drawn. */
        INCOMPLETE("incomplete"),
        /** Breaks are open. */
        BREAKS("breaks"),
        /** Only warnings are open. */
        WARNINGS("warnings"),
        /** Only breaks in grace. */
        PENDING("pending"),
        /** All agrees. */
        RECONCILED("reconciled");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        /** The word in reports, in exports and in the books. */
        public String word() {
            return word;
        }

        /**
         * The verdict of that word.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Verdict of(String word) {
            for (Verdict verdict : values()) {
                if (verdict.word.equals(word)) {
                    return verdict;
                }
            }
            throw new IllegalArgumentException("no verdict: " + word);
        }
    }

    /** What became of a break since yesterday. */
    public enum Change {
        /** Found for the first time tonight. */
        NEW("new"),
        /** It was resolved, and holds again. */
        REOPENED("reopened"),
        /** Its figures, its cause or its state are not what they were. */
        CHANGED("changed"),
        /** It stands as it stood. */
        CARRIED("carried"),
        /** It no longer holds, or somebody decided it. */
        RESOLVED("resolved");

        private final String word;

        Change(String word) {
            this.word = word;
        }

        /** The word in reports. */
        public String word() {
            return word;
        }
    }

    /** How long a break has stood, in days from the night that found it first. */
    public enum Age {
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
        public String word() {
            return word;
        }

        /** The age of so many days, from 0 on. */
        public static Age of(long days) {
            for (Age age : values()) {
                if (days <= age.daysMax) {
                    return age;
                }
            }
            throw new IllegalStateException("no age of " + days + " days");
        }
    }

    /**
     * One file and where its records ended.
     *
     * @param notBillable a subset of the accepted
     * @param note such as {@code skipped: known delivery}; may be empty
     */
    public record Delivery(
            String source,
            String file,
            long records,
            long accepted,
            long duplicate,
            long conflict,
            long rejected,
            long held,
            long notBillable,
            String note) {}

    /**
     * What a person decided about a break.
     *
     * @param decidedOn the date that it counts for
     * @param decision what was decided, such as {@code accept}
     * @param decidedBy who
     * @param note why; may be empty
     */
    public record Decided(LocalDate decidedOn, String decision, String decidedBy, String note) {
        /** All of it in one line. */
        public String told() {
            return decidedOn + " " + decision + " by " + decidedBy + (note.isEmpty() ? "" : ": " + note);
        }
    }

    /**
     * One discrepancy. Expected, actual and difference are null where the break has none; a currency is empty where
     * they are not money.
     *
     * @param check the class of its code, such as {@code provider usage}
     * @param severity the book's word, such as {@code error} or {@code warning}
     * @param state {@code pending}, {@code open}, {@code acknowledged} or {@code resolved}
     * @param resolution how it was resolved; empty while it is not
     * @param account may be empty
     * @param period a day, a month or a window, as text
     * @param cause what explains it, or {@code unexplained}
     * @param candidates what could explain it where nothing does for certain; may be empty
     * @param evidence deliveries, lines, ids: for a reader
     * @param decisions what persons decided about it, oldest first
     * @param change what became of it since yesterday
     * @param changeNote what it was before, where it is changed; may be empty
     */
    public record Break(
            String breakId,
            String code,
            String check,
            String severity,
            String state,
            String resolution,
            String account,
            String period,
            String subject,
            @Nullable Amount expected,
            @Nullable Amount actual,
            @Nullable Amount difference,
            String currency,
            String cause,
            String candidates,
            String evidence,
            List<Decided> decisions,
            LocalDate firstSeen,
            LocalDate lastSeen,
            long occurrences,
            Change change,
            String changeNote) {
        /** Keeps the decisions unchangeable. */
        public Break {
            decisions = List.copyOf(decisions);
        }

        /** Whether it still holds, in grace or not. */
        public boolean isUnresolved() {
            return !state.equals("resolved");
        }

        /** Whether it was found first tonight and holds. */
        public boolean isNew() {
            return change == Change.NEW;
        }
    }

    /**
     * The breaks of one code.
     *
     * @param count not resolved
     * @param newTonight of them, found first tonight
     * @param resolvedSinceYesterday no longer counted
     */
    public record CodeCount(String check, String code, long count, long newTonight, long resolvedSinceYesterday) {}

    /** One account's position at the end of the night; balance and debt are exact. */
    public record Account(
            String accountId, String name, Verdict verdict, Amount balance, Amount debt, String currency) {}

    /**
     * Differences that belong together.
     *
     * @param name of the currency, the class, the cause or the account
     * @param currency empty for breaks that have no difference in money
     * @param breaks how many unresolved breaks
     * @param gross the sum of their absolute differences
     * @param net the sum of their differences
     */
    public record Difference(String name, String currency, long breaks, Amount gross, Amount net) {
        private Difference plus(Difference other) {
            return new Difference(
                    name, currency, Math.addExact(breaks, other.breaks), gross.plus(other.gross), net.plus(other.net));
        }
    }

    /** The unresolved breaks of one age, with the gross difference of each currency in {@code gross}. */
    public record Aged(Age age, long breaks, Map<String, Amount> gross) {}

    /** The sums of all deliveries; source, file and note are empty. */
    public Delivery total() {
        Delivery sum = new Delivery("", "", 0, 0, 0, 0, 0, 0, 0, "");
        for (Delivery delivery : deliveries) {
            sum = new Delivery(
                    "",
                    "",
                    Math.addExact(sum.records, delivery.records),
                    Math.addExact(sum.accepted, delivery.accepted),
                    Math.addExact(sum.duplicate, delivery.duplicate),
                    Math.addExact(sum.conflict, delivery.conflict),
                    Math.addExact(sum.rejected, delivery.rejected),
                    Math.addExact(sum.held, delivery.held),
                    Math.addExact(sum.notBillable, delivery.notBillable),
                    "");
        }
        return sum;
    }

    /** How many breaks do not hold any more, or hold, of that change. */
    public long count(Change change) {
        return breaks.stream().filter(each -> each.change() == change).count();
    }

    /** How many breaks are not resolved. */
    public long unresolved() {
        return breaks.stream().filter(Break::isUnresolved).count();
    }

    /** The breaks of each code, the most first. */
    public List<CodeCount> codes() {
        Map<String, CodeCount> byCode = new TreeMap<>();
        for (Break each : breaks) {
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
    public List<Difference> differences() {
        return differences(Break::currency).stream()
                .filter(each -> !each.currency().isEmpty())
                .toList();
    }

    /** The same for each class of checks; breaks without a difference in money have a line with no currency. */
    public List<Difference> differencesByCheck() {
        return differences(Break::check);
    }

    /** The same for each cause, in each currency the greatest gross difference first. */
    public List<Difference> differencesByCause() {
        return greatestFirst(differences(Break::cause));
    }

    /** The same for each account, in each currency the greatest gross difference first. */
    public List<Difference> differencesByAccount() {
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
        for (Break each : breaks) {
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

    /** How many days ago the break was found first. */
    public long ageDays(Break each) {
        return Math.max(0, ChronoUnit.DAYS.between(each.firstSeen(), businessDate));
    }

    /** The unresolved breaks by age, every age, the youngest first. */
    public List<Aged> aging() {
        List<Aged> aged = new ArrayList<>();
        for (Age age : Age.values()) {
            Map<String, Amount> gross = new TreeMap<>();
            long count = 0;
            for (Break each : breaks) {
                if (each.isUnresolved() && Age.of(ageDays(each)) == age) {
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

    /** Whether tonight's new breaks of that code are a flood, and so one group. */
    public boolean isFlood(CodeCount code) {
        return code.newTonight() > breakFloodLimit;
    }

    /** The accounts, the worst verdict first, then by id. */
    public List<Account> accountsWorstFirst() {
        return accounts.stream()
                .sorted(Comparator.comparing(Account::verdict).thenComparing(Account::accountId))
                .toList();
    }
}
