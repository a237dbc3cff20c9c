package io.saldo.invoice;

/** The structured invoice that an account gets. */
public enum ElectronicInvoice {
    /** Only the PDF. */
    NONE("none"),
    /** EN 16931 XML inside the PDF. */
    ZUGFERD("zugferd"),
    /** XRechnung XML beside the PDF. */
    XRECHNUNG("xrechnung");

    private final String word;

    ElectronicInvoice(String word) {
        this.word = word;
    }

    /** The word in {@code accounts.csv}. */
    public String word() {
        return word;
    }
}
