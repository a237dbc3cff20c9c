package io.saldo.app.statement;

import io.saldo.app.store.CloseStore;
import io.saldo.app.store.LakeStore;
import io.saldo.money.Amount;
import io.saldo.reconcile.BreakCode;
import io.saldo.reconcile.BreakDecision;
import io.saldo.reconcile.Finding;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Usage of an account's closed month that no closed statement has counted, as its break tells it.
 *
 * @param events how many events are new
 * @param restated how many figures were restated
 * @param quantity units of all meters together; negative where figures fell
 * @param runs the runs that brought it, rising
 */
public record UncountedLateUsage(
        String accountId, YearMonth month, long events, long restated, BigInteger quantity, List<Long> runs) {
    /**
     * Of one account, by month.
     *
     * @param usage all of its usage or what came after closes, in the order of months and runs
     * @param frozen what its closed months leave; null where none is closed
     */
    public static List<UncountedLateUsage> of(List<LakeStore.UsageOfRun> usage, CloseStore.@Nullable Frozen frozen) {
        if (frozen == null) {
            return List.of();
        }
        YearMonth lastClosed = YearMonth.parse(frozen.lastMonth());
        Map<YearMonth, UncountedLateUsage> byMonth = new LinkedHashMap<>();
        for (LakeStore.UsageOfRun each : usage) {
            YearMonth month = YearMonth.parse(each.month());
            CloseStore.CountedUsage counted = frozen.usage().get(month);
            if (!month.isAfter(lastClosed) && (counted == null || !counted.has(each.run()))) {
                byMonth.merge(
                        month,
                        new UncountedLateUsage(
                                each.accountId(),
                                month,
                                each.events(),
                                each.restated(),
                                each.quantity(),
                                List.of(each.run())),
                        UncountedLateUsage::with);
            }
        }
        return byMonth.values().stream()
                .filter(each -> each.events() != 0 || each.restated() != 0)
                .toList();
    }

    /**
     * The months of which a person had charged exactly this: where more came since, or less is left, nothing was decided.
     *
     * @param charges the decisions to charge, oldest first
     */
    static Set<YearMonth> charged(List<UncountedLateUsage> uncounted, List<BreakDecision> charges) {
        Set<YearMonth> charged = new TreeSet<>();
        for (UncountedLateUsage each : uncounted) {
            Finding finding = each.finding("", LocalDate.EPOCH);
            boolean covered = charges.stream()
                    .anyMatch(decision -> decision.frozen().id().equals(finding.id())
                            && decision.frozen().covers(finding));
            if (covered) {
                charged.add(each.month());
            }
        }
        return charged;
    }

    /** The break about it. */
    public Finding finding(String cause, LocalDate observedOn) {
        return new Finding(
                BreakCode.USAGE_LATE,
                accountId,
                month.toString(),
                accountId,
                Amount.ZERO,
                Amount.of(events),
                Amount.of(events),
                "",
                cause,
                events + " events and " + restated + " restated figures, " + quantity
                        + " units together, brought by run "
                        + runs.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                observedOn);
    }

    private UncountedLateUsage with(UncountedLateUsage more) {
        List<Long> all = new ArrayList<>(runs);
        all.addAll(more.runs);
        return new UncountedLateUsage(
                accountId,
                month,
                events + more.events,
                restated + more.restated,
                quantity.add(more.quantity),
                List.copyOf(all));
    }
}
