package io.saldo.reconcile;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a night makes of the known breaks and of tonight's findings (SPEC 8.2).
 *
 * <p>A pure function of its arguments, and idempotent for a date: applied again to its own outcome with the same
 * findings it changes nothing.
 */
public final class BreakLifecycle {
    private BreakLifecycle() {}

    /**
     * One night.
     *
     * <ul>
     *   <li>Found and unknown: {@code pending} where the code has grace, else {@code open}.
     *   <li>Found again: one occurrence more and tonight's figures; {@code open} once the night has reached
     *       {@code graceUntil}. An acknowledged case stays acknowledged.
     *   <li>Found after {@code auto} or {@code fixed}: reopened in place, without a second grace.
     *   <li>Found after {@code accepted}, {@code charged} or {@code waived}: reopened only where the decision does not
     *       cover it, that is, the figures are others, or the evidence where it is what was decided on; else left as it
     *       was frozen.
     *   <li>Not found, standing, and judged tonight: resolved as {@code auto}.
     *   <li>Not found otherwise: it stays, and its grace runs on.
     * </ul>
     *
     * @param known every case that may be found again or resolved, each id once
     * @param found what the checks saw; of two findings of one break the first gives the figures, both the evidence
     * @param night the business date
     * @param graceDays for how many nights, the first included, a new break of the code stays pending; 0 is none
     * @param judged whether the check of this case ran tonight over its subject and period; without that, absence
     *     proves nothing
     */
    public static NightOutcome night(
            List<BreakCase> known,
            List<Finding> found,
            LocalDate night,
            ToIntFunction<BreakCode> graceDays,
            Predicate<BreakCase> judged) {
        TreeMap<String, BreakCase> before = new TreeMap<>();
        for (BreakCase each : known) {
            if (before.put(each.id(), each) != null) {
                throw new IllegalArgumentException("known twice: " + each.id());
            }
        }
        TreeMap<String, Finding> findings = new TreeMap<>();
        for (Finding each : found) {
            findings.merge(each.id(), each, BreakLifecycle::merged);
        }

        TreeMap<String, BreakCase> after = new TreeMap<>(before);
        List<String> newIds = new ArrayList<>();
        List<String> resolvedIds = new ArrayList<>();
        List<String> reopenedIds = new ArrayList<>();
        for (Map.Entry<String, Finding> entry : findings.entrySet()) {
            String id = entry.getKey();
            Finding finding = entry.getValue();
            BreakCase existing = before.get(id);
            if (existing == null) {
                newIds.add(id);
                after.put(id, opened(id, finding, night, graceDays.applyAsInt(finding.code())));
            } else if (existing.isUnresolved()) {
                after.put(id, ripened(existing.seenAgain(finding, night), night));
            } else if (!existing.resolution().settlesFigures() || !existing.covers(finding)) {
                reopenedIds.add(id);
                BreakCase pending = existing.seenAgain(finding, night).with(BreakState.PENDING, BreakResolution.NONE);
                after.put(id, ripened(pending, night));
            }
        }
        for (BreakCase each : before.values()) {
            if (!each.isUnresolved() || findings.containsKey(each.id())) {
                continue;
            }
            if (each.code().isStanding() && judged.test(each)) {
                resolvedIds.add(each.id());
                after.put(each.id(), each.resolved(BreakResolution.AUTO));
            } else {
                after.put(each.id(), ripened(each, night));
            }
        }
        List<BreakCase> changed = after.values().stream()
                .filter(each -> !each.equals(before.get(each.id())))
                .toList();
        return new NightOutcome(changed, newIds, resolvedIds, reopenedIds);
    }

    private static BreakCase opened(String id, Finding finding, LocalDate night, int graceDays) {
        @Nullable LocalDate graceUntil = graceDays > 0 ? night.plusDays(graceDays) : null;
        return new BreakCase(
                id,
                finding.code(),
                finding.subject(),
                finding.period(),
                finding.accountId(),
                finding.code().severity(),
                graceUntil == null ? BreakState.OPEN : BreakState.PENDING,
                BreakResolution.NONE,
                finding.expected(),
                finding.actual(),
                finding.difference(),
                finding.currency(),
                finding.cause(),
                finding.evidence(),
                night,
                night,
                1,
                graceUntil);
    }

    /** Opens a pending case whose grace the night has reached. */
    private static BreakCase ripened(BreakCase each, LocalDate night) {
        boolean inGrace = each.graceUntil() != null && night.isBefore(each.graceUntil());
        return each.state() == BreakState.PENDING && !inGrace ? each.with(BreakState.OPEN, BreakResolution.NONE) : each;
    }

    private static Finding merged(Finding first, Finding second) {
        if (first.evidence().equals(second.evidence())) {
            return first;
        }
        return new Finding(
                first.code(),
                first.subject(),
                first.period(),
                first.accountId(),
                first.expected(),
                first.actual(),
                first.difference(),
                first.currency(),
                first.cause(),
                first.evidence() + "; " + second.evidence(),
                first.observedOn());
    }
}
