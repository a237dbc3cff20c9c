package io.saldo.usage;

/** The disjoint quantities of an event, in the order in which charges of one event burn credit (SPEC 1). */
public enum Meter {
    /** Input tokens that are neither cached, nor written to a cache, nor audio. */
    INPUT("input"),
    /** Input tokens read from a cache. */
    CACHED_INPUT("cached_input"),
    /** Input tokens written to a cache. */
    CACHE_WRITE("cache_write"),
    /** Output tokens that are no audio; reasoning is inside. */
    OUTPUT("output"),
    /** Audio input tokens. */
    AUDIO_INPUT("audio_input"),
    /** Audio output tokens. */
    AUDIO_OUTPUT("audio_output"),
    /** Images, seconds or searches: the model says which. */
    UNIT("unit"),
    /** Requests. */
    REQUEST("request");

    /** How many meters there are. */
    public static final int COUNT = values().length;

    private static final Meter[] ALL = values();
    private static final int[] INPUTS = {
        INPUT.ordinal(), CACHED_INPUT.ordinal(), CACHE_WRITE.ordinal(), AUDIO_INPUT.ordinal()
    };

    private final String word;

    Meter(String word) {
        this.word = word;
    }

    /** The word in price books and exports. */
    public String word() {
        return word;
    }

    /** The meter at that position, from 0 on. */
    public static Meter at(int ordinal) {
        return ALL[ordinal];
    }

    /**
     * The meter with that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Meter of(String word) {
        for (Meter meter : ALL) {
            if (meter.word.equals(word)) {
                return meter;
            }
        }
        throw new IllegalArgumentException("no meter " + word);
    }

    /**
     * Input of every kind that an event has, which thresholds of context are compared with (SPEC 4); what passes 63 bits is
     * the most.
     *
     * @param quantities by meter and event
     */
    public static long totalInput(long[][] quantities, int event) {
        long total = 0;
        for (int meter : INPUTS) {
            total += quantities[meter][event];
            if (total < 0) {
                return Long.MAX_VALUE;
            }
        }
        return total;
    }
}
