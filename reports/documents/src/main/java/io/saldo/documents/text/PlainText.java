package io.saldo.documents.text;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Untrusted text made fit for a page.
 *
 * <p>Markup stays as it is, for nothing interprets it. What no reader can see but what changes what he sees does not:
 * control characters, and the marks that reverse the direction of writing, with which a name could turn the digits
 * beside it around.
 */
public final class PlainText {
    private static final char REPLACEMENT = '\uFFFD';

    private PlainText() {}

    /** The text in one line; each invisible control becomes a blank or the replacement character. */
    public static String line(String text) {
        StringBuilder result = null;
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            char safe = safe(character);
            if (safe != character && result == null) {
                result = new StringBuilder(text);
            }
            if (result != null) {
                result.setCharAt(index, safe);
            }
        }
        return result == null ? text : result.toString();
    }

    /** Those parts that are not empty, each in one line. */
    public static String joined(String separator, String... parts) {
        return Arrays.stream(parts)
                .map(PlainText::line)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(separator));
    }

    private static char safe(char character) {
        if (character == '\n'
                || character == '\r'
                || character == '\t'
                || character == '\u2028'
                || character == '\u2029') {
            return ' ';
        }
        boolean turnsWriting = (character >= '\u202A' && character <= '\u202E')
                || (character >= '\u2066' && character <= '\u2069')
                || character == '\u200E'
                || character == '\u200F'
                || character == '\u061C';
        boolean noncharacter = character == '\uFFFE' || character == '\uFFFF';
        return turnsWriting || noncharacter || Character.isISOControl(character) ? REPLACEMENT : character;
    }
}
