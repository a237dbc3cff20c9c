package io.saldo.documents.night;

import io.saldo.money.Amount;
import io.saldo.reconcile.Verdict;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
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

    /** One account's position at the end of the night; balance and debt are exact. */
    public record Account(
            String accountId, String name, Verdict verdict, Amount balance, Amount debt, String currency) {}

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

    /** How many days ago the break was found first. */
    long ageDays(Break each) {
        return Math.max(0, ChronoUnit.DAYS.between(each.firstSeen(), businessDate));
    }

    /** Whether tonight's new breaks of that code are a flood, and so one group. */
    boolean isFlood(BreakSums.CodeCount code) {
        return code.newTonight() > breakFloodLimit;
    }

    /** The accounts, the worst verdict first, then by id. */
    public List<Account> accountsWorstFirst() {
        return accounts.stream()
                .sorted(Comparator.comparing(Account::verdict).thenComparing(Account::accountId))
                .toList();
    }
}
