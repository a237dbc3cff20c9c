package io.saldo.documents.night;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What finance reads after a night.
 *
 * @param businessDate the night
 * @param runId the run that found it
 * @param verdict of the night
 * @param deliveries what came in, in the order in which it was taken
 * @param breaks every break that is not resolved, and those resolved tonight
 * @param codes one for each code that has a break or lost one since yesterday
 * @param accounts the verdict of each account
 * @param statements how many statements the night computed anew
 * @param change what is different from yesterday
 * @param breakFloodLimit more new breaks of one code than this are shown as one group
 */
public record NightReport(
        LocalDate businessDate,
        String runId,
        Verdict verdict,
        List<Delivery> deliveries,
        List<Break> breaks,
        List<CodeCount> codes,
        List<Account> accounts,
        long statements,
        Change change,
        int breakFloodLimit) {
    /** Keeps the lists unchangeable. */
    public NightReport {
        deliveries = List.copyOf(deliveries);
        breaks = List.copyOf(breaks);
        codes = List.copyOf(codes);
        accounts = List.copyOf(accounts);
    }

    /** SPEC 8.3's verdicts, the worst first. */
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

        /** The word in SPEC, in exports and in the books. */
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
     * One discrepancy. Expected, actual and difference are null where the break has none; a currency is empty where
     * they are not money.
     *
     * @param severity the book's word, such as {@code error} or {@code warning}
     * @param state {@code pending}, {@code open}, {@code acknowledged} or {@code resolved}
     * @param resolution how it was resolved; empty while it is not
     * @param account may be empty
     * @param period a day, a month or a window, as text
     * @param cause what explains it, or {@code unexplained}
     * @param evidence deliveries, lines, ids: for a reader
     * @param newTonight whether this night found it first
     */
    public record Break(
            String breakId,
            String code,
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
            String evidence,
            LocalDate firstSeen,
            LocalDate lastSeen,
            long occurrences,
            boolean newTonight) {}

    /**
     * The breaks of one code.
     *
     * @param count not resolved
     * @param newTonight of them, found first tonight
     * @param resolvedSinceYesterday no longer counted
     */
    public record CodeCount(String code, long count, long newTonight, long resolvedSinceYesterday) {}

    /** One account's position at the end of the night; balance and debt are exact. */
    public record Account(
            String accountId, String name, Verdict verdict, Amount balance, Amount debt, String currency) {}

    /** What is different from yesterday, in breaks. */
    public record Change(long newBreaks, long resolvedBreaks, long reopenedBreaks) {}

    /**
     * The differences of one currency.
     *
     * @param breaks how many unresolved breaks have a difference in it
     * @param gross the sum of their absolute differences
     * @param net the sum of their differences
     */
    public record Difference(String currency, long breaks, Amount gross, Amount net) {}

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

    /** Gross and net difference of the unresolved breaks, for each currency, sorted by it. */
    public List<Difference> differences() {
        Map<String, Difference> byCurrency = new TreeMap<>();
        for (Break found : breaks) {
            Amount difference = found.difference();
            if (difference == null
                    || found.currency().isEmpty()
                    || found.state().equals("resolved")) {
                continue;
            }
            byCurrency.merge(
                    found.currency(),
                    new Difference(found.currency(), 1, difference.absolute(), difference),
                    (sum, one) -> new Difference(
                            sum.currency, sum.breaks + 1, sum.gross.plus(one.gross), sum.net.plus(one.net)));
        }
        return List.copyOf(byCurrency.values());
    }

    /** The accounts, the worst verdict first, then by id. */
    public List<Account> accountsWorstFirst() {
        return accounts.stream()
                .sorted(Comparator.comparing(Account::verdict).thenComparing(Account::accountId))
                .toList();
    }
}
