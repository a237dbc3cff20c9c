package io.saldo.reconcile;

/** What a person can decide about a break. */
public enum Decision {
    /** Somebody works on it. It stays open. */
    ACKNOWLEDGE("ack", BreakResolution.NONE, false),
    /** What was wrong has been mended; a later night that finds it again reopens the break. */
    RESOLVE("resolve", BreakResolution.FIXED, false),
    /** The difference stands as it is, and nobody asks for it any more. */
    ACCEPT("accept", BreakResolution.ACCEPTED, true),
    /** What nobody was asked to pay is charged with the open month. */
    CHARGE("charge", BreakResolution.CHARGED, true),
    /** What nobody was asked to pay is not charged. */
    WAIVE("waive", BreakResolution.WAIVED, true);

    private final String word;
    private final BreakResolution resolution;
    private final boolean explained;

    Decision(String word, BreakResolution resolution, boolean explained) {
        this.word = word;
        this.resolution = resolution;
        this.explained = explained;
    }

    /** The word of the command. */
    public String word() {
        return word;
    }

    /** How it resolves the break; {@link BreakResolution#NONE} where it does not. */
    public BreakResolution resolution() {
        return resolution;
    }

    /** Whether it is nothing without a note that says why. */
    public boolean needsNote() {
        return explained;
    }
}
