package io.saldo.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Stops a command because of problems that a person must mend; all of them are told at once. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    /** Stops with these problems, at least one. */
    public ProblemException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Stops with one problem. */
    public ProblemException(ProblemCode code, Place place, String what) {
        this(List.of(Problem.of(code, place, what)));
    }

    /** What is wrong, in the order in which it was found. */
    public List<Problem> problems() {
        return problems;
    }
}
