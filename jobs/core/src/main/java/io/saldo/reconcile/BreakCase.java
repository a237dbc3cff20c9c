package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One discrepancy with its history so far (SPEC 8.2). Who decided what, when and why is kept beside it.
 *
 * @param id {@link BreakIdentity}
 * @param code what is wrong
 * @param subject what it is wrong with
 * @param period {@code YYYY-MM-DD}, {@code YYYY-MM} or the provider's window
 * @param accountId the account concerned; empty when none is
 * @param severity as the code stood when the break was first seen
 * @param state where it is in its life
 * @param resolution how it was resolved; {@link BreakResolution#NONE} exactly when it is not
 * @param expected our side, as last found
 * @param actual the other side, as last found
 * @param difference actual minus expected, as last found
 * @param currency of the three; empty for counts
 * @param cause as last found
 * @param evidence as last found; frozen by a decision
 * @param firstSeen the first night that found it
 * @param lastSeen the last night that found it; a resolving night does not move it
 * @param occurrences on how many nights it was found
 * @param graceUntil the first night on which it no longer is pending; null where the code has no grace
 */
public record BreakCase(
        String id,
        BreakCode code,
        String subject,
        String period,
        String accountId,
        Severity severity,
        BreakState state,
        BreakResolution resolution,
        @Nullable Amount expected,
        @Nullable Amount actual,
        @Nullable Amount difference,
        String currency,
        String cause,
        String evidence,
        LocalDate firstSeen,
        LocalDate lastSeen,
        int occurrences,
        @Nullable LocalDate graceUntil) {
    /** Refuses a resolved case without resolution and an unresolved one with it. */
    public BreakCase {
        if ((state == BreakState.RESOLVED) == (resolution == BreakResolution.NONE)) {
            throw new IllegalArgumentException("a case that is " + state + " cannot have the resolution " + resolution);
        }
    }

    /** Whether it still holds, in grace or not. */
    public boolean isUnresolved() {
        return state != BreakState.RESOLVED;
    }

    /** Whether it holds and its grace is over. */
    public boolean isOpen() {
        return state == BreakState.OPEN || state == BreakState.ACKNOWLEDGED;
    }

    /** Whether it keeps what it concerns from being closed. In grace it does too: the grace may end in a break. */
    public boolean blocksClose() {
        return isUnresolved() && code.blocksClose();
    }

    /** The same case, being worked on; the grace of a pending one is over with that. */
    public BreakCase acknowledged() {
        requireUnresolved();
        return with(BreakState.ACKNOWLEDGED, BreakResolution.NONE);
    }

    /**
     * The same case, resolved; figures and evidence stay as they are.
     *
     * @throws IllegalStateException when it is resolved already
     */
    public BreakCase resolved(BreakResolution how) {
        requireUnresolved();
        return with(BreakState.RESOLVED, how);
    }

    /** The same case in another state. */
    BreakCase with(BreakState newState, BreakResolution newResolution) {
        return new BreakCase(
                id,
                code,
                subject,
                period,
                accountId,
                severity,
                newState,
                newResolution,
                expected,
                actual,
                difference,
                currency,
                cause,
                evidence,
                firstSeen,
                lastSeen,
                occurrences,
                graceUntil);
    }

    /** The same case as a finding shows it; a night that counted it already does not count it again. */
    BreakCase seenAgain(Finding finding, LocalDate night) {
        boolean newNight = night.isAfter(lastSeen);
        return new BreakCase(
                id,
                code,
                subject,
                period,
                finding.accountId().isEmpty() ? accountId : finding.accountId(),
                severity,
                state,
                resolution,
                finding.expected(),
                finding.actual(),
                finding.difference(),
                finding.currency(),
                finding.cause(),
                finding.evidence(),
                firstSeen,
                newNight ? night : lastSeen,
                newNight ? occurrences + 1 : occurrences,
                graceUntil);
    }

    /** Whether the finding states the figures that this case states. */
    boolean hasFiguresOf(Finding finding) {
        return Objects.equals(expected, finding.expected())
                && Objects.equals(actual, finding.actual())
                && Objects.equals(difference, finding.difference())
                && currency.equals(finding.currency());
    }

    private void requireUnresolved() {
        if (!isUnresolved()) {
            throw new IllegalStateException(id + " is resolved (" + resolution.word() + ")");
        }
    }
}
