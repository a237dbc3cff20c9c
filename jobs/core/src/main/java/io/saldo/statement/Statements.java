package io.saldo.statement;

import io.saldo.problem.Place;
import io.saldo.problem.ProblemCode;
import io.saldo.problem.ProblemException;
import io.saldo.time.Instants;
import java.time.YearMonth;
import java.util.Map;
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
        return exactly(input, () -> {
            Scaled plan = Scaled.of(input, null);
            Timeline timeline = timeline(plan);
            return proved(plan, timeline, whole(plan, timeline, null));
        });
    }

    /**
     * A statement and where the next computation of its month may go on from.
     *
     * @param checkpoint null where there can be none
     */
    public record Computed(Statement statement, @Nullable Checkpoint checkpoint) {}

    /**
     * The statement, computed and proved as {@link #compute(StatementInput)} does it, to the last digit; only what
     * happened before the checkpoint is not done again.
     *
     * @param from of the same month; null to compute it whole. Every part of the input that speaks of the time before it
     *     must be what it was when the checkpoint was made, and events before it need not be given
     * @param next for which instant a checkpoint is wanted: the start of a day. There is none where that lies outside of
     *     the month, not after its start or after the as-of, and none of a month with volume prices, which may price
     *     everything anew until it ends
     * @throws UnusableCheckpointException when the checkpoint is not of that month, or speaks of something that the input
     *     does not have
     * @throws ProblemException as {@link #compute(StatementInput)} does
     */
    public static Computed compute(StatementInput input, @Nullable Checkpoint from, long next) {
        if (from != null) {
            from.requireOf(input);
        }
        return exactly(input, () -> {
            Scaled plan = Scaled.of(input, from);
            Timeline timeline = timeline(plan);
            Kernel kernel = new Kernel(plan, timeline, null);
            long start = Instants.MIN;
            if (from == null) {
                kernel.open(plan);
            } else {
                from.restore(plan, kernel);
                start = from.at();
            }
            Checkpoint checkpoint = null;
            if (next >= start && next > input.monthStart() && next <= plan.end()) {
                kernel.run(start, next);
                checkpoint = Checkpoint.of(plan, kernel, next);
                start = next;
            }
            kernel.run(start, Instants.MAX);
            return new Computed(proved(plan, timeline, kernel), checkpoint);
        });
    }

    /**
     * The statement, computed and proved as {@link #compute} does it, and how some of its events came to their amounts.
     *
     * @param events the events to tell: by usage month, their indexes in the statement's events or in the late events of a
     *     closed month
     * @throws ProblemException as {@link #compute} does
     */
    public static Explanation explain(StatementInput input, Map<YearMonth, Set<Integer>> events) {
        return exactly(input, () -> {
            Scaled plan = Scaled.of(input, null);
            Timeline timeline = timeline(plan);
            KernelTrace trace = new KernelTrace(plan, events);
            Statement statement = proved(plan, timeline, whole(plan, timeline, trace));
            return new Explanation(statement, trace.rows(statement), trace.charges());
        });
    }

    private static Timeline timeline(Scaled plan) {
        return new Timeline(plan.input(), plan.end(), plan.own().segments(), plan.credit());
    }

    private static Kernel whole(Scaled plan, Timeline timeline, @Nullable KernelTrace trace) {
        Kernel kernel = new Kernel(plan, timeline, trace);
        kernel.open(plan);
        kernel.run(Instants.MIN, Instants.MAX);
        return kernel;
    }

    private static Statement proved(Scaled plan, Timeline timeline, Kernel kernel) {
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
