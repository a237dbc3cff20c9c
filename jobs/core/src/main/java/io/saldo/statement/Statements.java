package io.saldo.statement;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;

/** Computes statements (SPEC 7): plans the month, runs the kernel, turns its columns into decimals, proves the result. */
public final class Statements {
    private Statements() {}

    /**
     * The statement, proved.
     *
     * @throws ProblemException with {@code AMOUNT_TOO_LARGE} when a figure passes exact arithmetic, or
     *     {@code PROOF_FAILED} naming account, month and identity with both figures
     * @throws IllegalArgumentException when two grants of the input share a credit id, or the currency of a grant
     *     differs from the account's
     */
    public static Statement compute(StatementInput input) {
        try {
            Scaled plan = Scaled.of(input);
            Timeline timeline = new Timeline(input, plan.end(), plan.own().segments(), plan.credit());
            Kernel kernel = new Kernel(plan, timeline);
            kernel.run();
            Statement statement = new Assembly(plan, timeline, kernel).statement();
            Identities.prove(statement, plan, kernel);
            return statement;
        } catch (ArithmeticException overflow) {
            throw new ProblemException(
                    ProblemCode.AMOUNT_TOO_LARGE,
                    Place.NOWHERE,
                    "account " + input.accountId() + ", " + input.month()
                            + ": an amount needs more than 18 digits together with the finest price's decimals");
        }
    }
}
