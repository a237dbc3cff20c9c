package io.saldo.documents.table;

/**
 * One column of a table.
 *
 * @param name as it stands in the header, in the contract's spelling: {@code first_seen}
 * @param kind what its cells hold
 * @param width of the column in a workbook, in characters
 */
public record Column(String name, Kind kind, int width) {
    /** What a cell may hold; every cell may also be empty. */
    public enum Kind {
        /** A {@code String}; from outside, so it is never a formula. */
        TEXT,
        /** An {@code Amount}, with all its digits. */
        AMOUNT,
        /** A {@code Long}, {@code Integer} or {@code BigInteger}. */
        COUNT,
        /** A {@code LocalDate}. */
        DATE
    }

    /** A column of texts. */
    public static Column text(String name, int width) {
        return new Column(name, Kind.TEXT, width);
    }

    /** A column of amounts. */
    public static Column amount(String name) {
        return new Column(name, Kind.AMOUNT, 17);
    }

    /** A column of whole numbers. */
    public static Column count(String name) {
        return new Column(name, Kind.COUNT, Math.max(11, name.length() + 4));
    }

    /** A column of dates. */
    public static Column date(String name) {
        return new Column(name, Kind.DATE, Math.max(12, name.length() + 4));
    }
}
