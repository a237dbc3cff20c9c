package io.saldo.app.intake;

import io.saldo.app.store.DeliveryCounts;
import io.saldo.problem.Place;
import io.saldo.problem.Problem;
import java.math.BigInteger;
import java.util.TreeMap;

/** Counts outcomes, and keeps the first rejection of each code as its evidence. */
final class FeedTally {
    private final long[] taken = new long[FeedOutcome.Taken.Kind.values().length];
    private long held;
    private long rejected;
    final TreeMap<String, First> rejections = new TreeMap<>();

    static final class First {
        long records;
        final long line;
        final String message;

        private First(long line, String message) {
            this.line = line;
            this.message = message;
        }
    }

    void count(FeedOutcome outcome, Place place) {
        if (outcome instanceof FeedOutcome.Taken each) {
            taken[each.kind().ordinal()]++;
        } else if (outcome instanceof FeedOutcome.Held) {
            held++;
        } else if (outcome instanceof FeedOutcome.Rejected each) {
            rejected++;
            rejections.computeIfAbsent(
                            each.code().id(),
                            code -> new First(
                                    place.line(),
                                    Problem.of(each.code(), place, each.what()).toString()))
                    .records++;
        }
    }

    DeliveryCounts counts() {
        long sum = taken[0] + taken[1] + taken[2] + held + rejected;
        return new DeliveryCounts(
                sum, taken[0], taken[1], taken[2], rejected, held, 0, BigInteger.ZERO, BigInteger.ZERO);
    }
}
