package io.saldo.app.intake;

import io.saldo.problem.ProblemCode;

/** Where a record of a feed ended. */
sealed interface FeedOutcome {
    FeedOutcome ACCEPTED = new Taken(Taken.Kind.ACCEPTED);
    FeedOutcome DUPLICATE = new Taken(Taken.Kind.DUPLICATE);
    FeedOutcome CONFLICT = new Taken(Taken.Kind.CONFLICT);

    /** It is in the books, or something of it stands there. */
    record Taken(Kind kind) implements FeedOutcome {
        enum Kind {
            ACCEPTED,
            DUPLICATE,
            CONFLICT
        }
    }

    /** It waits for that account or grant. */
    record Held(String subject) implements FeedOutcome {}

    /** It is kept as it came, and nothing follows from it. */
    record Rejected(ProblemCode code, String what) implements FeedOutcome {}
}
