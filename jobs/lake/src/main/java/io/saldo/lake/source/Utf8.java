package io.saldo.lake.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8, and text becoming UTF-8. */
final class Utf8 {
    private Utf8() {}

    static boolean isValid(byte[] data, int from, int to) {
        int position = from;
        while (position < to && data[position] >= 0) {
            position++;
        }
        if (position == to) {
            return true;
        }
        try {
            // A fresh decoder reports what is malformed instead of replacing it.
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, position, to - position));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    /** Whether the text has half a surrogate pair, which no UTF-8 can say. */
    static boolean hasLoneSurrogate(String text) {
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (Character.isHighSurrogate(character)
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                index++;
            } else if (Character.isSurrogate(character)) {
                return true;
            }
        }
        return false;
    }
}
