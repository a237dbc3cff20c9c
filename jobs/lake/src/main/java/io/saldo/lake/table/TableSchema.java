package io.saldo.lake.table;

import java.io.Serializable;
import java.util.List;

/**
 * The columns of a table.
 *
 * @param name of the table, a word
 * @param columns in their order
 */
public record TableSchema(String name, List<Column> columns) implements Serializable {
    /** What a column holds. */
    public enum Type {
        /** A {@code String}. */
        TEXT,
        /** An {@code io.saldo.money.Amount}, stored as plain decimal text. */
        AMOUNT,
        /** A {@code Long}. */
        WHOLE_NUMBER,
        /** A {@code java.time.LocalDate}. */
        DATE,
        /** A {@code Long}: microseconds since 1970-01-01T00:00:00Z. */
        INSTANT,
        /** A {@code Boolean}. */
        TRUTH
    }

    /**
     * One column.
     *
     * @param name as other tools see it
     * @param type what it holds
     */
    public record Column(String name, Type type) implements Serializable {}

    /** Keeps a copy that nobody can change. */
    public TableSchema {
        columns = List.copyOf(columns);
    }

    /** A column of text. */
    public static Column text(String name) {
        return new Column(name, Type.TEXT);
    }

    /** A column of exact amounts. */
    public static Column amount(String name) {
        return new Column(name, Type.AMOUNT);
    }

    /** A column of whole numbers. */
    public static Column wholeNumber(String name) {
        return new Column(name, Type.WHOLE_NUMBER);
    }

    /** A column of dates. */
    public static Column date(String name) {
        return new Column(name, Type.DATE);
    }

    /** A column of instants. */
    public static Column instant(String name) {
        return new Column(name, Type.INSTANT);
    }

    /** A column of yes or no. */
    public static Column truth(String name) {
        return new Column(name, Type.TRUTH);
    }
}
