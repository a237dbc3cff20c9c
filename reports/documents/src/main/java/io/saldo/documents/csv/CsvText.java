package io.saldo.documents.csv;

/** SPEC 12's rules for text in a CSV file. */
public final class CsvText {
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
