package io.saldo.credit;

/** How an account pays. */
public enum BillingMode {
    /** Credit first; what it does not cover goes by the overage policy. */
    PREPAID("prepaid"),
    /** Invoiced as used; a grant still pays first. */
    PAYG("payg");

    private final String word;

    BillingMode(String word) {
        this.word = word;
    }

    /** The word in files and exports. */
    public String word() {
        return word;
    }

    /**
     * The mode with that word.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static BillingMode of(String word) {
        for (BillingMode mode : values()) {
            if (mode.word.equals(word)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("no billing mode " + word);
    }
}
