package io.saldo.reconcile;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One decision on one break. It is never changed; a later one may follow it when the break is reopened.
 *
 * @param number rises with each decision of a home, over all breaks; a run knows those up to a number
 * @param frozen the break as it stood when it was decided: its figures and its evidence are what the decision covers
 * @param decision what was decided
 * @param decidedOn the date that it counts for
 * @param decidedAt when it was entered
 * @param decidedBy the name of who decided
 * @param note why; empty only where {@link Decision#needsNote} does not ask for it
 */
public record BreakDecision(
        long number,
        BreakCase frozen,
        Decision decision,
        LocalDate decidedOn,
        Instant decidedAt,
        String decidedBy,
        String note) {
    /** Refuses one without a name, and one without its note. */
    public BreakDecision {
        if (decidedBy.isBlank() || (decision.needsNote() && note.isBlank())) {
            throw new IllegalArgumentException(decision.word() + " of " + frozen.id() + " does not say who or why");
        }
    }
}
