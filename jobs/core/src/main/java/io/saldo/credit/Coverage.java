package io.saldo.credit;

/** Who pays for a part of a charge (SPEC 6.3). */
public enum Coverage {
    /** A grant. */
    CREDIT("credit"),
    /** The invoice, as agreed for pay-as-you-go. */
    PAYG("payg"),
    /** The invoice, beyond credit. */
    OVERAGE("overage"),
    /** The next grant. */
    CARRIED("carried"),
    /** Nobody, until finance decides. */
    UNFUNDED("unfunded");

    private final String word;

    Coverage(String word) {
        this.word = word;
    }

    /** The word in exports. */
    public String word() {
        return word;
    }
}
