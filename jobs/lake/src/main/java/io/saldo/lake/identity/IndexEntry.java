package io.saldo.lake.identity;

import io.saldo.lake.intake.IdentityTuple;
import io.saldo.usage.IdentityRule;

/** What the index knows of an event: longs, in this order. */
final class IndexEntry {
    static final int ID_HIGH = 0;
    static final int ID_LOW = 1;

    /** The content hash; where content identifies, how many records of that content were brought. */
    static final int CONTENT = 2;

    /** The delivery and line of what stands. */
    static final int PLACE = 3;

    /** The day of the event since 1970 (UTC): the entry is kept for the identity horizon. */
    static final int DAY = 4;

    /** Of a bucket: 64 bits of the hash of its account. */
    static final int ACCOUNT = 5;

    /** Of a bucket: the latest figure. */
    static final int FIGURE = 6;

    private static final int LINE_BITS = 40;
    private static final long LINE_MAX = (1L << LINE_BITS) - 1;
    private static final long DELIVERY_MAX = (1L << (Long.SIZE - LINE_BITS)) - 1;

    private IndexEntry() {}

    /** How many longs an entry has. */
    static int longs(IdentityRule rule) {
        return rule == IdentityRule.BUCKET ? FIGURE + IdentityTuple.FIGURE_LONGS : ACCOUNT;
    }

    /** Packs {@link #PLACE}. */
    static long place(long delivery, long line) {
        if (delivery < 0 || delivery > DELIVERY_MAX || line < 0 || line > LINE_MAX) {
            throw new IllegalArgumentException("delivery " + delivery + ", line " + line + " is out of range");
        }
        return delivery << LINE_BITS | line;
    }

    static long delivery(long place) {
        return place >>> LINE_BITS;
    }

    static long line(long place) {
        return place & LINE_MAX;
    }
}
