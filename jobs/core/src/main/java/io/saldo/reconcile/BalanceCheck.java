package io.saldo.reconcile;

import io.saldo.money.Amount;
import io.saldo.time.Instants;
import io.saldo.usage.TextOrder;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares our balances with those that the live prepaid system recorded (SPEC 8.1).
 *
 * <p>The <i>gap</i> is recorded minus computed, beyond what a person accepted for an earlier month. A gap that opened
 * and closed again within the readings is no break: at the end both sides agree.
 */
public final class BalanceCheck {
    /** What stands before the facts that could be the cause, in a part of the evidence of their own. */
    public static final String CANDIDATES = "candidates: ";

    /** So many candidates are named; of more it is told how many there are. */
    private static final int CANDIDATES_MAX = 20;

    private static final Comparator<BalanceReading> IN_TIME = Comparator.comparingLong(BalanceReading::asOf)
            .thenComparing(BalanceReading::date)
            .thenComparing(BalanceReading::recorded)
            .thenComparing(BalanceReading::recordedCurrency, TextOrder.UTF_8);

    private BalanceCheck() {}

    /**
     * BALANCE_DIFFERS, one for each account and month whose last reading has a gap. Expected is our balance (plus the
     * accepted gap), actual the recorded one, both at that last reading; the evidence is the days on which the gap
     * changed, with the steps.
     *
     * @param readings of any accounts and months, in any order; give a month whole, or its first reading shows the whole
     *     gap as one step
     * @param facts what may explain a change; a fact belongs to the readings between which it occurred, the earlier
     *     included
     * @param acceptedGaps per account and month ({@code YYYY-MM}) the gap that a person accepted for that month, beyond
     *     those of earlier ones: the books keep it for ever, so in the months after it is no news. Where the last reading
     *     of that month shows none, or another, nothing is accepted for it any more: later months have nothing to carry on
     * @param tolerance a gap or a change of this size is still none; 0 compares exactly
     * @param night the business date
     */
    public static List<Finding> differences(
            List<BalanceReading> readings,
            List<BalanceFact> facts,
            Map<String, SortedMap<String, Amount>> acceptedGaps,
            Amount tolerance,
            LocalDate night) {
        Map<String, List<BalanceFact>> factsByAccount =
                facts.stream().collect(Collectors.groupingBy(BalanceFact::accountId));
        return findings(
                readings,
                acceptedGaps,
                tolerance,
                night,
                change -> GapExplanation.of(
                        change.change(),
                        factsByAccount.getOrDefault(change.accountId(), List.of()).stream()
                                .filter(each -> change.holds(each.occurredAt()))
                                .toList()));
    }

    /**
     * What {@link #differences} of the same readings needs facts for: the changes of gaps that are still there at the end of
     * their month, by account and in time. Their stretches do not overlap. Of accounts that agree there is none.
     */
    public static List<BalanceChange> changes(
            List<BalanceReading> readings, Map<String, SortedMap<String, Amount>> acceptedGaps, Amount tolerance) {
        List<BalanceChange> changes = new ArrayList<>();
        findings(readings, acceptedGaps, tolerance, LocalDate.EPOCH, change -> {
            changes.add(change);
            return GapExplanation.of(change.change(), List.of());
        });
        return changes;
    }

    private static List<Finding> findings(
            List<BalanceReading> readings,
            Map<String, SortedMap<String, Amount>> acceptedGaps,
            Amount tolerance,
            LocalDate night,
            Function<BalanceChange, GapExplanation> explainer) {
        SortedMap<String, List<BalanceReading>> readingsByAccount = new TreeMap<>(TextOrder.UTF_8);
        readings.stream().sorted(IN_TIME).forEach(each -> readingsByAccount
                .computeIfAbsent(each.accountId(), account -> new ArrayList<>())
                .add(each));
        List<Finding> findings = new ArrayList<>();
        readingsByAccount.forEach((accountId, inTime) -> {
            Account account = new Account(
                    accountId, acceptedGaps.getOrDefault(accountId, new TreeMap<>()), tolerance, night, explainer);
            inTime.forEach(account::read);
            account.finish();
            findings.addAll(account.findings);
        });
        return findings.stream().sorted(Finding.ORDER).toList();
    }

