package io.saldo.app.database;

/** Text from outside as every database keeps it. */
public final class StorableText {
    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    /** The text with U+FFFD for NUL and for half of a surrogate pair, which PostgreSQL does not take and H2 would. */
    public static String of(String text) {
        StringBuilder storable = null;
        for (int index = 0; index < text.length(); index++) {
            if (!isStorable(text, index)) {
                storable = storable == null ? new StringBuilder(text) : storable;
                storable.setCharAt(index, REPLACEMENT);
            }
        }
        return storable == null ? text : storable.toString();
    }

    /** A message in the length that the books have for one, 2,000 characters; what is longer is cut, and ends with dots. */
    public static String message(String text) {
        return of(text.length() <= 2_000 ? text : text.substring(0, 1_997) + "...");
    }

    /** Whether {@link #of} would change nothing. */
    public static boolean isStorable(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (!isStorable(text, index)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStorable(String text, int index) {
        char character = text.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
        }
        if (Character.isLowSurrogate(character)) {
            return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        }
        return character != 0;
    }
}
