package io.saldo.statement;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Computes statements (SPEC 7): plans the month, runs the kernel, turns its columns into decimals, proves the result. */
public final class Statements {
    private Statements() {}

    /**
     * The statement, proved.
     *
     * @throws ProblemException with {@code AMOUNT_TOO_LARGE} when a figure passes exact arithmetic, {@code DUPLICATE_ROW}
     *     when two grants share a credit id, {@code BAD_VALUE} when a grant is in another currency than the account, or
     *     {@code PROOF_FAILED} naming account, month and identity with both figures
     */
    public static Statement compute(StatementInput input) {
        return exactly(input, () -> compute(input, Scaled.of(input), null));
    }

    /**
     * The statement, computed and proved as {@link #compute} does it, and how some of its events came to their amounts.
     *
     * @param events indexes of the events to tell
     * @throws ProblemException as {@link #compute} does
     */
    public static Explanation explain(StatementInput input, Set<Integer> events) {
        return exactly(input, () -> {
            Scaled plan = Scaled.of(input);
            KernelTrace trace = new KernelTrace(plan, events);
            Statement statement = compute(input, plan, trace);
            return new Explanation(statement, trace.rows(statement), trace.charges());
        });
    }

    private static Statement compute(StatementInput input, Scaled plan, @Nullable KernelTrace trace) {
        Timeline timeline = new Timeline(input, plan.end(), plan.own().segments(), plan.credit());
        Kernel kernel = new Kernel(plan, timeline, trace);
        kernel.run();
        Statement statement = new Assembly(plan, timeline, kernel).statement();
        Identities.prove(statement, plan, kernel);
        return statement;
    }

    private static <T> T exactly(StatementInput input, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (ArithmeticException overflow) {
            throw new ProblemException(
                    ProblemCode.AMOUNT_TOO_LARGE,
                    Place.NOWHERE,
                    "account " + input.accountId() + ", " + input.month()
                            + ": an amount needs more than 18 digits together with the finest price's decimals");
        }
    }
}
