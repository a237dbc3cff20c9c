package io.saldo.documents.pdf;

import java.util.Map;
import java.util.TreeMap;

/**
 * One band of a document: its kind, and the texts that the template's fields show.
 *
 * <p>A field that a row does not have is empty text, or false. Mutable while it is built; not shared between threads.
 */
public final class Row {
    private final Map<String, Object> values = new TreeMap<>();

    /** A row that the band printed when {@code kind} is true shows. */
    public Row(String kind) {
        values.put(kind, true);
    }

    /** Sets a text. */
    public Row with(String field, String text) {
        values.put(field, text);
        return this;
    }

    /** Sets a switch. */
    public Row with(String field) {
        values.put(field, true);
        return this;
    }

    Map<String, Object> values() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
