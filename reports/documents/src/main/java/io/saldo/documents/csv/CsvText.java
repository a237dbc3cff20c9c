package io.saldo.documents.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** SPEC 12's rules for text in a CSV file. */
public final class CsvText {
    /** The order of rows: by UTF-8 bytes, of the text without its apostrophe. */
    public static final Comparator<String> BYTE_ORDER = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private CsvText() {}

    /**
     * The text with a leading apostrophe where a spreadsheet would otherwise run it: where it begins with
     * {@code = + - @}, a tab or a carriage return.
     */
    public static String guarded(String text) {
        if (text.isEmpty()) {
            return text;
        }
        char first = text.charAt(0);
        boolean formula =
                first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' || first == '\r';
        return formula ? "'" + text : text;
    }
}
