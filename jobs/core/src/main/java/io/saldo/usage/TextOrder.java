package io.saldo.usage;

import java.util.Comparator;

/** The order of text everywhere in Saldo: by its UTF-8 bytes, empty first (SPEC 2). */
public enum TextOrder implements Comparator<String> {
    /** The only order. */
    UTF_8;

    /** UTF-8 bytes order as code points do; UTF-16 chars only differ where a surrogate meets a char above it. */
    @Override
    public int compare(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int index = 0; index < length; index++) {
            char a = left.charAt(index);
            char b = right.charAt(index);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
