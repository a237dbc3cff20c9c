package io.saldo.lake.intake;

import io.saldo.usage.IdentityRule;
import io.saldo.usage.Meter;

/**
 * What of a record goes to the identity step: longs, in this order, so that payload moves only once.
 *
 * <p>Of a record that has a bucket's figure they hold the figure too, since a restatement is the difference to it.
 */
public final class IdentityTuple {
    /** The first 64 bits of the hash that identifies the event. */
    public static final int ID_HIGH = 0;

    /** The next 64 bits; they decide the identity shard. */
    public static final int ID_LOW = 1;

    /** 64 bits of the hash of all canonical columns. */
    public static final int CONTENT = 2;

    /** The record's number in its run file, from 0 on. */
    public static final int ORDINAL = 3;

    /** The record's line in its delivery. */
    public static final int LINE = 4;

    /** The account shard in the upper half, the day of the event since 1970 (UTC) in the lower. */
    public static final int SHARD_AND_DAY = 5;

    /** Of a bucket: 64 bits of the hash of the account that was found. */
    public static final int ACCOUNT = 6;

    /** Of a bucket: where its quantities by meter start; reasoning tokens come after them. */
    public static final int FIGURE = 7;

    /** How many longs a figure has. */
    public static final int FIGURE_LONGS = Meter.COUNT + 1;

    private static final long DAY_MICROS = 86_400_000_000L;

    private IdentityTuple() {}

    /** How many longs a tuple has. */
    public static int longs(IdentityRule rule) {
        return rule == IdentityRule.BUCKET ? FIGURE + FIGURE_LONGS : ACCOUNT;
    }

    /** Packs {@link #SHARD_AND_DAY}. */
    public static long shardAndDay(int shard, long occurredAtMicros) {
        return (long) shard << 32 | (Math.floorDiv(occurredAtMicros, DAY_MICROS) & 0xFFFF_FFFFL);
    }

    /** The account shard of {@link #SHARD_AND_DAY}. */
    public static int shard(long shardAndDay) {
        return (int) (shardAndDay >>> 32);
    }

    /** The day of {@link #SHARD_AND_DAY}. */
    public static int day(long shardAndDay) {
        return (int) shardAndDay;
    }

    /** The day of an instant. */
    public static int dayOf(long micros) {
        return Math.toIntExact(Math.floorDiv(micros, DAY_MICROS));
    }
}
