package io.saldo.usage;

import java.util.Locale;

/** How an event of a source is known again (SPEC 4.3). */
public enum IdentityRule {
    /** The log names each event: the id is unique for ever within its namespace. */
    EVENT_ID,
    /** The log names none: equal records are counted, and a delivery adds those beyond what earlier ones brought. */
    CONTENT,
    /** The log sums usage up: a newer figure for the same window and dimensions replaces the older one. */
    BUCKET;

    /**
     * The rule with that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static IdentityRule of(String word) {
        for (IdentityRule rule : values()) {
            if (rule.word().equals(word)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("no identity rule " + word);
    }

    /** The word in a source's {@code identity}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
