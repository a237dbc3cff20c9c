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
}
