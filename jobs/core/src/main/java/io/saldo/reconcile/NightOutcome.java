package io.saldo.reconcile;

import java.util.List;

/**
 * What a night did to the breaks. All lists are in the order of their ids.
 *
 * @param changed the cases that are new or not what they were, as they are now; the others stay untouched
 * @param newIds those seen for the first time
 * @param resolvedIds those that no longer hold
 * @param reopenedIds those that were resolved and hold again
 */
public record NightOutcome(
        List<BreakCase> changed, List<String> newIds, List<String> resolvedIds, List<String> reopenedIds) {
    /** Keeps copies. */
    public NightOutcome {
        changed = List.copyOf(changed);
        newIds = List.copyOf(newIds);
        resolvedIds = List.copyOf(resolvedIds);
        reopenedIds = List.copyOf(reopenedIds);
    }
}
