package io.saldo.documents.pdf;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives font subsets numbered names.
 *
 * <p>The PDF library names each subset with six random letters and offers no other way. The new names are as long as
 * the old ones, so that every offset in the file stays right.
 */
final class SubsetNames {
    private static final byte[][] KEYS = {
        "/BaseFont/".getBytes(StandardCharsets.US_ASCII), "/FontName/".getBytes(StandardCharsets.US_ASCII)
    };
    private static final int LETTERS = 6;

    private SubsetNames() {}

    /** The same array, with the names replaced in place. */
    static byte[] numbered(byte[] pdf) {
        Map<String, String> names = new HashMap<>();
        for (int position = 0; position < pdf.length - 20; position++) {
            if (pdf[position] != '/') {
                continue;
            }
            for (byte[] key : KEYS) {
                int start = position + key.length;
                if (matches(pdf, position, key) && isSubsetName(pdf, start)) {
                    String old = new String(pdf, start, LETTERS, StandardCharsets.US_ASCII);
                    String name = names.computeIfAbsent(old, ignored -> letters(names.size()));
                    System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, pdf, start, LETTERS);
                }
            }
        }
        return pdf;
    }

    private static boolean matches(byte[] pdf, int position, byte[] key) {
        for (int index = 0; index < key.length; index++) {
            if (pdf[position + index] != key[index]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSubsetName(byte[] pdf, int start) {
        if (start + LETTERS >= pdf.length || pdf[start + LETTERS] != '+') {
            return false;
        }
        for (int index = 0; index < LETTERS; index++) {
            if (pdf[start + index] < 'A' || pdf[start + index] > 'Z') {
                return false;
            }
        }
        return true;
    }

    private static String letters(int number) {
        char[] letters = new char[LETTERS];
        int rest = number;
        for (int index = LETTERS - 1; index >= 0; index--) {
            letters[index] = (char) ('A' + rest % 26);
            rest /= 26;
        }
        return new String(letters);
    }
}
