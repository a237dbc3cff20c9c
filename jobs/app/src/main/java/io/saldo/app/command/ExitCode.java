package io.saldo.app.command;

import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.reconcile.Verdict;

/** The exit codes of SPEC 11. */
public final class ExitCode {
    /** Done: reconciled, pending or warnings. */
    public static final int DONE = 0;

    /** An error of the program or its surroundings. */
    public static final int INTERNAL_ERROR = 1;

    /** Wrong use of the command, or a configuration that cannot be used. */
    public static final int WRONG_USAGE = 2;

    /** Done, and breaks are open. */
    public static final int BREAKS_OPEN = 3;

    /** Done, and no conclusion can be drawn. */
    public static final int INCOMPLETE = 4;

    /** Another run holds the lock. */
    public static final int LOCKED = 5;

    /** A proof or verification failed. */
    public static final int VERIFICATION_FAILED = 6;

    /** Stopped by a signal in the middle of a run, which can be continued: what a shell makes of SIGTERM. */
    public static final int STOPPED = 128 + 15;

    private ExitCode() {}

    /** The code for a run that ended with that verdict. */
    public static int of(String verdict) {
        return of(verdict, Verdict.BREAKS);
    }

    /** The same, where that verdict and every worse one counts as open breaks do. */
    static int of(String verdict, Verdict failOn) {
        for (Verdict each : Verdict.values()) {
            if (each.word().equals(verdict)) {
                return each == Verdict.INCOMPLETE ? INCOMPLETE : each.compareTo(failOn) <= 0 ? BREAKS_OPEN : DONE;
            }
        }
        return DONE;
    }

    /** The code for problems that stopped a command. */
    public static int of(ProblemException stopped) {
        ProblemCode code = stopped.problems().get(0).code();
        return switch (code) {
            case LOCKED -> LOCKED;
            case PROOF_FAILED, COPY_DIFFERS, FILE_DAMAGED, BACKUP_DAMAGED -> VERIFICATION_FAILED;
            case DATABASE_UNREACHABLE, DATABASE_LOST -> INTERNAL_ERROR;
            default -> WRONG_USAGE;
        };
    }
}