    /**
     * BALANCE_MISSING, one for each account and day: a source that recorded others that day should have recorded it,
     * and no source did. A source that recorded nobody is a delivery that is missing, and not told here.
     */
    public static List<Finding> missing(List<BalanceCoverage> coverages, LocalDate night) {
        SortedMap<LocalDate, Set<String>> recorded = new TreeMap<>();
        SortedMap<LocalDate, SortedMap<String, SortedMap<String, Boolean>>> expected = new TreeMap<>();
        for (BalanceCoverage each : coverages) {
            if (each.recordedAccountIds().isEmpty()) {
                continue;
            }
            recorded.computeIfAbsent(each.date(), date -> new TreeSet<>()).addAll(each.recordedAccountIds());
            for (String accountId : each.expectedAccountIds()) {
                expected.computeIfAbsent(each.date(), date -> new TreeMap<>(TextOrder.UTF_8))
                        .computeIfAbsent(accountId, account -> new TreeMap<>(TextOrder.UTF_8))
                        .put(each.source(), true);
            }
        }
        List<Finding> findings = new ArrayList<>();
        expected.forEach((date, accounts) -> accounts.forEach((accountId, sources) -> {
            if (!recorded.getOrDefault(date, Set.of()).contains(accountId)) {
                findings.add(Finding.withoutFigures(
                        BreakCode.BALANCE_MISSING,
                        accountId,
                        date.toString(),
                        accountId,
                        "",
                        "recorded others: " + String.join(", ", sources.keySet()),
                        night));
            }
        }));
        return findings.stream().sorted(Finding.ORDER).toList();
    }

    /** Follows the gap of one account through its readings. */
    private static final class Account {
        final List<Finding> findings = new ArrayList<>();

        private final String accountId;

        /** Of the months that were read, those that their last reading still shows. */
        private final SortedMap<String, Amount> acceptedGaps;

        private final Amount tolerance;
        private final LocalDate night;
        private final Function<BalanceChange, GapExplanation> explainer;

        /** The gap after the last change that counted, and the last instant at which it was exactly that. */
        private Amount gap = Amount.ZERO;

        private long gapHeldAt = Instants.MIN;

        /** What was accepted for the months before the one that is read. */
        private Amount acceptedGap = Amount.ZERO;

        private String month = "";
        private Amount gapAtMonthStart = Amount.ZERO;
        private SortedMap<LocalDate, Amount> stepsByDay = new TreeMap<>();
        private SortedMap<LocalDate, Amount> gapsByDay = new TreeMap<>();
        private Map<BalanceChange, LocalDate> standing = new LinkedHashMap<>();
        private Set<String> otherCurrencies = new LinkedHashSet<>();
        private List<BalanceReading> compared = new ArrayList<>();

        Account(
                String accountId,
                SortedMap<String, Amount> acceptedGaps,
                Amount tolerance,
                LocalDate night,
                Function<BalanceChange, GapExplanation> explainer) {
            this.accountId = accountId;
            this.acceptedGaps = new TreeMap<>(acceptedGaps);
            this.tolerance = tolerance;
            this.night = night;
            this.explainer = explainer;
        }

        void read(BalanceReading reading) {
            String readingMonth = YearMonth.from(reading.date()).toString();
            if (!readingMonth.equals(month)) {
                finish();
                month = readingMonth;
                acceptEarlierGaps();
            }
            if (!reading.recordedCurrency().equals(reading.currency())) {
                otherCurrencies.add(reading.date() + " " + reading.recorded() + " " + reading.recordedCurrency());
                return;
            }
            compared.add(reading);
            Amount gapNow = reading.recorded().minus(reading.computed()).minus(acceptedGap);
            Amount step = gapNow.minus(gap);
            if (isSeen(step)) {
                step(reading, gapNow, step);
            }
            if (gapNow.equals(gap)) {
                gapHeldAt = reading.asOf();
            }
        }

        /** The gap that is left of an earlier month is what goes beyond the gaps accepted for those months. */
        private void acceptEarlierGaps() {
            Amount accepted = acceptedGaps.headMap(month).values().stream().reduce(Amount.ZERO, Amount::plus);
            if (gapHeldAt != Instants.MIN) {
                gap = gap.minus(accepted.minus(acceptedGap));
                gapAtMonthStart = gap;
            }
            acceptedGap = accepted;
        }

        private void step(BalanceReading reading, Amount gapNow, Amount step) {
            BalanceChange change = new BalanceChange(accountId, month, gapHeldAt, reading.asOf(), step);
            gap = gapNow;
            stepsByDay.merge(reading.date(), step, Amount::plus);
            gapsByDay.put(reading.date(), gapNow);
            if (isSeen(gapNow)) {
                standing.put(change, reading.date());
            } else {
                // The gap closed: what opened it explains nothing that is still there.
                standing.clear();
                gapAtMonthStart = Amount.ZERO;
            }
        }

