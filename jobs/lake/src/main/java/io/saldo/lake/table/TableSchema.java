package io.saldo.lake.table;

import java.io.Serializable;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

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
        /** A {@code byte[]}, as it is. */
        BYTES
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

    /** A column of bytes. */
    public static Column bytes(String name) {
        return new Column(name, Type.BYTES);
    }

    /** The position of the column with that name. */
    int positionOf(String column) {
        for (int position = 0; position < columns.size(); position++) {
            if (columns.get(position).name().equals(column)) {
                return position;
            }
        }
        throw new IllegalArgumentException("table " + name + " has no column " + column);
    }

    /** The same columns in Parquet's terms. */
    MessageType parquet() {
        var builder = Types.buildMessage();
        for (Column column : columns) {
            switch (column.type()) {
                case TEXT, AMOUNT ->
                    builder.optional(PrimitiveTypeName.BINARY)
                            .as(LogicalTypeAnnotation.stringType())
                            .named(column.name());
                case WHOLE_NUMBER -> builder.optional(PrimitiveTypeName.INT64).named(column.name());
                case DATE ->
                    builder.optional(PrimitiveTypeName.INT32)
                            .as(LogicalTypeAnnotation.dateType())
                            .named(column.name());
                case BYTES -> builder.optional(PrimitiveTypeName.BINARY).named(column.name());
            }
        }
        return builder.named(name);
    }
}
