package io.saldo.pricing;

/** How the price of a row set depends on the account's quantity of the month. */
public enum TierMode {
    /** One price, whatever the quantity. */
    FLAT("flat"),
    /** Each unit at the price of its tier. */
    GRADUATED("graduated"),
    /** All units at the price of the tier that the month's total reaches; for terms without prepayment only. */
    VOLUME("volume"),
    /** A price for each package that is started. */
    PACKAGE("package");

    private final String word;

    TierMode(String word) {
        this.word = word;
    }

    /** The word in price files. */
    public String word() {
        return word;
    }
}
