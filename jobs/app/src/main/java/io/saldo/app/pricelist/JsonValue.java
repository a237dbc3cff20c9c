package io.saldo.app.pricelist;

import java.util.List;
import java.util.Map;

/** A JSON value; a number stays the text that the file has. */
sealed interface JsonValue {
    /** An object; its members keep their order. */
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {}

    /** An array. */
    record JsonArray(List<JsonValue> items) implements JsonValue {}

    /** A text. */
    record JsonText(String text) implements JsonValue {}

    /** A number as written, such as {@code 1.5e-07}. */
    record JsonNumber(String text) implements JsonValue {}

    /** The three words. */
    enum JsonWord implements JsonValue {
        /** {@code true}. */
        TRUE,
        /** {@code false}. */
        FALSE,
        /** {@code null}. */
        NULL
    }
}
