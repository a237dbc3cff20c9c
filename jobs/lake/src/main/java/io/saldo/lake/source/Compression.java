package io.saldo.lake.source;

/** How the files of a source are compressed as a whole. */
public enum Compression {
    /** Each file as its first bytes say: gzip, Zstandard or not at all. */
    ANY(""),
    /** Every file is gzip. */
    GZIP(".gz"),
    /** Every file is Zstandard. */
    ZSTANDARD(".zst");

    private final String ending;

    Compression(String ending) {
        this.ending = ending;
    }

    /** What follows the format's word in a source's {@code format}. */
    public String ending() {
        return ending;
    }
}
