package io.saldo.credit;

/** Where credit comes from, in the order in which it burns when priority and expiry are equal (SPEC 6.2). */
public enum CreditKind {
    /** Given away; no liability. */
    PROMO("promo"),
    /** Given to put something right; no liability. */
    ADJUSTMENT("adjustment"),
    /** Bought, and taxed when bought. */
    PURCHASE("purchase");

    private final String word;

    CreditKind(String word) {
        this.word = word;
    }

    /** The word in feeds and exports. */
    public String word() {
        return word;
    }

    /**
     * The kind with that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static CreditKind of(String word) {
        for (CreditKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no credit kind " + word);
    }
}
