package io.saldo.reconcile;

import java.util.Collection;

/** Reads the verdict off the breaks. Resolved cases and notes spoil nothing. */
public final class Verdicts {
    private Verdicts() {}

    /**
     * The verdict of all these cases together: of a night, when they are all there are.
     *
     * @param incomplete whether a proof failed or something could not be compared that no case tells of
     */
    public static Verdict of(Collection<BreakCase> cases, boolean incomplete) {
        Verdict verdict = incomplete ? Verdict.INCOMPLETE : Verdict.RECONCILED;
        for (BreakCase each : cases) {
            verdict = worse(of(each), verdict);
        }
        return verdict;
    }

    /**
     * The verdict of one account: its own cases, and of those that name no account the ones that leave every account
     * without a conclusion, such as a source's missing delivery.
     *
     * @param cases of any account
     * @param incomplete whether a proof of this account failed
     */
    public static Verdict ofAccount(String accountId, Collection<BreakCase> cases, boolean incomplete) {
        return of(cases.stream().filter(each -> concerns(accountId, each)).toList(), incomplete);
    }

    /** Of two verdicts the one that applies first. */
    public static Verdict worse(Verdict one, Verdict other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether the case counts for the account's verdict and its close. */
    public static boolean concerns(String accountId, BreakCase each) {
        return each.accountId().isEmpty()
                ? each.code().preventsConclusion()
                : each.accountId().equals(accountId);
    }

    private static Verdict of(BreakCase each) {
        if (!each.isUnresolved() || each.severity() == Severity.NOTE) {
            return Verdict.RECONCILED;
        }
        if (!each.isOpen()) {
            return Verdict.PENDING;
        }
        if (each.code().preventsConclusion()) {
            return Verdict.INCOMPLETE;
        }
        return each.severity() == Severity.ERROR ? Verdict.BREAKS : Verdict.WARNINGS;
    }
}
