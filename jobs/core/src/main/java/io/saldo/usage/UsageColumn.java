package io.saldo.usage;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The canonical columns of a usage record, in the order of SPEC 4.1, which content and its hash keep. */
public enum UsageColumn {
    /** Identity within the namespace. */
    EVENT_ID,
    /** When the request happened. */
    OCCURRED_AT,
    /** The account as logged; may be empty where an API key finds it. */
    ACCOUNT_ID,
    /** Informative. */
    PROJECT_ID,
    /** Finds the account through account-keys.csv. */
    API_KEY_ID,
    /** As logged, or the source's constant. */
    PROVIDER,
    /** As logged, before alias. */
    MODEL,
    /** Empty means standard. */
    SERVICE_TIER,
    /** Decides whether the event is billable. */
    STATUS,
    /** Count. */
    INPUT_TOKENS,
    /** Count. */
    CACHED_INPUT_TOKENS,
    /** Count. */
    CACHE_WRITE_TOKENS,
    /** Count. */
    OUTPUT_TOKENS,
    /** Count, inside output tokens, informative. */
    REASONING_TOKENS,
    /** Count. */
    AUDIO_INPUT_TOKENS,
    /** Count. */
    AUDIO_OUTPUT_TOKENS,
    /** Images, seconds or searches. */
    UNITS,
    /** Empty means 1. */
    REQUESTS;

    private static final List<UsageColumn> ALL = Arrays.asList(values());

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The name in mappings and canonical headers. */
    public String word() {
        return word;
    }

    /** All of them, in order. */
    public static List<UsageColumn> all() {
        return ALL;
    }

    /** Whether the column holds a count. */
    public boolean isQuantity() {
        return compareTo(INPUT_TOKENS) >= 0;
    }
}
