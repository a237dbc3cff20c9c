package io.saldo.reconcile;

import io.saldo.money.Amount;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One discrepancy with its history so far. Who decided what, when and why is kept beside it.
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

    /**
     * The same case, resolved; figures and evidence stay as they are.
     *
     * @throws IllegalStateException when it is resolved already
     */
    BreakCase resolved(BreakResolution how) {
        if (!isUnresolved()) {
            throw new IllegalStateException(id + " is resolved (" + resolution.word() + ")");
        }
        return with(BreakState.RESOLVED, how);
    }

    /** Why nobody can decide so about the case as it stands, with what can be decided; empty when it can be. */
    public Optional<String> refusal(Decision decision) {
        if (!isUnresolved()) {
            return Optional.of(
                    id + " is resolved (" + resolution.word() + "); there is nothing to decide until it fails again");
        }
        if (!code.allows(decision)) {
            return Optional.of(id + " is " + code + ", for which there is no '" + decision.word() + "'; there is "
                    + Arrays.stream(Decision.values())
                            .filter(code::allows)
                            .map(Decision::word)
                            .collect(Collectors.joining(", ")));
        }
        return Optional.empty();
    }

    /**
     * The same case after a decision. An acknowledged case is open: the grace of a pending one is over with that. A
     * decision that does not cover the figures as they are by now changes nothing, nor does one on a resolved case; both
     * happen where a night was interrupted before the decision and ended after it.
     */
    public BreakCase decided(BreakDecision each) {
        if (!isUnresolved()) {
            return this;
        }
        BreakResolution how = each.decision().resolution();
        if (how == BreakResolution.NONE) {
            return with(BreakState.ACKNOWLEDGED, how);
        }
        boolean covered =
                !how.settlesFigures() || each.frozen().covers(expected, actual, difference, currency, evidence);
        return covered ? with(BreakState.RESOLVED, how) : this;
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
                same(currency, finding.currency()),
                same(cause, finding.cause()),
                same(evidence, finding.evidence()),
                firstSeen,
                newNight ? night : lastSeen,
                newNight ? occurrences + 1 : occurrences,
                graceUntil);
    }

    // Of equal texts one is kept in memory, where a night carries very many breaks on.
    private static String same(String known, String found) {
        return known.equals(found) ? known : found;
    }

    /** Whether a person settled exactly what the finding says, so that it is nothing to stop for. */
    public boolean isSettledAs(Finding finding) {
        return resolution.settlesFigures() && covers(finding);
    }

    /** Whether a decision on this case, as it stands, is also one on what the finding says. */
    public boolean covers(Finding finding) {
        return covers(
                finding.expected(), finding.actual(), finding.difference(), finding.currency(), finding.evidence());
    }

    /**
     * A decision covers the figures that it was made on. Of balances that is the difference, since both sides move with
     * every event. Where a break states no figures, or tells of events that each are one for themselves, it covers the
     * evidence too.
     */
    private boolean covers(
            @Nullable Amount otherExpected,
            @Nullable Amount otherActual,
            @Nullable Amount otherDifference,
            String otherCurrency,
            String otherEvidence) {
        boolean sameDifference = Objects.equals(difference, otherDifference) && currency.equals(otherCurrency);
        boolean sameSides = code == BreakCode.BALANCE_DIFFERS
                || (Objects.equals(expected, otherExpected) && Objects.equals(actual, otherActual));
        boolean sameEvidence = (difference != null && code.isStanding()) || evidence.equals(otherEvidence);
        return sameDifference && sameSides && sameEvidence;
    }
}
