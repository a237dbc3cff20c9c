package io.saldo.credit;

/** What happens to usage that no grant covers (SPEC 6.3). */
public enum OveragePolicy {
    /** Invoiced with a surcharge, up to a cap. */
    INVOICE("invoice"),
    /** Carried as debt until the next grant. */
    CARRY("carry"),
    /** The account should have been stopped: not charged until finance decides. */
    BLOCK("block");

    private final String word;

    OveragePolicy(String word) {
        this.word = word;
    }

    /** The word in files and exports. */
    public String word() {
        return word;
    }
}
