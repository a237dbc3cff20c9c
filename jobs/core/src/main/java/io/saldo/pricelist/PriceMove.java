package io.saldo.pricelist;

import io.saldo.money.Amount;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A price that is another one from an instant on.
 *
 * @param key whose price
 * @param from since when, in microseconds; {@code Instants.MIN} when open
 * @param before what held at that instant in the older version; null where nothing did
 * @param after what holds at that instant in the newer version; null where nothing does
 * @param predecessor what holds last before that instant in the newer version; null where nothing does
 */
public record PriceMove(
        PriceKey key,
        long from,
        @Nullable PriceSpan before,
        @Nullable PriceSpan after,
        @Nullable PriceSpan predecessor) implements Comparable<PriceMove> {
    /** A price that is at least this many times the other has jumped. */
    public static final long JUMP_FACTOR = 10;

    /** Which way a price went. */
    public enum Kind {
        /** It costs more. */
        RAISED("raised"),
        /** It costs less. */
        LOWERED("lowered"),
        /** There was no price. */
        ADDED("added"),
        /** There is no price any more. */
        REMOVED("removed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in tables. */
        public String word() {
            return word;
        }
    }

    /** Which way it went. */
    public Kind kind() {
        if (before == null) {
            return Kind.ADDED;
        }
        if (after == null) {
            return Kind.REMOVED;
        }
        return after.ofOneUnit().compareTo(before.ofOneUnit()) > 0 ? Kind.RAISED : Kind.LOWERED;
    }

    /**
     * The price from which this one jumped: the older version's at that instant, else the one that held until then.
     * Empty where it did not jump, as when a price is removed or is the first of its key.
     */
    public Optional<PriceSpan> jumpedFrom() {
        if (after != null) {
            if (before != null && isJump(before.ofOneUnit(), after.ofOneUnit())) {
                return Optional.of(before);
            }
            if (predecessor != null && isJump(predecessor.ofOneUnit(), after.ofOneUnit())) {
                return Optional.of(predecessor);
            }
        }
        return Optional.empty();
    }

    /** Whether one is at least ten times the other. From or to zero always is: no factor leads there. */
    public static boolean isJump(Amount one, Amount other) {
        if (one.isZero() || other.isZero()) {
            return one.isZero() != other.isZero();
        }
        return one.compareTo(other.times(JUMP_FACTOR)) >= 0 || other.compareTo(one.times(JUMP_FACTOR)) >= 0;
    }

    /** By kind, then key, then instant. */
    @Override
    public int compareTo(PriceMove other) {
        int byKind = kind().compareTo(other.kind());
        if (byKind != 0) {
            return byKind;
        }
        int byKey = key.compareTo(other.key);
        return byKey != 0 ? byKey : Long.compare(from, other.from);
    }
}
