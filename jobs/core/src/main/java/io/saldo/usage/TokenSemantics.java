package io.saldo.usage;

/** How a source counts the parts of input and output tokens (SPEC 4.1). */
public enum TokenSemantics {
    /** Cached, cache-write and audio input are inside input tokens, audio output inside output tokens (OpenAI). */
    INCLUSIVE,
    /** All counts are disjoint (Anthropic). */
    EXCLUSIVE;

    /**
     * Turns logged counts into disjoint meters.
     *
     * @param logged the quantities as logged, indexed by {@link Meter#ordinal()}; each from 0 on; changed in place
     * @return whether the counts agree; false when the parts are larger than their whole, and {@code logged} is then
     *     undefined
     */
    public boolean normalize(long[] logged) {
        if (this == EXCLUSIVE) {
            return true;
        }
        long input = logged[Meter.INPUT.ordinal()]
                - logged[Meter.CACHED_INPUT.ordinal()]
                - logged[Meter.CACHE_WRITE.ordinal()];
        if (logged[Meter.CACHED_INPUT.ordinal()] > logged[Meter.INPUT.ordinal()]
                || input < 0
                || input < logged[Meter.AUDIO_INPUT.ordinal()]
                || logged[Meter.AUDIO_OUTPUT.ordinal()] > logged[Meter.OUTPUT.ordinal()]) {
            return false;
        }
        logged[Meter.INPUT.ordinal()] = input - logged[Meter.AUDIO_INPUT.ordinal()];
        logged[Meter.OUTPUT.ordinal()] -= logged[Meter.AUDIO_OUTPUT.ordinal()];
        return true;
    }
}