        /** Judges the month that was read, and begins another. */
        void finish() {
            if (!compared.isEmpty()) {
                BalanceReading last = compared.get(compared.size() - 1);
                Amount expected = last.computed().plus(acceptedGap);
                Amount left = last.recorded().minus(expected);
                if (!left.equals(acceptedGaps.getOrDefault(month, left))) {
                    acceptedGaps.remove(month);
                }
                if (isSeen(left)) {
                    Explained explained = explained();
                    findings.add(Finding.withFigures(
                            BreakCode.BALANCE_DIFFERS,
                            accountId,
                            month,
                            accountId,
                            expected,
                            last.recorded(),
                            last.currency(),
                            cause(explained),
                            evidence(explained),
                            night));
                } else if (!otherCurrencies.isEmpty()) {
                    findings.add(otherCurrency());
                }
            } else if (!otherCurrencies.isEmpty()) {
                findings.add(otherCurrency());
            }
            gapAtMonthStart = gap;
            stepsByDay = new TreeMap<>();
            gapsByDay = new TreeMap<>();
            standing = new LinkedHashMap<>();
            otherCurrencies = new LinkedHashSet<>();
            compared = new ArrayList<>();
        }

        private Finding otherCurrency() {
            return Finding.withoutFigures(
                    BreakCode.BALANCE_DIFFERS,
                    accountId,
                    month,
                    accountId,
                    "recorded in another currency",
                    evidence(new Explained(Set.of(), Set.of(), new TreeMap<>())),
                    night);
        }

        /**
         * The changes that are still there.
         *
         * @param byDay why the gap changed on a day, where it has several causes
         */
        private record Explained(Set<String> causes, Set<String> candidates, SortedMap<LocalDate, String> byDay) {}

        private Explained explained() {
            Set<String> causes = new LinkedHashSet<>();
            Set<String> distinct = new HashSet<>();
            Set<String> candidates = new LinkedHashSet<>();
            SortedMap<LocalDate, String> byDay = new TreeMap<>();
            standing.forEach((change, day) -> {
                GapExplanation explanation = explainer.apply(change);
                distinct.add(explanation.cause());
                causes.addAll(explanation.causes());
                explanation
                        .candidates()
                        .forEach(each -> candidates.add(each.description() + " " + signed(each.effect())));
                byDay.merge(day, explanation.cause(), (before, more) -> before + ", " + more);
            });
            return new Explained(causes, candidates, distinct.size() > 1 ? byDay : new TreeMap<>());
        }

        private String cause(Explained explained) {
            Set<String> causes = explained.causes();
            if (causes.contains(GapExplanation.UNEXPLAINED)) {
                return GapExplanation.UNEXPLAINED;
            }
            if (!gapAtMonthStart.isZero()) {
                return causes.isEmpty()
                        ? "the gap of an earlier month"
                        : "the gap of an earlier month, " + String.join(", ", causes);
            }
            return causes.isEmpty() ? GapExplanation.UNEXPLAINED : String.join(", ", causes);
        }

        private String evidence(Explained explained) {
            List<String> parts = new ArrayList<>();
            if (!acceptedGap.isZero()) {
                parts.add("accepted before " + signed(acceptedGap));
            }
            if (!gapAtMonthStart.isZero()) {
                parts.add("gap before the month " + signed(gapAtMonthStart));
            }
            stepsByDay.forEach((day, step) -> {
                if (!step.isZero()) {
                    String why = explained.byDay().get(day);
                    parts.add(day + " " + signed(step) + " (gap " + signed(gapsByDay.getOrDefault(day, gap)) + ")"
                            + (why == null ? "" : ": " + why));
                }
            });
            Set<String> candidates = explained.candidates();
            if (!candidates.isEmpty()) {
                parts.add(CANDIDATES
                        + candidates.stream().limit(CANDIDATES_MAX).collect(Collectors.joining(", "))
                        + (candidates.size() > CANDIDATES_MAX
                                ? " and " + (candidates.size() - CANDIDATES_MAX) + " more"
                                : ""));
            }
            if (!otherCurrencies.isEmpty()) {
                parts.add("not comparable: " + String.join(", ", otherCurrencies));
            }
            return String.join("; ", parts);
        }

        private boolean isSeen(Amount size) {
            return size.absolute().compareTo(tolerance) > 0;
        }

        private static String signed(Amount amount) {
            return amount.signum() > 0 ? "+" + amount : amount.toString();
        }
    }
}
