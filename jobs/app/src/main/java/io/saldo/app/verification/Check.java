package io.saldo.app.verification;

import io.saldo.problem.ProblemCode;
import java.util.Locale;

/** What is proved, from the lake up. */
public enum Check {
    /** Every file that the books list is there, with its bytes and hash. */
    LAKE_FILES(ProblemCode.FILE_DAMAGED),
    /** Every archived delivery and control file has its hash. */
    ARCHIVE(ProblemCode.FILE_DAMAGED),
    /** The configuration files that runs fixed have their hashes. */
    CONFIGURATIONS(ProblemCode.BOOKS_CHANGED),
    /** What each run brought for each account-month is what the segments sum up to. */
    USAGE(ProblemCode.COUNT_DIFFERS),
    /** Records of a delivery are where its control totals say. */
    DELIVERIES(ProblemCode.COUNT_DIFFERS),
    /** The identities among a statement's totals. */
    IDENTITIES(ProblemCode.BOOKS_CHANGED),
    /** A statement computed again comes to every stored figure. */
    STATEMENTS(ProblemCode.FIGURE_DIFFERS),
    /** A month opens with what the one before it closed with. */
    OPENINGS(ProblemCode.FIGURE_DIFFERS),
    /** The stored details of a statement are those of the statement computed again. */
    DETAILS(ProblemCode.FIGURE_DIFFERS),
    /** A dispute computed again comes to the revision and the difference that are stored. */
    DISPUTES(ProblemCode.FIGURE_DIFFERS),
    /** An invoice is what its statement comes to. */
    INVOICES(ProblemCode.FIGURE_DIFFERS),
    /** Postings sum to zero and are those of their closes, invoices and payments. */
    JOURNAL(ProblemCode.BOOKS_CHANGED),
    /** The journal moved what the roll-forward of deferred revenue says. */
    ROLL_FORWARD(ProblemCode.BOOKS_CHANGED),
    /** Every document that the books list is there, with its bytes and hash. */
    DOCUMENTS(ProblemCode.FILE_DAMAGED),
    /** An invoice's documents come out the same when they are made again. */
    RENDERING(ProblemCode.FIGURE_DIFFERS);

    private final ProblemCode code;

    Check(ProblemCode code) {
        this.code = code;
    }

    /** The problem that a failure of it is. */
    public ProblemCode code() {
        return code;
    }

    /** Its name in tables and progress. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
