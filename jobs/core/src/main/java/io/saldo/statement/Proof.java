package io.saldo.statement;

import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Collects identities that must hold for an account-month, and stops where one does not (SPEC 7). */
final class Proof {
    private final String accountId;
    private final YearMonth month;
    private final List<Problem> failed = new ArrayList<>();

    Proof(String accountId, YearMonth month) {
        this.accountId = accountId;
        this.month = month;
    }

    /** States that both figures are the same. */
    Proof equal(String identity, Object left, Object right) {
        if (!left.equals(right)) {
            failed.add(Problem.of(
                    ProblemCode.PROOF_FAILED,
                    Place.NOWHERE,
                    "account " + accountId + ", " + month + ": " + identity + ": " + left + " is not " + right));
        }
        return this;
    }

    /**
     * Ends the proof.
     *
     * @throws ProblemException with every identity that does not hold
     */
    void conclude() {
        if (!failed.isEmpty()) {
            throw new ProblemException(failed);
        }
    }
}
