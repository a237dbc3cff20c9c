package io.saldo.lake.identity;

import io.saldo.lake.intake.IdentityTuple;
import io.saldo.lake.memory.LongRecordSort;
import io.saldo.usage.IdentityRule;
import java.util.Arrays;

/**
 * One rule of SPEC 4.3: asked for the records of one identity after the other, each with what is known of it, in the
 * order in which they are taken.
 */
abstract sealed class Judgement {
    /** Whether what is known of the identity differs from what the index has. */
    boolean changed;

    /** What is known of the identity, as the index keeps it. */
    final long[] entry;

    private Judgement(IdentityRule rule) {
        entry = new long[IndexEntry.longs(rule)];
    }

    static Judgement of(IdentityRule rule) {
        return switch (rule) {
            case EVENT_ID -> new ByEventId();
            case CONTENT -> new ByContent();
            case BUCKET -> new ByBucket();
        };
    }

    /** Begins with an identity that nothing is known of. */
    void begin(long high, long low) {
        Arrays.fill(entry, 0);
        entry[IndexEntry.ID_HIGH] = high;
        entry[IndexEntry.ID_LOW] = low;
        changed = false;
    }

    /** Begins with an identity that the index knows. */
    void begin(IndexSegmentFile.Reader known) {
        known.copyTo(entry);
        changed = false;
    }

    /** What becomes of the next record of the identity. */
    abstract Outcomes.Kind judge(LongRecordSort.Sorted tuple, long delivery);

    /** Whether nothing is known of the identity: a line is never 0, so a place is not either. */
    final boolean isUnknown() {
        return entry[IndexEntry.PLACE] == 0;
    }

    final void stands(LongRecordSort.Sorted tuple, long delivery) {
        entry[IndexEntry.PLACE] = IndexEntry.place(delivery, tuple.at(TupleSort.LINE));
        entry[IndexEntry.DAY] = IdentityTuple.day(tuple.at(TupleSort.SHARD_AND_DAY));
        changed = true;
    }

    /** The first record stands for ever. */
    private static final class ByEventId extends Judgement {
        ByEventId() {
            super(IdentityRule.EVENT_ID);
        }

        @Override
        Outcomes.Kind judge(LongRecordSort.Sorted tuple, long delivery) {
            if (isUnknown()) {
                entry[IndexEntry.CONTENT] = tuple.at(TupleSort.CONTENT);
                stands(tuple, delivery);
                return Outcomes.Kind.ACCEPTED;
            }
            return entry[IndexEntry.CONTENT] == tuple.at(TupleSort.CONTENT)
                    ? Outcomes.Kind.DUPLICATE
                    : Outcomes.Kind.CONFLICT;
        }
    }

    /** Records of equal content are counted: a delivery adds those beyond what earlier deliveries brought. */
    private static final class ByContent extends Judgement {
        private long delivery;
        private long ofDelivery;

        ByContent() {
            super(IdentityRule.CONTENT);
        }

        @Override
        void begin(long high, long low) {
            super.begin(high, low);
            ofDelivery = 0;
        }

        @Override
        void begin(IndexSegmentFile.Reader known) {
            super.begin(known);
            ofDelivery = 0;
        }

        @Override
        Outcomes.Kind judge(LongRecordSort.Sorted tuple, long next) {
            if (ofDelivery == 0 || next != delivery) {
                delivery = next;
                ofDelivery = 0;
            }
            ofDelivery++;
            if (ofDelivery <= entry[IndexEntry.CONTENT]) {
                return Outcomes.Kind.DUPLICATE;
            }
            entry[IndexEntry.CONTENT]++;
            stands(tuple, next);
            return Outcomes.Kind.ACCEPTED;
        }
    }

    /** A newer figure restates the older one; of another account it would move usage, which only a person may. */
    private static final class ByBucket extends Judgement {
        ByBucket() {
            super(IdentityRule.BUCKET);
        }

        @Override
        Outcomes.Kind judge(LongRecordSort.Sorted tuple, long delivery) {
            boolean first = isUnknown();
            if (!first && entry[IndexEntry.CONTENT] == tuple.at(TupleSort.CONTENT)) {
                return Outcomes.Kind.DUPLICATE;
            }
            if (!first && entry[IndexEntry.ACCOUNT] != tuple.at(TupleSort.ACCOUNT)) {
                return Outcomes.Kind.CONFLICT;
            }
            entry[IndexEntry.CONTENT] = tuple.at(TupleSort.CONTENT);
            entry[IndexEntry.ACCOUNT] = tuple.at(TupleSort.ACCOUNT);
            stands(tuple, delivery);
            return first ? Outcomes.Kind.ACCEPTED : Outcomes.Kind.RESTATED;
        }
    }
}
